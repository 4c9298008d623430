"""From an executed lesson to Markdown, notebook and script, and from Markdown to the page."""

import re
from base64 import b64encode
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.config import load_config
from nbformat.v4 import new_output

from cnn_guide.site.execute import Execution
from cnn_guide.site.lesson import LANGUAGES, Code, Lesson, Prose
from cnn_guide.site.problems import LessonError
from cnn_guide.site.render import NOTICE, Page, link_lessons, plain_markdown, render
from cnn_guide.site.terms import Term, TermsExtension, glossary, read

REPOSITORY = Path(__file__).parent.parent
TITLE = Prose({"ko": "# 제목 {#title}\n\n첫 줄.", "en": "# Title {#title}\n\nFirst line."}, {}, 1)
# what a person can type: control characters and lone surrogates cannot stand in a page
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "))


def printed(text: str) -> object:
    return new_output("stream", name="stdout", text=text)


def figure(svg: str, png: bytes, alt: str = "a figure") -> object:
    data = {"image/svg+xml": svg, "image/png": b64encode(png).decode(), "text/plain": "<Figure>"}
    size = {"alt": alt, "width": 200, "height": 100}
    return new_output("execute_result", data=data, metadata=size, execution_count=7)


def rendered(
    *cells: Prose | tuple[Code, object] | Code,
    language: str = "en",
    values: dict[int, list[str]] | None = None,
    sample: bool = False,
    **used: object,
) -> Page:
    """Render a lesson of prose, and of code cells with their output."""
    outputs: dict[int, list] = {}
    for cell in cells:
        if isinstance(cell, tuple):
            outputs[cell[0].number] = [cell[1]]
    plain = tuple(cell[0] if isinstance(cell, tuple) else cell for cell in cells)
    execution = Execution(outputs=outputs, values=values or {}, **used)
    address = "https://example.org/" if language == "ko" else "https://example.org/en/"
    return render(
        Lesson("section/lesson", "docs/section/lesson.py", plain),
        language,
        execution,
        sample=sample,
        suffix=".md",
        package="https://example.org/cnn_guide.whl",
        address=address,
    )


@pytest.fixture(scope="module")
def html() -> Callable[[str], str]:
    """Give what turns Markdown into HTML as the site does, with all its extensions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        config = load_config(str(REPOSITORY / "mkdocs.en.yml"))
        markdown = Markdown(
            extensions=config.markdown_extensions, extension_configs=config.mdx_configs
        )
    return lambda text: markdown.reset().convert(text)


class Reader(HTMLParser):
    """What a browser makes of a page: its elements, and the text in each `<code>`."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.code: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "code":
            self.inside = True
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside &= tag != "code"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.code[-1] += data

    def find(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]


@given(st.lists(TEXT).map("\n".join))
@example("<script>alert('taken over')</script>")
@example("```\n# no heading\n```")
@example("</code></pre><script src=//example.org/x.js></script>")
@example("    indented {{ braces }} {: .class }\n$x^2$ [link](a.md)")
@example("````` five ~~~ \n~~~")
@settings(deadline=None, max_examples=60)
def test_printed_text_is_shown_as_it_is(html: Callable[[str], str], text: str) -> None:
    """Whatever a cell prints is text on the page: never markup, never a script."""
    seen = Reader(html(rendered(TITLE, (Code("x", 1, 2), printed(text))).markdown))
    expected = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    assert [code.strip("\n") for code in seen.code] == (["x", expected] if expected else ["x"])
    assert {"script", "img", "style", "iframe"}.isdisjoint(tag for tag, _ in seen.elements)


@given(TEXT.filter(str.strip))
@example('a [map] of "kernels" <b> and *stars*, `code`, under_score_s, (brackets], \\slash & !')
@example("{ .class } {: #id } $x^2$ and $y$")
@settings(deadline=None, max_examples=60)
def test_alt_text_is_read_as_it_is(html: Callable[[str], str], text: str) -> None:
    page = html(rendered(TITLE, (Code("x", 1, 2), figure("<svg/>", b"x" * 999, text))).markdown)
    [image] = Reader(page).find("img")
    assert image["alt"] == " ".join(text.split())
    assert image["src"] == "lesson-1.svg"
    assert (image["width"], image["height"], image["loading"]) == ("200", "100", "lazy")


def test_carriage_returns_and_colours_of_a_terminal_are_gone() -> None:
    page = rendered(TITLE, (Code("x", 1, 2), printed("\x1b[31mred\x1b[0m  \nplain\n")))
    assert "\nred\nplain\n" in page.markdown


def test_value_of_an_expression_that_ends_a_cell_is_shown() -> None:
    value = new_output("execute_result", {"text/plain": "np.int64(3)"})
    page = rendered(TITLE, (Code("x", 1, 2, output="python"), value))
    assert "``` { .python .no-copy .cell-output .cell-source }\nnp.int64(3)\n```" in page.markdown


def test_smaller_of_svg_and_png_is_published() -> None:
    """As they travel: SVG compressed."""
    few, many = (
        "<svg>" + "<path/>" * 999 + "</svg>",
        "".join(chr(33 + n * n % 89) for n in range(9999)),
    )
    page = rendered(
        TITLE, (Code("x", 1, 2), figure(few, b"x" * 999)), (Code("y", 2, 3), figure(many, b"png"))
    )
    assert page.figures == {"lesson-1.svg": few.encode(), "lesson-2.png": b"png"}
    assert page.markdown.index("](lesson-1.svg)") < page.markdown.index("](lesson-2.png)")


def test_alt_text_of_the_cell_holds_values_and_wins_over_the_label() -> None:
    code = Code("x", 1, 2, alt={"ko": "값 {{ n }}", "en": "value {{ n }}"})
    drawn = figure("<svg/>", b"x" * 99, alt="of the figure")
    page = rendered(TITLE, (code, drawn), language="ko", values={2: ["7"]})
    assert "![값 7](lesson-1.svg)" in page.markdown


def test_expressions_are_filled_in_on_the_page_and_in_the_notebook() -> None:
    prose = Prose({"ko": "{{ a }}와 {{ b }}", "en": "{{ a }}, {{ b }}"}, {}, 2)
    page = rendered(TITLE, prose, values={2: ["1", "2"]})
    assert page.markdown.endswith("1, 2\n")
    assert page.notebook.cells[-1].source == "1, 2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_sample_is_told_under_the_title_of_pages_that_used_data(language: str) -> None:
    for used in ({"data": "digest"}, {"runs": {"run": "weights"}}):
        page = rendered(TITLE, language=language, sample=True, **used)
        title, notice, rest = page.markdown.partition(NOTICE[language])
        assert title.startswith("# ")
        assert notice
        assert rest.strip() == TITLE.text[language].split("\n")[-1]
    assert NOTICE[language] not in rendered(TITLE, language=language, sample=True).markdown
    assert NOTICE[language] not in rendered(TITLE, language=language, data="digest").markdown


def test_links_lead_to_pages_and_from_the_notebook_to_the_published_site() -> None:
    text = "[a](padding.py#why) [b](../index.py) [c](../glossary.md#kernel) [d](https://x.org/y.py)"
    page = rendered(TITLE, Prose({"ko": text, "en": text}, {}, 2))
    assert (
        "[a](padding.md#why) [b](../index.md) [c](../glossary.md#kernel) [d](https" in page.markdown
    )
    assert page.notebook.cells[-1].source == (
        "[a](https://example.org/en/section/padding/#why) [b](https://example.org/en/) "
        "[c](https://example.org/en/glossary/#kernel) [d](https://x.org/y.py)"
    )
    assert link_lessons("[a](b.py)", ".ipynb") == "[a](b.ipynb)"


@pytest.mark.parametrize(("keras", "extra"), [(False, ""), (True, "[train]")])
def test_notebook_and_script_name_their_wheel_their_language_and_their_versions(
    keras: bool, extra: str
) -> None:
    page = rendered(TITLE, (Code("x = 1", 1, 2), printed("one")), language="ko", keras=keras)
    for text in (page.notebook.cells[0].source, page.script):
        assert f'"cnn_guide{extra} @ https://example.org/cnn_guide.whl"' in text
        assert re.search(
            r"^# made with python 3\.\d+\.\d+, numpy \d.*, keras \d", text, re.MULTILINE
        )
        assert 'labels.set_language("ko")' in text
    assert page.script.endswith("\nx = 1\n")
    compile(page.script, "script", "exec")


def test_notebook_is_valid_and_keeps_what_was_printed_and_drawn() -> None:
    drawn = figure("<svg/>", b"png")
    page = rendered(TITLE, (Code("x", 1, 2), printed("one")), (Code("y", 2, 3), drawn))
    nbformat.validate(page.notebook)
    assert [cell.id for cell in page.notebook.cells] == ["cell-0", "cell-1", "cell-2", "cell-3"]
    assert page.notebook.cells[2].outputs[0].text == "one"
    [kept] = page.notebook.cells[3].outputs
    assert set(kept.data) == {"image/png", "text/plain"}
    assert kept.execution_count is None
    assert "image/svg+xml" in drawn.data  # what is kept in the cache is not touched


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("## Size {#size}", "## Size"),
        (
            '!!! question "Try"\n    One.\n\n    Two.\n\nAfter.',
            "> **Try**\n>\n> One.\n>\n> Two.\n\nAfter.",
        ),
        ("!!! note\n    One.", "> One."),
        (
            '??? success "Answer"\n    **4**\n\nAfter.',
            "<details><summary>Answer</summary>\n\n**4**\n\n</details>\n\nAfter.",
        ),
        ('before\n<div class="cnn-explorer" data-x="1"></div>\nafter', "before\nafter"),
        ("$x_{1}$", "$x_{1}$"),
    ],
)
def test_plain_markdown_of_the_notebook(text: str, plain: str) -> None:
    assert plain_markdown(text) == plain


def test_formulas_become_mathml_without_a_script(html: Callable[[str], str]) -> None:
    page = html("Inline $\\frac{1}{2}$ and\n\n$$\nn - k + 1\n$$\n\nA price of $5 and `$x$`.")
    seen = Reader(page)
    assert [math["display"] for math in seen.find("math")] == ["inline", "block"]
    assert "<mfrac>" in page
    assert "A price of $5" in page
    assert seen.code == ["$x$"]
    assert not seen.find("script")


TERMS = [
    Term(
        "pad", "패딩", "padding", "padding.py#p", {"ko": "둘레의 0.", "en": "Zeros around."}, {}, []
    ),
    Term(
        "map",
        "특성 맵",
        "feature map",
        "maps.py#m",
        {"ko": "필터의 출력.", "en": "What a filter gives."},
        {"ko": ["피처 맵"]},
        [],
    ),
]


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], list[tuple[str, str]]]:
    """Give what finds the terms with a hint in a text: what is marked, and the hint."""
    monkeypatch.setattr("cnn_guide.site.terms.read", lambda path: TERMS)

    def find(text: str, language: str) -> list[tuple[str, str]]:
        extension = TermsExtension(terms="terms.yml", language=language)
        page = Markdown(extensions=[extension, "attr_list"]).convert(text)
        return [
            (word, meaning)
            for meaning, word in re.findall(r'<abbr title="([^"]*)">([^<]*)</abbr>', page)
        ]

    return find


@pytest.mark.parametrize("particle", ["", "을", "은", "에서", "이란", "(padding)", "."])
def test_korean_term_is_found_with_any_particle(hints: Callable, particle: str) -> None:
    assert hints(f"여기서 패딩{particle} 봅니다", "ko") == [("패딩", "둘레의 0.")]


def test_korean_term_inside_another_word_is_no_term(hints: Callable) -> None:
    assert hints("세임패딩과 nopadding", "ko") == []


@pytest.mark.parametrize("word", ["padding", "Padding", "feature maps"])
def test_english_term_is_found_in_capitals_and_plural(hints: Callable, word: str) -> None:
    [(marked, _)] = hints(f"The {word} here", "en")
    assert word.startswith(marked)


def test_english_term_inside_another_word_is_no_term(hints: Callable) -> None:
    assert hints("paddings? yes. zeropadding, paddingless: no", "en") == [
        ("padding", "Zeros around.")
    ]


def test_only_the_first_use_of_a_term_has_a_hint(hints: Callable) -> None:
    text = "*padding* and a feature map, **padding** again\n\n- padding"
    assert [word for word, _ in hints(text, "en")] == ["padding", "feature map"]


@pytest.mark.parametrize("text", ["# padding", "[padding](a.md)", "`padding`", "    padding"])
def test_no_hint_in_headings_links_and_code(hints: Callable, text: str) -> None:
    assert hints(text, "en") == []


def test_text_around_hints_stays_in_order(hints: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a padding b feature map c *padding d* e"
    page = Markdown(extensions=[TermsExtension(terms="x", language="en")]).convert(text)
    assert re.sub("<[^>]*>", "", page) == "a padding b feature map c padding d e"


def test_glossary_in_both_languages() -> None:
    korean, english = glossary(TERMS, "ko"), glossary(TERMS, "en")
    assert "## 특성 맵 (feature map, 피처 맵) {#map}\n\n필터의 출력. [수업](maps.py#m)" in korean
    assert "## padding (패딩) {#pad}\n\nZeros around. [lesson](padding.py#p)" in english
    ids = [re.findall(r"\{#([\w-]+)\}", text) for text in (korean, english)]
    assert ids == [["glossary", "map", "pad"]] * 2  # each in its alphabet


def test_terms_of_the_site_are_explained_by_lessons_and_in_alphabetical_order() -> None:
    terms = read(REPOSITORY / "docs" / "terms.yml")
    for term in terms:
        path, _, anchor = term.lesson.partition("#")
        assert f"{{#{anchor}}}" in (REPOSITORY / "docs" / path).read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+?) \(", glossary(terms, "en"), re.MULTILINE)
    assert all(one.lower() <= other.lower() for one, other in pairwise(headings))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: a\n  ko: 가\n", "docs/terms.yml:1: missing 3 required"),
        ("- {id: a, colour: red}\n", "got an unexpected keyword argument 'colour'; see Term"),
        ("- {id: [}\n", "docs/terms.yml:1: "),
    ],
)
def test_broken_table_of_terms(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "terms.yml").write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=re.escape(message)):
        read(tmp_path / "docs" / "terms.yml")


def test_term_that_stands_there_twice(tmp_path: Path) -> None:
    entry = "- {id: a, ko: 가, en: a, lesson: a.py, means: {ko: 가, en: a}}\n"
    (tmp_path / "terms.yml").write_text(entry * 2, encoding="utf-8")
    with pytest.raises(LessonError, match=r"terms\.yml:2: a stands there twice"):
        read(tmp_path / "terms.yml")
