import subprocess
import sys

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Text

from cnn_guide import conv2d, labels, max_pool2d, pad2d, pixel_use
from cnn_guide import figures as draw
from cnn_guide.fashion_mnist import CLASS_NAMES
from cnn_guide.figures import style
from cnn_guide.figures.network import COURSE, receptive_levels

matplotlib.use("Agg")

IMAGE = np.array([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
KERNEL = np.array([[2, 0, 1], [0, 1, -1], [1, 0, 2]])
SIGNAL = [3, 1, 0, 7, 6, 4, 8, 2, 4, 5]
HISTORY = {
    "loss": [0.52, 0.35, 0.30, 0.27, 0.24],
    "val_loss": [0.33, 0.28, 0.2255, 0.26, 0.29],
    "accuracy": [0.81, 0.87, 0.89, 0.90, 0.91],
    "val_accuracy": [0.88, 0.90, 0.9191, 0.915, 0.914],
}
PROBABILITIES = np.array([0.02, 0, 0.01, 0.005, 0.01, 0, 0.13, 0, 0.825, 0])
RANDOM = np.random.default_rng(1)
PHOTO = RANDOM.random((28, 28))
KERNELS = RANDOM.normal(0, 0.2, (3, 3, 1, 32))
MAPS = np.maximum(conv2d(PHOTO[..., None], KERNELS, padding="same"), 0)
MAPS[..., [3, 17]] = 0
CONFUSION = np.full((10, 10), 3) + np.diag(np.full(10, 90))
CONFUSION[6, 0] = 44
PADDED = ((1, 1), (1, 1))
NETWORK = [
    ("input", (28, 28, 1)),
    ("conv", (28, 28, 32), "(3, 3) × 32", 320),
    ("max_pool", (14, 14, 32), "(2, 2)"),
    ("conv", (14, 14, 64), "(3, 3) × 64", 18_496),
    ("max_pool", (7, 7, 64), "(2, 2)"),
    ("flatten", (3136,)),
    ("dense", (100,), "ReLU", 313_700),
    ("dropout", (100,), "0.4"),
    ("dense", (10,), "softmax", 1_010),
]
NAMED = [layer[:2] for layer in NETWORK]
TOY = [
    ("input", (4, 4, 1)),
    ("padding", (6, 6, 1)),
    ("conv", (4, 4, 3), "(3, 3) × 3", 30),
    ("max_pool", (2, 2, 3), "(2, 2)"),
    ("flatten", (12,)),
    ("dense", (3,), "", 39),
]


def names():
    return CLASS_NAMES[labels.language()]


def toy_arrays():
    maps = np.maximum(conv2d(IMAGE[..., None], KERNELS[..., :3], padding="same"), 0)
    pooled = max_pool2d(maps)
    return [
        ("input", IMAGE),
        ("padding", pad2d(IMAGE, PADDED), PADDED),
        ("conv", maps),
        ("max_pool", pooled),
        ("flatten", pooled.ravel()),
        ("dense", np.array([0.1, 0.7, 0.2])),
    ]


CHANGES = {"none": [0, 0.9, 1.2], "average": [0, 0.6, 1.0], "max": [0, 0.5, 0.9]}

# Every figure once or more, as lessons call it.
LAYERED = np.stack([IMAGE, IMAGE.T], axis=-1)
LAYER_KERNELS = np.stack([np.stack([KERNEL - f, KERNEL + f], -1) for f in range(3)], -1)
EDGES = np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]])
ALIKE, OPPOSED = np.stack([EDGES] * 3, -1), np.stack([EDGES, 0 * EDGES, -EDGES], -1)
# Red turns into blue, and the mean of the channels stays what it was.
COLOURED = PHOTO[..., None] * [0.7, 0, -0.7] + [0.1, 0.3, 0.8]
SEEN = [np.pad(np.ones((side, side)), ((10, 18 - side), (9, 19 - side))) for side in (3, 4)]

EXAMPLES = {
    "pixel_use": lambda: draw.pixel_use_figure((4, 4), 3),
    "pixel_use, stride 2": lambda: draw.pixel_use_figure((6, 7), 3, stride=2),
    "pixel_use, large": lambda: draw.pixel_use_figure((28, 28), 5),
    "padding": lambda: draw.padding_figure(IMAGE, PADDED),
    "padding, uneven": lambda: draw.padding_figure(IMAGE[:3], ((0, 1), (1, 2))),
    "convolution": lambda: draw.convolution_figure(IMAGE, KERNEL, at=(1, 0)),
    "convolution, same": lambda: draw.convolution_figure(
        IMAGE / 10, KERNEL / 4, at=(3, 3), padding="same", bias=0.1
    ),
    "convolution_steps": lambda: draw.convolution_steps_figure(IMAGE, KERNEL),
    "conv1d": lambda: draw.conv1d_figure(SIGNAL, [1, -1, 2], at=2),
    "stride": lambda: draw.stride_figure((6, 8), 3, 3),
    "stride, same": lambda: draw.stride_figure((7, 6), 4, 2, "same"),
    "stride, one axis": lambda: draw.stride_figure((1, 10), (1, 3), (1, 2)),
    "strided_maps": lambda: draw.strided_maps_figure(PHOTO, KERNEL, (1, 2, (2, 1))),
    "pooling": lambda: draw.pooling_figure(IMAGE),
    "pooling, overlapping": lambda: draw.pooling_figure(np.arange(25).reshape(5, 5), 3, 2),
    "pooling, channels": lambda: draw.pooling_figure(np.arange(12).reshape(2, 2, 3)),
    "pooled_maps": lambda: draw.pooled_maps_figure(PHOTO, (2, (4, 2))),
    "shift_change": lambda: draw.shift_change_figure(CHANGES),
    "channels": lambda: draw.channels_figure(
        np.stack([IMAGE, IMAGE.T], -1), np.stack([KERNEL, KERNEL.T], -1), at=(0, 1), bias=1
    ),
    "edge": lambda: draw.edge_figure(
        PHOTO, {"vertical": [[1, 0, -1]] * 3, "blur": np.full((3, 3), 1 / 9)}
    ),
    "shift": lambda: draw.shift_figure(PHOTO, np.roll(PHOTO, (2, 3), (0, 1)), KERNEL),
    "stack": lambda: draw.stack_figure(MAPS[..., :4]),
    "dense_vs_conv": lambda: draw.dense_vs_conv_figure(),
    "flatten": lambda: draw.flatten_figure(IMAGE, 3),
    "conv1d_steps": lambda: draw.conv1d_steps_figure(SIGNAL, [1, 2, -1]),
    "conv1d_steps, longer kernel": lambda: draw.conv1d_steps_figure(SIGNAL[:6], [1, -1, 2, 1]),
    "conv_as_dense": lambda: draw.conv_as_dense_figure(SIGNAL, [1, 2, -1]),
    "history": lambda: draw.history_figure(HISTORY),
    "probabilities": lambda: draw.probabilities_figure(PHOTO, PROBABILITIES, names(), target=8),
    "confusion": lambda: draw.confusion_figure(CONFUSION, names()),
    "gallery": lambda: draw.gallery_figure(np.stack([PHOTO] * 10), names()),
    "seeds": lambda: draw.seeds_figure(
        {
            "published": {"validation": [0.9149, 0.9232], "test": [0.9088, 0.9168]},
            "run": {"test": [0.9155]},
        }
    ),
    "class_accuracy": lambda: draw.class_accuracy_figure(np.linspace(0.7, 0.97, 10), names()),
    "kernel_grid": lambda: draw.kernel_grid_figure(KERNELS, scale=0.5),
    "kernel_change": lambda: draw.kernel_change_figure(
        KERNELS[..., :6] / 2, KERNELS[..., :6], [0, 1, 2, 3, 4, 30], scale=0.5
    ),
    "weights_histogram": lambda: draw.weights_histogram_figure(KERNELS, KERNELS / 3, limit=0.1421),
    "feature_maps": lambda: draw.feature_maps_figure(MAPS),
    "feature_maps, shared": lambda: draw.feature_maps_figure(
        MAPS, scale="shared", dead=np.arange(32) == 3
    ),
    "feature_maps, 64": lambda: draw.feature_maps_figure(np.concatenate([MAPS, MAPS], -1)),
    "kernel_and_map": lambda: draw.kernel_and_map_figure(
        PHOTO, KERNELS[:, :, 0, :4], MAPS[..., :4], [0, 1, 2, 3]
    ),
    "traced_pixel": lambda: draw.traced_pixel_figure(
        PHOTO[:3, :3], np.abs(KERNELS[:, :, 0, 5]), -0.0123, 0.4321
    ),
    "occlusion": lambda: draw.occlusion_figure(PHOTO, -RANDOM.random((24, 24)), names()[9], 0.97),
    "grad_cam": lambda: draw.grad_cam_figure(PHOTO, RANDOM.random((14, 14)), names()[9], 0.97),
    "heat_maps": lambda: draw.heat_maps_figure(PHOTO, RANDOM.random((3, 14, 14)), names()[:3]),
    "responses": lambda: draw.responses_figure(
        RANDOM.random((3, 6, 14, 14)), RANDOM.random((3, 6)), [4, 17, 60]
    ),
    "network": lambda: draw.network_figure(NETWORK),
    "network, toy": lambda: draw.network_figure(TOY),
    "graph": lambda: draw.graph_figure(
        NAMED, [(1, "maps", (28, 28, 32)), (3, "deeper", (14, 14, 64))]
    ),
    "graph, two outputs": lambda: draw.graph_figure(
        NAMED[:6], [(5, "kind", (10,)), (5, "footwear", (1,))]
    ),
    "arrays": lambda: draw.arrays_figure(toy_arrays()),
    "receptive_field": lambda: draw.receptive_field_figure(
        [("conv", 3, 1), ("max_pool", 2, 2), ("conv", 3, 1), ("max_pool", 2, 2)]
    ),
    "course_map": lambda: draw.course_map_figure(),
    "layer": lambda: draw.layer_figure(LAYERED, LAYER_KERNELS, [-6, 0, 1]),
    "layer, pooled": lambda: draw.layer_figure(
        IMAGE[..., None], LAYER_KERNELS[:, :, :1], [1, 0, -2], padding="same", pool_size=2
    ),
    "colour": lambda: draw.colour_figure(COLOURED, {"alike": ALIKE, "opposed": OPPOSED}),
    "dense": lambda: draw.dense_figure(np.arange(12), RANDOM.normal(0, 0.1, (12, 3)), [0.5, 0, -1]),
    "seen": lambda: draw.seen_figure(PHOTO, [("conv", 3, 1), ("max_pool", 2, 2)], SEEN),
}


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr(labels, "_language", "en")


def texts(figure):
    return [words for words in figure.findobj(Text) if words.get_text().strip()]


def said(figure):
    return [words.get_text() for words in texts(figure)]


def rectangles(figure, **wanted):
    return [
        patch
        for patch in figure.findobj(Rectangle)
        if all(plt.getp(patch, name) == value for name, value in wanted.items())
    ]


def hatched(figure):
    return rectangles(figure, hatch=style.HATCH)


def outlines(figure):
    return [p for p in figure.findobj(Rectangle) if not p.get_fill() and p.get_linewidth() > 2.5]


# Every figure, in both languages


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_figure(example, language, monkeypatch, tmp_path):
    monkeypatch.setattr(labels, "_language", language)
    settings = dict(matplotlib.rcParams)
    figure = EXAMPLES[example]()
    assert dict(matplotlib.rcParams) == settings
    assert plt.get_fignums() == []
    alt = figure.get_label()
    assert alt.endswith((".", "니다."))
    assert 20 < len(alt) < 600
    assert any("가" <= sign <= "힣" for sign in alt) == (language == "ko")
    # A missing glyph is a warning, and a warning is an error here.
    figure.savefig(tmp_path / "figure.svg")
    assert figure.get_figwidth() <= style.WIDTH + 1e-9
    for words in texts(figure):
        assert style.font_family() in words.get_fontfamily(), words.get_text()
        assert words.get_fontsize() >= 9, words.get_text()
    check_words_are_whole_and_apart(figure)


def check_words_are_whole_and_apart(figure):
    figure.draw_without_rendering()
    boxes = [(words.get_text(), words.get_window_extent()) for words in visible(figure)]
    for place, (words, box) in enumerate(boxes):
        assert figure.bbox.padded(1).containsx(box.x0), f"{words!r} is cut at the left"
        assert figure.bbox.padded(1).containsx(box.x1), f"{words!r} is cut at the right"
        assert figure.bbox.padded(1).containsy(box.y0), f"{words!r} is cut at the bottom"
        assert figure.bbox.padded(1).containsy(box.y1), f"{words!r} is cut at the top"
        for other, beside in boxes[place + 1 :]:
            assert overlap(box, beside) < 0.15, f"{words!r} and {other!r} overlap"


def visible(figure):
    """Return the words that are drawn; matplotlib keeps tick labels beyond the axis, too."""
    kept = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not axis.axes.axison or not low <= tick.get_loc() <= high:
                kept |= {tick.label1, tick.label2}
    # A slanted label's box is larger than the label.
    return [
        words
        for words in texts(figure)
        if words.get_visible() and words.get_rotation() % 90 == 0 and words not in kept
    ]


def overlap(box, other):
    """Return the share of the smaller box that the other covers."""
    wide = min(box.x1, other.x1) - max(box.x0, other.x0)
    tall = min(box.y1, other.y1) - max(box.y0, other.y0)
    smaller = min(box.width * box.height, other.width * other.height)
    return max(wide, 0) * max(tall, 0) / smaller


def test_figures_do_not_import_keras():
    code = (
        "import sys, cnn_guide.figures\n"
        "assert not {'keras', 'tensorflow'} & set(sys.modules), 'Keras was imported'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# The visual language


def contrast(colour, ink):
    def luminance(name):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(name)]
        return np.dot([0.2126, 0.7152, 0.0722], linear) + 0.05

    light, dark = sorted([luminance(colour), luminance(ink)], reverse=True)
    return light / dark


@pytest.mark.parametrize("cmap", [style.GREY, style.SIGNED, style.ACTIVE, "Blues"])
def test_ink_is_readable_on_every_colour(cmap):
    for place in np.linspace(0, 1, 101):
        colour = matplotlib.colormaps[cmap](place)[:3]
        assert contrast(colour, style.ink_on(colour)) >= 4.5


def test_number_has_a_true_minus_and_no_needless_digits():
    written = [style.number(value) for value in (-0.5, 2.0, -0.001, 1 / 3, 7, "×", -12)]
    assert written == ["−0.5", "2", "0", "0.33", "7", "×", "−12"]


def test_signed_norm_has_zero_in_the_middle():
    norm = style.signed_norm([1.0, -3.0], [2.0])
    assert (norm.vmin, norm.vmax, norm(0.0)) == (-3, 3, 0.5)


def test_signed_norm_of_zeros():
    assert style.signed_norm(np.zeros((2, 2)))(0.0) == 0.5


# Windows


def test_padding_is_hatched_cell_by_cell():
    assert len(hatched(draw.padding_figure(IMAGE, PADDED))) == 20
    assert len(hatched(draw.padding_figure(IMAGE, ((0, 1), (1, 2))))) == 5 * 7 - 16


def test_padding_names_the_four_sides():
    figure = draw.padding_figure(IMAGE, ((0, 1), (2, 3)))
    assert {"top 0", "bottom 1", "left 2", "right 3"} <= set(said(figure))
    assert "(5, 9) with 29 zeros" in figure.get_label()


def test_pixel_use_writes_every_count():
    figure = draw.pixel_use_figure((4, 4), 3)
    counts = [int(words) for words in said(figure) if words.isdigit()]
    expected = [*pixel_use((4, 4), 3).flat, *pixel_use((4, 4), 3, padding="same").flat]
    assert sorted(counts) == sorted(expected)
    assert "top left corner 4, top edge 6, middle 9" in figure.get_label()


def test_pixel_use_darker_where_read_more():
    figure = draw.pixel_use_figure((4, 4), 3, paddings=("same",))
    cells = [p for p in figure.findobj(Rectangle) if p.get_fill() and not p.get_hatch()]
    shades = sorted({to_hex(cell.get_facecolor()) for cell in cells} - {"#ffffff"})
    assert shades == sorted(to_hex(style.mix(style.INPUT, 0.08 + 0.92 * n / 9)) for n in (4, 6, 9))


def test_convolution_outlines_window_and_output():
    figure = draw.convolution_figure(IMAGE, KERNEL, at=(1, 0))
    window, made = outlines(figure)
    assert window.get_width() / made.get_width() == pytest.approx(3)
    value = conv2d(IMAGE, KERNEL)[1, 0]
    assert any(words.endswith(f"= {value}") for words in said(figure))
    assert f"row 1, column 0 is {value}" in figure.get_label()


def test_convolution_steps_show_every_window():
    figure = draw.convolution_steps_figure(IMAGE, KERNEL)
    assert len(outlines(figure)) == 8
    assert "8, 22, 37, 28" in figure.get_label()


def test_conv1d_says_the_eight_outputs():
    assert "8 outputs: 2, 15, 5, 9, 18, 0, 14, 8" in EXAMPLES["conv1d"]().get_label()


def test_stride_crosses_the_pixels_never_read():
    figure = draw.stride_figure((6, 8), 3, 3)
    assert said(figure).count("×") == (pixel_use((6, 8), 3, 3) == 0).sum() == 12
    assert figure.get_label().endswith("never read: 12.")


def test_stride_draws_one_bar_for_each_place():
    bars = rectangles(draw.stride_figure((7, 9), 3, 2), edgecolor=(*to_rgb(style.KERNEL), 1.0))
    assert len(bars) == 3 + 4


def test_strided_maps_say_their_shapes():
    shapes = [axes.get_xlabel() for axes in draw.strided_maps_figure(PHOTO, KERNEL).axes[:4]]
    assert shapes == ["(28, 28)", "(28, 28)", "(14, 14)", "(7, 7)"]


def test_strided_maps_show_the_convolution():
    axes = draw.strided_maps_figure(PHOTO, KERNEL, (2,)).axes
    expected = conv2d(PHOTO, KERNEL, stride=2, padding="same")
    np.testing.assert_allclose(axes[1].images[0].get_array(), expected)


def test_pooled_maps_share_one_scale():
    images = [axes.images[0] for axes in draw.pooled_maps_figure(PHOTO, (2, 4)).axes]
    assert {image.get_clim() for image in images} == {(PHOTO.min(), PHOTO.max())}
    np.testing.assert_allclose(images[1].get_array(), max_pool2d(PHOTO, 2))


def test_shift_change_draws_every_number():
    axes = draw.shift_change_figure(CHANGES).axes[0]
    assert [list(line.get_ydata()) for line in axes.lines] == list(CHANGES.values())
    assert [line.get_text() for line in axes.get_legend().get_texts()] == [
        "not pooled",
        "average pooling",
        "max pooling",
    ]


def test_shift_change_of_different_lengths():
    with pytest.raises(ValueError, match="none has 2, max has 1"):
        draw.shift_change_figure({"none": [0, 1], "max": [0]})


def test_pooling_says_maxima_and_averages():
    alt = draw.pooling_figure(IMAGE).get_label()
    assert "Max pooling: 6, 8, 5, 8. Average pooling: 3.5, 4.25, 3.5, 3.75." in alt


def test_pooling_keeps_the_channels():
    alt = draw.pooling_figure(np.arange(12).reshape(2, 2, 3)).get_label()
    assert "gives (1, 1, 3)" in alt
    assert "9, 10, 11" in alt


def test_channels_are_summed():
    figure = EXAMPLES["channels"]()
    assert "22 + 37 + 1 = 60" in figure.get_label()
    assert "22 + 37 + 1 = 60" in said(figure)


def test_edge_images_share_one_scale():
    figure = EXAMPLES["edge"]()
    signed = [image for axes in figure.axes for image in axes.images if image.cmap.name == "RdBu_r"]
    assert len({(image.norm.vmin, image.norm.vmax) for image in signed}) == 1
    assert signed[0].norm.vmin == -signed[0].norm.vmax


def test_dense_vs_conv_counts_weights():
    figure = draw.dense_vs_conv_figure(6, 3)
    assert {"weights: 24, biases: 4", "weights: 3, biases: 1"} <= set(said(figure))
    lines = [line for line in figure.axes[0].lines if len(line.get_xdata()) == 2]
    assert len(lines) == 24 + 12


def test_shift_finds_the_place_that_moved():
    spot = np.zeros((12, 12))
    spot[4:7, 2:5] = [[2, 0, 1], [0, 1, 0], [1, 0, 2]]
    alt = draw.shift_figure(spot, np.roll(spot, (3, 5), (0, 1)), KERNEL).get_label()
    assert "from row 4, column 2 to row 7, column 7" in alt


def test_stack_names_every_filter_and_size():
    words = said(draw.stack_figure(MAPS[:20, :, :3]))
    assert {"filter 1", "filter 2", "filter 3"} <= set(words)
    assert {"height 20", "width 28", "filters: 3"} <= set(words)


def test_flatten_outlines_the_rows_of_the_window_apart():
    figure = draw.flatten_figure(IMAGE, (2, 3), at=(1, 1))
    assert len(outlines(figure)) == 1 + 2
    assert "at places 6, 10 of the row" in figure.get_label()


def test_conv1d_steps_write_every_sum():
    figure = draw.conv1d_steps_figure(SIGNAL, [1, 2, -1])
    assert len(outlines(figure)) == 8
    assert {"3×1 + 1×2 + 0×(−1) =", "2×1 + 4×2 + 5×(−1) ="} <= set(said(figure))
    assert "Outputs: 5, −6, 8, 15, 6, 18, 8, 5." in figure.get_label()


def test_conv_as_dense_repeats_the_kernel_and_counts_zeros():
    figure = draw.conv_as_dense_figure(SIGNAL, [1, 2, -1])
    assert said(figure).count("−1") == 8
    assert "(8, 10) weight matrix" in figure.get_label()
    assert "the other 56 cells are 0" in figure.get_label()


# Results


def test_history_marks_the_epoch_with_the_lowest_validation_loss():
    figure = draw.history_figure(HISTORY)
    for axes, name in zip(figure.axes, ("val_loss", "val_accuracy"), strict=True):
        ring = next(line for line in axes.lines if line.get_markersize() > 10)
        assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (3, HISTORY[name][2])
        assert axes.get_xlabel()
        assert axes.get_ylabel()
        assert axes.get_title()
    assert "lowest at epoch 3, 0.2255, with a validation accuracy of 0.9191" in figure.get_label()


def test_history_without_early_stopping_shades_nothing():
    assert len(hatched(draw.history_figure(HISTORY))) == 3  # two spans, one legend
    to_the_best = {name: values[:3] for name, values in HISTORY.items()}
    assert hatched(draw.history_figure(to_the_best)) == []


def test_probabilities_stand_beside_their_names():
    axes = EXAMPLES["probabilities"]().axes[1]
    bars = axes.patches
    assert [bar.get_y() + bar.get_height() / 2 for bar in bars] == pytest.approx(range(10))
    assert [bar.get_width() for bar in bars] == pytest.approx(PROBABILITIES)
    assert [tick.get_text() for tick in axes.get_yticklabels()] == CLASS_NAMES["en"]
    assert list(axes.get_yticks()) == list(range(10))


def test_probabilities_star_the_target():
    figure = draw.probabilities_figure(PHOTO, PROBABILITIES, names(), target=6)
    assert "13.0%  ★ target" in said(figure)
    assert "Highest: Bag, 82.5%; next: Shirt, 13.0%. The target is Shirt." in figure.get_label()


def test_confusion_cells_and_words():
    figure = draw.confusion_figure(CONFUSION, names())
    cells = {words.get_position(): words.get_text() for words in figure.axes[0].texts}
    assert cells[(0, 6)] == "44"
    assert cells[(6, 0)] == "3"
    assert "target Shirt, prediction T-shirt/top, 44 images" in figure.get_label()


def test_gallery_hides_empty_places():
    figure = draw.gallery_figure(np.stack([PHOTO] * 7), list("abcdefg"))
    assert [axes.axison for axes in figure.axes] == [True] * 7 + [False] * 3


def test_seeds_draw_every_accuracy():
    figure = EXAMPLES["seeds"]()
    dots = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    assert list(dots[0].get_xdata()) == [0.9149, 0.9232]
    assert "published runs, test set: from 0.9088 to 0.9168." in figure.get_label()


def test_class_accuracy_hatches_the_lowest():
    figure = EXAMPLES["class_accuracy"]()
    (bar,) = hatched(figure)
    assert bar.get_y() + bar.get_height() / 2 == pytest.approx(0)
    assert (
        "Lowest: T-shirt/top, 70.0%; highest: Ankle boot, 97.0%; mean: 83.5%" in figure.get_label()
    )


# Maps


def test_kernels_share_the_scale_asked_for():
    figure = draw.kernel_grid_figure(KERNELS, scale=0.5)
    images = figure.axes[0].images
    assert len(images) == 32
    assert {(image.norm.vmin, image.norm.vmax) for image in images} == {(-0.5, 0.5)}
    assert f"standard deviation {KERNELS.std():.4f}" in figure.get_label()


def test_kernel_change_is_after_minus_before():
    before = np.zeros((3, 3, 2))
    after = before.copy()
    after[1, 2, 1] = -0.75
    figure = draw.kernel_change_figure(before, after, [4, 30])
    drawn = [image.get_array() for image in figure.axes[0].images]
    np.testing.assert_array_equal(drawn[5], after[..., 1])
    assert "The weight that changed most is in kernel 30: −0.75." in figure.get_label()


def test_kernel_change_of_too_many():
    with pytest.raises(ValueError, match="11 kernels: at most 10 fit"):
        draw.kernel_change_figure(np.zeros((3, 3, 11)), np.zeros((3, 3, 11)), range(11))


def test_graph_leaves_what_is_not_computed_empty():
    figure = draw.graph_figure(NAMED, [(1, "maps", (28, 28, 32))])
    assert "Outputs of the model: maps (28, 28, 32)." in figure.get_label()
    filled = [box.get_facecolor()[:3] != (1, 1, 1) for box in figure.findobj(FancyBboxPatch)]
    assert filled == [True] * 2 + [False] * 7 + [True]


def test_graph_output_of_no_layer():
    with pytest.raises(ValueError, match=r"outputs leave layers \[9\]: 0 to 8 fit"):
        draw.graph_figure(NAMED, [(9, "maps", (1,))])


def test_graph_without_outputs():
    with pytest.raises(ValueError, match="a model has at least one"):
        draw.graph_figure(NAMED, [])


def test_weights_histogram_counts_all():
    figure = draw.weights_histogram_figure(KERNELS, KERNELS / 3, limit=0.1421)
    for axes in figure.axes:
        assert sum(bar.get_height() for bar in axes.patches) == KERNELS.size
    limits = [line.get_xdata()[0] for line in figure.axes[1].lines if line.get_linestyle() == "--"]
    assert limits == [-0.1421, 0.1421]


def test_feature_maps_hatch_and_count_zeros():
    figure = draw.feature_maps_figure(MAPS)
    assert len(hatched(figure)) == 2
    assert "hatched 0: maps that are zero for this image, 2" in said(figure)
    assert figure.get_label().endswith("zero for this image: 2.")


def test_feature_maps_dead_ones_are_marked_apart():
    figure = draw.feature_maps_figure(MAPS, dead=np.arange(32) == 3)
    assert said(figure).count("×") == 1
    assert "zero for this image: 1. Maps that are zero for every image: 1." in figure.get_label()


def test_feature_maps_scales():
    own = draw.feature_maps_figure(MAPS).axes[0].images
    shared = draw.feature_maps_figure(MAPS, scale="shared").axes[0].images
    assert own[0].norm.vmax == pytest.approx(MAPS[..., 0].max())
    assert {image.norm.vmax for image in shared} == {MAPS.max()}


def test_feature_maps_accept_one_image_in_front():
    assert (
        draw.feature_maps_figure(MAPS[None]).get_label()
        == draw.feature_maps_figure(MAPS).get_label()
    )


def test_traced_pixel_equals_the_convolution():
    weights = KERNELS[:, :, 0, 5]
    value = float(max(conv2d(PHOTO[4:7, 8:11], weights)[0, 0] + 0.3, 0))
    figure = draw.traced_pixel_figure(PHOTO[4:7, 8:11], weights, 0.3, value)
    assert f"The model computed {style.number(value, 4)}." in figure.get_label()
    assert f"after ReLU {style.number(value, 4)}" in figure.get_label()


def test_occlusion_finds_the_largest_drop():
    change = np.zeros((24, 24))
    change[4, 7] = -0.6
    figure = draw.occlusion_figure(PHOTO, change, "Bag", 0.9)
    assert "row 4, column 7: −0.6" in figure.get_label()


def test_heat_maps_are_relative_to_their_own_maximum():
    heats = np.zeros((2, 7, 7))
    heats[0, 1, 2], heats[1, 6, 0] = 5, 0.01
    figure = draw.heat_maps_figure(PHOTO, heats, ["Bag", "Coat"])
    assert "Bag, row 1, column 2; Coat, row 6, column 0." in figure.get_label()
    assert [axes.images[1].get_array().max() for axes in figure.axes[:2]] == [1, 1]


def test_heat_maps_of_too_many():
    with pytest.raises(ValueError, match="5 heat maps: at most 4 fit"):
        draw.heat_maps_figure(PHOTO, np.zeros((5, 7, 7)), list("abcde"))


def test_grad_cam_finds_the_strongest_place():
    heat = np.zeros((14, 14))
    heat[2, 3] = 5
    assert "row 2, column 3" in draw.grad_cam_figure(PHOTO, heat, "Bag", 0.9).get_label()


# Networks


def test_network_counts_its_parameters():
    alt = draw.network_figure(NETWORK).get_label()
    assert "flatten (3136,) → dense (100,)" in alt
    assert "333,526" in alt


def test_receptive_field_of_the_course_network():
    layers = [("conv", 3, 1), ("max_pool", 2, 2), ("conv", 3, 1), ("max_pool", 2, 2)]
    levels = receptive_levels(layers)
    assert [level.field for level in levels] == [1, 3, 4, 8, 10]
    assert [level.cells for level in levels] == [10, 8, 4, 2, 1]
    assert [level.first for level in levels] == [0, 1, 1.5, 3.5, 4.5]
    assert "3, 4, 8, 10" in draw.receptive_field_figure(layers).get_label()


def test_arrays_show_every_number():
    figure = draw.arrays_figure(toy_arrays())
    assert len(hatched(figure)) == 20
    assert "max pooling (2, 2, 3) → flatten (12,)" in figure.get_label()


def test_course_map_names_every_lesson():
    figure = draw.course_map_figure()
    for lessons in COURSE.values():
        for lesson in lessons:
            assert labels.text(f"course.{lesson}") in said(figure)


# One layer


def test_layer_draws_sum_relu_and_pooling():
    kernels, bias = LAYER_KERNELS[:, :, :1], np.array([1, 0, -2])
    figure = draw.layer_figure(IMAGE[..., None], kernels, bias, padding="same", pool_size=2)
    maps = conv2d(IMAGE[..., None], kernels, bias, padding="same")
    pooled = max_pool2d(np.maximum(maps, 0))
    drawn = [kernels, maps, np.maximum(maps, 0), pooled]
    wanted = sorted(style.number(value) for array in drawn for value in array.flat)
    words = said(figure)
    for value in set(wanted):
        assert words.count(value) == wanted.count(value), value
    assert f"ReLU turns {(maps < 0).sum()} values into 0" in figure.get_label()


def test_layer_of_several_channels_draws_each_channels_weights():
    words = said(draw.layer_figure(LAYERED, LAYER_KERNELS, [0, 0, 0]))
    assert {"weights, channel 1", "weights, channel 2", "filter 1", "filter 3"} <= set(words)
    assert "max pooling" not in words


def test_colour_difference_that_the_mean_hides():
    alt = draw.colour_figure(COLOURED, {"alike": ALIKE, "opposed": OPPOSED}).get_label()
    expected = conv2d(COLOURED, OPPOSED[..., None])
    assert "same for all three: from 0 to 0." in alt
    low, high = style.number(expected.min()), style.number(expected.max())
    assert f"red − blue: from {low} to {high}." in alt


def test_dense_scores_and_probabilities():
    inputs, weights = np.array([1, 2]), np.array([[1, 0], [0.5, -1]])
    words = said(draw.dense_figure(inputs, weights, [0, 1]))
    assert {"2", "−2", "−1", "0.95", "0.05"} <= set(words)


def test_seen_pixels_are_framed():
    figure = draw.seen_figure(PHOTO, [("conv", 3, 1), ("max_pool", 2, 2)], SEEN)
    frames = rectangles(figure, linewidth=2)
    assert [frame.get_xy() for frame in frames] == [(8.5, 9.5), (8.5, 9.5)]
    assert [frame.get_width() for frame in frames] == [3, 4]
    assert "in order, 3×3, 4×4." in figure.get_label()


# Errors


def test_matrix_too_large_for_numbers():
    with pytest.raises(ValueError, match=r"image \(28, 28\): numbers stay readable up to 14"):
        draw.padding_figure(PHOTO, PADDED)


def test_image_with_several_channels():
    with pytest.raises(ValueError, match=r"image \(4, 4, 3\): \(height, width\)"):
        draw.convolution_figure(np.zeros((4, 4, 3)), KERNEL)


def test_output_cell_outside():
    with pytest.raises(ValueError, match=r"at \(2, 0\): the output has rows and columns \(2, 2\)"):
        draw.convolution_figure(IMAGE, KERNEL, at=(2, 0))


def test_too_many_steps():
    with pytest.raises(ValueError, match="at most 9 windows fit"):
        draw.convolution_steps_figure(np.zeros((6, 6)), KERNEL)


def test_channels_of_image_and_kernel_differ():
    with pytest.raises(ValueError, match="a kernel is as deep as its image"):
        draw.channels_figure(np.zeros((4, 4, 2)), np.zeros((3, 3, 3)))


def test_unknown_kernel_name():
    with pytest.raises(KeyError, match=r"no words for 'kernel\.diagonally'"):
        draw.edge_figure(PHOTO, {"diagonally": KERNEL})


def test_dense_vs_conv_kernel_too_large():
    with pytest.raises(ValueError, match="inputs=6, kernel=6"):
        draw.dense_vs_conv_figure(6, 6)


def test_flatten_image_too_large():
    with pytest.raises(ValueError, match=r"image \(5, 5\): up to 20 numbers"):
        draw.flatten_figure(np.zeros((5, 5)))


def test_flatten_window_leaves_the_image():
    with pytest.raises(ValueError, match=r"window \(3, 3\) at \(2, 0\) leaves image \(4, 4\)"):
        draw.flatten_figure(IMAGE, 3, at=(2, 0))


def test_stack_of_too_many_maps():
    with pytest.raises(ValueError, match="up to 5 sheets"):
        draw.stack_figure(MAPS)


def test_history_without_validation():
    with pytest.raises(ValueError, match=r"\['val_accuracy', 'val_loss'\] missing"):
        draw.history_figure({"loss": [1.0], "accuracy": [0.5]})


def test_history_of_different_lengths():
    with pytest.raises(ValueError, match="val_loss has 5, accuracy has 4"):
        draw.history_figure(HISTORY | {"accuracy": HISTORY["accuracy"][1:]})


def test_probabilities_and_names_of_different_length():
    with pytest.raises(ValueError, match="probabilities has 10, names has 9"):
        draw.probabilities_figure(PHOTO, PROBABILITIES, names()[:9])


def test_feature_maps_unknown_scale():
    with pytest.raises(ValueError, match="scale='own': 'each' or 'shared' fits"):
        draw.feature_maps_figure(MAPS, scale="own")


def test_traced_pixel_shapes_differ():
    with pytest.raises(ValueError, match=r"patch \(2, 2\) and kernel \(3, 3\): equal shapes fit"):
        draw.traced_pixel_figure(np.zeros((2, 2)), KERNEL, 0, 0)


def test_negative_heat():
    with pytest.raises(ValueError, match=r"heat holds -1: .* nothing below 0"):
        draw.grad_cam_figure(PHOTO, np.full((2, 2), -1.0), "Bag", 0.9)
    with pytest.raises(ValueError, match=r"heat holds -1: .* nothing below 0"):
        draw.heat_maps_figure(PHOTO, np.full((1, 2, 2), -1.0), ["Bag"])


def test_arrays_too_large():
    with pytest.raises(ValueError, match=r"conv \(28, 28\): .* at most 300 numbers fits"):
        draw.arrays_figure([("conv", PHOTO)])


def test_signal_that_is_an_image():
    with pytest.raises(ValueError, match=r"signal \(4, 4\): \(length\) fits"):
        draw.conv1d_figure(IMAGE, [1, 2])


def test_kernel_and_map_too_many():
    with pytest.raises(ValueError, match="6 kernels: at most 5 fit"):
        draw.kernel_and_map_figure(PHOTO, KERNELS[:, :, 0, :6], MAPS[..., :6], range(6))


def test_network_empty():
    with pytest.raises(ValueError, match="layers is empty"):
        draw.network_figure([])


def test_seeds_empty():
    with pytest.raises(ValueError, match="at least one accuracy"):
        draw.seeds_figure({"run": {"test": []}})


def test_colour_image_without_three_channels():
    with pytest.raises(ValueError, match=r"image \(4, 4, 2\): the last axis holds red, green"):
        draw.colour_figure(LAYERED, {"alike": ALIKE})


def test_dense_weights_of_another_shape():
    with pytest.raises(ValueError, match=r"weights \(3, 2\): with 2 inputs and 2 biases, \(2, 2\)"):
        draw.dense_figure([1, 2], np.ones((3, 2)), [0, 1])


def test_seen_without_one_mask_for_each_layer():
    with pytest.raises(ValueError, match="layers has 1, seen has 2"):
        draw.seen_figure(PHOTO, [("conv", 3, 1)], SEEN)
