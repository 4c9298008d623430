"""Quizzes: what counts as a right answer, and the page in a browser, with and without script."""

import json
import shutil
from pathlib import Path

import markdown
import pytest

from cnn_guide import conv_parameters, output_size

ASSETS = Path(__file__).parent.parent / "docs" / "assets" / "quiz"
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Quiz</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/quiz/quiz.css"></head>
<body class="md-typeset">{body}<script type="module" src="/quiz/quiz.js"></script></body></html>
"""
SIDE = output_size(28, 3, stride=2, padding="same")
LESSON = f"""
??? quiz "What shape, with `stride=2`?"
    `({SIDE}, {SIDE}, 32)`

    Each axis gives {SIDE}.

??? quiz "How many parameters?"
    It has `{conv_parameters(3, 32, 64):,}` of them, not `1`.

??? quiz "Which layer has no weights?"
    - convolutional layer
    - max pooling layer
    - `dense` layer

    The `max pooling layer`: it only chooses.

After the quizzes.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, serve):
    folder = tmp_path_factory.mktemp("quiz")
    shutil.copytree(ASSETS, folder / "quiz")
    lessons = {
        "en": LESSON,
        "ko": LESSON,
        "unanswered": '??? quiz "Why?"\n    Because.\n',
        "no-such-choice": '??? quiz "Which?"\n    - one\n    - two\n\n    `three`\n',
    }
    for name, lesson in lessons.items():
        body = markdown.markdown(lesson, extensions=["pymdownx.details"])
        language = "ko" if name == "ko" else "en"
        page = PAGE.format(language=language, body=body)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return serve(folder)


ANSWERS = {
    ("(14, 14, 32)", "right"): [
        *("(14, 14, 32)", "14,14,32", "14x14x32", "14 × 14 × 32", "[14, 14, 32]", "14 14 32"),
        *("14*14*32", "（１４，１４，３２）", " (14,14,32) ", "14X14X32"),
    ],
    ("(14, 14, 32)", "wrong"): ["(32, 14, 14)", "(14, 14, 31)", "(14, 14, 32.5)"],
    ("(14, 14, 32)", "numbers"): ["14, 14", "14", "fourteen", "(14, 14, 32, 1)"],
    ("18,496", "right"): ["18496", "18,496", "18 496", "１８４９６", "18496.0"],
    ("18496", "right"): ["18,496"],
    ("18,496", "wrong"): ["18,432", "1849", "18.496"],
    ("18,496", "numbers"): ["18,496개", "many", "(18, x)"],
    ("0.33", "right"): ["0.33", ".33", "0.333", "1/3"],
    ("0.33", "wrong"): ["0.3", "0.34", "33"],
    ("−1", "right"): ["-1", "−1", "(-1)"],
    ("-1", "wrong"): ["1"],
    ("91.2%", "right"): ["91.2%", "91.2", "0.912", "91.23 %"],
    ("91.2%", "wrong"): ["91%", "9.12", "0.92"],
    ("[[1, 2], [3, 4]]", "right"): ["1 2 3 4", "[[1,2],[3,4]]"],
    ("(3,128)", "right"): ["3, 128"],
    ("relu", "right"): ["relu", "ReLU", " RELU ", "'relu'"],
    ("최대 풀링", "right"): ["최대풀링", "최대 풀링"],
    ("(None, 14, 14)", "right"): ["None, 14, 14", "(none,14,14)"],
    ("relu", "wrong"): ["sigmoid"],
    ("relu", "empty"): ["", "   "],
    ("14", "empty"): [""],
}
CASES = [(code, typed, verdict) for (code, verdict), all_ in ANSWERS.items() for typed in all_]


def test_what_counts_as_a_right_answer(open_page, site):
    script = """async (cases) => {
      const { expectation, judge } = await import("/quiz/quiz.js");
      return cases.map(([code, typed]) => judge(typed, expectation(code)));
    }"""
    given = open_page(f"{site}/en.html").evaluate(script, json.loads(json.dumps(CASES)))
    wrong = [(*case, got) for case, got in zip(CASES, given, strict=True) if case[2] != got]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "right", "wrong", "check"),
    [("ko", "맞았습니다", "아직 아닙니다", "확인"), ("en", "Right", "Not yet", "Check")],
)
def test_a_typed_answer_is_checked(open_page, site, language, right, wrong, check):
    page = open_page(f"{site}/{language}.html")
    quiz = page.locator(".cnn-quiz").first
    worked = quiz.get_by_text(f"Each axis gives {SIDE}.")
    quiz.get_by_role("textbox").fill("28, 28, 32")
    quiz.get_by_role("button", name=check).click()
    assert wrong in quiz.get_by_role("status").text_content()
    assert not worked.is_visible()
    quiz.get_by_role("textbox").fill("14x14x32")
    assert quiz.get_by_role("status").text_content() == ""
    quiz.get_by_role("textbox").press("Enter")
    assert right in quiz.get_by_role("status").text_content()
    assert worked.is_visible()


def test_the_first_code_of_the_answer_is_expected(open_page, site):
    quiz = open_page(f"{site}/en.html").locator(".cnn-quiz").nth(1)
    for typed, says in [
        ("1", "Not yet"),
        ("18496", "Right"),
        ("lots", "one number"),
        ("", "first"),
    ]:
        quiz.get_by_role("textbox").fill(typed)
        quiz.get_by_role("button").click()
        assert says in quiz.get_by_role("status").text_content()


def test_a_choice_is_checked_by_keyboard(open_page, site):
    page = open_page(f"{site}/en.html")
    quiz = page.locator(".cnn-quiz").nth(2)
    choices = quiz.get_by_role("radiogroup", name="Which layer has no weights?").get_by_role(
        "radio"
    )
    assert choices.count() == 3
    quiz.get_by_role("button").press("Enter")
    assert "Choose one first" in quiz.get_by_role("status").text_content()
    choices.first.press(" ")
    page.keyboard.press("Enter")
    assert "Not yet" in quiz.get_by_role("status").text_content()
    choices.first.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "Right" in quiz.get_by_role("status").text_content()
    assert quiz.get_by_text("it only chooses").is_visible()


def test_the_worked_answer_opens_without_trying(open_page, site):
    page = open_page(f"{site}/ko.html")
    quiz = page.locator(".cnn-quiz").first
    page.keyboard.press("Tab")
    assert quiz.get_by_role("textbox").evaluate("node => node === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert quiz.get_by_text(f"Each axis gives {SIDE}.").is_visible()


def test_the_field_is_described_by_its_question(open_page, site):
    field = open_page(f"{site}/en.html").get_by_role("textbox").first
    described = field.evaluate("n => document.getElementById(n.getAttribute('aria-describedby'))")
    assert described is not None
    question = field.evaluate(
        "n => document.getElementById(n.getAttribute('aria-describedby')).textContent"
    )
    assert question == "What shape, with stride=2?"


def test_without_javascript_the_answer_is_folded_away(open_page, site):
    page = open_page(f"{site}/en.html", java_script_enabled=False)
    assert page.locator(".cnn-quiz").count() == 0
    worked = page.get_by_text(f"Each axis gives {SIDE}.")
    assert not worked.is_visible()
    page.locator("summary").first.click()
    assert worked.is_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_form_takes_the_room_that_was_kept_for_it(open_page, site, width):
    heights = []
    for script in ("off", "on"):
        page = open_page("about:blank", viewport={"width": width, "height": 900})
        if script == "off":
            page.route(
                "**/quiz.js", lambda route: route.fulfill(content_type="text/javascript", body="")
            )
        page.goto(f"{site}/ko.html")
        heights.append(page.get_by_text("After the quizzes.").bounding_box()["y"])
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert heights[0] == pytest.approx(heights[1], abs=1)


def test_on_paper_there_is_a_line_to_write_on_and_no_answer(open_page, site):
    page = open_page(f"{site}/en.html")
    page.emulate_media(media="print")
    quiz = page.locator(".cnn-quiz").first
    assert quiz.get_by_role("textbox").is_visible()
    assert not quiz.get_by_role("button").is_visible()
    assert not quiz.locator("details").is_visible()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("unanswered", "quiz without an expected answer"),
        ("no-such-choice", "none of the choices one | two is three"),
    ],
)
def test_a_quiz_that_cannot_be_answered_is_an_error(browser, site, name, message):
    with browser.new_context() as context:
        page = context.new_page()
        with page.expect_console_message() as note:
            page.goto(f"{site}/{name}.html")
        assert note.value.type == "error"
        assert message in note.value.text
