"""What a window makes of a whole image: edges, strides, pooling, and maps that move or stack up.

Every function takes arrays and returns a figure whose label is its alternative text.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike, NDArray

from cnn_guide.convolution import conv2d
from cnn_guide.figures.style import (
    FAINT,
    INK,
    INPUT,
    KERNEL,
    MARGIN,
    NOTE,
    OUTPUT,
    SIDE,
    SIGNED,
    WIDTH,
    Window,
    arrow,
    as_image,
    as_matrix,
    as_stack,
    colour_bar,
    draw_cell,
    draw_window,
    finish,
    mix,
    number,
    panels,
    paper,
    place_bar,
    same_length,
    shape_text,
    show_image,
    signed_norm,
    styled,
    write,
)
from cnn_guide.labels import text
from cnn_guide.padding import Padding, Pair, pair
from cnn_guide.pooling import avg_pool2d, max_pool2d


def extremes(names: Sequence[str], results: Sequence[NDArray[Any]]) -> str:
    """Say the smallest and the largest number of each result, for an alternative text."""
    return " ".join(
        text("alt.edge.one", name=name, low=number(result.min()), high=number(result.max()))
        for name, result in zip(names, results, strict=True)
    )


@styled
def edge_figure(
    image: ArrayLike, kernels: Mapping[str, ArrayLike], padding: Padding = "same"
) -> Figure:
    """Draw `image` and what each kernel makes of it, at one scale with zero in the middle.

    `image`: (height, width). `kernels`: names of `labels` ("vertical", "horizontal", ...) and
    their (kernel height, kernel width) numbers.
    """
    image = as_image(image, "image").astype(float)
    names = [text(f"kernel.{name}") for name in kernels]
    weights = [as_matrix(kernel, "kernel", 5) for kernel in kernels.values()]
    results = [conv2d(image, kernel, padding=padding) for kernel in weights]
    norm, columns = signed_norm(*results), len(results) + 1
    side = (WIDTH - 0.9) / max(columns, 3)
    size = {"height": side * 1.62 + 0.55, "width": side * columns + 0.9}
    figure, axes = panels(2, columns, **size, height_ratios=[1, 0.55])
    show_image(axes[0, 0], image, text("image"))
    axes[1, 0].axis("off")
    for column, (name, kernel, result) in enumerate(zip(names, weights, results, strict=True), 1):
        shown = show_image(axes[0, column], result, name, cmap=SIGNED, norm=norm)
        kernel_panel(axes[1, column], kernel)
    colour_bar(figure, shown, axes[0], text("windows.sum_scale"))
    alt = text("alt.edge", count=len(results), each=extremes(names, results))
    return finish(figure, alt)


def kernel_panel(axes: Axes, kernel: NDArray[Any]) -> None:
    """Draw the numbers of `kernel` as cells in the middle of `axes`."""
    height, width = kernel.shape
    axes.set(xlim=(-0.1, width + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    axes.axis("off")
    for (row, column), value in np.ndenumerate(kernel):
        fill = {"facecolor": mix(KERNEL, 0.22), "edgecolor": mix(KERNEL, 0.75)}
        draw_cell(axes, column, row, 1, number(value), 10, **fill)


@styled
def strided_maps_figure(
    image: ArrayLike, kernel: ArrayLike, strides: Sequence[Pair] = (1, 2, 4)
) -> Figure:
    """Draw `image` and what one kernel makes of it at several strides, each map equally large.

    `image`: (height, width); `kernel`: (kernel height, kernel width). Convolved with same padding.
    All maps share one scale with zero in the middle; the shape stands under each.
    """
    image, kernel = as_image(image, "image").astype(float), as_matrix(kernel, "kernel", 5)
    steps = [pair(stride, "stride") for stride in strides]
    maps = [conv2d(image, kernel, stride=step, padding="same") for step in steps]
    norm, columns = signed_norm(*maps), len(maps) + 1
    figure, axes = panels(1, columns, (WIDTH - 0.9) / columns + 0.75)
    show_image(axes[0, 0], image, text("image"))
    axes[0, 0].set_xlabel(shape_text(image.shape))
    for axis, step, made in zip(axes[0, 1:], steps, maps, strict=True):
        stride = number(step[0]) if step[0] == step[1] else shape_text(step)
        title = text("windows.stride", stride=stride)
        shown = show_image(axis, made, title, cmap=SIGNED, norm=norm)
        axis.set_xlabel(shape_text(made.shape))
    colour_bar(figure, shown, axes[0], text("windows.sum_scale"))
    each = ", ".join(
        f"{text('windows.stride', stride=shape_text(step))} {shape_text(made.shape)}"
        for step, made in zip(steps, maps, strict=True)
    )
    return finish(figure, text("alt.strided", image=shape_text(image.shape), each=each))


@styled
def pooled_maps_figure(image: ArrayLike, pool_sizes: Sequence[Pair] = (2, 4)) -> Figure:
    """Draw `image` beside its max and average pooling, one column for each pool size.

    `image`: (height, width). All panels share one scale of greys; the shape stands under each.
    """
    image = as_image(image, "image").astype(float)
    shades = {"vmin": image.min(), "vmax": image.max()}
    sizes = [pair(size, "pool_size") for size in pool_sizes]
    columns = len(sizes) + 1
    side = min((WIDTH - 0.4) / columns, 2.2)
    figure, axes = panels(2, columns, 2 * side + 1.2)
    for row, (name, pooling) in enumerate((("max", max_pool2d), ("average", avg_pool2d))):
        pooled = [pooling(image, size) for size in sizes]
        titles = [f"{text(f'windows.{name}')} {shape_text(size)}" for size in sizes]
        for axis, made, title in zip(
            axes[row], (image, *pooled), (text("image"), *titles), strict=True
        ):
            show_image(axis, made, title, **shades)
            axis.set_xlabel(shape_text(made.shape))
    shapes = ", ".join(shape_text(made.shape) for made in pooled)
    return finish(figure, text("alt.pooled", image=shape_text(image.shape), shapes=shapes))


@styled
def shift_figure(image: ArrayLike, moved: ArrayLike, kernel: ArrayLike) -> Figure:
    """Draw two images above the maps that one kernel makes of them, the strongest place outlined.

    `image`, `moved`: (height, width), the same thing at two places; `kernel`: (kernel height,
    kernel width). Convolved with valid padding; both maps share one scale.
    """
    images = [as_image(image, "image"), as_image(moved, "moved image")]
    kernel = as_matrix(kernel, "kernel", 5)
    maps = [conv2d(each.astype(float), kernel) for each in images]
    strongest = [divmod(int(result.argmax()), result.shape[1]) for result in maps]
    norm, lightest, darkest = signed_norm(*maps), np.min(images), np.max(images)
    figure, axes = panels(2, 2, 0.78 * WIDTH)
    names = (("image", "feature_map"), ("windows.moved", "windows.moved_map"))
    for side, at in enumerate(strongest):
        how = {"vmin": lightest, "vmax": darkest}
        above = show_image(axes[0, side], images[side], text(names[side][0]), **how)
        below = show_image(axes[1, side], maps[side], text(names[side][1]), cmap=SIGNED, norm=norm)
        draw_window(axes[0, side], Window(*at, *kernel.shape), -0.5, -0.5, 1)
        draw_window(axes[1, side], Window(*at), -0.5, -0.5, 1)
    colour_bar(figure, above, axes[0], text("windows.brightness"))
    colour_bar(figure, below, axes[1], text("windows.sum_scale"))
    (row, column), (moved_row, moved_column) = strongest
    alt = text(
        "alt.shift",
        image=shape_text(images[0].shape),
        row=row,
        column=column,
        moved_row=moved_row,
        moved_column=moved_column,
    )
    return finish(figure, alt)


SHIFT_LINES = {
    "none": (INPUT, "o", "solid"),
    "every_second": (FAINT, "x", "dotted"),
    "average": (KERNEL, "s", "dashed"),
    "max": (OUTPUT, "^", "solid"),
}


@styled
def shift_change_figure(changes: Mapping[str, Sequence[float]]) -> Figure:
    """Draw how much maps change when their image is shifted by 0, 1, 2 ... pixels.

    `changes`: for "none" (not pooled), "every_second" (every second value taken), "average" or
    "max", the change at each shift as a share of the map's own sum.
    """
    shifts = range(same_length(**{name: list(values) for name, values in changes.items()}))
    figure, axes = panels(1, 1, 3.4)
    axis = axes[0, 0]
    for name, values in changes.items():
        colour, marker, line = SHIFT_LINES[name]
        label = text(f"windows.shift.{name}")
        axis.plot(shifts, values, color=colour, marker=marker, ms=8, linestyle=line, label=label)
    axis.set(xlabel=text("windows.shift"), ylabel=text("windows.shift_change"), xticks=shifts)
    axis.set_ylim(bottom=0)
    axis.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    axis.grid(axis="y", color=mix(FAINT, 0.25))
    axis.legend(loc="upper left")
    each = " ".join(
        f"{text(f'windows.shift.{name}')}: {', '.join(f'{value:.0%}' for value in values)}."
        for name, values in changes.items()
    )
    return finish(figure, text("alt.shift_change", most=shifts[-1], each=each))


MOST_SHEETS = 5


@styled
def stack_figure(maps: ArrayLike) -> Figure:
    """Draw feature maps as sheets, one behind the other: height, width and number of filters.

    `maps`: (height, width, filters), up to 5 filters; the first is in front.
    """
    maps = as_stack(maps, "maps", "(height, width, filters)")
    height, width, filters = maps.shape
    if filters > MOST_SHEETS:
        raise ValueError(f"maps {maps.shape}: up to {MOST_SHEETS} sheets can be told apart")
    tall, gap = 2.1, 0.55
    wide, reach = tall * width / height, gap * (filters - 1)
    paper_height = 2 * MARGIN + tall + reach + 0.3
    figure, axes = paper(WIDTH, paper_height)
    left, top = (WIDTH - 0.85 - wide - reach) / 2, MARGIN + reach
    for place in reversed(range(filters)):
        corner = left + place * gap, top - place * gap
        shown = _sheet(axes, maps, place, corner, (wide, tall))
    axes.set(xlim=(0, WIDTH), ylim=(paper_height, 0))
    sizes = {"height": height, "width": width, "filters": filters}
    words = {name: text(f"windows.axis.{name}", size=size) for name, size in sizes.items()}
    right, bottom = left + wide + 0.1, top + tall
    write(axes, left - 0.1, top + tall / 2, words["height"], NOTE, ha="right")
    write(axes, left + wide / 2, bottom + 0.08, words["width"], NOTE, va="top")
    arrow(axes, (right, bottom), (right + reach, bottom - reach))
    write(
        axes, right + reach / 2 + 0.15, bottom - reach / 2 + 0.1, words["filters"], NOTE, ha="left"
    )
    place_bar(figure, shown, MARGIN, bottom, text("windows.sum_scale"))
    return finish(figure, text("alt.stack", shape=shape_text(maps.shape), filters=filters))


def _sheet(
    axes: Axes,
    maps: NDArray[Any],
    place: int,
    corner: tuple[float, float],
    size: tuple[float, float],
) -> Any:
    """Show one of the `maps` in front of those behind it; return what a colour bar needs."""
    (x, y), (wide, tall) = corner, size
    box = (x, x + wide, y + tall, y)
    how: dict[str, Any] = {"cmap": SIGNED, "norm": signed_norm(maps), "aspect": "auto"}
    shown = axes.imshow(maps[..., place], extent=box, zorder=-place, **how)
    edge: dict[str, Any] = {"fill": False, "edgecolor": INK, "linewidth": 1}
    axes.add_patch(Rectangle((x, y), wide, tall, zorder=-place, **edge))
    words = text("filter", number=place + 1)
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    write(axes, x + 0.07, y + 0.06, words, SIDE, ha="left", va="top", zorder=-place, bbox=behind)
    return shown
