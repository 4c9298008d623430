"""All lessons to all pages: the steps of a build, for whichever site generator comes after."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat

from cnn_guide import fashion_mnist, training
from cnn_guide.site.execute import execute_all
from cnn_guide.site.lesson import LANGUAGES, Lesson, read
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
    prepare_runs()
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


def prepare_runs() -> None:
    """Train what the lessons stand on, if it is not kept already, in a process of its own."""
    if training.find() is None:
        command = [sys.executable, "-m", "cnn_guide.training"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def write(pages: Iterable[Page], out: Path) -> None:
    """Write the wheel, and `<language>/<lesson>.md`, `.ipynb`, `.py` and figures: all, or nothing."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as name:
        whole = Path(name) / "pages"
        build_wheel(whole)
        for page in pages:
            path = whole / page.language / page.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".md").write_text(page.markdown, encoding="utf-8")
            if page.notebook is not None:
                nbformat.write(page.notebook, path.with_suffix(".ipynb"))
                path.with_suffix(".py").write_text(page.script, encoding="utf-8")
            for figure, content in page.figures.items():
                (path.parent / figure).write_bytes(content)
        if out.exists():
            shutil.rmtree(out)
        whole.replace(out)
