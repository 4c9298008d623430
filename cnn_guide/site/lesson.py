"""Read a lesson: one percent-format script that holds both languages."""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import jupytext

from cnn_guide.site.problems import LessonError, Problem

LANGUAGES = ("ko", "en")

_MARKER = re.compile(r"^# %%", re.MULTILINE)
_FENCE = re.compile(r"^ *(```|~~~).*?^ *\1 *$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+).+?\1", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6}) +(.+?)(?: +\{ *#([\w-]+)[^}]*\})? *$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)[^)]*\)")
_FORMULA = re.compile(r"(\$\$?)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_WORDS_IN_FORMULA = re.compile(r"\\text\{[^}]*\}")
_BLOCK = re.compile(r"^ *(?:!!!|\?\?\?\+?|===) *(\w*)", re.MULTILINE)


@dataclass(frozen=True)
class Code:
    """A code cell, shared by both languages. `alt` describes its figures, `output` names the
    language that its printed text is highlighted in.
    """

    source: str
    line: int
    number: int
    output: str = "text"
    alt: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Prose:
    """A pair of Markdown cells that say the same: language -> Markdown, language -> line."""

    text: dict[str, str]
    lines: dict[str, int]
    number: int


@dataclass(frozen=True)
class Lesson:
    """One lesson. `name` is its path below the lessons' folder without suffix, with slashes;
    `shown` is the file as messages name it.
    """

    name: str
    shown: str
    cells: tuple[Code | Prose, ...]


def expressions(markdown: str) -> list[str]:
    """Return the `{{ expression }}`s of a Markdown text, in order.

    >>> expressions("{{ 1 + 1 }} and {{ use[0, 0] }}")
    ['1 + 1', 'use[0, 0]']
    """
    return [match.strip() for match in _EXPRESSION.findall(markdown)]


def fill(markdown: str, values: list[str]) -> str:
    """Put `values` in the places of the `{{ expression }}`s.

    >>> fill("{{ 1 + 1 }} maps", ["2"])
    '2 maps'
    """
    remaining = iter(values)
    return _EXPRESSION.sub(lambda _: next(remaining), markdown)


def read(path: Path, folder: Path) -> Lesson:
    """Read the lesson at `path` below `folder` and check that its languages match.

    Raises
    ------
    LessonError
        A pair of cells differs, a cell has no partner or no language, a heading has no id, or the
        file lies outside `folder`.
    """
    if path.is_symlink() or not path.resolve().is_relative_to(folder.resolve()):
        raise LessonError(
            [Problem(str(path), 1, 0, f"is not a plain file inside {folder}; move it there")]
        )
    text = path.read_text(encoding="utf-8")
    shown = path.relative_to(folder.parent).as_posix()
    notebook = jupytext.reads(text, fmt="py:percent")
    markers = [text.count("\n", 0, match.start()) + 1 for match in _MARKER.finditer(text)]
    # what stands before the first marker is a comment to maintainers, not a cell
    raw = notebook.cells[len(notebook.cells) - len(markers) :]
    cells: list[Code | Prose] = []
    problems: list[Problem] = []
    waiting: tuple[str, int] | None = None
    for cell, line in zip(raw, markers, strict=True):
        number = len(cells) + 1
        language = cell.metadata.get("lang")
        if cell.cell_type == "code":
            if waiting:
                problems.append(Problem(shown, waiting[1], number, "has no English pair after it"))
                waiting = None
            alt = {
                lang: cell.metadata[f"alt_{lang}"]
                for lang in LANGUAGES
                if f"alt_{lang}" in cell.metadata
            }
            output = cell.metadata.get("output", "text")
            cells.append(Code(cell.source, line, number, output, alt))
        elif language == "ko" and waiting is None:
            waiting = (cell.source, line)
        elif language == "en" and waiting is not None:
            pair = {"ko": waiting[0], "en": cell.source}
            problems += [Problem(shown, line, number, message) for message in differences(**pair)]
            cells.append(Prose(pair, {"ko": waiting[1], "en": line}, number))
            waiting = None
        else:
            wanted = 'lang="en"' if waiting else 'lang="ko"'
            problems.append(Problem(shown, line, number, f"expected a cell with {wanted} here"))
            waiting = None
    if waiting:
        problems.append(Problem(shown, waiting[1], len(cells) + 1, "has no English pair after it"))
    if problems:
        raise LessonError(problems)
    name = path.relative_to(folder).with_suffix("").as_posix()
    return Lesson(name, shown, tuple(cells))


def differences(ko: str, en: str) -> list[str]:
    """Say in what the two texts of a pair differ that should be the same in both languages."""
    found = []
    for language, text in (("Korean", ko), ("English", en)):
        found += [
            f"the {language} heading {heading!r} has no id: write {{#id}} behind it"
            for _, heading, identifier in _HEADING.findall(_FENCE.sub("", text))
            if not identifier
        ]
    without_id = bool(found)
    for what, extract in _SHARED.items():
        korean, english = extract(ko), extract(en)
        if korean != english and not (what == "headings" and without_id):
            found.append(f"{what} differ: Korean has {_show(korean)}, English has {_show(english)}")
    return found


def _headings(text: str) -> list[str]:
    return [f"{level} #{identifier}" for level, _, identifier in _HEADING.findall(_plain(text))]


def _links(text: str) -> list[str]:
    return sorted(_LINK.findall(_plain(text)))


def _formulas(text: str) -> list[str]:
    found = [formula.strip() for _, formula in _FORMULA.findall(_CODE.sub("", _plain(text)))]
    return sorted(_WORDS_IN_FORMULA.sub(r"\\text{}", formula) for formula in found)


def _blocks(text: str) -> list[str]:
    return _BLOCK.findall(_plain(text))


def _snippets(text: str) -> list[str]:
    return [match.group() for match in _FENCE.finditer(text)]


def _plain(text: str) -> str:
    return _EXPRESSION.sub("", _FENCE.sub("", text))


_SHARED = {
    "headings": _headings,
    "links": _links,
    "formulas": _formulas,
    "admonitions and tabs": _blocks,
    "code blocks": _snippets,
}


def _show(items: list[str]) -> str:
    counted = Counter(items)
    return ", ".join(f"{item} (x{n})" if n > 1 else item for item, n in counted.items()) or "none"
