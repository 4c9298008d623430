"""The terms of the lessons: the glossary page, and hints where a page first uses a term."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import yaml
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from cnn_guide.site.problems import LessonError, Problem

_NO_HINTS_IN = {"a", "abbr", "code", "pre", "summary", "button", *(f"h{n}" for n in range(1, 7))}

_GLOSSARY = {
    "ko": (
        "용어집",
        "수업에 나오는 용어와 뜻입니다. 괄호 안은 영어 이름과 다른 이름입니다.",
        "수업",
    ),
    "en": (
        "Glossary",
        "The terms of the lessons. In brackets: the Korean term, other names.",
        "lesson",
    ),
}


@dataclass(frozen=True)
class Term:
    """One concept in both languages.

    `lesson` is the lesson and heading that explain it; `also` holds other names, by language, and
    `search` what nobody should write but some will look for, and names from code.
    """

    id: str
    ko: str
    en: str
    lesson: str
    means: dict[str, str]
    also: dict[str, list[str]]
    search: list[str]

    def name(self, language: str) -> str:
        """Return the term in a language."""
        return self.ko if language == "ko" else self.en


def read(path: Path) -> list[Term]:
    """Read the table of terms, a YAML list.

    Raises `LessonError` if it is no YAML, an entry lacks a field or two entries share an id.
    """
    return _parse(path.read_text(encoding="utf-8"), f"{path.parent.name}/{path.name}")


@lru_cache(maxsize=1)  # every page asks for the same table
def _parse(text: str, shown: str) -> list[Term]:
    try:
        table: Any = yaml.compose(text)
        terms, problems, ids = [], [], set()
        for node, entry in zip(table.value, yaml.safe_load(text), strict=True):
            line = node.start_mark.line + 1
            try:
                terms.append(Term(**{"also": {}, "search": [], **entry}))
            except TypeError as error:
                message = f"{str(error).removeprefix('Term.__init__() ')}; see Term for the fields"
                problems.append(Problem(shown, line, 0, message))
            if entry.get("id") in ids:
                problems.append(Problem(shown, line, 0, f"{entry['id']} stands there twice"))
            ids.add(entry.get("id"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LessonError([Problem(shown, line, 0, str(error.problem))]) from error
    if problems:
        raise LessonError(problems)
    return terms


def glossary(terms: list[Term], language: str) -> str:
    """Return the glossary as Markdown, in the alphabetical order of the language."""
    title, introduction, lesson = _GLOSSARY[language]
    other = "en" if language == "ko" else "ko"
    parts = [f"# {title} {{#glossary}}\n\n{introduction}"]
    for term in sorted(terms, key=lambda term: term.name(language).lower()):
        names = ", ".join([term.name(other), *term.also.get(language, [])])
        parts.append(
            f"## {term.name(language)} ({names}) {{#{term.id}}}\n\n"
            f"{term.means[language]} [{lesson}]({term.lesson})"
        )
    return "\n\n".join(parts) + "\n"


class TermsExtension(Extension):
    """Give the first use of each term on a page its meaning, shown on hover."""

    def __init__(self, **settings: Any) -> None:
        self.config = {"terms": ["", "the table of terms"], "language": ["ko", "of the pages"]}
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the step that finds the terms, after all other inline markup."""
        terms = read(Path(self.getConfig("terms")))
        md.treeprocessors.register(
            _Hints(md, terms, self.getConfig("language")), "cnn_guide_terms", 1
        )


class _Hints(Treeprocessor):
    def __init__(self, md: Markdown, terms: list[Term], language: str) -> None:
        super().__init__(md)
        self.meanings = {term.name(language).lower(): term.means[language] for term in terms}
        names = "|".join(sorted(map(re.escape, self.meanings), key=len, reverse=True))
        # a Korean particle may follow, a plural s in English
        end = "" if language == "ko" else r"(?=s?\b)"
        self.pattern = re.compile(rf"(?<![\w가-힣])({names}){end}", re.IGNORECASE)

    def run(self, root: Element) -> None:
        self._mark(root, set())

    def _mark(self, element: Element, seen: set[str]) -> None:
        if element.tag in _NO_HINTS_IN:
            return
        children = list(element)
        element.text, hints = self._split(element.text, seen)
        for position, hint in enumerate(hints):
            element.insert(position, hint)
        for child in children:
            self._mark(child, seen)
            child.tail, hints = self._split(child.tail, seen)
            at = list(element).index(child) + 1
            for position, hint in enumerate(hints):
                element.insert(at + position, hint)

    def _split(self, text: str | None, seen: set[str]) -> tuple[str | None, list[Element]]:
        """Return the text before the first hint, and the hints with the text behind each."""
        if not text:
            return text, []
        hints: list[Element] = []
        before, at = text, 0
        for match in self.pattern.finditer(text):
            name = match.group().lower()
            if name in seen:
                continue
            seen.add(name)
            if hints:
                hints[-1].tail = text[at : match.start()]
            else:
                before = text[: match.start()]
            hint = Element("abbr", title=self.meanings[name])
            hint.text = match.group()
            hints.append(hint)
            at = match.end()
        if hints:
            hints[-1].tail = text[at:]
        return before, hints


def makeExtension(**settings: Any) -> TermsExtension:
    """Return the extension, as Python-Markdown asks for it by module name."""
    return TermsExtension(**settings)
