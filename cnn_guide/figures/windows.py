"""What a window reads: padding, convolution, stride, pooling and channels, in cells with numbers.

Every function takes arrays and returns a figure whose label is its alternative text.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from cnn_guide.convolution import conv2d, output_size
from cnn_guide.figures.style import (
    KERNEL,
    MARGIN,
    NOTE,
    WIDTH,
    Amounts,
    Matrix,
    Part,
    Sign,
    Window,
    as_matrix,
    as_stack,
    board,
    colour_bar,
    draw_matrix,
    draw_window,
    finish,
    in_brackets,
    listed,
    mix,
    number,
    panels,
    paper,
    shape_text,
    show_image,
    styled,
    text_width,
    write,
)
from cnn_guide.labels import text
from cnn_guide.padding import Padding, Pair, pad2d, padding_amounts, pair, pixel_use
from cnn_guide.pooling import avg_pool2d, max_pool2d

MOST_STEPS = 9
LINES = ("solid", "dashed", "dotted")


def padding_name(padding: Padding) -> str:
    """Return the name of a padding: valid, same, or explicit."""
    return text(f"padding.{padding if isinstance(padding, str) else 'explicit'}")


# Padding


@styled
def pixel_use_figure(
    shape: Pair,
    kernel: Pair,
    stride: Pair = 1,
    paddings: Sequence[Padding] = ("valid", "same"),
) -> Figure:
    """Draw how many windows read each pixel, one matrix for each padding.

    `shape`: (height, width) of the image; up to 12 rows and columns are drawn as numbers in cells,
    with the padding hatched around them, larger images as shades with a colour bar. `kernel` and
    `stride` are one number or (rows, columns).
    """
    height, width = pair(shape, "shape")
    used = [pixel_use((height, width), kernel, stride, padding) for padding in paddings]
    said = [_use_sentence(padding, use) for padding, use in zip(paddings, used, strict=True)]
    alt = text("alt.pixel_use", shape=shape_text((height, width)), each=" ".join(said))
    most = int(np.prod(pair(kernel, "kernel")))
    if max(height, width) > 12:
        return finish(_use_shades(used, paddings, most), alt)
    row: list[Part] = []
    for padding, use in zip(paddings, used, strict=True):
        amounts = padding_amounts((height, width), kernel, stride, padding)
        framed = np.pad(use.astype(object), amounts, constant_values="")
        strength = pad2d(0.08 + 0.92 * use / most, amounts)
        name, zeros = padding_name(padding), framed.shape
        note = text("windows.padded_shape", shape=shape_text(zeros)) if "" in framed else ""
        row += [Matrix(framed, "input", name, note, amounts, strength), Sign(" ")]
    return finish(board([row[:-1]], footer=text("windows.use_number")), alt)


def _use_sentence(padding: Padding, use: NDArray[Any]) -> str:
    """Say how often corner, edge and middle are read, and how many pixels never."""
    height, width = use.shape
    return text(
        "alt.pixel_use.one",
        padding=padding_name(padding),
        corner=use[0, 0],
        edge=use[0, width // 2],
        middle=use[height // 2, width // 2],
        never=int((use == 0).sum()),
    )


def _use_shades(used: list[NDArray[Any]], paddings: Sequence[Padding], most: int) -> Figure:
    figure, axes = panels(1, len(used), 3.3)
    for axis, use, padding in zip(axes[0], used, paddings, strict=True):
        shown = show_image(axis, use, padding_name(padding), cmap="Blues", vmin=0, vmax=most)
    colour_bar(figure, shown, axes, text("windows.use_shade"))
    return figure


@styled
def padding_figure(image: ArrayLike, amounts: Amounts) -> Figure:
    """Draw `image` (height, width) and beside it the padded image, its zeros hatched.

    `amounts`: ((top, bottom), (left, right)), written on the four sides.
    """
    image = as_matrix(image, "image")
    padded = as_matrix(pad2d(image, amounts), "padded image")
    (top, bottom), (left, right) = amounts
    names = ("top", "bottom", "left", "right")
    amount = dict(zip(names, (top, bottom, left, right), strict=True))
    top_words, bottom_words, left_words, right_words = (
        text(f"windows.side.{name}", amount=amount[name]) for name in names
    )
    before = Matrix(image, "input", text("input"), shape_text(image.shape))
    after = Matrix(
        padded,
        "input",
        text("windows.padded_input"),
        shape_text(padded.shape),
        amounts,
        sides=(top_words, bottom_words, left_words, right_words),
    )
    alt = text(
        "alt.padding",
        shape=shape_text(image.shape),
        padded=shape_text(padded.shape),
        zeros=padded.size - image.size,
        **amount,
    )
    return finish(board([[before, Sign("→"), after]]), alt)


# Convolution


def window_at(row: int, column: int, kernel: Pair, stride: Pair) -> Window:
    """Return the window that the output (row, column) reads in the padded input."""
    (row_step, column_step), (height, width) = pair(stride, "stride"), pair(kernel, "kernel")
    return Window(row * row_step, column * column_step, height, width)


def read_by(padded: NDArray[Any], window: Window) -> NDArray[Any]:
    """Return the numbers of `padded` that `window` reads."""
    return padded[
        window.row : window.row + window.height, window.column : window.column + window.width
    ]


def check_output_cell(at: tuple[int, ...], shape: tuple[int, ...]) -> None:
    """Raise ValueError unless the output of `shape` has a cell `at` (row, column)."""
    if not all(0 <= place < size for place, size in zip(at, shape, strict=True)):
        raise ValueError(f"at {at}: the output has rows and columns {shape}, counted from 0")


@styled
def convolution_figure(
    image: ArrayLike,
    kernel: ArrayLike,
    at: tuple[int, int] = (0, 0),
    bias: float = 0,
    stride: Pair = 1,
    padding: Padding = "valid",
) -> Figure:
    """Draw input, kernel and output of a convolution, with one window and its output outlined.

    `image`: (height, width); `kernel`: (kernel height, kernel width); `at`: the outlined output,
    (row, column) from 0. Beneath stands the sum of products that makes this output.
    """
    image, kernel = as_matrix(image, "image"), as_matrix(kernel, "kernel", 5)
    amounts = padding_amounts(image.shape, kernel.shape, stride, padding)
    padded = as_matrix(pad2d(image, amounts), "padded image")
    output = conv2d(image, kernel, bias, stride, padding)
    check_output_cell(at, output.shape)
    window = window_at(*at, kernel.shape, stride)
    sum_words = sum_of_products(read_by(padded, window), kernel, bias)
    row: list[Part] = [
        Matrix(padded, "input", text("input"), shape_text(image.shape), amounts, windows=(window,)),
        Sign("∗"),
        Matrix(kernel, "kernel", text("kernel"), shape_text(kernel.shape)),
        Sign("="),
        Matrix(output, "output", text("output"), shape_text(output.shape), windows=(Window(*at),)),
    ]
    alt = text(
        "alt.convolution",
        image=shape_text(image.shape),
        kernel=shape_text(kernel.shape),
        output=shape_text(output.shape),
        row=at[0],
        column=at[1],
        value=number(output[at]),
        values=listed(output),
    )
    return finish(board([row], footer=f"{sum_words} = {number(output[at])}"), alt)


def sum_of_products(patch: NDArray[Any], kernel: NDArray[Any], bias: float = 0) -> str:
    """Write the products of `patch` and `kernel`, one line for each row of the window."""
    lines = [
        " + ".join(f"{number(a)}×{in_brackets(b)}" for a, b in zip(*rows, strict=True))
        for rows in zip(patch, kernel, strict=True)
    ]
    if bias:
        lines[-1] += f" + {in_brackets(bias)}"
    return "\n+ ".join(lines)


@styled
def convolution_steps_figure(image: ArrayLike, kernel: ArrayLike) -> Figure:
    """Draw every window of a convolution: what it reads, the products, and the output so far.

    `image`: (height, width); `kernel`: (kernel height, kernel width). At most 9 windows.
    """
    image, kernel = as_matrix(image, "image", 8), as_matrix(kernel, "kernel", 5)
    output = conv2d(image, kernel)
    if output.size > MOST_STEPS:
        raise ValueError(
            f"output {output.shape}: at most {MOST_STEPS} windows fit, one row each; "
            "pass a smaller image"
        )
    rows: list[list[Part]] = []
    done = np.full(output.shape, "", dtype=object)
    for row, column in np.ndindex(output.shape):
        done[row, column] = output[row, column]
        window = window_at(row, column, kernel.shape, 1)
        rows.append(
            [
                Matrix(image, "input", windows=(window,)),
                Sign("×"),
                Matrix(kernel, "kernel"),
                Sign("="),
                Matrix(read_by(image, window) * kernel, "plain"),
                Sign("→", text("windows.added")),
                Matrix(done.copy(), "output", windows=(Window(row, column),)),
            ]
        )
    _caption(rows[0], ("input", "kernel", "products", "output"))
    alt = text(
        "alt.steps",
        count=output.size,
        image=shape_text(image.shape),
        kernel=shape_text(kernel.shape),
        values=listed(output),
    )
    return finish(board(rows), alt)


def _caption(row: list[Part], names: Sequence[str]) -> None:
    """Give the matrices of `row`, in their order, the words `names` as captions."""
    matrices = [place for place, part in enumerate(row) if isinstance(part, Matrix)]
    for place, name in zip(matrices, names, strict=True):
        # mypy does not see that only matrices are named
        row[place] = replace(row[place], caption=text(name))  # type: ignore[type-var]


# Stride


@styled
def stride_figure(
    shape: Pair, kernel: Pair, stride: Pair = 1, padding: Padding = "valid"
) -> Figure:
    """Draw where the windows stand: numbered bars above the columns and beside the rows.

    Every pair of a row bar and a column bar is one window. Pixels that no window reads are
    crossed, padding is hatched. `shape`: (height, width), up to 14 each with the padding; a
    height of 1 shows one axis only.
    """
    height, width = pair(shape, "shape")
    kernel_rows, kernel_columns = pair(kernel, "kernel")
    row_step, column_step = pair(stride, "stride")
    rows_added, columns_added = amounts = padding_amounts((height, width), kernel, stride, padding)
    down = output_size(height, kernel_rows, row_step, rows_added)
    across = output_size(width, kernel_columns, column_step, columns_added)
    use = pixel_use((height, width), kernel, stride, padding)
    cells = as_matrix(
        np.pad(np.where(use > 0, "", "×").astype(object), amounts, constant_values=""),
        "padded shape",
    )
    above = _bar_levels(across, kernel_columns, column_step) * BAR
    beside = _bar_levels(down, kernel_rows, row_step) * BAR if height > 1 else 0.0
    never = int((use == 0).sum())
    footer = text("windows.stride_note", output=shape_text((down, across)), never=never)
    cell = min(0.5, (WIDTH - 2 * MARGIN - beside - 0.1) / cells.shape[1])
    grid_width, grid_height = cells.shape[1] * cell, cells.shape[0] * cell
    whole = max(grid_width + beside + 0.1, text_width(footer, NOTE)) + 2 * MARGIN
    figure, axes = paper(whole, grid_height + above + 0.5 + 2 * MARGIN)
    x, y = (whole - grid_width + beside) / 2, MARGIN + above + 0.05
    strength = pad2d(np.where(use > 0, 0.3, 0.0), amounts)
    draw_matrix(axes, Matrix(cells, "input", padding=amounts, strength=strength), x, y, cell)
    draw_window(axes, Window(0, 0, kernel_rows, kernel_columns), x, y, cell)
    _draw_bars(axes, across, kernel_columns * cell, column_step * cell, (x, y - 0.05), False)
    if height > 1:
        _draw_bars(axes, down, kernel_rows * cell, row_step * cell, (x - 0.05, y), True)
    write(axes, whole / 2, y + grid_height + 0.25, footer, NOTE)
    alt = text(
        "alt.stride",
        shape=shape_text((height, width)),
        kernel=shape_text((kernel_rows, kernel_columns)),
        stride=shape_text((row_step, column_step)),
        padding=padding_name(padding),
        output=shape_text((down, across)),
        never=never,
    )
    return finish(figure, alt)


BAR = 0.26


def _bar_levels(count: int, size: int, step: int) -> int:
    """Return how many levels keep bars of `size` at every `step` from touching."""
    return min(count, -(-size // step) + (size % step == 0))


def _draw_bars(
    axes: Axes, count: int, size: float, step: float, corner: tuple[float, float], down: bool
) -> None:
    """Draw one numbered bar for each place of the window along one axis, away from `corner`."""
    levels = _bar_levels(count, round(size * 1000), round(step * 1000))
    for place in range(count):
        along, away = place * step, (place % levels + 1) * BAR
        x, y = (
            (corner[0] - away, corner[1] + along) if down else (corner[0] + along, corner[1] - away)
        )
        across, tall = (BAR - 0.05, size) if down else (size, BAR - 0.05)
        axes.add_patch(
            Rectangle((x, y), across, tall, facecolor=mix(KERNEL, 0.45), edgecolor=KERNEL)
        )
        write(axes, x + across / 2, y + tall / 2, str(place + 1), 10, "bold")


# Pooling


@styled
def pooling_figure(
    image: ArrayLike, pool_size: Pair = 2, stride: Pair | None = None, padding: str = "valid"
) -> Figure:
    """Draw max and average pooling of `image` side by side, one row for each channel.

    `image`: (height, width) or (height, width, channels). The first two windows and their outputs
    are outlined, the second dashed. `stride` is the pool size when None.
    """
    stacked = np.asarray(image)[..., None] if np.ndim(image) == 2 else np.asarray(image)
    as_stack(stacked, "image", "(height, width, channels)")
    step = pool_size if stride is None else stride
    amounts = padding_amounts(stacked.shape[:2], pool_size, step, padding)
    largest = max_pool2d(stacked, pool_size, stride, padding)
    average = avg_pool2d(stacked, pool_size, stride, padding)
    rows: list[list[Part]] = []
    for channel in range(stacked.shape[-1]):
        padded = as_matrix(
            np.pad(stacked[..., channel].astype(object), amounts, constant_values=""), "image"
        )
        rows.append(
            _pooling_row(
                padded, amounts, largest[..., channel], average[..., channel], pool_size, step
            )
        )
    _caption(rows[0], ("input", "windows.max", "windows.average"))
    alt = text(
        "alt.pooling",
        image=shape_text(np.shape(image)),
        pool=shape_text(pair(pool_size, "pool_size")),
        stride=shape_text(pair(step, "stride")),
        output=shape_text(largest.shape if np.ndim(image) == 3 else largest.shape[:2]),
        largest=listed(np.moveaxis(largest, -1, 0)),
        average=listed(np.moveaxis(average, -1, 0)),
    )
    return finish(board(rows), alt)


def _pooling_row(
    padded: NDArray[Any],
    amounts: Amounts,
    largest: NDArray[Any],
    average: NDArray[Any],
    pool_size: Pair,
    step: Pair,
) -> list[Part]:
    """Return input, arrow, maxima, and averages of one channel."""
    places = [(0, 0), (0, 1) if largest.shape[1] > 1 else (1, 0)][: largest.size]
    styles = list(zip(places, LINES, strict=False))
    read = tuple(replace(window_at(*place, pool_size, step), line=line) for place, line in styles)
    made = tuple(Window(*place, line=line) for place, line in styles)
    return [
        Matrix(padded, "input", "", "", amounts, windows=read),
        Sign("→"),
        Matrix(largest, "output", windows=made),
        Sign(" "),
        Matrix(average, "output", windows=made),
    ]


# Channels


@styled
def channels_figure(
    image: ArrayLike, kernel: ArrayLike, at: tuple[int, int] = (0, 0), bias: float = 0
) -> Figure:
    """Draw a convolution over several channels: one row for each, summed at the end.

    `image`: (height, width, channels); `kernel`: (kernel height, kernel width, channels), as deep
    as the image. `at`: the outlined output, (row, column) from 0.
    """
    image = as_stack(image, "image", "(height, width, channels)")
    kernel = as_stack(kernel, "kernel", "(kernel height, kernel width, channels)")
    if image.shape[-1] != kernel.shape[-1]:
        raise ValueError(
            f"image {image.shape} has {image.shape[-1]} channels and kernel {kernel.shape} has "
            f"{kernel.shape[-1]}: a kernel is as deep as its image"
        )
    channels = range(image.shape[-1])
    parts = [conv2d(image[..., channel], kernel[..., channel]) for channel in channels]
    output = sum(parts[1:], parts[0]) + bias
    check_output_cell(at, output.shape)
    window, made = window_at(*at, kernel.shape[:2], 1), Window(*at)
    rows: list[list[Part]] = [
        [
            Matrix(
                as_matrix(image[..., channel], "image", 8),
                "input",
                f"{text('input')}, {text('channel', number=channel + 1)}",
                windows=(window,),
            ),
            Sign("∗"),
            Matrix(kernel[..., channel], "kernel", text("kernel") if channel == 0 else ""),
            Sign("="),
            Matrix(
                parts[channel], "plain", text("windows.part", number=channel + 1), windows=(made,)
            ),
        ]
        for channel in channels
    ]
    terms = " + ".join(number(part[at]) for part in parts)
    terms += f" + {in_brackets(bias)}" if bias else ""
    plus = f"\n+ {text('bias')} {in_brackets(bias)}" if bias else ""
    added = Sign("→", text("windows.all_channels") + plus)
    rows.append(
        [None, None, None, added, Matrix(output, "output", text("output"), windows=(made,))]
    )
    alt = text(
        "alt.channels",
        channels=len(channels),
        kernel=shape_text(kernel.shape),
        terms=terms,
        value=number(output[at]),
        output=shape_text(output.shape),
    )
    return finish(board(rows, footer=f"{terms} = {number(output[at])}"), alt)
