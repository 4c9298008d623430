"""All lessons to all pages: the steps of a build, for whichever site generator comes after."""

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat

from cnn_guide import fashion_mnist, live
from cnn_guide.site.execute import execute_all
from cnn_guide.site.lesson import LANGUAGES, Lesson, read
from cnn_guide.site.prepare import prepare
from cnn_guide.site.problems import LessonError, Problem
from cnn_guide.site.render import Page, link_lessons, render
from cnn_guide.site.terms import glossary
from cnn_guide.site.terms import read as read_terms
from cnn_guide.site.wheel import build_wheel, wheel_name


def build(
    folder: Path,
    languages: Iterable[str] = LANGUAGES,
    *,
    suffix: str = ".md",
    address: str = "http://127.0.0.1:8000/",
) -> list[Page]:
    """Read, execute and render every lesson in `folder`, training the Run first if need be.

    `suffix` is what links between lessons end in; `address` is where the site is published, its
    wheel at the root and English below `en/`.

    Raises
    ------
    LessonError
        With the problems of all lessons.
    """
    lessons = read_all(folder)
    languages = list(languages)
    prepare()
    executions = execute_all(lessons, languages)
    sample = fashion_mnist.in_place().is_sample
    package = f"{address}{wheel_name()}"
    pages = [
        render(
            lesson,
            language,
            executions[lesson.name, language],
            sample=sample,
            suffix=suffix,
            package=package,
            address=address if language == "ko" else f"{address}{language}/",
        )
        for lesson in lessons
        for language in languages
    ]
    terms = read_terms(folder / "terms.yml")
    return pages + [
        Page("glossary", language, link_lessons(glossary(terms, language), suffix))
        for language in languages
    ]


def read_all(folder: Path) -> list[Lesson]:
    """Read every lesson in `folder`: each percent script in it, but for `hooks.py`."""
    lessons, problems = [], []
    for path in sorted(folder.rglob("*.py")):
        if path == folder / "hooks.py":
            continue
        try:
            lessons.append(read(path, folder))
        except LessonError as error:
            problems += error.problems
    if problems:
        raise LessonError(problems)
    if not lessons:
        raise LessonError([Problem(str(folder), 1, 0, "holds no lesson (*.py)")])
    return lessons


def write(pages: Iterable[Page], out: Path) -> None:
    """Write the pages into the folder `out`: all of them, or nothing.

    `<language>/<lesson>.md`, `.ipynb`, `.py` and figures; in `shared/`, what both languages use:
    the wheel, and below `assets/` the numbers that the widgets compute with.

    Raises
    ------
    FileExistsError
        If `out` is a folder with something else in it.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as name:
        whole = Path(name) / "pages"
        shared = whole / "shared"
        build_wheel(shared)
        network = prepare()
        shutil.copytree(network.folder, shared / "assets" / "live" / "network")
        patches = json.dumps(live.patches(network), ensure_ascii=False)
        (shared / "assets" / "explorer").mkdir()
        (shared / "assets" / "explorer" / "patches.json").write_text(patches, encoding="utf-8")
        for page in pages:
            path = whole / page.language / page.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".md").write_text(page.markdown, encoding="utf-8")
            if page.notebook is not None:
                nbformat.write(page.notebook, path.with_suffix(".ipynb"))
            if page.script:
                path.with_suffix(".py").write_text(page.script, encoding="utf-8")
            for figure, content in page.figures.items():
                (path.parent / figure).write_bytes(content)
        if out.exists():
            _check_ours(out)
            shutil.rmtree(out)
        whole.replace(out)


def _check_ours(folder: Path) -> None:
    if any(folder.iterdir()) and not any(folder.glob("shared/cnn_guide-*.whl")):
        raise FileExistsError(f"{folder} holds something else than these pages: name a new folder")
