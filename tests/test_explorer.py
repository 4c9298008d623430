"""The explorer in a real browser: its numbers are those of cnn_guide, its controls do as they say.

`operations.js` is compared on settings drawn at random; the rest is driven as a reader would,
on one small page for each language and question.
"""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

import cnn_guide
from cnn_guide.padding import reach

ASSETS = Path(__file__).parent.parent / "docs" / "assets" / "explorer"
QUESTIONS = ("convolution", "padding", "stride", "pooling")
EXAMPLE = [[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]]
PATCH = [[0, 128, 255], [17, 3, 99], [0, 0, 1], [254, 7, 8]]
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Explorer</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/explorer/explorer.css">
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body style="margin: 16px"><h1>Before</h1>
<div class="cnn-explorer" data-question="{question}" data-patches='{patches}'></div>
<h2 id="after">After</h2><script type="module" src="/explorer/explorer.js"></script></body></html>
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory, serve):
    folder = tmp_path_factory.mktemp("explorer")
    shutil.copytree(ASSETS, folder / "explorer")
    patches = json.dumps([{"name": {"ko": "옷깃", "en": "Collar"}, "values": PATCH}])
    for language in ("ko", "en"):
        for question in QUESTIONS:
            page = PAGE.format(language=language, question=question, patches=patches)
            (folder / f"{language}-{question}.html").write_text(page, encoding="utf-8")
    return serve(folder)


@pytest.fixture
def open_explorer(open_page):
    """Give a function that opens an address and waits for its explorer."""

    def open_(address, **options):
        page = open_page(address, **options)
        page.locator(".cx-code").wait_for(state="attached")
        return page

    return open_


def address(site, question="convolution", language="en", **fields):
    """Return the address of a page, at the state that `fields` describe."""
    state = ";".join(f"{name}:{value}" for name, value in fields.items())
    return f"{site}/{language}-{question}.html" + (f"?explorer={state}" if fields else "")


def fields_of(image, kernel, stride=1, dilation=1, padding="valid", cell="1,1", use=0):
    """Return a convolution as the fields of an address."""
    text = "/".join(",".join(map(str, row)) for row in image)
    weights = "/".join(",".join(map(str, row)) for row in kernel)
    return {
        "mode": "convolution",
        "input": text,
        "kernel": weights,
        "stride": stride,
        "dilation": dilation,
        "padding": padding,
        "cell": cell,
        "use": use,
    }


def numbers(page, grid):
    """Return the numbers that a grid shows: "input", "kernel" or "output"."""
    rows = page.locator(f".cx-{grid} [role=row]").evaluate_all(
        """rows => rows.map(row => [...row.children].map(
            cell => cell.querySelector("input")?.value ?? cell.textContent))"""
    )
    return np.array([[float(text.replace("−", "-")) for text in row] for row in rows])


def held_state(page):
    """Wait for the state to reach the address, and return it."""
    page.wait_for_function("location.search.includes('explorer=')")
    page.wait_for_timeout(400)
    return page.evaluate("new URLSearchParams(location.search).get('explorer')")


def choose(page, name):
    page.get_by_role("radio", name=name, exact=True).check()


def input_cell(page, row, column):
    return page.get_by_role("spinbutton", name=f"Input row {row}, column {column}:")


def output_cell(page, row, column):
    return page.locator(".cx-output [role=row]").nth(row - 1).locator("> *").nth(column - 1)


# The numbers


def random_settings(count):
    """Draw settings over all that the controls allow."""
    rng = np.random.default_rng(8)
    for _ in range(count):
        mode = str(rng.choice(["convolution", "convolution", "max", "average"]))
        pooling = mode != "convolution"
        explicit = rng.integers(0, 5, (2, 2)).tolist()
        kernel = rng.integers(1, 6, 2).tolist()
        yield {
            "mode": mode,
            "image": rng.normal(0, 10, rng.integers(3, 11, 2)).round(2).tolist(),
            "weights": rng.normal(0, 1, kernel).round(3).tolist(),
            "sliding": {
                "kernel": kernel,
                "stride": int(rng.integers(1, 4)),
                "dilation": 1 if pooling else int(rng.integers(1, 4)),
                "padding": ["valid", "same", explicit][rng.integers(0, 2 if pooling else 3)],
            },
        }


def python_numbers(setting):
    """Return what operations.js should: amounts, output and pixel use; None where nothing fits."""
    image, sliding = np.array(setting["image"]), setting["sliding"]
    padding = sliding["padding"]
    if not isinstance(padding, str):
        padding = tuple(map(tuple, padding))
    kernel, stride, dilation = tuple(sliding["kernel"]), sliding["stride"], sliding["dilation"]
    amounts = cnn_guide.padding_amounts(image.shape, kernel, stride, padding, dilation)
    try:
        if setting["mode"] == "convolution":
            weights = np.array(setting["weights"])
            output = cnn_guide.conv2d(
                image, weights, stride=stride, padding=padding, dilation=dilation
            )
        else:
            average = setting["mode"] == "average"
            pool = cnn_guide.avg_pool2d if average else cnn_guide.max_pool2d
            output = pool(image, kernel, stride=stride, padding=padding)
    except ValueError:
        return amounts, None, None
    # Windows over the numbers of the pixels, -1 in the padding: how often does each one occur?
    places = cnn_guide.pad2d(np.arange(image.size).reshape(image.shape), amounts, value=-1)
    spans = [reach(size, dilation) for size in kernel]
    seen = sliding_window_view(places, spans)[::stride, ::stride, ::dilation, ::dilation].ravel()
    use = np.bincount(seen[seen >= 0], minlength=image.size).reshape(image.shape)
    if dilation == 1:
        assert np.array_equal(use, cnn_guide.pixel_use(image.shape, kernel, stride, padding))
    return amounts, output, use


def test_operations_give_the_numbers_of_cnn_guide(open_explorer, site):
    settings = list(random_settings(4000))
    page = open_explorer(address(site))
    results = page.evaluate(
        """async (text) => {
          const { conv2d, maxPool2d, avgPool2d, outputSize, paddingAmounts, pixelUse, shapeOf } =
            await import("/explorer/operations.js");
          const settings = JSON.parse(text);
          return JSON.stringify(settings.map(({ mode, image, weights, sliding }) => {
            const size = outputSize(shapeOf(image), sliding);
            const amounts = paddingAmounts(shapeOf(image), sliding);
            if (Math.min(...size) < 1) return { amounts, output: null };
            const output = mode === "convolution" ? conv2d(image, weights, sliding)
              : (mode === "max" ? maxPool2d : avgPool2d)(image, sliding);
            return { amounts, size, output, use: pixelUse(shapeOf(image), sliding) };
          }));
        }""",
        json.dumps(settings),
    )
    uneven = misfits = 0
    for setting, result in zip(settings, json.loads(results), strict=True):
        amounts, output, use = python_numbers(setting)
        assert result["amounts"] == [list(ends) for ends in amounts], setting
        same = setting["sliding"]["padding"] == "same"
        uneven += same and any(before != after for before, after in amounts)
        if output is None:
            assert result["output"] is None, setting
            misfits += 1
            continue
        assert tuple(result["size"]) == output.shape, setting
        np.testing.assert_allclose(result["output"], output, atol=1e-9, err_msg=str(setting))
        np.testing.assert_array_equal(result["use"], use, err_msg=str(setting))
    assert uneven > 400
    assert misfits > 100


# Reading and changing


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_opens_at_its_own_state(open_explorer, site, question):
    page = open_explorer(address(site, question))
    mode, stride, padding = {
        "convolution": ("Convolution", "1", "Valid"),
        "padding": ("Convolution", "1", "Same"),
        "stride": ("Convolution", "2", "Valid"),
        "pooling": ("Max pooling", "2", "Valid"),
    }[question]
    for name, value in (("Operation", mode), ("Stride", stride), ("Padding", padding)):
        group = page.get_by_role("group", name=name, exact=True)
        assert group.get_by_role("radio", name=value, exact=True).is_checked()
    assert "explorer=" not in page.url


def test_arrow_keys_walk_the_output_and_announce_its_computation(open_explorer, site):
    page = open_explorer(address(site))
    line = page.locator(".cx-line")
    assert line.get_attribute("aria-live") == "polite"
    output = cnn_guide.conv2d(np.array(EXAMPLE), np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]))
    assert np.array_equal(numbers(page, "output"), output)
    page.locator(".cx-output [tabindex='0']").focus()
    for key, row, column in (
        ("ArrowRight", 1, 2),
        ("ArrowRight", 1, 2),
        ("ArrowDown", 2, 2),
        ("Home", 2, 1),
        ("Control+Home", 1, 1),
        ("Control+End", 2, 2),
    ):
        page.keyboard.press(key)
        assert output_cell(page, row, column).get_attribute("aria-selected") == "true"
        spoken = line.inner_text()
        assert spoken.startswith(f"Output row {row}, column {column} = ")
        assert spoken.endswith(f" = {output[row - 1, column - 1]}")


def test_every_cell_of_the_padded_input_is_in_reach_of_the_keyboard(open_explorer, site):
    page = open_explorer(address(site, "padding"))
    page.locator(".cx-input [tabindex='0']").focus()
    seen = set()
    for _ in range(6):
        page.keyboard.press("Home")
        for _ in range(6):
            seen.add(
                page.evaluate(
                    "[...document.querySelectorAll('.cx-input [tabindex]')]"
                    ".indexOf(document.activeElement)"
                )
            )
            page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    assert seen == set(range(36))
    assert page.locator(".cx-input [tabindex='0']").count() == 1


def test_an_edited_number_changes_the_outputs_that_read_it(open_explorer, site):
    page = open_explorer(address(site))
    kernel = numbers(page, "kernel")
    image = np.array(EXAMPLE, dtype=float)
    for row, column, changed in ((1, 1, 1), (1, 2, 2), (2, 2, 4)):
        image[row - 1, column - 1] += 1
        cell = input_cell(page, row, column)
        cell.fill(str(image[row - 1, column - 1]))
        assert page.locator(".cx-status").inner_text() == f"{changed} of 4 output cells changed."
        assert page.locator(".cx-output .changed").count() == changed
        assert np.array_equal(numbers(page, "output"), cnn_guide.conv2d(image, kernel))


def test_a_field_that_holds_no_number_keeps_the_last_one(open_explorer, site):
    page = open_explorer(address(site))
    cell = input_cell(page, 1, 1)
    cell.fill("")
    assert cell.get_attribute("aria-invalid") == "true"
    cell.blur()
    assert cell.get_attribute("aria-invalid") is None
    assert np.array_equal(numbers(page, "input"), EXAMPLE)


def test_the_wheel_scrolls_the_page_and_leaves_the_numbers(open_explorer, site):
    page = open_explorer(address(site), viewport={"width": 800, "height": 500})
    input_cell(page, 1, 1).click()
    page.mouse.wheel(0, 100)
    page.wait_for_function("scrollY > 0")
    assert np.array_equal(numbers(page, "input"), EXAMPLE)


def test_a_tap_chooses_an_output_cell(open_explorer, site):
    page = open_explorer(address(site), has_touch=True, viewport={"width": 390, "height": 800})
    output_cell(page, 2, 2).tap()
    assert page.locator(".cx-line").inner_text().startswith("Output row 2, column 2")


def test_buttons_step_through_the_output_and_around_its_end(open_explorer, site):
    page = open_explorer(address(site))
    for name, place in (
        ("Next", "row 1, column 2"),
        ("Next", "row 2, column 1"),
        ("Previous", "row 1, column 2"),
        ("Previous", "row 1, column 1"),
        ("Previous", "row 2, column 2"),
    ):
        page.get_by_role("button", name=name).click()
        assert f"Output {place} =" in page.locator(".cx-line").inner_text()


def test_play_runs_to_the_last_cell_and_stops(open_page, site):
    page = open_page("about:blank")
    page.clock.install()
    page.goto(address(site))
    page.get_by_role("button", name="Play").click()
    line = page.locator(".cx-line")
    assert line.get_attribute("aria-live") == "off"
    page.clock.run_for(1000)
    assert "row 1, column 2" in line.inner_text()
    page.clock.run_for(10_000)
    assert "row 2, column 2" in line.inner_text()
    assert line.get_attribute("aria-live") == "polite"
    assert page.get_by_role("button", name="Play").is_visible()


def test_nothing_glides_for_readers_who_ask_for_less_motion(open_explorer, site):
    page = open_explorer(address(site), reduced_motion="reduce")
    duration = "getComputedStyle(document.querySelector('.cx-input .cx-frame')).transitionDuration"
    assert page.evaluate(duration) == "0s"


def test_times_read_takes_the_place_of_the_pixels(open_explorer, site):
    page = open_explorer(address(site, "stride"))
    page.get_by_role("switch", name="Times read").check()
    use = cnn_guide.pixel_use((6, 6), 3, stride=2)
    assert np.array_equal(numbers(page, "input"), use)
    assert page.locator(".cx-status").inner_text() == f"{(use == 0).sum()} pixels are never read."
    assert page.locator(".cx-input .unread").count() == (use == 0).sum()


def test_ready_made_numbers_and_patches_fill_the_grids(open_explorer, site):
    page = open_explorer(address(site))
    page.get_by_label("Input numbers").select_option("Collar")
    assert np.array_equal(numbers(page, "input"), PATCH)
    page.get_by_label("Kernel numbers").select_option("Laplacian")
    assert np.array_equal(numbers(page, "kernel"), [[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    page.get_by_label("Kernel: columns").select_option("5")
    assert numbers(page, "kernel").shape == (3, 5)
    assert page.get_by_label("Kernel numbers").input_value() == "laplacian"


def test_controls_that_mean_nothing_to_pooling_are_out_of_reach(open_explorer, site):
    page = open_explorer(address(site, "pooling"))
    assert page.get_by_role("radio", name="By hand").is_disabled()
    assert not page.get_by_role("group", name="Dilation").is_visible()
    assert not page.locator(".cx-kernel.cx-grid").is_visible()
    choose(page, "Average pooling")
    assert np.array_equal(numbers(page, "output"), cnn_guide.avg_pool2d(np.array(EXAMPLE)))


# What cannot be computed


def test_a_kernel_larger_than_the_padded_input_is_explained(open_explorer, site):
    page = open_explorer(address(site))
    page.get_by_label("Kernel: rows").select_option("5")
    message = page.get_by_role("alert")
    assert "spans (5, 3)" in message.inner_text()
    assert "at most (4, 4)" in message.inner_text()
    assert not page.locator(".cx-output").is_visible()
    assert not page.locator(".cx-code").is_visible()
    choose(page, "Same")
    assert not message.is_visible()
    assert numbers(page, "output").shape == (4, 4)


def test_a_misfit_is_explained_in_korean(open_explorer, site):
    page = open_explorer(address(site, "pooling", "ko"))
    page.get_by_label("풀링 크기: 행").or_(page.get_by_label("커널: 행")).select_option("5")
    assert "세임 패딩을 고르세요" in page.get_by_role("alert").inner_text()


# The address


def test_the_address_holds_the_state(open_explorer, site):
    page = open_explorer(address(site, "padding") + "?h=zero#after")
    choose(page, "By hand")
    page.get_by_label("Padding: Right").select_option("3")
    choose(page.get_by_role("group", name="Stride"), "2")
    input_cell(page, 1, 1).fill("-2.5")
    output_cell(page, 2, 3).click()
    held = held_state(page)
    assert "padding:1,1,1,3" in held
    assert "cell:2,3" in held
    assert page.url.endswith("#after")
    assert "h=zero&explorer=" in page.url
    other = open_explorer(page.url)
    assert np.array_equal(numbers(other, "output"), numbers(page, "output"))
    for part in (".cx-line", ".cx-code", ".cx-size"):
        assert other.locator(part).inner_text() == page.locator(part).inner_text()


@pytest.mark.parametrize(
    "state",
    [
        "",
        "mode:convolution",
        "mode:blur;input:1,2,3/1,2,3/1,2,3",
        "mode:max;input:1,2,3/1,2,3/1,2,x;pool:2,2;stride:1;padding:valid;cell:1,1;use:0",
        "mode:max;input:1,2,3/1,2,3/1,2;pool:2,2;stride:1;padding:valid;cell:1,1;use:0",
        "mode:max;input:1,2,3/1,2,3/1,2,3;pool:9,9;stride:1;padding:same;cell:1,1;use:0",
        "mode:max;input:1,2,3/1,2,3/1,2,3;pool:2,2;stride:1;padding:1,1,1,1;cell:1,1;use:0",
    ],
)
def test_an_address_that_cannot_be_read_gives_the_start_and_says_so(open_explorer, site, state):
    page = open_explorer(f"{address(site)}?explorer={state}")
    assert "address" in page.locator(".cx-status").inner_text()
    assert np.array_equal(numbers(page, "input"), EXAMPLE)


def test_copy_link_leads_to_the_explorer_at_its_state(open_explorer, site):
    page = open_explorer(address(site), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Copied.").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    assert link.endswith("#cnn-explorer")
    assert "row 1, column 2" in open_explorer(link).locator(".cx-line").inner_text()


# The code


def random_codes():
    """Draw addresses over all modes and paddings that give an output."""
    rng = np.random.default_rng(17)
    image = rng.integers(-9, 10, (6, 7))
    for kernel, stride, dilation, padding in (
        ((3, 3), 1, 1, "valid"),
        ((2, 3), 2, 1, "same"),
        ((3, 2), 1, 2, "same"),
        ((3, 3), 2, 2, "same"),
        ((2, 2), 3, 3, "0,2,1,4"),
        ((4, 5), 1, 1, "2,0,0,1"),
    ):
        weights = rng.integers(-3, 4, kernel) / 4
        yield fields_of(image.tolist(), weights.tolist(), stride, dilation, padding)
    yield fields_of(image.tolist(), np.full((3, 3), 1 / 9).tolist(), 1, 1, "same")
    for mode in ("max", "average"):
        for pool, stride, padding in (("2,2", 2, "valid"), ("3,2", 2, "same"), ("3,3", 1, "same")):
            text = "/".join(",".join(map(str, row)) for row in image)
            yield {"mode": mode, "input": text, "pool": pool, "stride": stride,
                   "padding": padding, "cell": "1,1", "use": 0}  # fmt: skip


@pytest.mark.parametrize("fields", list(random_codes()), ids=lambda fields: fields["mode"])
def test_the_printed_code_gives_the_output_shown(open_explorer, site, fields):
    page = open_explorer(address(site, **fields))
    for library in ("cnn_guide", "Keras"):
        choose(page, library)
        names = {}
        exec(page.locator(".cx-code").inner_text(), names)
        # The page shows two decimals, or two digits below 1.
        np.testing.assert_allclose(names["output"], numbers(page, "output"), atol=0.0051)


def test_the_code_says_what_keras_refuses(open_explorer, site):
    fields = fields_of(EXAMPLE, [[1, 2], [3, 4]], stride=2, dilation=2)
    page = open_explorer(address(site, language="ko", **fields))
    choose(page, "Keras")
    assert "함께 받지 않습니다" in page.locator(".cx-code").inner_text()


# Both languages, all sizes


def test_both_languages_say_the_same_things(open_explorer, site):
    page = open_explorer(address(site))
    ko, en = page.evaluate(
        """async () => {
          const { TEXT } = await import("/explorer/text.js");
          const shape = (value) => typeof value === "function" ? value.length
            : typeof value === "string" ? (value ? "text" : "empty")
            : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shape(inner)]));
          return [shape(TEXT.ko), shape(TEXT.en)];
        }"""
    )
    assert ko == en
    assert "empty" not in json.dumps(ko)


def test_the_page_language_is_the_language_of_the_explorer(open_explorer, site):
    page = open_explorer(address(site, "pooling", "ko"))
    explorer = page.get_by_role("region", name="합성곱 탐색기")
    for word in ("최대 풀링", "평균 풀링", "스트라이드", "패딩", "밸리드", "세임", "코드 복사"):
        assert explorer.get_by_text(word, exact=True).first.is_visible()
    assert page.locator(".cx-line").inner_text() == "출력 1행 1열 = max(3, 1, 6, 4) = 6"
    english = open_explorer(address(site, "pooling")).locator(".cnn-explorer").inner_text()
    assert not any("가" <= letter <= "힣" for letter in english)


def test_nothing_scrolls_the_page_sideways_at_360_pixels(open_explorer, site):
    image, kernel = np.full((10, 10), -255), np.full((5, 5), 0.333)
    fields = fields_of(image.tolist(), kernel.tolist(), 1, 3, "same")
    for language in ("ko", "en"):
        page = open_explorer(
            address(site, language=language, **fields), viewport={"width": 360, "height": 800}
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_targets_are_at_least_24_pixels(open_explorer, site):
    page = open_explorer(address(site, "padding"), viewport={"width": 360, "height": 800})
    small = page.locator(
        ".cnn-explorer :is(button, select, .cx-cell, .cx-choice span, .cx-switch)"
    ).evaluate_all(
        """targets => targets.filter(target => target.offsetParent !== null)
            .map(target => [target.className, target.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24)
            .map(([name, box]) => [name, box.width, box.height])"""
    )
    assert small == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_layout_does_not_shift_while_loading_and_playing(open_page, site, width):
    page = open_page("about:blank", viewport={"width": width, "height": 900})
    page.add_init_script(
        """window.shifts = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifts += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    page.goto(address(site, "padding", "ko"))
    page.get_by_role("button", name="재생").click()
    page.locator(".cx-panels").scroll_into_view_if_needed()
    page.wait_for_timeout(3500)
    assert page.evaluate("window.shifts") < 0.02


def test_without_scripts_the_explorer_takes_no_room(open_page, site):
    page = open_page(address(site), java_script_enabled=False)
    assert page.locator(".cnn-explorer").bounding_box()["height"] == 0
