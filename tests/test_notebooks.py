"""What a reader takes home: notebooks and scripts, downloaded from the pages and run elsewhere.

Each runs outside the repository in a virtual environment of its own, where `cnn_guide` is the wheel
that its own first lines install from the site. Where CNN_GUIDE_SITE names a site, all of them run.
"""

import gzip
import json
import os
import re
import subprocess
import sysconfig
import urllib.request
import venv
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import nbformat
import pytest
from conftest import no
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell
from traitlets.config import Config

LESSONS = ["components/padding/"]  # of the quick suite: light, with figures and printed source
TWO = 2  # at a time: a lesson computes on one core most of the time

WHEEL = re.compile(
    r'"cnn_guide(?:\[train\])? @ (\S+/cnn_guide-\d\S*\+[0-9a-f]{12}-py3-none-any\.whl)"'
)

# Figures in the form of the site, so that their bytes can be compared; drawn by the wheel's code.
SITE_FORM = "from cnn_guide.site import kernel\n\nkernel.start()"
WHERE = """\
import json

import cnn_guide
from cnn_guide.labels import language

print(json.dumps([cnn_guide.__file__, language()]))
"""


# From the address of a page, the page and a new folder to what is wrong.
Attempt = Callable[[str, str, Path], list[str]]


class Reader:
    """A reader's own folder, virtual environment and kernel.

    The libraries, but not `cnn_guide`, come from the environment of the tests: nothing but the
    wheel is downloaded.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "env", symlinks=True)
        self.python = folder / "env" / "bin" / "python"
        self.packages = Path(sysconfig.get_path("purelib", vars={"base": str(folder / "env")}))
        libraries = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
        (self.packages / "libraries.pth").write_text("\n".join(libraries))
        command = [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        kernel = {"argv": command, "display_name": "reader", "language": "python"}
        spec = folder.parent / "kernels" / f"reader-{folder.name}" / "kernel.json"
        spec.parent.mkdir(parents=True)
        spec.write_text(json.dumps(kernel))

    @property
    def environment(self) -> dict[str, str]:
        """Variables without a display or a trace of the repository, but for the cache of runs."""
        hidden = ("DISPLAY", "MPLBACKEND", "PYTHONPATH", "CNN_GUIDE_LANGUAGE")
        kept = {name: value for name, value in os.environ.items() if name not in hidden}
        if "CNN_GUIDE_SITE" not in kept:  # then the site was built on the sample
            kept["CNN_GUIDE_DATA"] = str(self.packages / "cnn_guide" / "assets" / "fashion_mnist")
        return kept | {"PIP_NO_INDEX": "1"}

    def python_runs(self, *arguments: str, folder: Path | None = None) -> str:
        """Run Python with the arguments; return what it prints, raise RuntimeError if it fails."""
        done = subprocess.run(
            [self.python, *arguments],
            cwd=folder or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed: {done.stderr[-1500:]}")
        return done.stdout

    def run(self, notebook: Any) -> None:
        """Execute a notebook; raises what nbclient raises if a cell fails."""
        client = NotebookClient(
            notebook,
            timeout=300,
            kernel_name=f"reader-{self.folder.name}",
            shutdown_kernel="immediate",
            config=Config(KernelManager={"transport_encryption": "auto"}),
            resources={"metadata": {"path": str(self.folder)}},
        )
        client.execute(env=self.environment)


def links(page: str) -> list[str]:
    """Give the links under a page's title: to its notebook and its script."""
    found = re.search(r'<p class="cnn-actions".*?</p>', page)
    return re.findall(r'<a href="([^"]*)" download', found[0]) if found else []


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        content = answer.read()
        compressed = answer.headers["Content-Encoding"] == "gzip"
    return (gzip.decompress(content) if compressed else content).decode()


def shown(outputs: Iterable[Any]) -> Iterator[str | bytes]:
    """Give what a reader sees of a cell: text as a page has it, figures as PNG."""
    printed = [o for o in outputs if o.output_type != "stream" or o.name == "stdout"]
    for kind, group in groupby(printed, key=lambda output: output.output_type):
        if kind == "stream":  # it may arrive in pieces
            yield from lines("".join(output.text for output in group))
            continue
        for output in group:
            if "image/png" in output.data:
                yield b64decode(output.data["image/png"])
            else:
                yield from lines(output.data["text/plain"])


def lines(text: str) -> list[str]:
    """Give the text, if there is any, without colours and spaces at the end of its lines."""
    text = re.sub(r"\x1b\[[0-9;]*m|[ \t]+$", "", text, flags=re.MULTILINE).strip("\n")
    return [text] if text else []


def on_page(page: str) -> list[str]:
    """Give every printed output that a page shows."""
    blocks = re.findall(r'<div class="[^"]*cell-output[^"]*"[^>]*>(.*?)</code>', page, re.DOTALL)
    return [unescape(re.sub("<[^>]*>", "", block)).strip("\n") for block in blocks]


@pytest.fixture(scope="module")
def lessons(pages: dict[str, Path]) -> list[str]:
    """The pages to try: those with code, of both languages."""
    if "CNN_GUIDE_SITE" not in os.environ:
        return [below + lesson for lesson in LESSONS for below in ("", "en/")]
    chosen = [name for name, file in pages.items() if links(file.read_text(encoding="utf-8"))]
    assert len(chosen) > 30
    return sorted(chosen)


@pytest.fixture(scope="module")
def cache_of_the_site(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the readers' programs find the runs that the site was made from."""
    with pytest.MonkeyPatch.context() as patch:
        if "CNN_GUIDE_SITE" not in os.environ:
            patch.setenv("CNN_GUIDE_CACHE", str(request.getfixturevalue("sample_cache")))
        yield


@pytest.fixture
def try_all(
    lessons: list[str],
    site_address: str,
    cache_of_the_site: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Attempt], None]:
    """Give a function that tries something with each lesson's page, and tells all that is wrong."""
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))  # where the readers' kernels are found

    def one(number: int, lesson: str, attempt: Attempt) -> list[str]:
        try:
            address = site_address + lesson
            found = attempt(address, fetch(address), tmp_path / str(number))
        except Exception as error:
            found = [f"{type(error).__name__}: {error}"]
        return [f"{lesson}: {problem}" for problem in found]

    def all_(attempt: Attempt) -> None:
        with ThreadPoolExecutor(TWO) as pool:
            results = pool.map(lambda job: one(*job, attempt), enumerate(lessons))
            no(problem for problems in results for problem in problems)

    return all_


def test_notebook_gives_elsewhere_what_the_page_shows(try_all: Callable, site: Path) -> None:
    def attempt(address: str, page: str, folder: Path) -> list[str]:
        reader = Reader(folder)
        link, _ = links(page)
        published = nbformat.reads(fetch(urljoin(address, link)), as_version=4)
        notebook = nbformat.from_dict(published)
        extra = [new_code_cell(SITE_FORM), new_code_cell(WHERE)]
        notebook.cells = [notebook.cells[0], extra[0], *notebook.cells[1:], extra[1]]
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        reader.run(notebook)

        found = []
        file, language = json.loads(notebook.cells[-1].outputs[0].text)
        if not Path(file).is_relative_to(reader.packages):
            found.append(f"cnn_guide came from {file}, not from the wheel")
        if language != ("en" if "/en/" in address else "ko"):
            found.append(f"the language is {language!r}")
        printed = []
        for before, after in zip(published.cells[1:], notebook.cells[2:-1], strict=True):
            if before.cell_type == "code":
                expected, given = list(shown(before.outputs)), list(shown(after.outputs))
                printed += [output for output in expected if isinstance(output, str)]
                if expected != given:
                    found.append(f"cell {before.id} differs: {differing(expected, given)}")
        if printed != on_page(page):
            found.append(f"the page prints {on_page(page)}, its notebook {printed}")
        return found

    try_all(attempt)


def differing(expected: list[str | bytes], given: list[str | bytes]) -> str:
    """Say in what two lists of outputs differ."""
    kinds = [["figure" if isinstance(o, bytes) else o for o in each] for each in (expected, given)]
    if kinds[0] != kinds[1]:
        return f"page {kinds[0]}, reader {kinds[1]}"
    return "a figure has other pixels"


def test_script_runs_without_a_display_and_prints_what_the_page_shows(
    try_all: Callable, lessons: list[str], site_address: str, tmp_path: Path
) -> None:
    """In one environment for all, for all name the same wheel."""
    reader = Reader(tmp_path / "reader")
    address = site_address + lessons[0]
    wheel = WHEEL.search(fetch(urljoin(address, links(fetch(address))[1])))
    reader.python_runs("-m", "pip", "install", "-q", f"cnn_guide[train] @ {wheel[1]}")

    def attempt(address: str, page: str, folder: Path) -> list[str]:
        notebook, script = (fetch(urljoin(address, link)) for link in links(page))
        folder.mkdir()
        (folder / "lesson.py").write_text(script, encoding="utf-8")
        given = "".join(lines(reader.python_runs("lesson.py", folder=folder)))
        cells = nbformat.reads(notebook, as_version=4).cells
        at = 0
        for output in (output for cell in cells for output in cell.get("outputs", [])):
            if output.output_type == "stream":
                [text] = lines(output.text)
                at = given.find(text, at)
                if at < 0:
                    return [f"does not print {text!r}"]
        return []

    try_all(attempt)


def test_notebook_and_script_say_with_which_versions_they_were_made(
    lessons: list[str], site_address: str
) -> None:
    """And their wheel's version tells its content."""
    made_with = re.compile(r"^# made with python 3\.\S+, numpy \S+, matplotlib \S+, ", re.MULTILINE)
    wheels = set()
    for lesson in lessons:
        address = site_address + lesson
        notebook, script = (fetch(urljoin(address, link)) for link in links(fetch(address)))
        for text in (nbformat.reads(notebook, as_version=4).cells[0].source, script):
            assert made_with.search(text), address
            wheels.add(WHEEL.search(text)[1])
    [one] = wheels
    with urllib.request.urlopen(one, timeout=30) as answer:
        assert answer.read(2) == b"PK"
