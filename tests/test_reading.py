"""Reading the built site in Chromium: what moves, breaks, comes from elsewhere, shuts readers out.

Every page is visited, as on a phone in light and as on a desk in dark; each test judges what the
visits found. Of a site on the sample, Korean is read on the phone and English on the desk; of a
site that CNN_GUIDE_SITE names, both on both.
"""

import os

import pytest
from conftest import no

VARIANTS = {
    "phone, light": {"viewport": {"width": 360, "height": 740}, "color_scheme": "light"},
    "desk, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}
WATCH_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
      const shifts = list.getEntries().filter((shift) => !shift.hadRecentInput);
      for (const shift of shifts) window.shifted += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
"""
SCROLL_THROUGH = """async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
    for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.8) {
      scrollTo({ top: y, behavior: "instant" });
      await frame();
    }
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    await frame();
    return { shifted, wide: document.documentElement.scrollWidth - innerWidth };
}"""
# Words of Hangul that stand on two lines, and text that may break inside words.
BROKEN_WORDS = """() => {
    const broken = [];
    const article = document.querySelector("article");
    const texts = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const { 0: word, index } of text.data.matchAll(/[가-힣]+/g)) {
        const range = new Range();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
        if (lines.size > 1 && !text.parentElement.closest("pre")) broken.push(word);
      }
    }
    for (const element of document.querySelectorAll("article :is(h1, h2, p, li, td, summary)"))
      if (getComputedStyle(element).wordBreak !== "keep-all") broken.push(element.tagName);
    return [...new Set(broken)];
}"""
VIOLATIONS = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    const places = (nodes) => nodes.map((node) => node.html.slice(0, 120)).join(" ");
    return violations.map(({ id, nodes }) => `${id}: ${places(nodes)}`);
}"""


@pytest.fixture(scope="module")
def visits(browser, pages, site_address, npm_install) -> dict[str, dict]:
    """Visit all pages: give what each visit found, by the page's address and the screen."""
    axe = (npm_install("axe-core@4.14.1") / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    found = {}
    for variant, options in VARIANTS.items():
        context = browser.new_context(**options)
        context.set_default_timeout(30_000)
        context.add_init_script(WATCH_SHIFTS)
        for page in pages:
            usual = "desk, dark" if page.startswith("en/") else "phone, light"
            if variant != usual and not os.environ.get("CNN_GUIDE_SITE"):
                continue
            found[f"{page or 'front page'} ({variant})"] = visit(context, site_address, page, axe)
        context.close()
    return found


def visit(context, site_address: str, address: str, axe: str) -> dict:
    errors, elsewhere = [], []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda note: note.type in ("error", "warning") and errors.append(note.text))
    page.on("requestfailed", lambda request: errors.append(f"failed: {request.url}"))
    page.on("request", lambda request: elsewhere.append(request.url))
    page.goto(site_address + address)
    found = page.evaluate(SCROLL_THROUGH)
    found["broken words"] = page.evaluate(BROKEN_WORDS)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    start_widgets(page)
    page.evaluate(axe)
    found["violations"] = page.evaluate(VIOLATIONS)
    found["errors"] = errors
    found["elsewhere"] = [
        url for url in elsewhere if not url.startswith((site_address, "data:", "blob:"))
    ]
    page.close()
    return found


def start_widgets(page) -> None:
    for explorer in page.locator(".cnn-explorer").all():
        explorer.scroll_into_view_if_needed()
        explorer.locator(".cx-question").wait_for()
    for live in page.locator(".cnn-live").all():
        live.locator(".cnn-live__load").click()
        live.locator(".cnn-live__widget").wait_for()


def judge(visits: dict[str, dict], name: str, allowed: float = 0) -> None:
    """Fail with all pages on which something was found, or more than is allowed."""
    no(
        f"{page}: {found[name]}"
        for page, found in visits.items()
        if (found[name] > allowed if isinstance(found[name], int | float) else found[name])
    )


def test_nothing_is_asked_from_elsewhere(visits):
    judge(visits, "elsewhere")


def test_console_stays_empty(visits):
    judge(visits, "errors")


def test_layout_hardly_shifts(visits):
    judge(visits, "shifted", allowed=0.02)


def test_nothing_scrolls_sideways(visits):
    judge(visits, "wide")


def test_korean_lines_break_between_words(visits):
    judge(visits, "broken words")


def test_axe_finds_no_violation(visits):
    judge(visits, "violations")


@pytest.fixture
def desk(browser):
    """Give a page in a context of its own, dark, as wide as a desk."""
    context = browser.new_context(**VARIANTS["desk, dark"])
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def lesson(pages) -> str:
    """Give the address of a lesson with formulas, figures, a widget and exercises."""
    return next(page for page in pages if page.endswith("padding/"))


def test_print_is_a_hand_out(desk, site_address, lesson):
    desk.goto(site_address + lesson)
    start_widgets(desk)
    desk.emulate_media(media="print", color_scheme="dark")
    shown = desk.evaluate("""() => {
        const visible = (element) => element.checkVisibility() && element.getClientRects().length;
        const all = (selector) => [...document.querySelectorAll(selector)];
        const controls = all("header.md-header, nav, footer, button, .cnn-actions").filter(visible);
        const colors = all("article :is(p, input)").map((text) => getComputedStyle(text).color);
        return {
          controls: controls.map((control) => control.outerHTML.slice(0, 120)),
          figures: all("article img").every(visible),
          code: all("article .highlight:not(details *) > pre").every(visible),
          ink: Math.max(...colors.flatMap((color) => color.match(/\\d+/g).slice(0, 3))),
          answers: all("article details:not([open]) > :not(summary)").filter(visible).length,
        };
    }""")
    no(shown["controls"])
    assert shown["figures"]
    assert shown["code"]
    assert shown["ink"] < 100  # of 255, though the screen is dark
    assert shown["answers"] == 0
    assert desk.pdf().startswith(b"%PDF")


def test_keyboard_focus_is_always_visible(desk, site_address, lesson):
    desk.goto(site_address + lesson)
    desk.add_style_tag(content="* { transition: none !important; }")
    hidden = []
    for _ in range(40):
        desk.keyboard.press("Tab")
        # The switch between light and dark is unseen radio buttons: its label shows the focus.
        hidden += desk.evaluate("""() => {
            const focused = document.activeElement;
            const seen = (element) =>
              getComputedStyle(element).outlineStyle !== "none" &&
              element.checkVisibility({ opacityProperty: true });
            const shown = [focused, ...(focused.form?.querySelectorAll("label") ?? [])].some(seen);
            return shown ? [] : [focused.outerHTML.slice(0, 120)];
        }""")
    no(hidden)


def test_language_switch_stays_on_the_page(desk, site_address, lesson):
    desk.goto(site_address + lesson)
    desk.get_by_role("link", name="English", exact=True).click()
    assert desk.url == f"{site_address}en/{lesson}"
    desk.get_by_role("link", name="한국어", exact=True).click()
    assert desk.url == site_address + lesson


def test_code_is_copied_with_one_click(desk, site_address, lesson):
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(site_address + lesson)
    code = desk.locator(".highlight:has(button)").first
    code.get_by_role("button").click()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == code.locator("code").inner_text().strip()


def test_missing_address_shows_the_site_s_own_page(desk, site_address):
    assert desk.goto(f"{site_address}en/no/such/page/").status == 404
    assert (
        desk.get_by_role("link", name="the front page").get_attribute("href")
        == f"{site_address}en/"
    )
    assert (
        desk.evaluate("getComputedStyle(document.querySelector('article h1')).fontWeight") == "700"
    )
