"""The one visual language of all figures: colours by role, matrices of numbers, images.

A role (input, kernel, output, padding) has one colour on the whole site, and never the colour
alone: padding is hatched, a window has a thick outline, and every part carries its name.
The colours are those of Okabe and Ito, which the colour-blind tell apart.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle
from matplotlib.textpath import text_to_path
from numpy.typing import ArrayLike, NDArray

from cnn_guide.labels import font_family
from cnn_guide.padding import Ends

INPUT, KERNEL, OUTPUT, PADDING = "#0072B2", "#E69F00", "#009E73", "#999999"
WINDOW, INK, FAINT, PAPER = "#D55E00", "#1F2328", "#6A737D", "#FFFFFF"
ROLES = {"input": INPUT, "kernel": KERNEL, "output": OUTPUT, "padding": PADDING, "plain": FAINT}
GREY, SIGNED, ACTIVE = "gray_r", "RdBu_r", "viridis"
HATCH = "////"

# In inches. At this width a figure fills a text column and 10 points stay readable on a phone.
WIDTH = 7.2
MARGIN = 0.12
LARGEST_CELL = 0.56
ARROW = 0.36
CAPTION, NOTE, SIDE, OPERATOR = 11.5, 10.5, 10.0, 18.0  # sizes in points
MOST_CELLS = 14  # rows or columns of a matrix whose numbers can still be read

Amounts = tuple[Ends, Ends]
Colour = str | tuple[float, float, float]
P = ParamSpec("P")


def house_style() -> AbstractContextManager[None]:
    """Return the context in which figures are drawn: the bundled font, plain axes, white paper."""
    return mpl.rc_context(
        {
            "font.family": font_family(),
            "font.size": 11,
            "axes.titlesize": 12,
            "axes.titleweight": "bold",
            "axes.labelsize": 11,
            "axes.edgecolor": FAINT,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": True,
            "figure.facecolor": PAPER,
            "figure.constrained_layout.h_pad": 0.08,
            "figure.constrained_layout.w_pad": 0.06,
            "savefig.facecolor": PAPER,
            "figure.titlesize": 12,
            "figure.titleweight": "bold",
            "hatch.linewidth": 0.7,
            "image.interpolation": "nearest",
            "legend.frameon": False,
            "legend.fontsize": 10.5,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 10.5,
            "ytick.labelsize": 10.5,
            "lines.linewidth": 2,
        }
    )


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Make a figure function draw in the house style, whatever the caller's settings are."""

    @wraps(draw)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with house_style():
            return draw(*args, **kwargs)

    return wrapper


def finish(figure: Figure, alt: str) -> Figure:
    """Name `figure` by its alternative text and close it, so that a notebook shows it once."""
    for axes in figure.axes:
        # Ticks are made when the figure is drawn, outside the house style.
        axes.tick_params(labelfontfamily=font_family())
    figure.set_label(alt)
    plt.close(figure)
    return figure


# What came in, checked


def as_matrix(values: ArrayLike, name: str, most: int = MOST_CELLS) -> NDArray[Any]:
    """Return `values` as a (rows, columns) array small enough to be drawn as numbers."""
    array = as_image(values, name)
    if max(array.shape) > most:
        raise ValueError(
            f"{name} {array.shape}: numbers stay readable up to {most} rows and columns; "
            "pass a smaller part of it"
        )
    return array


def as_image(values: ArrayLike, name: str) -> NDArray[Any]:
    """Return `values` as a (height, width) array; the axis of a single channel is dropped."""
    array = np.asarray(values)
    if array.ndim == 3 and array.shape[-1] == 1:
        array = array[..., 0]
    if array.ndim != 2 or 0 in array.shape:
        raise ValueError(f"{name} {np.shape(values)}: (height, width) or (height, width, 1) fits")
    return array


def as_stack(values: ArrayLike, name: str, axes: str) -> NDArray[Any]:
    """Return `values` as an array with as many axes as `axes` names, such as "(h, w, maps)"."""
    array = np.asarray(values)
    if array.ndim != axes.count(",") + 1 or 0 in array.shape:
        raise ValueError(f"{name} {array.shape}: {axes} fits")
    return array


def same_length(**sequences: Sequence[Any] | NDArray[Any]) -> int:
    """Return the common length of the `sequences`, or say which lengths came in."""
    lengths = {name: len(sequence) for name, sequence in sequences.items()}
    if len(set(lengths.values())) != 1:
        said = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise ValueError(f"one entry of each is needed for every item: {said}")
    return next(iter(lengths.values()))


# Numbers and colours


def number(value: Any, digits: int = 2) -> str:
    """Write a number as figures show it: no needless digits, a true minus sign.

    >>> number(3), number(-0.5), number(0.12345), number(2.0)
    ('3', '−0.5', '0.12', '2')
    """
    if isinstance(value, str):
        return value
    rounded = f"{float(value):.{digits}f}"
    if "." in rounded:
        rounded = rounded.rstrip("0").rstrip(".")
    return "0" if rounded == "-0" else rounded.replace("-", "−")


def in_brackets(value: float, digits: int = 2) -> str:
    """Write a factor or a term; a negative one in brackets.

    >>> in_brackets(3), in_brackets(-1)
    ('3', '(−1)')
    """
    return f"({number(value, digits)})" if value < 0 else number(value, digits)


def listed(values: ArrayLike) -> str:
    """Write numbers as one line, for an alternative text."""
    return ", ".join(number(value) for value in np.ravel(values))


def shape_text(shape: Sequence[int]) -> str:
    """Write a shape as Keras does, with the comma of a single axis.

    >>> shape_text((4, 4)), shape_text((12,))
    ('(4, 4)', '(12,)')
    """
    return str(tuple(int(size) for size in shape))


def mix(colour: Colour, strength: float) -> tuple[float, float, float]:
    """Return `colour` thinned with white; `strength` runs from 0 (white) to 1."""
    red, green, blue = (max(1 - strength * (1 - part), 0.0) for part in to_rgb(colour))
    return red, green, blue


def ink_on(colour: Colour) -> str:
    """Return black or white, whichever contrasts more with `colour`: at least 4.5 to 1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    luminance = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return "#000000" if (luminance + 0.05) ** 2 > 0.05 * 1.05 else PAPER


def signed_norm(*arrays: ArrayLike) -> Normalize:
    """Return one colour scale for all `arrays`, with zero in its middle."""
    largest = max(float(np.abs(array).max()) for array in arrays) or 1.0
    return Normalize(-largest, largest)


# Drawing on paper: axes whose unit is the inch, y downwards


def paper(width: float, height: float) -> tuple[Figure, Axes]:
    """Return a figure of `width` by `height` inches and one pair of axes, measured in inches."""
    figure = plt.figure(figsize=(width, height))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    return figure, axes


def text_width(words: str, size: float, weight: str = "normal") -> float:
    """Return the width of the longest line of `words` in inches."""
    font = FontProperties(family=font_family(), size=size, weight=weight)
    lines = words.split("\n")
    return max(text_to_path.get_text_width_height_descent(s, font, False)[0] for s in lines) / 72


def text_height(words: str, size: float) -> float:
    """Return the height that `words` take in inches, a gap below included; 0 for no words."""
    return size / 72 * (1.35 * (words.count("\n") + 1) + 0.15) if words else 0.0


def write(
    axes: Axes, x: float, y: float, words: str, size: float = 11, weight: str = "normal", **how: Any
) -> None:
    """Write `words` centred at (x, y)."""
    how = {"ha": "center", "va": "center", "linespacing": 1.25, **how}
    axes.text(x, y, words, size=size, weight=weight, **how)


def arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], **how: Any
) -> FancyArrowPatch:
    """Draw an arrow from `start` to `end`."""
    how = {"arrowstyle": "-|>", "mutation_scale": 13, "color": INK, "linewidth": 1.4, **how}
    patch = FancyArrowPatch(start, end, shrinkA=0, shrinkB=0, **how)
    axes.add_patch(patch)
    return patch


def rounded_box(
    axes: Axes, x: float, y: float, width: float, height: float, colour: Colour, fill: float = 0.16
) -> None:
    """Draw a box with round corners, tinted with its role's colour."""
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.07",
            facecolor=mix(colour, fill),
            edgecolor=colour,
            linewidth=1.3,
        )
    )


HATCHED = {"facecolor": mix(PADDING, 0.12), "edgecolor": PADDING, "hatch": HATCH}


# Matrices of numbers


@dataclass(frozen=True)
class Window:
    """An outline around the cells that are read together."""

    row: int
    column: int
    height: int = 1
    width: int = 1
    line: str = "solid"
    colour: str = WINDOW


@dataclass(frozen=True)
class Matrix:
    """A matrix drawn as cells: `values` (rows, columns) of numbers or words.

    `padding` tells how many outer rows and columns are padding; they are hatched. `strength`
    (rows, columns), 0 to 1, fills the cells unevenly. `digits` are those after the point.
    """

    values: NDArray[Any]
    role: str = "input"
    caption: str = ""
    note: str = ""
    padding: Amounts = ((0, 0), (0, 0))
    strength: NDArray[Any] | None = None
    windows: tuple[Window, ...] = ()
    digits: int = 2
    sides: tuple[str, str, str, str] | None = None  # words at the top, bottom, left and right

    def is_padding(self, row: int, column: int) -> bool:
        """Tell whether the cell lies in the hatched border."""
        (top, bottom), (left, right) = self.padding
        rows, columns = self.values.shape
        inside = top <= row < rows - bottom and left <= column < columns - right
        return not inside


@dataclass(frozen=True)
class Sign:
    """An operator between two matrices; an arrow is drawn as one, with `words` above it."""

    text: str
    words: str = ""

    @property
    def width(self) -> float:
        """Return the width in inches."""
        if self.text == "→":
            return max(ARROW, text_width(self.words, NOTE) if self.words else 0.0)
        return text_width(self.text, OPERATOR, "bold")


Part = Matrix | Sign | None


def draw_cell(
    axes: Axes, x: float, y: float, cell: float, words: str, size: float, **fill: Any
) -> None:
    """Draw one cell with its upper left corner at (x, y); the ink contrasts with the fill."""
    axes.add_patch(Rectangle((x, y), cell, cell, linewidth=0.9, **fill))
    if words:
        ink = ink_on(fill["facecolor"])
        # Digits on a hatch are hard to read: the plain fill lies beneath them.
        plain = {"facecolor": fill["facecolor"], "edgecolor": "none", "pad": 1}
        behind = plain if "hatch" in fill else None
        write(axes, x + cell / 2, y + cell / 2, words, size, color=ink, bbox=behind)


def fit_size(matrix: Matrix, cell: float) -> float:
    """Return the size in points at which every number fits into its cell."""
    words = [number(value, matrix.digits) for value in matrix.values.flat]
    longest = max(words, key=len)
    largest = 0.4 * cell * 72
    width = text_width(longest, 10) if longest.strip() else 0.01
    return min(largest, 10 * 0.76 * cell / width)


def draw_matrix(axes: Axes, matrix: Matrix, x: float, y: float, cell: float) -> None:
    """Draw `matrix` with its upper left corner at (x, y); `cell` is the side of a cell."""
    size = fit_size(matrix, cell)
    colour = ROLES[matrix.role]
    for (row, column), value in np.ndenumerate(matrix.values):
        if matrix.is_padding(row, column):
            fill = HATCHED
        else:
            strength = 0.22 if matrix.strength is None else float(matrix.strength[row, column])
            fill = {"facecolor": mix(colour, strength), "edgecolor": mix(colour, 0.75)}
        words = number(value, matrix.digits)
        draw_cell(axes, x + column * cell, y + row * cell, cell, words, size, **fill)
    for window in matrix.windows:
        draw_window(axes, window, x, y, cell)


def draw_window(axes: Axes, window: Window, x: float, y: float, cell: float) -> None:
    """Outline the cells of `window` in a matrix whose upper left corner is (x, y)."""
    axes.add_patch(
        Rectangle(
            (x + window.column * cell, y + window.row * cell),
            window.width * cell,
            window.height * cell,
            fill=False,
            edgecolor=window.colour,
            linewidth=2.8,
            linestyle=window.line,
            joinstyle="miter",
            zorder=3,
        )
    )


# A board: rows of matrices and signs, laid out and sized by what they hold

GAP = 0.16


@dataclass
class Layout:
    """Where the parts of a board stand, in inches, for one size of cell."""

    rows: Sequence[Sequence[Part]]
    cell: float
    footer: str
    widths: list[float] = field(default_factory=list)
    heights: list[tuple[float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Measure columns and rows."""
        columns = max(len(row) for row in self.rows)
        self.widths = [
            max(self.part_width(row[column]) for row in self.rows if column < len(row))
            for column in range(columns)
        ]
        self.heights = [self.row_height(row) for row in self.rows]

    def part_width(self, part: Part) -> float:
        """Return the width of one part with its words."""
        if part is None:
            return 0.0
        if isinstance(part, Sign):
            return part.width
        words = [
            text_width(part.caption, CAPTION, "bold") if part.caption else 0.0,
            text_width(part.note, NOTE) if part.note else 0.0,
        ]
        left, right = self.side_widths(part)
        return max(part.values.shape[1] * self.cell + 2 * max(left, right), *words)

    def side_widths(self, matrix: Matrix) -> tuple[float, float]:
        """Return the width of the words at the left and at the right of a matrix."""
        if matrix.sides is None:
            return 0.0, 0.0
        left, right = (text_width(words, SIDE) + 0.1 for words in matrix.sides[2:])
        return left, right

    def row_height(self, row: Sequence[Part]) -> tuple[float, float, float]:
        """Return the heights of captions, cells and notes of one row."""
        matrices = [part for part in row if isinstance(part, Matrix)]
        side = max((text_height("x", SIDE) for part in matrices if part.sides), default=0.0)
        above = max((text_height(part.caption, CAPTION) for part in matrices), default=0.0)
        below = max((text_height(part.note, NOTE) for part in matrices), default=0.0)
        middle = max(part.values.shape[0] * self.cell for part in matrices)
        return above + side, middle, below + side

    @property
    def width(self) -> float:
        """Return the width of the whole board."""
        inner = sum(self.widths) + GAP * (len(self.widths) - 1)
        footer = text_width(self.footer, NOTE) if self.footer else 0.0
        return max(inner, footer) + 2 * MARGIN

    @property
    def height(self) -> float:
        """Return the height of the whole board."""
        inner = sum(sum(heights) for heights in self.heights) + GAP * (len(self.rows) - 1)
        footer = text_height(self.footer, NOTE) + GAP / 2 if self.footer else 0.0
        return inner + footer + 2 * MARGIN


def fitting_layout(rows: Sequence[Sequence[Part]], footer: str) -> Layout:
    """Return the layout with the largest cells that is not wider than a text column."""
    cell = LARGEST_CELL
    layout = Layout(rows, cell, footer)
    while layout.width > WIDTH and cell > 0.2:
        cell *= 0.95
        layout = Layout(rows, cell, footer)
    return layout


def board(rows: Sequence[Sequence[Part]], footer: str = "") -> Figure:
    """Draw rows of matrices and signs, columns aligned, in a figure that fits them."""
    layout = fitting_layout(rows, footer)
    figure, axes = paper(layout.width, layout.height)
    if footer:
        bottom = layout.height - MARGIN
        write(axes, layout.width / 2, bottom, footer, NOTE, color=INK, va="bottom")
    inner = sum(layout.widths) + GAP * (len(layout.widths) - 1)
    y = MARGIN
    for row, (above, middle, below) in zip(rows, layout.heights, strict=True):
        x = (layout.width - inner) / 2
        for part, width in zip(row, layout.widths, strict=False):
            draw_part(axes, part, x + width / 2, y + above + middle / 2, layout.cell)
            x += width + GAP
        y += above + middle + below + GAP
    return figure


def draw_part(axes: Axes, part: Part, x: float, y: float, cell: float) -> None:
    """Draw one part of a board with its middle at (x, y), and its words around it."""
    if isinstance(part, Sign):
        draw_sign(axes, part, x, y)
    if not isinstance(part, Matrix):
        return
    height, width = (side * cell for side in part.values.shape)
    draw_matrix(axes, part, x - width / 2, y - height / 2, cell)
    side = text_height("x", SIDE) if part.sides else 0.0
    above, below = y - height / 2 - 0.06 - side, y + height / 2 + 0.06 + side
    write(axes, x, above, part.caption, CAPTION, "bold", va="bottom")
    write(axes, x, below, part.note, NOTE, va="top")
    if part.sides:
        top, bottom, left, right = part.sides
        write(axes, x, y - height / 2 - 0.05, top, SIDE, va="bottom")
        write(axes, x, y + height / 2 + 0.05, bottom, SIDE, va="top")
        write(axes, x - width / 2 - 0.07, y, left, SIDE, ha="right")
        write(axes, x + width / 2 + 0.07, y, right, SIDE, ha="left")


def draw_sign(axes: Axes, sign: Sign, x: float, y: float) -> None:
    """Draw an operator with its middle at (x, y), or an arrow with its words above."""
    if sign.text != "→":
        write(axes, x, y, sign.text, OPERATOR, "bold")
        return
    arrow(axes, (x - sign.width / 2, y), (x + sign.width / 2, y))
    write(axes, x, y - 0.09, sign.words, NOTE, va="bottom")


# Panels: images on a grid


def panels(
    rows: int, columns: int, height: float, width: float = WIDTH, **how: Any
) -> tuple[Figure, NDArray[Any]]:
    """Return a figure, as wide as a text column, and its (rows, columns) of axes."""
    return plt.subplots(
        rows, columns, figsize=(width, height), squeeze=False, layout="constrained", **how
    )


def show_image(axes: Axes, image: NDArray[Any], title: str = "", **how: Any) -> Any:
    """Show `image` without ticks, framed; return what a colour bar needs."""
    shown = axes.imshow(image, **{"cmap": GREY, **how})
    axes.set(xticks=[], yticks=[])
    axes.set_title(title, fontsize=11, fontweight="bold", pad=4)
    for spine in axes.spines.values():
        spine.set(visible=True, color=FAINT, linewidth=0.8)
    return shown


def colour_bar(figure: Figure, shown: Any, axes: Any, words: str, **how: Any) -> None:
    """Add a colour bar for `shown` beside `axes`, with the name of what it measures."""
    bar = figure.colorbar(shown, ax=axes, **{"fraction": 0.05, "pad": 0.02, **how})
    bar.set_label(words, fontsize=10.5)
    bar.ax.tick_params(labelsize=10)
    bar.outline.set_visible(False)


# Tiles: many small images on one paper, numbered

STRIP = 0.2  # above each tile, for its number
BAR_ROOM = 0.85  # at the right, for the colour bar


@dataclass(frozen=True)
class Tiles:
    """A grid of `count` square tiles, `columns` in a row, from (left, top) to the `right` edge."""

    count: int
    columns: int
    left: float = MARGIN
    top: float = MARGIN
    right: float = WIDTH - BAR_ROOM
    strip: float = STRIP

    @property
    def side(self) -> float:
        """Return the side of a tile in inches, at most an inch and a half."""
        return min((self.right - self.left) / self.columns - 0.06, 1.5)

    @property
    def bottom(self) -> float:
        """Return where the last row ends."""
        rows = -(-self.count // self.columns)
        return self.top + rows * (self.side + self.strip + 0.05)

    def corner(self, place: int) -> tuple[float, float]:
        """Return the upper left corner of a tile, below its number."""
        row, column = divmod(place, self.columns)
        x = self.left + column * (self.side + 0.06)
        return x, self.top + row * (self.side + self.strip + 0.05) + self.strip


def place_image(
    axes: Axes, image: NDArray[Any], x: float, y: float, side: float, words: str = "", **how: Any
) -> Any:
    """Show `image` as a framed square with its corner at (x, y) and `words` above it."""
    box = (x, x + side, y + side, y)
    shown = axes.imshow(image, extent=box, aspect="auto", **{"cmap": GREY, **how})
    axes.add_patch(Rectangle((x, y), side, side, fill=False, edgecolor=FAINT, linewidth=0.7))
    write(axes, x + side / 2, y - 0.03, words, 9.5, va="bottom")
    return shown


def place_bar(
    figure: Figure, shown: Any, top: float, bottom: float, words: str, **how: Any
) -> None:
    """Put a colour bar at the right edge of a paper, from `top` to `bottom` in inches."""
    width, height = figure.get_size_inches()
    box = ((width - BAR_ROOM + 0.08) / width, 1 - bottom / height, 0.13 / width)
    place = figure.add_axes((*box, (bottom - top) / height))
    bar = figure.colorbar(shown, cax=place, **how)
    bar.set_label(words, fontsize=10)
    place.tick_params(labelsize=9.5, pad=2)
    bar.outline.set_visible(False)
