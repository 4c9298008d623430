"""`mkdocs serve`: what a maintainer sees after saving a file."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_site import SmallSite, small_site

PATIENCE = 60  # seconds: how fast it is, `benchmarks/build.py` measures on a quiet machine


class Server:
    """A running `mkdocs serve` of a small site."""

    def __init__(self, small: SmallSite, log: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self.log = log
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "mkdocs", "serve", "-a", self.address],
                cwd=small.folder,
                env=small.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.wait(lambda: "Serving on" in self.said())

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def page(self, name: str) -> str:
        with urllib.request.urlopen(f"http://{self.address}/{name}", timeout=PATIENCE) as answer:
            return answer.read().decode()

    def epoch(self) -> str:
        """Give the name of the build that is served; the log does not tell the same text twice."""
        return re.search(r"livereload\((\d+)", self.page(""))[1]

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait until the condition holds; fail with what the server said if it never does."""
        until = time.monotonic() + PATIENCE
        while not condition():
            if self.process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"waited in vain; the server said:\n{self.said()}", pytrace=False)
            time.sleep(0.05)

    def save(self, path: Path, old: str, new: str) -> None:
        """Replace text of a file as an editor does."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def executed(self, since: str) -> list[str]:
        """Give the lessons that were executed since the log read `since`."""
        return re.findall(r"executed \d+/\d+ docs/(\S+)", self.said().removeprefix(since))

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(PATIENCE) == 0, self.said()


@pytest.fixture(scope="module")
def small(tmp_path_factory, sample_cache) -> SmallSite:
    return small_site(tmp_path_factory.mktemp("small") / "site", sample_cache)


@pytest.fixture(scope="module")
def server(small: SmallSite, tmp_path_factory) -> Iterator[Server]:
    server = Server(small, tmp_path_factory.mktemp("log") / "serve.log")
    yield server
    server.stop()


def test_both_languages_are_served(server: Server) -> None:
    assert "첫 문장" in server.page("")
    assert "First sentence" in server.page("en/")
    assert "a number times itself" in server.page("en/glossary/").lower()


def test_prose_edit_shows_in_both_languages_and_executes_nothing(
    server: Server, small: SmallSite
) -> None:
    before = server.said()
    server.save(small.index, "첫 문장", "고친 문장")
    server.save(small.index, "First sentence", "Mended sentence")
    server.wait(lambda: "고친 문장" in server.page("") and "Mended" in server.page("en/"))
    assert server.executed(before) == []


def test_code_edit_executes_that_lesson_alone(server: Server, small: SmallSite) -> None:
    before = server.said()
    server.save(small.index, "((1, 1), (1, 1))", "((2, 2), (2, 2)), 1")
    server.wait(lambda: "The sum is 42" in server.page("en/"))
    assert server.executed(before) == ["index.py", "index.py"]


def test_module_edit_executes_the_lessons_that_load_it(server: Server, small: SmallSite) -> None:
    before = server.said()
    server.save(small.folder / "cnn_guide" / "labels.py", "import os", "import  os")
    server.wait(lambda: len(server.executed(before)) >= 2)
    server.page("")  # answered when the build is done
    assert server.executed(before) == ["index.py", "index.py"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("print(language(), total)", "print(langauge())", "name 'langauge' is not defined"),
        ("# # Start {#start}", "# # Start {#begin}", "index.py:6 (cell 1): headings differ"),
        ("(section/square.py#square)", "(section/circle.py)", "section/circle.ipynb"),
    ],
    ids=["failing cell", "pair that differs", "broken link"],
)
def test_broken_lesson_is_told_and_the_last_good_pages_stay(
    server: Server, small: SmallSite, old: str, new: str, error: str
) -> None:
    good = {name: server.page(name) for name in ("section/square/", "en/section/square/")}
    before = server.said()
    server.save(small.index, old, new)
    told = "until then the last good pages are served"
    server.wait(lambda: told in server.said().removeprefix(before))
    assert error in server.said().removeprefix(before)
    assert "Traceback (most recent call last):\n  File" not in server.said()
    for name, page in good.items():
        assert without_reload(server.page(name)) == without_reload(page)
    assert "Mended sentence" in server.page("en/")

    broken = server.epoch()
    server.save(small.index, new, old)
    server.wait(lambda: server.epoch() != broken)
    assert without_reload(server.page("section/square/")) == without_reload(good["section/square/"])


def without_reload(page: str) -> str:
    """Take out the number by which the page asks the server for news."""
    return re.sub(r"livereload\(\d+, \d+\);", "", page)


@pytest.mark.parametrize(
    ("old", "new", "line"), [("total)", "total / 0)", 11), ("{{ total }}", "{{ nothing }}", 18)]
)
def test_first_build_of_a_broken_lesson_fails_and_leaves_the_old_site(
    sample_cache: Path, tmp_path: Path, old: str, new: str, line: int
) -> None:
    small = small_site(tmp_path / "site", sample_cache)
    (small.folder / "site").mkdir()
    (small.folder / "site" / "index.html").write_text("the old site")
    small.index.write_text(
        small.index.read_text(encoding="utf-8").replace(old, new), encoding="utf-8"
    )
    done = small.run("mkdocs", "build")
    assert done.returncode == 1
    assert f"docs/index.py:{line} (cell " in done.stderr
    assert "Traceback (most recent call last):\n  File" not in done.stderr
    assert (small.folder / "site" / "index.html").read_text() == "the old site"
