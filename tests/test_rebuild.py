"""Two clean builds of one commit on one machine give the same bytes."""

import filecmp
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import no
from small_site import SmallSite, small_site


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def differing(one: Path, other: Path) -> Iterator[str]:
    """Give the names of files that only one of two folders has, or that differ."""
    for name in sorted(files(one) ^ files(other)):
        yield f"{name}: in one of the builds only"
    for name in sorted(files(one) & files(other)):
        if not filecmp.cmp(one / name, other / name, shallow=False):
            yield f"{name}: differs"


@pytest.fixture(scope="module")
def small(tmp_path_factory, sample_cache) -> SmallSite:
    return small_site(tmp_path_factory.mktemp("small") / "one", sample_cache)


def test_two_clean_builds_give_the_same_bytes(small: SmallSite, tmp_path: Path) -> None:
    """Not even the folder, the day or the order of kernels shows."""
    other = shutil.copytree(small.folder, tmp_path / "another folder")
    day = {"SOURCE_DATE_EPOCH": "1700000000"}
    one = small.build(PYTHONHASHSEED="1", **day)
    two = SmallSite(other, other / "cache").build(PYTHONHASHSEED="2", **day)
    assert (one / "en" / "section" / "square" / "index.html").exists()
    no(differing(one, two))


def test_site_is_dated_by_its_commit(small: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a SOURCE_DATE_EPOCH from outside."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    identity = ["-c", "user.name=someone", "-c", "user.email=someone@example.org"]
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "one"]):
        command = ["git", "-C", str(small.folder), *identity, *arguments]
        environment = {**os.environ, "GIT_COMMITTER_DATE": "2001-02-03T04:05:06+0000"}
        subprocess.run(command, check=True, env=environment)
    site = small.build()
    assert "<lastmod>2001-02-03</lastmod>" in (site / "sitemap.xml").read_text(encoding="utf-8")


def test_plain_files_are_the_pages_of_the_site(small: SmallSite, tmp_path: Path) -> None:
    """`python -m cnn_guide.site` writes the same notebooks, scripts and figures, and Markdown."""
    site, plain = small.build(), tmp_path / "plain"
    done = small.run("cnn_guide.site", str(plain))
    assert done.returncode == 0, done.stderr
    for language, below in (("ko", ""), ("en", "en/")):
        written = files(plain / language)
        assert {"index.md", "index.ipynb", "index.py", "glossary.md"} < written
        pages = site / below
        for stem, page in (("index", pages), ("section/square", pages / "section" / "square")):
            notebook = Path(f"{stem}.ipynb")
            copy = (page / notebook.name).read_bytes()
            assert (plain / language / notebook).read_bytes() == copy
        no(
            name
            for name in sorted(written)
            if not name.endswith((".md", ".ipynb"))
            and (plain / language / name).read_bytes() != (pages / name).read_bytes()
        )
        markdown = (plain / language / "index.md").read_text(encoding="utf-8")
        assert "](section/square.md#square)" in markdown


def test_plain_files_do_not_replace_what_they_did_not_write(
    small: SmallSite, tmp_path: Path
) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    done = small.run("cnn_guide.site", str(tmp_path))
    assert done.returncode == 1
    assert "holds something else than these pages: name a new folder" in done.stderr
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_whole_site_again_gives_the_same_bytes(site: Path, build_site, tmp_path: Path) -> None:
    build_site(tmp_path)
    no(differing(site, tmp_path))
