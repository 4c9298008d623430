"""From dense to convolution: what flattening separates, a kernel's places, its weights as a matrix.

Every function takes arrays and returns a figure whose label is its alternative text.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from cnn_guide.convolution import conv1d
from cnn_guide.figures.style import (
    CAPTION,
    MARGIN,
    NOTE,
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
    number,
    paper,
    shape_text,
    styled,
    text_width,
    write,
)
from cnn_guide.figures.windows import listed, sum_of_products
from cnn_guide.labels import text
from cnn_guide.padding import Pair, pair

MOST_FLAT = 20  # numbers that one strip shows legibly


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
def conv1d_steps_figure(signal: ArrayLike, kernel: ArrayLike, bias: float = 0) -> Figure:
    """Draw every place of `kernel` on `signal`, one row each: what it reads, the sum, the output.

    `signal`: (length,), up to 14 numbers; `kernel`: (size,), up to 4.
    """
    signal, kernel = as_stack(signal, "signal", "(length)"), as_stack(kernel, "kernel", "(size)")
    as_matrix(signal[None], "signal")
    as_matrix(kernel[None], "kernel", 4)
    output = conv1d(signal, kernel, bias)
    size = len(kernel)
    sums = [
        f"{sum_of_products(signal[None, place : place + size], kernel[None], bias)} ="
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
    signal, kernel = as_stack(signal, "signal", "(length)"), as_stack(kernel, "kernel", "(size)")
    as_matrix(signal[None], "signal")
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
        values=", ".join(number(value) for value in output),
    )
    return finish(board([row]), alt)
