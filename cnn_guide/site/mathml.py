"""A Python-Markdown extension: formulas become MathML, which browsers draw without a script."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from pymdownx.arithmatex import ArithmatexExtension

_DELIMITERS = re.compile(r"^\\[(\[]\s*|\s*\\[)\]]$")


class MathMLExtension(Extension):
    r"""Write `$x^2$` and `$$\frac{1}{2}$$` as `<math>` elements."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Let Arithmatex find the formulas; replace what it found."""
        ArithmatexExtension(generic=True, smart_dollar=True).extendMarkdown(md)
        md.treeprocessors.register(_Formulas(md), "cnn_guide_mathml", 0)


class _Formulas(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.get("class") == "arithmatex":
                display = "block" if element.tag == "div" else "inline"
                latex = _DELIMITERS.sub("", (element.text or "").strip())
                element.text = self.md.htmlStash.store(convert(latex, display=display))


def makeExtension(**settings: Any) -> MathMLExtension:
    """Return the extension, as Python-Markdown asks for it by module name."""
    return MathMLExtension(**settings)
