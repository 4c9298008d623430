"""The live network: what rounding to 8 bits costs, the files, and the page in a real browser.

The network is the Run of the site where there is one, else one trained on the bundled sample.
"""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cnn_guide import fashion_mnist, live, training

# Keras 3.15 converts TensorFlow's scalars in a way that NumPy 2 warns of.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

ASSETS = Path(__file__).parent.parent / "docs" / "assets" / "live"
PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>Live network</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/live/live.css"></head>
<body style="margin: 16px"><h1>Before</h1>
<div class="cnn-live" data-network="{network}" data-bytes="384000"><p>Without JavaScript</p></div>
<h2>After</h2><script type="module" src="/live/live.js"></script></body></html>
"""
RATHER = 0.01  # a hundredth of the largest value: what 8 bits may change in a map


def argmax(probabilities):
    return probabilities.argmax(axis=-1)


def random_weights(seed=0):
    rng = np.random.default_rng(seed)
    return [rng.normal(0, 0.05, shape).astype(np.float32) for shape in live.SHAPES]


def few_images(each=6):
    labels = np.tile(np.arange(10, dtype=np.uint8), each)
    images = np.random.default_rng(1).integers(0, 256, (len(labels), 28, 28), dtype=np.uint8)
    return images, labels


def contents(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


# Rounding


def test_quantise_is_at_most_half_a_step_away():
    kernel = np.random.default_rng(2).normal(size=(3, 3, 4, 8)).astype(np.float32)
    codes, scales = live.quantise(kernel)
    assert codes.dtype == np.int8
    assert (np.abs(codes * scales - kernel) <= 0.501 * scales).all()
    assert (np.abs(codes).max(axis=(0, 1, 2)) == 127).all()


def test_quantise_output_without_weights():
    codes, scales = live.quantise(np.zeros((3, 3, 1, 2), np.float32))
    assert not codes.any()
    assert not scales.any()


def test_quantise_keeps_each_output_to_its_own_scale():
    _, scales = live.quantise([[1.0, 1000.0]])
    np.testing.assert_allclose(scales, [1 / 127, 1000 / 127], rtol=1e-6)


def test_quantise_nan_is_an_error():
    with pytest.raises(ValueError, match=r"kernel \(1, 2\) holds nan"):
        live.quantise([[1.0, np.nan]])


def test_rounded_leaves_biases_alone():
    weights = random_weights()
    for given, rounded in zip(weights, live.rounded(weights), strict=True):
        assert np.array_equal(given, rounded) == (given.ndim == 1)


def test_weights_of_another_network_are_an_error():
    weights = random_weights()
    weights[0] = weights[0][:, :, :, :16]
    with pytest.raises(ValueError, match=r"\(3, 3, 1, 16\).* do not fit"):
        live.rounded(weights)


# Files


def test_export_gives_the_same_bytes_twice(tmp_path):
    images, labels = few_images()
    first = live.export(tmp_path / "a", random_weights(), images, labels, 0.9, "run")
    live.export(tmp_path / "b", random_weights(), images, labels, 0.9, "run")
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    assert first.bytes == sum(map(len, contents(tmp_path / "a").values()))


def test_export_holds_the_rounded_weights(tmp_path):
    images, labels = few_images()
    weights = random_weights()
    live.export(tmp_path / "net", weights, images, labels, 0.9, "run")
    manifest = json.loads((tmp_path / "net" / "network.json").read_text("utf-8"))
    binary = (tmp_path / "net" / "network.bin").read_bytes()
    rounded = live.rounded(weights)
    for layer, kernel, bias in zip(manifest["layers"], rounded[::2], rounded[1::2], strict=True):
        codes = np.frombuffer(binary, "<i1", kernel.size, layer["codes"]).reshape(layer["shape"])
        scales = np.frombuffer(binary, "<f4", len(bias), layer["scales"])
        np.testing.assert_array_equal(codes * scales, kernel)
        np.testing.assert_array_equal(np.frombuffer(binary, "<f4", len(bias), layer["bias"]), bias)
    assert manifest["class_names"] == fashion_mnist.CLASS_NAMES


def test_export_names_the_maps_that_are_never_on(tmp_path):
    images, labels = few_images()
    weights = random_weights()
    weights[0][..., 3] = 0
    weights[1][3] = -1
    live.export(tmp_path / "net", weights, images, labels, 0.9, "run")
    manifest = json.loads((tmp_path / "net" / "network.json").read_text("utf-8"))
    assert 3 in manifest["silent"]["conv2d"]


def test_export_replaces_an_older_folder(tmp_path):
    images, labels = few_images()
    live.export(tmp_path / "net", random_weights(0), images, labels, 0.9, "old")
    live.export(tmp_path / "net", random_weights(1), images, labels, 0.9, "new")
    assert json.loads((tmp_path / "net" / "network.json").read_text("utf-8"))["run"] == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["net"]


def test_export_disk_full_leaves_nothing(tmp_path, monkeypatch):
    images, labels = few_images()
    write = Path.write_bytes

    def full(path, data):
        if path.name == "images.bin":
            raise OSError(28, "No space left on device")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        live.export(tmp_path / "net", random_weights(), images, labels, 0.9, "run")
    assert list(tmp_path.iterdir()) == []


def test_export_class_with_too_few_images(tmp_path):
    images, labels = few_images(each=5)
    with pytest.raises(ValueError, match="5 images of T-shirt/top"):
        live.export(tmp_path / "net", random_weights(), images, labels, 0.9, "run")


@pytest.fixture
def small_run(tmp_path, monkeypatch):
    """Give a run on few images, in an empty cache, that counts how often its model is opened."""
    monkeypatch.setenv("CNN_GUIDE_CACHE", str(tmp_path))
    images, labels = few_images()
    data = SimpleNamespace(test_images=images, test_labels=labels)
    monkeypatch.setattr(fashion_mnist, "load_sample", lambda: data)
    opened = []
    model = SimpleNamespace(get_weights=lambda: opened.append(1) or random_weights())
    return SimpleNamespace(
        id="abc",
        is_sample=True,
        test_accuracy=0.9,
        manifest={"weights_sha256": "0"},
        model=model,
        opened=opened,
    )


def test_prepare_exports_once(small_run):
    first = live.prepare(small_run)
    assert live.prepare(small_run) == first
    assert len(small_run.opened) == 1


@pytest.mark.parametrize("name", ["network.json", "network.bin", "images.bin"])
def test_prepare_makes_a_damaged_export_again(small_run, name):
    first = live.prepare(small_run)
    before = contents(first.folder)
    (first.folder / name).write_bytes(before[name][:-1])
    assert live.prepare(small_run) == first
    assert contents(first.folder) == before


def test_prepare_tells_apart_two_trainings_of_one_recipe(small_run):
    first = live.prepare(small_run)
    small_run.manifest = {"weights_sha256": "1"}
    assert live.prepare(small_run).folder != first.folder


# The trained network


@pytest.fixture(scope="module")
def run():
    return training.find() or training.find_or_train(fashion_mnist.load_sample())


@pytest.fixture(scope="module")
def test_set(run):
    data = fashion_mnist.load_sample() if run.is_sample else fashion_mnist.load()
    return data.test_images, data.test_labels


@pytest.fixture(scope="module")
def weights(run):
    return run.model.get_weights()


@pytest.fixture(scope="module")
def exported(run):
    return live.prepare(run)


@pytest.fixture(scope="module")
def keras_activations(run, test_set):
    """Give what Keras computes for 200 test images: first maps, second maps, probabilities."""
    import keras

    layers = run.model.layers
    outputs = [layers[0].output, layers[2].output, layers[-1].output]
    network = keras.Model(run.model.inputs, outputs)
    return live.Activations(*network.predict(fashion_mnist.scale(test_set[0][:200]), verbose=0))


def test_forward_agrees_with_keras(weights, test_set, keras_activations):
    ours = live.forward(weights, fashion_mnist.scale(test_set[0][:200]))
    for name in live.Activations._fields:
        np.testing.assert_allclose(
            getattr(ours, name), getattr(keras_activations, name), atol=1e-4, err_msg=name
        )


def test_accuracy_is_what_keras_measures(weights, test_set, keras_activations):
    images, labels = (part[:200] for part in test_set)
    expected = (argmax(keras_activations.probabilities) == labels).mean()
    assert live.accuracy(weights, images, labels) == expected


def test_rounding_costs_at_most_two_tenths_of_a_point(run, exported):
    assert exported.points_lost <= 0.2
    assert exported.accuracy == run.test_accuracy


def test_files_are_at_most_400_kilobytes(exported):
    assert exported.bytes == sum(map(len, contents(exported.folder).values())) <= 400_000


# In the browser


@pytest.fixture(scope="module")
def site(tmp_path_factory, serve, exported, test_set, weights, keras_activations):
    folder = tmp_path_factory.mktemp("live")
    shutil.copytree(ASSETS, folder / "live")
    shutil.copytree(exported.folder, folder / "network")
    shutil.copytree(exported.folder, folder / "short")
    binary = (folder / "short" / "network.bin").read_bytes()
    (folder / "short" / "network.bin").write_bytes(binary[:-4])
    for language in ("ko", "en"):
        for network in ("network", "missing", "short"):
            page = PAGE.format(language=language, network=network)
            (folder / f"{language}-{network}.html").write_text(page, encoding="utf-8")
    images = test_set[0][:200]
    (folder / "images200.bin").write_bytes(images.tobytes())
    rounded = live.forward(live.rounded(weights), fashion_mnist.scale(images))
    for name, activations in (("keras", keras_activations), ("rounded", rounded)):
        for field, values in activations._asdict().items():
            (folder / f"{name}-{field}.bin").write_bytes(values.astype("<f4").tobytes())
    return serve(folder)


COMPARE = """async (expected) => {
  const { loadNetwork } = await import("/live/network.js");
  const network = await loadNetwork("network");
  const bytes = async (name) => (await fetch(name)).arrayBuffer();
  const floats = async (field) => new Float32Array(await bytes(`${expected}-${field}.bin`));
  const images = new Uint8Array(await bytes("images200.bin"));
  const reference = [await floats("first"), await floats("second"), await floats("probabilities")];
  const apart = [0, 0, 0], largest = [0, 0, 0];
  let same = 0;
  const best = (values) => values.indexOf(Math.max(...values));
  for (let i = 0; i < 200; i++) {
    const probabilities = network.forward(images.subarray(784 * i, 784 * (i + 1)));
    const ours = [...network.convolutions.map((layer) => layer.output), probabilities];
    ours.forEach((values, part) => {
      const theirs = reference[part].subarray(i * values.length, (i + 1) * values.length);
      values.forEach((value, j) => {
        apart[part] = Math.max(apart[part], Math.abs(value - theirs[j]));
        largest[part] = Math.max(largest[part], theirs[j]);
      });
      if (part === 2) same += best(values) === best(theirs);
    });
  }
  return { apart, largest, same };
}"""


def test_browser_agrees_with_keras_on_200_images(open_page, site):
    found = open_page(f"{site}/en-network.html").evaluate(COMPARE, "keras")
    for part in (0, 1):
        assert found["apart"][part] <= RATHER * found["largest"][part]
    assert found["apart"][2] <= 0.02
    assert found["same"] >= 198


def test_browser_computes_the_rounded_network_as_numpy_does(open_page, site):
    found = open_page(f"{site}/en-network.html").evaluate(COMPARE, "rounded")
    assert max(found["apart"]) <= 1e-4


@pytest.fixture
def opened(open_page, site):
    """Give a function that opens the widget on a page of its own and waits for it."""

    def open_(language="en", **options):
        page = open_page(f"{site}/{language}-network.html", **options)
        page.locator(".cnn-live__load").click()
        page.wait_for_selector(".cnn-live__widget")
        return page

    return open_


def chosen_images(exported):
    manifest = json.loads((exported.folder / "network.json").read_text("utf-8"))
    pixels = np.frombuffer((exported.folder / "images.bin").read_bytes(), np.uint8)
    return pixels.reshape(-1, 28, 28), manifest["images"]["label"]


def rows(page):
    """Return the names and the percentages of the probabilities, as the page shows them."""
    lines = page.locator(".cnn-live__probabilities li").all()
    names = [line.locator(".cnn-live__class").text_content().lstrip("✓") for line in lines]
    shares = [line.locator(".cnn-live__percent").text_content() for line in lines]
    return names, np.array([float(share.rstrip("%")) / 100 for share in shares])


def predicted(weights, image):
    return live.forward(live.rounded(weights), fashion_mnist.scale(image[np.newaxis]))


def settled(page):
    """Wait for the announcement, which comes after everything was drawn; return it."""
    page.wait_for_timeout(700)
    return page.locator(".cnn-live__widget [role=status]").text_content()


def number(text):
    return float(text.replace("−", "-"))


def test_nothing_is_loaded_before_it_is_asked_for(browser, site):
    with browser.new_context() as context:
        page = context.new_page()
        requests = []
        page.on("request", lambda request: requests.append(request.url.rsplit("/", 1)[-1]))
        page.goto(f"{site}/ko-network.html")
        page.wait_for_selector(".cnn-live__load")
        names = [name for name in requests if not name.startswith("data:")]
        assert sorted(names) == ["ko-network.html", "live.css", "live.js", "words.js"]
        assert page.locator(".cnn-live__load").text_content() == "신경망 불러오기 (384 KB)"


@pytest.mark.parametrize("language", ["ko", "en"])
def test_names_and_probabilities_stand_at_the_right_places(opened, exported, weights, language):
    page = opened(language)
    images, labels = chosen_images(exported)
    page.locator(".cnn-live__picture").nth(9).click()
    names, shares = rows(page)
    assert names == fashion_mnist.CLASS_NAMES[language]
    image = images[labels.index(9)]
    np.testing.assert_allclose(shares, predicted(weights, image).probabilities[0], atol=6e-4)
    best = fashion_mnist.CLASS_NAMES[language][shares.argmax()]
    assert best in settled(page)
    assert page.locator(".cnn-live__tile").count() == 96
    label = page.locator(".cnn-live__picture").nth(9).get_attribute("aria-label")
    assert label.startswith(fashion_mnist.CLASS_NAMES[language][9])


def test_pictures_are_chosen_by_keyboard(opened):
    page = opened()
    page.locator(".cnn-live__picture").nth(0).press("ArrowDown")
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".cnn-live__picture[aria-selected=true]")
    assert chosen.count() == 1
    assert chosen.evaluate("node => [...node.parentNode.children].indexOf(node)") == 11
    assert chosen.evaluate("node => node === document.activeElement")


@pytest.mark.parametrize(("layer", "tiles", "side"), [("first", 0, 28), ("second", 1, 14)])
def test_a_pixel_of_a_map_is_rebuilt_by_hand(opened, exported, weights, layer, tiles, side):
    page = opened()
    images, _ = chosen_images(exported)
    map_ = 5
    tile = page.locator(".cnn-live__tiles").nth(tiles).locator(".cnn-live__tile").nth(map_)
    box = tile.bounding_box()
    y, x = side // 2, side // 3
    where = {"x": (x + 0.5) * box["width"] / side, "y": (y + 0.5) * box["height"] / side}
    tile.click(position=where)
    expected = getattr(predicted(weights, images[0]), layer)[0, y, x, map_]
    terms = [number(text) for text in page.locator(".cnn-live__term b").all_text_contents()]
    assert terms[-1] == pytest.approx(expected, abs=0.006)
    assert terms[-4] + terms[-3] == pytest.approx(terms[-2], abs=0.011)
    if layer == "second":
        bars = page.locator(".cnn-live__bar")
        sums = [number(bar.get_attribute("aria-label").split(": ")[1]) for bar in bars.all()]
        assert len(sums) == 32
        assert sum(sums) == pytest.approx(terms[-4], abs=0.17)
    products = page.locator(".cnn-live__grid").nth(2).locator("td").all_text_contents()
    assert sum(map(number, products)) == pytest.approx(terms[0], abs=0.05)
    assert f"Map {map_}, row {y}, column {x}" in settled(page)


def test_the_map_and_its_pixel_are_chosen_by_keyboard(opened):
    page = opened()
    page.locator(".cnn-live__tiles").nth(1).locator("[tabindex='0']").press("ArrowRight")
    sheet = page.get_by_role("application", name="Second layer, map 1: choose a pixel")
    before = page.locator(".cnn-live__steps .cnn-live__place").first.text_content()
    row, column = (int(part.split(" ")[1]) for part in before.split(", "))
    sheet.press("ArrowLeft" if column else "ArrowRight")
    sheet.press("ArrowUp" if row else "ArrowDown")
    expected = f"row {row - 1 if row else 1}, column {column - 1 if column else 1}"
    assert page.locator(".cnn-live__steps .cnn-live__place").first.text_content() == expected
    assert f"Map 1, {expected}" in settled(page)


def test_drawing_by_keyboard(opened, weights):
    page = opened()
    page.get_by_role("button", name="Blank sheet").click()
    sheet = page.get_by_role("application", name="28 × 28 input image")
    for key in ("ArrowUp", "ArrowLeft", " "):
        sheet.press(key)
    drawn = np.zeros((28, 28), np.uint8)
    drawn[13:15, 13:15] = 230
    _, shares = rows(page)
    page.wait_for_timeout(100)
    _, shares = rows(page)
    np.testing.assert_allclose(shares, predicted(weights, drawn).probabilities[0], atol=6e-4)
    assert "row 13, column 13, value 230" in settled(page)
    assert page.get_by_text("An image you drew or changed").is_visible()


def test_drawing_and_erasing_by_mouse_leave_no_gap(opened, weights):
    page = opened()
    page.get_by_role("button", name="Blank sheet").click()
    box = page.get_by_role("application", name="28 × 28 input image").bounding_box()

    def drag(y0, x0, y1, x1):
        unit = box["width"] / 28
        page.mouse.move(box["x"] + (x0 + 0.5) * unit, box["y"] + (y0 + 0.5) * unit)
        page.mouse.down()
        page.mouse.move(box["x"] + (x1 + 0.5) * unit, box["y"] + (y1 + 0.5) * unit)
        page.mouse.up()

    drag(4, 4, 4, 20)
    page.get_by_role("radio", name="Erase").check(force=True)
    drag(4, 10, 4, 12)
    page.wait_for_timeout(100)
    drawn = np.zeros((28, 28), np.uint8)
    drawn[4:6, 4:22] = 230
    drawn[4:6, 10:14] = 0
    _, shares = rows(page)
    np.testing.assert_allclose(shares, predicted(weights, drawn).probabilities[0], atol=6e-4)


def test_drawing_by_finger(opened, weights):
    page = opened(has_touch=True, viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="Blank sheet").click()
    sheet = page.get_by_role("application", name="28 × 28 input image")
    size = sheet.bounding_box()["width"]
    sheet.tap(position={"x": 7.5 * size / 28, "y": 3.5 * size / 28})
    page.wait_for_timeout(100)
    drawn = np.zeros((28, 28), np.uint8)
    drawn[3:5, 7:9] = 230
    _, shares = rows(page)
    np.testing.assert_allclose(shares, predicted(weights, drawn).probabilities[0], atol=6e-4)


def test_covering_moves_the_probabilities(opened, exported, weights):
    page = opened()
    page.get_by_role("radio", name="Cover").check(force=True)
    sheet = page.get_by_role("application", name="28 × 28 input image")
    sheet.press("ArrowDown")
    sheet.press("ArrowRight")
    image = chosen_images(exported)[0][0].copy()
    before = predicted(weights, image).probabilities[0]
    image[11:19, 11:19] = 128
    assert "Rows 11–18, columns 11–18 are covered." in settled(page)
    _, shares = rows(page)
    np.testing.assert_allclose(shares, predicted(weights, image).probabilities[0], atol=6e-4)
    marks = page.locator(".cnn-live__before").all()
    places = [
        float(mark.evaluate("node => parseFloat(node.style.insetInlineStart)")) for mark in marks
    ]
    np.testing.assert_allclose(np.array(places) / 100, before, atol=1e-4)
    assert page.locator(".cnn-live__prediction").text_content().count("→") == 1


def test_restoring_the_image(opened):
    page = opened()
    _, before = rows(page)
    page.get_by_role("button", name="Blank sheet").click()
    page.get_by_role("button", name="Restore image").click()
    page.wait_for_timeout(100)
    np.testing.assert_array_equal(rows(page)[1], before)
    assert page.get_by_text("true class").is_visible()


def test_scale_of_the_colours(opened):
    page = opened()
    tile = page.locator(".cnn-live__tile canvas").first

    def brightest():
        return tile.evaluate(
            "canvas => Math.max(...canvas.getContext('2d').getImageData(0, 0, 28, 28).data"
            ".filter((_, i) => i % 4 === 1))"
        )

    page.get_by_role("radio", name="one per map").check(force=True)
    page.wait_for_timeout(100)
    assert brightest() == 231  # the last colour of viridis: every map that is on reaches it
    assert page.get_by_text("maximum of each map").first.is_visible()


def test_maps_that_are_off_are_marked(opened, weights):
    page = opened()
    page.get_by_role("button", name="Blank sheet").click()
    page.wait_for_timeout(100)
    maps = predicted(weights, np.zeros((28, 28), np.uint8)).first[0]
    off = [i for i in range(32) if maps[:, :, i].max() == 0]
    marked = page.locator(".cnn-live__tiles").first.locator(".cnn-live__tile--zero")
    assert marked.count() == len(off) > 0
    assert "0 " in marked.first.get_attribute("aria-label")


@pytest.mark.parametrize(
    ("network", "message"),
    [
        ("missing", "network.json: HTTP 404"),
        ("short", "network.bin: 33"),
        ("network", "Failed to fetch"),
    ],
)
def test_a_download_that_fails_says_so_and_can_be_tried_again(browser, site, network, message):
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site}/en-{network}.html")
        button = page.locator(".cnn-live__load")
        if network == "network":
            page.route("**/network.json", lambda route: route.abort())
        button.click()
        page.get_by_text(message).wait_for()
        assert button.is_enabled()
        if network == "network":
            page.unroute("**/network.json")
            button.click()
            page.wait_for_selector(".cnn-live__widget")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_scrolls_sideways_at_360_pixels(opened, language):
    page = opened(language, viewport={"width": 360, "height": 740})
    page.locator(".cnn-live__tiles").nth(1).locator(".cnn-live__tile").nth(9).click()
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_nothing_jumps_while_it_loads(browser, site):
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver((list) => list.getEntries()"
            ".filter((entry) => !entry.hadRecentInput)"
            ".forEach((entry) => { window.shift += entry.value; })"
            ").observe({ type: 'layout-shift', buffered: true });"
        )
        # Slower than the half second after a click in which a browser forgives shifts.
        page.route("**/network.bin*", lambda route: (page.wait_for_timeout(800), route.continue_()))
        page.goto(f"{site}/ko-network.html")
        page.locator(".cnn-live__load").click()
        page.wait_for_selector(".cnn-live__widget")
        page.wait_for_timeout(300)
        assert page.evaluate("window.shift") <= 0.02
