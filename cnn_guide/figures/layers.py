"""One layer at work with its weights: filters over channels, colours, a dense layer's scores."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from cnn_guide.convolution import conv2d
from cnn_guide.figures.images import extremes
from cnn_guide.figures.style import (
    CAPTION,
    MARGIN,
    SIGNED,
    WIDTH,
    Matrix,
    Part,
    Sign,
    as_matrix,
    as_stack,
    board,
    colour_bar,
    draw_matrix,
    draw_sign,
    finish,
    listed,
    number,
    panels,
    paper,
    shape_text,
    show_image,
    signed_norm,
    styled,
    write,
)
from cnn_guide.labels import text
from cnn_guide.padding import Padding, Pair
from cnn_guide.pooling import max_pool2d

COLOURS = ("red", "green", "blue")


@styled
def layer_figure(
    image: ArrayLike,
    kernels: ArrayLike,
    bias: ArrayLike,
    padding: Padding = "valid",
    pool_size: Pair | None = None,
) -> Figure:
    """Draw a convolutional layer, one row for each filter: weights, map, map after ReLU.

    `image`: (height, width, channels); `kernels`: (kernel height, kernel width, channels,
    filters), one matrix of weights for each channel; `bias`: (filters,). With `pool_size` the
    largest number of each window follows.
    """
    image = as_stack(image, "image", "(height, width, channels)")
    kernels = as_stack(kernels, "kernels", "(height, width, channels, filters)")
    maps = conv2d(image, kernels, bias, padding=padding)
    active = np.maximum(maps, 0)
    pooled = None if pool_size is None else max_pool2d(active, pool_size)
    rows = [
        _filter_row(kernels[..., place], bias_of, place, maps, active, pooled)
        for place, bias_of in enumerate(np.asarray(bias))
    ]
    channels = range(image.shape[-1])
    if len(channels) > 1:
        captions = [text("layers.weights", number=channel + 1) for channel in channels]
    else:
        captions = [text("kernel")]
    captions += ["", text("layers.sum"), "", text("layer.relu"), "", text("layer.max_pool")]
    for column, part in enumerate(rows[0]):
        if isinstance(part, Matrix):
            rows[0][column] = replace(part, caption=captions[column])
    alt = text(
        "alt.layer",
        image=shape_text(image.shape),
        kernels=shape_text(kernels.shape),
        maps=shape_text(maps.shape),
        negative=int((maps < 0).sum()),
    )
    if pooled is not None:
        alt += text("alt.layer.pooled", pooled=shape_text(pooled.shape))
    return finish(board(rows), alt)


def _filter_row(
    kernel: NDArray[Any],
    bias: float,
    place: int,
    maps: NDArray[Any],
    active: NDArray[Any],
    pooled: NDArray[Any] | None,
) -> list[Part]:
    """Return the row of one filter: its weights channel by channel, and what it makes."""
    weights = [as_matrix(kernel[..., channel], "kernel", 5) for channel in range(kernel.shape[-1])]
    row: list[Part] = [Matrix(sheet, "kernel") for sheet in weights]
    row[0] = Matrix(weights[0], "kernel", note=text("filter", number=place + 1))
    row += [
        Sign("→", f"{text('bias')}\n{number(bias)}"),
        Matrix(as_matrix(maps[..., place], "map", 8), "plain"),
        Sign("→"),
        Matrix(active[..., place], "output"),
    ]
    return row if pooled is None else [*row, Sign("→"), Matrix(pooled[..., place], "output")]


@styled
def colour_figure(image: ArrayLike, kernels: Mapping[str, ArrayLike]) -> Figure:
    """Draw a colour image, its three channels, their mean, and what each kernel makes of it.

    `image`: (height, width, 3), red, green and blue from 0 to 1. `kernels`: names of `labels`
    and their weights (kernel height, kernel width, 3), up to three. Convolved without padding; the
    results share one scale with zero in the middle.
    """
    image = as_stack(image, "image", "(height, width, colours)")
    if image.shape[-1] != len(COLOURS):
        raise ValueError(f"image {image.shape}: the last axis holds red, green and blue")
    names = [text(f"kernel.{name}") for name in kernels]
    results = [conv2d(image, np.asarray(k)[..., np.newaxis])[..., 0] for k in kernels.values()]
    columns = 1 + len(COLOURS)
    side = (WIDTH - 0.9) / columns
    figure, axes = panels(2, columns, 2 * side + 0.75)
    show_image(axes[0, 0], image, text("image"))
    for column, name in enumerate(COLOURS):
        channel = image[..., column]
        shown = show_image(
            axes[0, 1 + column], channel, text(f"colour.{name}"), cmap="gray", vmin=0, vmax=1
        )
    colour_bar(figure, shown, axes[0], text("layers.brightness"))
    norm = signed_norm(*results)
    for axis in axes[1, 1 + len(results) :]:
        axis.axis("off")
    show_image(axes[1, 0], image.mean(axis=-1), text("layers.grey"), cmap="gray", vmin=0, vmax=1)
    for axis, name, result in zip(axes[1, 1:], names, results, strict=False):
        shown = show_image(axis, result, name, cmap=SIGNED, norm=norm)
    colour_bar(figure, shown, axes[1], text("windows.sum_scale"))
    alt = text("alt.colour", count=len(results), each=extremes(names, results))
    return finish(figure, alt)


@styled
def dense_figure(inputs: ArrayLike, weights: ArrayLike, bias: ArrayLike) -> Figure:
    """Draw a dense layer with softmax: inputs over weights, then scores and probabilities.

    `inputs`: (inputs,), up to 14; `weights`: (inputs, units), one row of the figure for each unit;
    `bias`: (units,).
    """
    inputs, bias = as_stack(inputs, "inputs", "(inputs)"), as_stack(bias, "bias", "(units)")
    weights = as_matrix(weights, "weights")
    if weights.shape != (len(inputs), len(bias)):
        raise ValueError(
            f"weights {weights.shape}: with {len(inputs)} inputs and {len(bias)} biases, "
            f"{(len(inputs), len(bias))} fits"
        )
    sums = inputs @ weights
    scores = sums + bias
    odds = np.exp(scores - scores.max())
    units, label = len(bias), 0.95
    cell = min(0.5, (WIDTH - 2 * MARGIN - label) / len(inputs))
    top, gap = MARGIN + 0.05, 0.3
    below = top + (1 + units) * cell + 2 * gap + 0.15
    figure, axes = paper(WIDTH, below + units * cell + MARGIN)
    left = MARGIN + label
    write(axes, left - 0.1, top + cell / 2, text("input"), CAPTION, "bold", ha="right")
    draw_matrix(axes, Matrix(inputs[np.newaxis], "input"), left, top, cell)
    draw_matrix(axes, Matrix(weights.T, "kernel"), left, top + cell + gap / 2, cell)
    for unit in range(units):
        for y in (top + cell + gap / 2, below):
            words = text("layers.unit", number=unit + 1)
            write(axes, left - 0.1, y + (unit + 0.5) * cell, words, CAPTION, "bold", ha="right")
    columns = (
        ("layers.products", sums, "plain"),
        ("bias", bias, "kernel"),
        ("layers.score", scores, "output"),
        ("probability", odds / odds.sum(), "output"),
    )
    step = (WIDTH - left - MARGIN) / len(columns)
    middle = below + units * cell / 2
    for place, (name, values, role) in enumerate(columns):
        x = left + (place + 0.5) * step
        write(axes, x, below - 0.06, text(name), CAPTION, "bold", va="bottom")
        draw_matrix(axes, Matrix(values[:, np.newaxis], role), x - cell / 2, below, cell)
        if place:
            sign = (Sign("+"), Sign("="), Sign("→", text("layer.softmax")))[place - 1]
            draw_sign(axes, sign, x - step / 2, middle)
    alt = text(
        "alt.dense",
        inputs=len(inputs),
        units=units,
        scores=listed(scores),
        probabilities=listed(odds / odds.sum()),
    )
    return finish(figure, alt)
