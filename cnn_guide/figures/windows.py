"""What a window reads: padding, convolution, stride, pooling and channels, in cells with numbers.

Every function takes arrays and returns a figure whose label is its alternative text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike, NDArray

from cnn_guide.convolution import conv1d, conv2d, output_size
from cnn_guide.figures.style import (
    FAINT,
    INK,
    INPUT,
    KERNEL,
    MARGIN,
    NOTE,
    OUTPUT,
    ROLES,
    SIDE,
    SIGNED,
    WIDTH,
    Amounts,
    Matrix,
    Part,
    Sign,
    Window,
    arrow,
    as_image,
    as_matrix,
    as_stack,
    board,
    colour_bar,
    draw_cell,
    draw_matrix,
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
    text_width,
    write,
)
from cnn_guide.labels import text
from cnn_guide.padding import Padding, Pair, pad2d, padding_amounts, pixel_use
from cnn_guide.pooling import avg_pool2d, max_pool2d

MOST_STEPS = 9
LINES = ("solid", "dashed", "dotted")


def both(pair: Pair) -> tuple[int, int]:
    """Return (rows, columns) of one number or two."""
    rows, columns = np.broadcast_to(pair, 2)
    return int(rows), int(columns)


def padding_name(padding: Padding) -> str:
    """Return the name of a padding: valid, same, or explicit."""
    return text(f"padding.{padding if isinstance(padding, str) else 'explicit'}")


def listed(values: ArrayLike, digits: int = 2) -> str:
    """Write numbers as one line, for an alternative text."""
    return ", ".join(number(value, digits) for value in np.ravel(values))


# Padding


@styled
def pixel_use_figure(
    shape: Pair,
    kernel: Pair,
    stride: Pair = 1,
    paddings: Sequence[Padding] = ("valid", "same"),
) -> Figure:
    """Draw how many windows read each pixel, one matrix for each padding.

    `shape`: (height, width) of the image; up to 14 rows and columns are drawn as numbers in cells,
    with the padding hatched around them, larger images as shades with a colour bar. `kernel` and
    `stride` are one number or (rows, columns).
    """
    height, width = both(shape)
    used = [pixel_use((height, width), kernel, stride, padding) for padding in paddings]
    said = [_use_sentence(padding, use) for padding, use in zip(paddings, used, strict=True)]
    alt = text("alt.pixel_use", shape=shape_text((height, width)), each=" ".join(said))
    most = int(np.prod(both(kernel)))
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
    (row_step, column_step), (height, width) = both(stride), both(kernel)
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
        row=at[0] + 1,
        column=at[1] + 1,
        value=number(output[at]),
        values=listed(output),
    )
    return finish(board([row], footer=f"{sum_words} = {number(output[at])}"), alt)


def sum_of_products(patch: NDArray[Any], kernel: NDArray[Any], bias: float = 0) -> str:
    """Write the products of `patch` and `kernel`, one line for each row of the window."""
    lines = [
        " + ".join(f"{number(a)}×{_in_brackets(b)}" for a, b in zip(*rows, strict=True))
        for rows in zip(patch, kernel, strict=True)
    ]
    if bias:
        lines[-1] += f" + {_in_brackets(bias)}"
    return "\n+ ".join(lines)


def _in_brackets(value: float) -> str:
    """Write a factor; a negative one in brackets."""
    return f"({number(value)})" if value < 0 else number(value)


@styled
def convolution_steps_figure(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: float = 0,
    stride: Pair = 1,
    padding: Padding = "valid",
) -> Figure:
    """Draw every window of a convolution: what it reads, the products, and the output so far.

    `image`: (height, width); `kernel`: (kernel height, kernel width). At most 9 windows.
    """
    image, kernel = as_matrix(image, "image", 8), as_matrix(kernel, "kernel", 5)
    amounts = padding_amounts(image.shape, kernel.shape, stride, padding)
    padded = pad2d(image, amounts)
    output = conv2d(image, kernel, bias, stride, padding)
    if output.size > MOST_STEPS:
        raise ValueError(
            f"output {output.shape}: at most {MOST_STEPS} windows fit, one row each; "
            "pass a smaller image"
        )
    rows: list[list[Part]] = []
    done = np.full(output.shape, "", dtype=object)
    for at in ((row, column) for row in range(len(output)) for column in range(output.shape[1])):
        window = window_at(*at, kernel.shape, stride)
        done[at] = output[at]
        products = read_by(padded, window) * kernel
        rows.append(_step(padded, amounts, window, kernel, products, bias, done.copy(), at))
    for column, name in ((0, "input"), (2, "kernel"), (4, "products"), (6, "output")):
        rows[0][column] = replace(rows[0][column], caption=text(name))  # type: ignore[type-var]
    alt = text(
        "alt.steps",
        count=output.size,
        image=shape_text(image.shape),
        kernel=shape_text(kernel.shape),
        values=listed(output),
    )
    return finish(board(rows), alt)


def _step(
    padded: NDArray[Any],
    amounts: Amounts,
    window: Window,
    kernel: NDArray[Any],
    products: NDArray[Any],
    bias: float,
    done: NDArray[Any],
    at: tuple[int, int],
) -> list[Part]:
    """Return one row: input with its window, kernel, products, the output so far."""
    plus = f" + {_in_brackets(bias)}" if bias else ""
    return [
        Matrix(padded, "input", "", "", amounts, windows=(window,)),
        Sign("×"),
        Matrix(kernel, "kernel"),
        Sign("="),
        Matrix(products, "plain"),
        Sign("→", text("windows.added") + plus),
        Matrix(done, "output", windows=(Window(*at),)),
    ]


@styled
def conv1d_figure(signal: ArrayLike, kernel: ArrayLike, at: int = 0, bias: float = 0) -> Figure:
    """Draw a convolution along one axis: signal, kernel under the window `at`, output.

    `signal`: (length,), up to 14 numbers; `kernel`: (size,). Returns the figure of
    length - size + 1 outputs, with the sum of products of the output `at` (from 0).
    """
    signal, kernel = as_stack(signal, "signal", "(length)"), as_stack(kernel, "kernel", "(size)")
    as_matrix(signal[None], "signal")
    output = conv1d(signal, kernel, bias)
    check_output_cell((at,), output.shape)
    size = len(kernel)
    window = Window(0, at, 1, size)
    products = sum_of_products(signal[None, at : at + size], kernel[None], bias)
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
    height, width = both(shape)
    (kernel_rows, kernel_columns), (row_step, column_step) = both(kernel), both(stride)
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


@styled
def strided_maps_figure(
    image: ArrayLike,
    kernel: ArrayLike,
    strides: Sequence[Pair] = (1, 2, 4),
    padding: Padding = "same",
) -> Figure:
    """Draw `image` and what one kernel makes of it at several strides, each map equally large.

    `image`: (height, width); `kernel`: (kernel height, kernel width). All maps share one scale
    with zero in the middle; the shape stands under each.
    """
    image, kernel = as_image(image, "image").astype(float), as_matrix(kernel, "kernel", 5)
    maps = [conv2d(image, kernel, stride=stride, padding=padding) for stride in strides]
    norm, columns = signed_norm(*maps), len(maps) + 1
    figure, axes = panels(1, columns, (WIDTH - 0.9) / columns + 0.75)
    show_image(axes[0, 0], image, text("image"))
    axes[0, 0].set_xlabel(shape_text(image.shape))
    for axis, stride, map in zip(axes[0, 1:], strides, maps, strict=True):
        steps = both(stride)
        step = number(steps[0]) if steps[0] == steps[1] else shape_text(steps)
        shown = show_image(axis, map, text("windows.stride", stride=step), cmap=SIGNED, norm=norm)
        axis.set_xlabel(shape_text(map.shape))
    colour_bar(figure, shown, axes[0], text("windows.sum_scale"))
    each = ", ".join(
        f"{text('windows.stride', stride=shape_text(both(stride)))} {shape_text(map.shape)}"
        for stride, map in zip(strides, maps, strict=True)
    )
    return finish(figure, text("alt.strided", image=shape_text(image.shape), each=each))


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
    names = ((0, "input"), (2, "windows.max"), (4, "windows.average"))
    for column, name in names:
        rows[0][column] = replace(rows[0][column], caption=text(name))  # type: ignore[type-var]
    alt = text(
        "alt.pooling",
        image=shape_text(np.shape(image)),
        pool=shape_text(both(pool_size)),
        stride=shape_text(both(step)),
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


@styled
def pooled_maps_figure(image: ArrayLike, pool_sizes: Sequence[Pair] = (2, 4)) -> Figure:
    """Draw `image` beside its max and average pooling, one column for each pool size.

    `image`: (height, width). All panels share one scale of greys; the shape stands under each.
    """
    image = as_image(image, "image").astype(float)
    shades = {"vmin": image.min(), "vmax": image.max()}
    columns = len(pool_sizes) + 1
    side = min((WIDTH - 0.4) / columns, 2.2)
    figure, axes = panels(2, columns, 2 * side + 1.2)
    for row, (name, pooling) in enumerate((("max", max_pool2d), ("average", avg_pool2d))):
        pooled = [pooling(image, size) for size in pool_sizes]
        titles = [text(f"windows.{name}") + f" {shape_text(both(size))}" for size in pool_sizes]
        for axis, map, title in zip(
            axes[row], (image, *pooled), (text("image"), *titles), strict=True
        ):
            show_image(axis, map, title, **shades)
            axis.set_xlabel(shape_text(map.shape))
    shapes = ", ".join(shape_text(map.shape) for map in pooled)
    return finish(figure, text("alt.pooled", image=shape_text(image.shape), shapes=shapes))


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
    terms += f" + {_in_brackets(bias)}" if bias else ""
    plus = f"\n+ {text('bias')} {_in_brackets(bias)}" if bias else ""
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


# Edges on a real image


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
    extremes = [
        text("alt.edge.one", name=name, low=number(result.min()), high=number(result.max()))
        for name, result in zip(names, results, strict=True)
    ]
    return finish(figure, text("alt.edge", count=len(results), each=" ".join(extremes)))


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
        row=row + 1,
        column=column + 1,
        moved_row=moved_row + 1,
        moved_column=moved_column + 1,
    )
    return finish(figure, alt)


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
    words = text("windows.filter", number=place + 1)
    behind = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    write(axes, x + 0.07, y + 0.06, words, SIDE, ha="left", va="top", zorder=-place, bbox=behind)
    return shown


def kernel_panel(axes: Axes, kernel: NDArray[Any]) -> None:
    """Draw the numbers of `kernel` as cells in the middle of `axes`."""
    height, width = kernel.shape
    axes.set(xlim=(-0.1, width + 0.1), ylim=(height + 0.1, -0.1), aspect="equal")
    axes.axis("off")
    for (row, column), value in np.ndenumerate(kernel):
        fill = {"facecolor": mix(KERNEL, 0.22), "edgecolor": mix(KERNEL, 0.75)}
        draw_cell(axes, column, row, 1, number(value), 10, **fill)


# Dense and convolution

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
