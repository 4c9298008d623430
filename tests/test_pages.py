"""What every page of a built site promises, read as files and read in Chromium.

The pages come from the site maps. Messages name all pages that break a promise, not the first one.
"""

import gzip
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import no

LANGUAGES = {"ko": "", "en": "en/"}
# From the table of terms: what Korean prose does not say. The glossary alone names synonyms.
AVOIDED = [
    *(
        "컨볼루션",
        "컨벌루션",
        "콘볼루션",
        "상호상관",
        "상호 상관",
        "커넬",
        "웨이트",
        "편향",
        "바이어스",
        "피처",
    ),
    *(
        "특징 맵",
        "덧대기",
        "영패딩",
        "보폭",
        "맥스 풀링",
        "완전 연결",
        "수용장",
        "학습 데이터",
        "얼리 스토핑",
    ),
    *("과적합", "오차 행렬"),
    # compounds without their space
    *(
        "합성곱층",
        "풀링층",
        "특성맵",
        "최대풀링",
        "평균풀링",
        "세임패딩",
        "밸리드패딩",
        "제로패딩",
        "훈련세트",
    ),
    *("검증세트", "테스트세트", "조기종료", "혼동행렬", "활성화함수", "배치정규화"),
]


@cache
def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="session")
def pairs(pages) -> list[tuple[str, BeautifulSoup, BeautifulSoup]]:
    """Give the name, the Korean and the English page of every pair."""
    names = [page for page in pages if not page.startswith("en/")]
    return [(name, read(pages[name]), read(pages[f"en/{name}"])) for name in names]


@cache
def ids(path: Path) -> set[str]:
    return {element["id"] for element in read(path)(id=True)}


def article(page: BeautifulSoup) -> BeautifulSoup:
    return page.find("article")


def prose(page: BeautifulSoup) -> str:
    """Return what a page says: text and alternative texts, without code and formulas."""
    copy = BeautifulSoup(str(article(page)), "html.parser")
    for element in copy(["code", "math", "script", "style"]):
        element.replace_with(" ")
    said = [copy.get_text(), *(image["alt"] for image in copy("img"))]
    return " ".join(" ".join(said).split())


def test_languages_have_the_same_pages(pages):
    korean = {page for page in pages if not page.startswith("en/")}
    english = {page.removeprefix("en/") for page in pages if page.startswith("en/")}
    assert korean == english
    no(page for page, path in pages.items() if not path.exists())


def test_page_says_its_language(pages):
    wrong = {
        page: language
        for page, path in pages.items()
        if (language := read(path).html["lang"]) != ("en" if page.startswith("en/") else "ko")
    }
    no(wrong.items())


def test_page_points_to_itself_in_the_other_language(pages, site_root):
    wrong = []
    for page, path in pages.items():
        name = page.removeprefix("en/") if page.startswith("en/") else page
        addresses = {language: f"{site_root}{below}{name}" for language, below in LANGUAGES.items()}
        links = read(path).head("link", hreflang=True)
        if {link["hreflang"]: link["href"] for link in links} != addresses:
            wrong.append(f"{page}: {links}")
        for switch in read(path).header("a", hreflang=True):
            if urljoin(site_root + page, switch["href"]) != addresses[switch["hreflang"]]:
                wrong.append(f"{page}: {switch}")
    no(wrong)


def test_languages_have_the_same_headings_figures_code_and_formulas(pairs):
    differ = []
    for name, *both in pairs:
        if name != "glossary/":  # in the order of each alphabet
            korean, english = (
                [h["id"] for h in article(page)(re.compile("h[1-6]"))] for page in both
            )
            if korean != english:
                differ.append(f"{name}: headings {korean} and {english}")
        for tag in ("img", "pre", "math", "table", "details", "h2"):
            korean, english = (len(article(page)(tag)) for page in both)
            if korean != english:
                differ.append(f"{name}: {korean} and {english} of <{tag}>")
    no(differ)


def test_titles_and_descriptions_are_each_page_s_own(pages):
    wrong, seen = [], Counter()
    for page, path in pages.items():
        head = read(path).head
        description = head.find("meta", attrs={"name": "description"})["content"]
        if not 20 <= len(description) <= 170:
            wrong.append(f"{page}: describes itself as {description!r}")
        seen.update([description, head.title.text])
    no(wrong + [text for text, count in seen.items() if count > 1])


def test_images_have_a_text_and_a_place(pages):
    wrong = [
        f"{page}: {image}"
        for page, path in pages.items()
        for image in read(path)("img")
        if not image.get("alt", "").strip()
        or not image.get("width", "").isdigit()
        or not image.get("height", "").isdigit()
        or image.get("loading") != "lazy"
    ]
    no(wrong)


def test_page_weighs_at_most_80_kilobytes(pages):
    heavy = {page: size for page, path in pages.items() if (size := path.stat().st_size) > 80_000}
    no(heavy.items())


def test_first_view_weighs_less_than_400_kilobytes(pages, site_root, site):
    heavy = {}
    for page, path in pages.items():
        asked = [link["href"] for link in read(path)("link", rel="stylesheet")]
        asked += [script["src"] for script in read(path)("script", src=True)]
        files = [
            path,
            *(site / urljoin(site_root + page, file).removeprefix(site_root) for file in asked),
        ]
        weight = sum(len(gzip.compress(file.read_bytes(), 6)) for file in files)
        if weight >= 400_000:
            heavy[page] = weight
    no(heavy.items())


def test_links_lead_somewhere(pages, site_root, site):
    broken = []
    for page, path in [*pages.items(), ("404.html", site / "404.html")]:
        links = [tag["href"] for tag in read(path)(["a", "link"], href=True)]
        links += [tag["src"] for tag in read(path)(["img", "script"], src=True)]
        for link in sorted(set(links)):
            address = urljoin(site_root + page, link)
            if not address.startswith(site_root):
                if urlsplit(address).scheme not in ("https", "mailto"):
                    broken.append(f"{page}: {link}")
                continue
            target, _, anchor = address.removeprefix(site_root).partition("#")
            file = site / unquote(target.partition("?")[0])
            file = file / "index.html" if file.is_dir() else file
            if not file.exists():
                broken.append(f"{page}: {link}")
            elif anchor and unquote(anchor) not in ids(file):
                broken.append(f"{page}: {link} (no such id)")
    no(broken)


def test_nothing_is_left_unrendered(pages):
    left = []
    for page, path in pages.items():
        text = prose(read(path))
        left += [f"{page}: {mark}" for mark in ("{{", "}}", "$", "](", "**") if mark in text]
    no(left)


def test_every_formula_became_mathml(pages):
    wrong = []
    for page, path in pages.items():
        for notebook in path.parent.glob("*.ipynb"):
            cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
            text = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
            written = len(re.findall(r"^ *\$\$", text, re.MULTILINE)) / 2
            shown = len(read(path)("math", display="block"))
            if written != shown:
                wrong.append(f"{page}: {written} display formulas written, {shown} shown")
    no(wrong)


def test_korean_prose_keeps_to_the_terms(pairs):
    pattern = re.compile("|".join(AVOIDED))
    said = [
        f"{name}: …{text[max(0, found.start() - 20) : found.end() + 20]}…"
        for name, korean, _ in pairs
        if name != "glossary/"
        for text in [prose(korean)]
        for found in pattern.finditer(text)
    ]
    no(said)


def test_missing_page_speaks_both_languages(site, site_root):
    page = read(site / "404.html")
    paragraphs = {p["lang"]: p.a["href"] for p in article(page)("p", lang=True)}
    assert paragraphs == {"ko": site_root, "en": f"{site_root}en/"}
