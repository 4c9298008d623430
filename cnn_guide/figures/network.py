"""Whole networks: boxes with shapes, every array of a small one, receptive fields, the course."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import ArrayLike, NDArray

from cnn_guide.figures.style import (
    FAINT,
    HATCH,
    INPUT,
    KERNEL,
    MARGIN,
    NOTE,
    OUTPUT,
    ROLES,
    WIDTH,
    WINDOW,
    Amounts,
    Matrix,
    arrow,
    as_image,
    draw_matrix,
    finish,
    mix,
    panels,
    paper,
    rounded_box,
    same_length,
    shape_text,
    show_image,
    styled,
    write,
)
from cnn_guide.labels import text

# A network as boxes


class Layer(NamedTuple):
    """One stage of a network diagram; a plain tuple in this order does as well.

    `operation`: a word of `labels` ("layer...": input, padding, conv, relu, max_pool, flatten,
    dense, dropout, softmax). `shape`: what comes out, (height, width, channels) or (units,).
    `detail`: kernel or pool size as text. `parameters`: weights and biases together.
    """

    operation: str
    shape: tuple[int, ...]
    detail: str = ""
    parameters: int = 0


STAGE_ROLES = {"input": "input", "padding": "padding", "conv": "output", "dense": "output"}
MOST_IN_A_ROW = 5
BOX, STAGE_HEIGHT = 0.95, 2.5  # inches
CENTRE = 0.3 + BOX / 2 + 0.08  # of the squares, below the top of a stage
MOST_LAYERS = 6  # squares drawn for a stack of maps


@styled
def network_figure(layers: Sequence[tuple[Any, ...]]) -> Figure:
    """Draw a network from its input to its prediction, with the shape after every stage.

    `layers`: `Layer`s or tuples (operation, shape, detail, parameters), the last two optional.
    Squares grow with height and width; a stack stands for channels, up to six of them drawn.
    """
    stages = [Layer(*layer) for layer in layers]
    if not stages:
        raise ValueError("layers is empty: at least the input is needed")
    rows = -(-len(stages) // MOST_IN_A_ROW)
    columns = -(-len(stages) // rows)
    largest = max(max(stage.shape[:2]) for stage in stages if len(stage.shape) == 3)
    step = (WIDTH - 2 * MARGIN) / columns
    figure, axes = paper(WIDTH, rows * STAGE_HEIGHT + 2 * MARGIN)
    for place, stage in enumerate(stages):
        row, column = divmod(place, columns)
        middle = MARGIN + (column + 0.5) * step
        top = MARGIN + row * STAGE_HEIGHT
        _draw_stage(axes, stage, middle, top, largest)
        if stage.operation == "padding" and place:
            _draw_inside(axes, stage, stages[place - 1], middle, top + CENTRE, largest)
        if place:
            x, y = middle - step / 2, top + CENTRE
            arrow(axes, (x - 0.1, y) if column else (MARGIN / 2, y), (x + 0.14, y))
    said = [f"{text(f'layer.{s.operation}')} {shape_text(s.shape)}" for s in stages]
    alt = text("alt.network", stages=" → ".join(said))
    total = sum(stage.parameters for stage in stages)
    return finish(figure, alt + (text("alt.network.parameters", count=total) if total else ""))


def _draw_stage(axes: Axes, stage: Layer, middle: float, top: float, largest: int) -> None:
    """Draw one stage: its name, its squares or column, its shape and details."""
    write(axes, middle, top + 0.12, text(f"layer.{stage.operation}"), 11.5, "bold")
    colour = ROLES[STAGE_ROLES.get(stage.operation, "plain")]
    centre = top + CENTRE
    if len(stage.shape) == 3:
        _draw_stack(axes, stage, middle, centre, largest, colour)
    else:
        _draw_column(axes, stage.shape[0], middle, centre, colour)
    lines = [shape_text(stage.shape), stage.detail]
    lines += [text("network.parameters", count=stage.parameters)] if stage.parameters else []
    words = "\n".join(line for line in lines if line)
    write(axes, middle, top + 0.3 + BOX + 0.2, words, NOTE, va="top")


def _draw_stack(
    axes: Axes, stage: Layer, middle: float, centre: float, largest: int, colour: str
) -> None:
    """Draw squares one behind the other, the front one with its cells when they are few."""
    height, width, channels = stage.shape
    tall, wide = _square(stage.shape, largest)
    drawn, shift = min(channels, MOST_LAYERS), 0.05
    left = middle - wide / 2 - shift * (drawn - 1) / 2
    top = centre - tall / 2 - shift * (drawn - 1) / 2
    hatch = HATCH if stage.operation == "padding" else None
    for layer in reversed(range(drawn)):
        x, y = left + shift * layer, top + shift * (drawn - 1 - layer)
        look: dict[str, Any] = {"facecolor": mix(colour, 0.22), "edgecolor": colour}
        axes.add_patch(Rectangle((x, y), wide, tall, linewidth=1.2, hatch=hatch, **look))
    if max(height, width) <= 8:
        rows, columns = np.linspace(y, y + tall, height + 1), np.linspace(x, x + wide, width + 1)
        axes.hlines(rows, x, x + wide, color=colour, linewidth=0.6)
        axes.vlines(columns, y, y + tall, color=colour, linewidth=0.6)


def _square(shape: tuple[int, ...], largest: int) -> tuple[float, float]:
    """Return the height and width of a map in inches."""
    # By the square root, or the last maps of a network would be dots.
    unit = (BOX - 0.25) / float(np.sqrt(largest))
    return unit * float(np.sqrt(shape[0])), unit * float(np.sqrt(shape[1]))


def _draw_inside(
    axes: Axes, padded: Layer, image: Layer, middle: float, centre: float, largest: int
) -> None:
    """Draw the image that a padded square holds in its middle."""
    tall, wide = _square(padded.shape, largest)
    tall, wide = tall * image.shape[0] / padded.shape[0], wide * image.shape[1] / padded.shape[1]
    corner = (middle - wide / 2, centre - tall / 2)
    axes.add_patch(Rectangle(corner, wide, tall, facecolor=mix(INPUT, 0.22), edgecolor=INPUT))


def _draw_column(axes: Axes, units: int, middle: float, centre: float, colour: str) -> None:
    """Draw a column of units: each as a cell when they are few, else one bar with dots."""
    cells = min(units, 12)
    side = min(BOX / cells, 0.16)
    top = centre - cells * side / 2
    for cell in range(cells):
        place = (middle - 0.09, top + cell * side)
        axes.add_patch(
            Rectangle(place, 0.18, side, facecolor=mix(colour, 0.22), edgecolor=colour, lw=0.9)
        )
    if units > cells:
        write(axes, middle + 0.2, centre, "…", 13, rotation=90)


# Every array of a small network


@styled
def arrays_figure(stages: Sequence[tuple[Any, ...]]) -> Figure:
    """Draw all numbers of a small network, one row for each stage.

    `stages`: tuples (operation, array) with a word of `labels` ("layer..."), or (operation,
    array, amounts) for padding, whose ((top, bottom), (left, right)) are hatched. An array is
    (height, width), (height, width, maps) with the maps side by side, or (units,).
    """
    rows = [(stage[0], _matrices(*stage)) for stage in stages]
    label, gap = 1.25, 0.15
    across = [sum(m.values.shape[1] for m in matrices) for _, matrices in rows]
    room = [WIDTH - 2 * MARGIN - label - gap * (len(matrices) - 1) for _, matrices in rows]
    cell = min([0.42, *(space / count for space, count in zip(room, across, strict=True))])
    heads = [0.24 if matrices[0].caption else 0.02 for _, matrices in rows]
    bodies = [matrices[0].values.shape[0] * cell for _, matrices in rows]
    figure, axes = paper(WIDTH, sum(heads) + sum(bodies) + 0.2 * len(rows) + MARGIN)
    y = MARGIN
    for (operation, matrices), stage, head, body in zip(rows, stages, heads, bodies, strict=True):
        words = f"{text(f'layer.{operation}')}\n{shape_text(np.shape(stage[1]))}"
        y += head
        write(axes, MARGIN, y + body / 2, words, 11, "bold", ha="left")
        x = MARGIN + label
        for matrix in matrices:
            draw_matrix(axes, matrix, x, y, cell)
            wide = matrix.values.shape[1] * cell
            write(axes, x + wide / 2, y - 0.04, matrix.caption, NOTE, va="bottom")
            x += wide + gap
        y += body + 0.2
    said = [f"{text(f'layer.{s[0]}')} {shape_text(np.shape(s[1]))}" for s in stages]
    return finish(figure, text("alt.arrays", stages=" → ".join(said)))


def _matrices(
    operation: str, array: NDArray[Any], amounts: Amounts = ((0, 0), (0, 0))
) -> list[Matrix]:
    """Return the matrices that show one array: one for each map, or a single row of units."""
    array = np.asarray(array)
    if array.ndim not in (1, 2, 3) or array.size > 300:
        raise ValueError(
            f"{operation} {array.shape}: (units,), (height, width) or (height, width, maps) of "
            "at most 300 numbers fits"
        )
    role = "input" if operation in ("input", "padding") else STAGE_ROLES.get(operation, "plain")
    if array.ndim < 3:
        return [Matrix(np.atleast_2d(array), role, padding=amounts)]
    maps = range(array.shape[-1])
    return [
        Matrix(array[..., place], role, text("map", number=place + 1), padding=amounts)
        for place in maps
    ]


# Receptive field


class Level(NamedTuple):
    """One level of cells, measured in inputs: how many, what one sees, where they stand."""

    cells: int  # cells that the last layer's one cell is computed from
    field: int  # inputs that one cell sees
    step: int  # inputs from one cell to the next
    first: float  # middle of the first cell


def receptive_levels(layers: Sequence[tuple[str, int, int]]) -> list[Level]:
    """Return the levels below and including one cell of the last layer, the input first.

    `layers`: tuples (operation, kernel or pool size, stride), from the input on.

    >>> [level.field for level in receptive_levels([("conv", 3, 1), ("max_pool", 2, 2)])]
    [1, 3, 4]
    """
    counts = [1]
    for _, size, stride in reversed(layers):
        counts.insert(0, (counts[0] - 1) * stride + size)
    levels = [Level(counts[0], 1, 1, 0.0)]
    for count, (_, size, stride) in zip(counts[1:], layers, strict=True):
        _, field, step, first = levels[-1]
        reach = (size - 1) * step
        levels.append(Level(count, field + reach, step * stride, first + reach / 2))
    return levels


LABEL, FIELD, LEVEL = 1.5, 1.55, 0.8  # inches: words at the left, at the right, between levels


@styled
def receptive_field_figure(layers: Sequence[tuple[str, int, int]]) -> Figure:
    """Draw how many inputs one cell of each layer sees, along one axis.

    `layers`: tuples (operation, kernel or pool size, stride), from the input on, with a word of
    `labels` ("layer...") as operation. One cell of the last layer stands at the top; below are all
    the cells that it is computed from.
    """
    levels = receptive_levels(layers)
    room = WIDTH - 2 * MARGIN - LABEL - FIELD
    cell = min(0.42, room / levels[0].cells)
    left = MARGIN + LABEL + (room - levels[0].cells * cell) / 2 + cell / 2
    figure, axes = paper(WIDTH, len(layers) * LEVEL + cell + 2 * MARGIN + 0.1)
    names = [text("layer.input"), *(_layer_name(*layer) for layer in layers)]
    for place, (level, name) in enumerate(zip(levels, names, strict=True)):
        y = MARGIN + (len(layers) - place) * LEVEL
        if place:
            size = layers[place - 1][1]
            _draw_cones(axes, levels[place - 1], level, size, left, y + cell, cell)
            words = text("network.field", size=level.field)
            write(axes, WIDTH - MARGIN, y + cell / 2, words, NOTE, ha="right")
        _draw_cells(axes, level, left, y, cell, "output" if place else "input")
        write(axes, MARGIN, y + cell / 2, name, 11, "bold", ha="left")
    fields = ", ".join(str(level.field) for level in levels[1:])
    return finish(figure, text("alt.field", sizes=fields))


def _layer_name(operation: str, size: int, stride: int) -> str:
    """Return the name of a layer with the size of its window, and its stride unless 1."""
    name = f"{text(f'layer.{operation}')} {size}"
    return name if stride == 1 else f"{name}\n{text('network.stride', stride=stride)}"


def _draw_cells(axes: Axes, level: Level, left: float, y: float, cell: float, role: str) -> None:
    """Draw the cells of one level as squares."""
    fill: dict[str, Any] = {"facecolor": mix(ROLES[role], 0.25), "edgecolor": ROLES[role]}
    for place in range(level.cells):
        x = left + (level.first + place * level.step) * cell
        axes.add_patch(Rectangle((x - cell / 2, y), cell, cell, linewidth=1.2, zorder=2, **fill))


def _draw_cones(
    axes: Axes, below: Level, level: Level, size: int, left: float, y: float, cell: float
) -> None:
    """Draw from the first and the last cell of a level down to the cells that each reads."""
    for place in {0, level.cells - 1}:
        top = left + (level.first + place * level.step) * cell
        start = left + (below.first + place * level.step) * cell - cell / 2
        end = start + (size - 1) * below.step * cell + cell
        foot = y + LEVEL - cell
        corners = [(top - cell / 2, y), (top + cell / 2, y), (end, foot), (start, foot)]
        axes.add_patch(Polygon(corners, facecolor=mix(KERNEL, 0.3), edgecolor=KERNEL, lw=1))


@styled
def seen_figure(
    image: ArrayLike, layers: Sequence[tuple[str, int, int]], seen: Sequence[ArrayLike]
) -> Figure:
    """Draw which pixels of `image` one cell of each layer sees, coloured and framed.

    `image`: (height, width). `layers` as in `receptive_field_figure`. `seen`: one (height, width)
    array for each layer, true where the cell sees the pixel; at least one pixel each.
    """
    image = as_image(image, "image")
    count = same_length(layers=layers, seen=seen)
    figure, axes = panels(1, count, WIDTH / count + 0.55)
    sizes = []
    for axis, layer, mask in zip(axes[0], layers, seen, strict=True):
        rows, columns = np.nonzero(as_image(mask, "seen"))
        top, left = rows.min(), columns.min()
        height, width = rows.max() - top + 1, columns.max() - left + 1
        sizes.append(f"{height}×{width}")
        show_image(axis, image, f"{text(f'layer.{layer[0]}')} {layer[1]}\n{sizes[-1]}")
        colour = np.zeros((*image.shape, 4))
        colour[rows, columns] = (*to_rgb(WINDOW), 0.45)
        axis.imshow(colour)
        corner = (left - 0.5, top - 0.5)
        axis.add_patch(Rectangle(corner, width, height, fill=False, edgecolor=WINDOW, lw=2))
    return finish(figure, text("alt.seen", sizes=", ".join(sizes)))


# The course

COURSE = {
    "components": (
        "dense",
        "convolution",
        "padding",
        "stride",
        "pooling",
        "channels",
        "network",
    ),
    "classification": ("data", "model", "training", "evaluation"),
    "visualization": ("kernels", "functional_api", "feature_maps", "responses"),
}


@styled
def course_map_figure() -> Figure:
    """Draw the lessons in the order in which they build on each other, one column a section."""
    colours = dict(zip(COURSE, (INPUT, KERNEL, OUTPUT), strict=True))
    wide, tall, step = 1.95, 0.38, 0.53
    most = max(map(len, COURSE.values()))
    figure, axes = paper(WIDTH, 0.6 + most * step + MARGIN)
    gap = (WIDTH - 2 * MARGIN - 3 * wide) / 2
    for column, (section, lessons) in enumerate(COURSE.items()):
        x = MARGIN + column * (wide + gap)
        write(axes, x + wide / 2, 0.28, text(f"course.{section}"), 13, "bold")
        if column:
            arrow(axes, (x - gap + 0.1, 0.28), (x - 0.1, 0.28), color=FAINT)
        for row, lesson in enumerate(lessons):
            y = 0.55 + row * step
            rounded_box(axes, x, y, wide, tall, colours[section])
            write(axes, x + wide / 2, y + tall / 2, text(f"course.{lesson}"), 11)
            if row:
                arrow(axes, (x + wide / 2, y - step + tall), (x + wide / 2, y), mutation_scale=9)
    said = [
        f"{text(f'course.{section}')}: {', '.join(text(f'course.{name}') for name in lessons)}"
        for section, lessons in COURSE.items()
    ]
    return finish(figure, text("alt.course", sections="; ".join(said)))
