"""A Python-Markdown extension: code is highlighted once and lightly.

Both languages show the same code, and so does every rebuild of `mkdocs serve`: each piece is
highlighted once. Names, punctuation and spaces have the colour of plain code: without elements of
their own a page weighs a quarter less.
"""

import re
from typing import Any

from pymdownx.highlight import Highlight, HighlightExtension

_PLAIN = re.compile(r'<span class="(?:n|p|w)">([^<]*)</span>')
_known: dict[str, str] = {}


class CodeExtension(HighlightExtension):
    """Stands where `pymdownx.highlight` would, with its settings."""

    def get_pymdownx_highlighter(self) -> type[Highlight]:
        """Return what superfences highlights code with."""
        return _Light


class _Light(Highlight):
    def highlight(self, *arguments: Any, code_block_count: int = 0, **settings: Any) -> str:
        key = repr((arguments, settings))
        if key not in _known:
            _known[key] = _PLAIN.sub(r"\1", super().highlight(*arguments, **settings))
        return _known[key]


def makeExtension(**settings: Any) -> CodeExtension:
    """Return the extension, as Python-Markdown asks for it by module name."""
    return CodeExtension(**settings)
