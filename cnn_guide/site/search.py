"""How readers find a page: the sentence that search engines show, the words the search goes by."""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from cnn_guide.site.terms import Term

_NOTICE = re.compile(r'<div class="admonition.*?</div>', re.DOTALL)
_OPENING = re.compile(r"</h1>\s*<p>(.*?)</p>(?:\s*<[uo]l>(.*?)</[uo]l>)?", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def describe(html: str, longest: int = 160) -> str:
    """Return the first paragraph and list below a page's title as one line, for an attribute.

    >>> describe("<h1>Padding</h1><p>You can</p><ul><li>count <b>zeros</b>.</li></ul><h2>...</h2>")
    'You can count zeros.'
    """
    opening = _OPENING.search(_NOTICE.sub("", html))
    if not opening:
        return ""
    words = _TAG.sub("", " ".join(part for part in opening.groups() if part)).split()
    line = unescape(" ".join(words))
    if len(line) > longest:
        line = line[:longest].rsplit(" ", 1)[0].rstrip(",.") + "…"
    return escape(line)


def add_terms(index: dict[str, Any], terms: Iterable[Term]) -> None:
    """Let the search find the section that explains a term first, by any of the term's names.

    `index` is the table that Material's search reads. A section's names become its tags, which
    weigh more than titles there: the term in both languages, its other names, and the endings that
    a name may have, because the search compares the beginnings of words: what it finds for 패딩 it
    would not find for 패딩을.
    """
    sections = {section["location"]: section for section in index["docs"]}
    for term in terms:
        page, _, heading = term.lesson.partition("#")
        page = page.removesuffix("index.py").removesuffix(".py") + "/"
        section = sections.get(f"{page}#{heading}") or sections.get(page)
        if section is None:
            continue
        names = [term.ko, term.en, *(name for also in term.also.values() for name in also)]
        names += term.search
        words = " ".join(form for name in names for form in [name, *_with_endings(name)])
        section["tags"] = [" ".join([*section.get("tags", []), words])]


def _with_endings(name: str) -> list[str]:
    """Return the last word of a Korean name with the particles that may follow, others as plural.

    >>> _with_endings("최대 풀링")[:3], _with_endings("feature map")
    (['풀링은', '풀링이', '풀링을'], ['maps'])
    """
    word = name.split()[-1]
    last = ord(word[-1]) - ord("가")
    if not 0 <= last < 11_172:
        return [word + ("es" if word.endswith("s") else "s")]
    final = last % 28  # the consonant that closes the syllable: 0 is none, 8 is ㄹ
    particles = ["은", "이", "을", "과"] if final else ["는", "가", "를", "와"]
    particles += ["으로" if final not in (0, 8) else "로", "의", "에서", "도"]
    return [word + particle for particle in particles]
