"""Turn an executed lesson into a notebook to download and a Markdown page with its figures."""

import gzip
import posixpath
import re
from base64 import b64decode
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from nbformat import from_dict

from cnn_guide.site.execute import Execution, versions
from cnn_guide.site.lesson import Code, Lesson, fill

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LESSON_LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)\.py(#[\w-]+)?\)")
_PAGE_LINK = re.compile(r"\]\((?!\w+:)([^)\s#]*)\.(?:py|md)(#[\w-]+)?\)")
_ATTRIBUTES = re.compile(r" *\{ *[#.:][^}]*\} *$", re.MULTILINE)
_WIDGET = re.compile(r'^<div class="cnn-.*</div>\n', re.MULTILINE)
_BLOCK = re.compile(
    r'^(!!!|\?\?\?\+?) +[\w -]+?(?: +"(.*)")?\n((?:(?: {4}.*)?(?:\n|\Z))+)', re.MULTILINE
)

NOTICE = {
    "ko": (
        '!!! warning "표본으로 만든 페이지입니다"\n'
        "    전체 Fashion-MNIST를 찾지 못해 함께 들어 있는 표본(훈련 6,000장, 테스트 1,000장)으로 "
        "계산했습니다. 숫자와 그림이 전체 데이터로 만든 사이트와 다릅니다."
    ),
    "en": (
        '!!! warning "This page was made from the sample"\n'
        "    The whole of Fashion-MNIST was not found, so the bundled sample (6,000 training and "
        "1,000 test images) was used. Numbers and figures differ from a site made from all of it."
    ),
}


@dataclass(frozen=True)
class Page:
    """A page in one language: its Markdown and, if it is a lesson, notebook, script and figures.

    The script is empty where there is no code.
    """

    name: str
    language: str
    markdown: str
    notebook: Any = None
    script: str = ""
    figures: dict[str, bytes] = field(default_factory=dict)


def render(
    lesson: Lesson,
    language: str,
    execution: Execution,
    *,
    sample: bool,
    suffix: str,
    package: str,
    address: str,
) -> Page:
    """Render an executed lesson.

    `sample`: whether the site is built on the sample; pages that used data then say so. `suffix`:
    what links to other lessons end in, ".md", or ".ipynb" where notebooks are the pages. `package`:
    what pip installs the package from, put behind `cnn_guide[train] @ `. `address`: where the pages
    in this language are published; links in the notebook point there.
    """
    stem = PurePosixPath(lesson.name).name
    parts: list[str] = []
    figures: dict[str, bytes] = {}
    cells = []
    for cell in lesson.cells:
        values = execution.values.get(cell.number, [])
        if isinstance(cell, Code):
            outputs = execution.outputs[cell.number]
            alt = fill(cell.alt.get(language, ""), values)
            parts.append(_fence(cell.source, "python"))
            for output in outputs:
                if "image/png" in output.get("data", {}):
                    kind, content = _smaller(output.data)
                    name = f"{stem}-{len(figures) + 1}.{kind}"
                    figures[name] = content
                    parts.append(_image(name, alt or output.metadata["alt"], output.metadata))
                elif text := _text(output):
                    source = "" if cell.output == "text" else " .cell-source"
                    attributes = f"{{ .{cell.output} .no-copy .cell-output{source} }}"
                    parts.append(_fence(text, attributes))
            cells.append(_code_cell(cell.source, [_portable(output) for output in outputs]))
        else:
            text = fill(cell.text[language], values)
            parts.append(link_lessons(text, suffix))
            text = plain_markdown(_link_site(text, lesson.name, address))
            cells.append({"cell_type": "markdown", "metadata": {}, "source": text})
    if sample and (execution.data or execution.runs):
        title, _, rest = parts[0].partition("\n")
        parts[0] = f"{title}\n\n{NOTICE[language]}\n{rest}"
    extra = "[train]" if execution.keras or execution.runs else ""
    requirement = f'"cnn_guide{extra} @ {package}"'
    made_with = ", ".join(f"{name} {version}" for name, version in versions().items())
    language_cell = f'from cnn_guide import labels\n\nlabels.set_language("{language}")'
    cells.insert(
        0,
        _code_cell(f"# made with {made_with}\n%pip install -q {requirement}\n{language_cell}", []),
    )
    header = f"# pip install {requirement}\n# made with {made_with}\n\n{language_cell}\n"
    code = [cell.source for cell in lesson.cells if isinstance(cell, Code)]
    script = "\n\n".join([header.rstrip(), *code]) + "\n" if code else ""
    markdown = "\n\n".join(parts) + "\n"
    return Page(lesson.name, language, markdown, _notebook(cells), script, figures)


def _notebook(cells: list[dict[str, Any]]) -> Any:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return from_dict(
        {
            # ids that are not random: two builds give the same bytes
            "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
            "metadata": {"kernelspec": kernel},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def _code_cell(source: str, outputs: list[Any]) -> dict[str, Any]:
    # nbformat's own function checks each cell by itself, which takes longer than all the rest
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": outputs,
        "source": source,
    }


def link_lessons(markdown: str, suffix: str) -> str:
    """Let links to lessons end in `suffix`.

    >>> link_lessons("[padding](padding.py#how-many)", ".md")
    '[padding](padding.md#how-many)'
    """
    return _LESSON_LINK.sub(rf"](\1{suffix}\2)", markdown)


def _link_site(markdown: str, name: str, address: str) -> str:
    """Let links to pages point to where they are published."""

    def link(match: re.Match[str]) -> str:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(name), match[1]))
        page = "" if target == "index" else f"{target}/"
        return f"]({address}{page}{match[2] or ''})"

    return _PAGE_LINK.sub(link, markdown)


def plain_markdown(text: str) -> str:
    """Rewrite what only the site's Markdown knows: admonitions become quotes, folded ones
    `<details>`, and attributes in braces and places for scripts go.

    >>> print(plain_markdown('## Size {#size}'))
    ## Size
    """

    def block(match: re.Match[str]) -> str:
        mark, title, body = match.group(1), match.group(2) or "", match.group(3)
        body = re.sub(r"^ {4}", "", body, flags=re.MULTILINE).strip()
        if mark == "!!!":
            lines = [f"**{title}**", "", *body.splitlines()] if title else body.splitlines()
            return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n"
        return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>\n\n"

    return _WIDGET.sub("", _ATTRIBUTES.sub("", _BLOCK.sub(block, text + "\n"))).strip()


def _fence(text: str, info: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence} {info}\n{text}\n{fence}"


def _text(output: Any) -> str:
    text = output.get("text") or output.get("data", {}).get("text/plain", "")
    lines = _ANSI.sub("", text).strip("\n").splitlines()
    return "\n".join(line.rstrip() for line in lines)


def _smaller(data: dict[str, str]) -> tuple[str, bytes]:
    svg, png = data["image/svg+xml"].encode(), b64decode(data["image/png"])
    if len(gzip.compress(svg, mtime=0)) < len(png):
        return "svg", svg
    return "png", png


def _image(name: str, alt: str, size: dict[str, int]) -> str:
    # entities, because formulas and attributes in braces know no backslash
    escaped = re.sub(r"[\\\[\]`*_<>${}&]", lambda sign: f"&#{ord(sign[0])};", " ".join(alt.split()))
    attributes = f'.cnn-figure width="{size["width"]}" height="{size["height"]}" loading="lazy"'
    return f"![{escaped}]({name}){{ {attributes} }}"


def _portable(output: Any) -> Any:
    """Return the output as a notebook keeps it: a figure as PNG alone, without execution counts."""
    output = output.copy()
    if "image/svg+xml" in output.get("data", {}):
        output.data = {kind: d for kind, d in output.data.items() if kind != "image/svg+xml"}
    if "execution_count" in output:
        output.execution_count = None
    return output
