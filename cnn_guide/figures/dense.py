"""Dense and convolution: who reads what, along one axis, and what flattening separates.

Every function takes arrays and returns a figure whose label is its alternative text.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import ArrayLike, NDArray

from cnn_guide.convolution import conv1d
from cnn_guide.figures.style import (
    CAPTION,
    FAINT,
    INK,
    INPUT,
    MARGIN,
    MOST_CELLS,
    NOTE,
    OUTPUT,
    ROLES,
    WIDTH,
    Matrix,
    Part,
    Sign,
    Window,
    as_matrix,
    as_stack,
    board,
    draw_matrix,
    finish,
    listed,
    mix,
    number,
    paper,
    shape_text,
    styled,
    text_width,
    write,
)
from cnn_guide.figures.windows import check_output_cell, sum_of_products
from cnn_guide.labels import text
from cnn_guide.padding import Pair, pair

MOST_FLAT = 20  # numbers that one strip shows legibly


def _row(values: ArrayLike, name: str, most: int = MOST_CELLS) -> NDArray[Any]:
    """Return `values` as a (length,) array short enough to be drawn as numbers."""
    row = as_stack(values, name, "(length)")
    as_matrix(row[None], name, most)
    return row


@styled
def flatten_figure(image: ArrayLike, size: Pair = 3, at: tuple[int, int] = (0, 0)) -> Figure:
    """Draw `image` and the same numbers in one row, a window of neighbours outlined in both.

    `image`: (height, width), up to 20 numbers in all; `size` of the window and its corner `at`
    are (rows, columns). In the row the window falls into as many pieces as it has rows.
    """
    image = as_matrix(image, "image")
    if image.size > MOST_FLAT:
        raise ValueError(f"image {image.shape}: up to {MOST_FLAT} numbers fit one row")
    (rows, columns), (row, column) = pair(size, "size"), at
    if row + rows > image.shape[0] or column + columns > image.shape[1]:
        raise ValueError(f"window {(rows, columns)} at {at} leaves image {image.shape}")
    starts = [(row + step) * image.shape[1] + column for step in range(rows)]
    whole = Matrix(
        image,
        "input",
        text("image"),
        shape_text(image.shape),
        windows=(Window(row, column, rows, columns),),
    )
    flat = Matrix(
        image.reshape(1, -1),
        "input",
        text("dense.flattened"),
        shape_text((image.size,)),
        windows=tuple(Window(0, start, 1, columns) for start in starts),
    )
    alt = text(
        "alt.flatten",
        image=shape_text(image.shape),
        window=shape_text((rows, columns)),
        count=image.size,
        places=", ".join(str(start + 1) for start in starts),
    )
    return finish(board([[whole], [flat]]), alt)


@styled
def conv1d_figure(signal: ArrayLike, kernel: ArrayLike, at: int = 0) -> Figure:
    """Draw a convolution along one axis: signal, kernel under the window `at`, output.

    `signal`: (length,), up to 14 numbers; `kernel`: (size,). Returns the figure of
    length - size + 1 outputs, with the sum of products of the output `at` (from 0).
    """
    signal, kernel = _row(signal, "signal"), _row(kernel, "kernel")
    output = conv1d(signal, kernel)
    check_output_cell((at,), output.shape)
    size = len(kernel)
    window = Window(0, at, 1, size)
    products = sum_of_products(signal[None, at : at + size], kernel[None])
    cell = min(0.56, (WIDTH - 2 * MARGIN - 1.0) / len(signal))
    figure, axes = paper(WIDTH, 2 * MARGIN + 3 * cell + 1.25)
    left = MARGIN + 1.0
    tops = [MARGIN + row * (cell + 0.3) for row in range(3)]
    for name, y in zip(("input", "kernel", "output"), tops, strict=True):
        write(axes, left - 0.12, y + cell / 2, text(name), 11.5, "bold", ha="right")
    draw_matrix(axes, Matrix(signal[None], "input", windows=(window,)), left, tops[0], cell)
    draw_matrix(axes, Matrix(kernel[None], "kernel"), left + at * cell, tops[1], cell)
    draw_matrix(axes, Matrix(output[None], "output", windows=(Window(0, at),)), left, tops[2], cell)
    write(
        axes, WIDTH / 2, tops[2] + cell + 0.3, f"{products} = {number(output[at])}", 12, va="center"
    )
    alt = text(
        "alt.conv1d",
        length=len(signal),
        size=size,
        count=len(output),
        values=listed(output),
    )
    return finish(figure, alt)


@styled
def conv1d_steps_figure(signal: ArrayLike, kernel: ArrayLike) -> Figure:
    """Draw every place of `kernel` on `signal`, one row each: what it reads, the sum, the output.

    `signal`: (length,), up to 14 numbers; `kernel`: (size,), up to 4.
    """
    signal, kernel = _row(signal, "signal"), _row(kernel, "kernel", 4)
    output = conv1d(signal, kernel)
    size = len(kernel)
    sums = [
        f"{sum_of_products(signal[None, place : place + size], kernel[None])} ="
        for place in range(len(output))
    ]
    room = max(text_width(words, NOTE) for words in sums) + 0.3
    cell = min(0.44, (WIDTH - 2 * MARGIN - room) / (len(signal) + 1))
    row_height, top = cell + 0.1, MARGIN + 0.3
    figure, axes = paper(WIDTH, top + len(output) * row_height + MARGIN)
    left = (WIDTH - room - (len(signal) + 1) * cell) / 2
    middle, right = left + len(signal) * cell + room / 2, left + len(signal) * cell + room
    heads = {
        "input": (left + middle - room / 2) / 2,
        "dense.sum": middle,
        "output": right + cell / 2,
    }
    for name, x in heads.items():
        write(axes, x, MARGIN + 0.1, text(name), CAPTION, "bold")
    for place, (words, value) in enumerate(zip(sums, output, strict=True)):
        y = top + place * row_height
        draw_matrix(axes, Matrix(signal[None], windows=(Window(0, place, 1, size),)), left, y, cell)
        write(axes, middle, y + cell / 2, words, NOTE)
        draw_matrix(axes, Matrix(np.array([[value]]), "output"), right, y, cell)
    alt = text(
        "alt.conv1d_steps",
        length=len(signal),
        kernel=listed(kernel),
        count=len(output),
        values=listed(output),
    )
    return finish(figure, alt)


@styled
def conv_as_dense_figure(signal: ArrayLike, kernel: ArrayLike) -> Figure:
    """Draw a convolution as a matrix times `signal`: every row holds the kernel, one place on.

    `signal`: (length,), up to 14 numbers; `kernel`: (size,). The same weight has the same shade.
    """
    signal, kernel = _row(signal, "signal"), _row(kernel, "kernel")
    output = conv1d(signal, kernel)
    weights = np.zeros((len(output), len(signal)), kernel.dtype)
    strength = np.zeros(weights.shape)
    for place in range(len(output)):
        weights[place, place : place + len(kernel)] = kernel
        strength[place, place : place + len(kernel)] = np.linspace(0.2, 0.7, len(kernel))
    row: list[Part] = [
        Matrix(
            weights, "kernel", text("dense.matrix"), shape_text(weights.shape), strength=strength
        ),
        Sign("×"),
        Matrix(signal[:, None], "input", text("input"), shape_text(signal.shape)),
        Sign("="),
        Matrix(output[:, None], "output", text("output"), shape_text(output.shape)),
    ]
    alt = text(
        "alt.conv_as_dense",
        shape=shape_text(weights.shape),
        size=len(kernel),
        zeros=weights.size - len(output) * len(kernel),
        values=listed(output),
    )
    return finish(board([row]), alt)


Link = tuple[int, int, int | None]  # input, output, which of the shared weights


@styled
def dense_vs_conv_figure(inputs: int = 6, kernel: int = 3) -> Figure:
    """Draw which inputs each output reads: all of them in a dense layer, a few in a convolution.

    `inputs`: how many there are, 3 to 8; `kernel`: size of the convolution's kernel. Both layers
    have inputs - kernel + 1 outputs. The same line style and colour is the same weight.
    """
    if not (3 <= inputs <= 8 and 1 <= kernel < inputs and kernel <= len(WEIGHTS)):
        raise ValueError(
            f"inputs={inputs}, kernel={kernel}: 3 to 8 inputs and a kernel smaller than that and "
            f"at most {len(WEIGHTS)} fit"
        )
    outputs = inputs - kernel + 1
    figure, axes = paper(WIDTH, 0.46 * inputs + 1.1)
    dense: list[Link] = [(i, o, None) for o in range(outputs) for i in range(inputs)]
    shared: list[Link] = [(o + k, o, k) for o in range(outputs) for k in range(kernel)]
    counts = {"dense": (inputs * outputs, outputs), "conv": (kernel, 1)}
    for left, (name, (weights, biases)), links in zip(
        (0.55, WIDTH / 2 + 0.35), counts.items(), [dense, shared], strict=True
    ):
        write(axes, left + 1.25, 0.22, text(f"windows.{name}"), 12, "bold")
        _draw_links(axes, left, inputs, outputs, links)
        words = text("windows.weights", weights=weights, biases=biases)
        write(axes, left + 1.25, 0.46 * inputs + 0.85, words, 11)
    alt = text(
        "alt.dense_vs_conv",
        inputs=inputs,
        outputs=outputs,
        kernel=kernel,
        dense=inputs * outputs,
    )
    return finish(figure, alt)


WEIGHTS = (("#D55E00", "solid"), (INPUT, "dashed"), (OUTPUT, "dotted"), (INK, "dashdot"))


def _draw_links(axes: Axes, left: float, inputs: int, outputs: int, links: Sequence[Link]) -> None:
    """Draw inputs at the left, outputs at the right, and a line for each weight in use."""
    start = [(left + 0.15, 0.8 + 0.46 * place) for place in range(inputs)]
    first = 0.8 + 0.23 * (inputs - outputs)
    end = [(left + 2.35, first + 0.46 * place) for place in range(outputs)]
    for source, target, weight in links:
        colour, line = (FAINT, "solid") if weight is None else WEIGHTS[weight]
        (x0, y0), (x1, y1) = start[source], end[target]
        axes.plot(
            [x0, x1],
            [y0, y1],
            color=colour,
            linestyle=line,
            zorder=1,
            linewidth=0.9 if weight is None else 2,
        )
    for role, places in (("input", start), ("output", end)):
        write(axes, places[0][0], 0.5, text(role), 10.5)
        for place, (x, y) in enumerate(places, 1):
            axes.add_patch(
                Circle(
                    (x, y), 0.165, facecolor=mix(ROLES[role], 0.25), edgecolor=ROLES[role], zorder=2
                )
            )
            write(axes, x, y, str(place), 10.5, zorder=3)
