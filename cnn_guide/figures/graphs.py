"""Networks as graphs: layers from top to bottom, and outputs that leave in several places."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from cnn_guide.figures.style import (
    FAINT,
    INK,
    INPUT,
    MARGIN,
    OUTPUT,
    WIDTH,
    arrow,
    finish,
    paper,
    rounded_box,
    shape_text,
    styled,
    write,
)
from cnn_guide.labels import text

Shape = tuple[int, ...]
WIDE, TALL, STEP = 2.5, 0.36, 0.54  # inches: a box, and from one box to the next below


@styled
def graph_figure(
    layers: Sequence[tuple[str, Shape]], outputs: Sequence[tuple[int, str, Shape]]
) -> Figure:
    """Draw the layers of a network from top to bottom, and the outputs of a model beside them.

    `layers`: (operation, shape) with a word of `labels` ("layer..."). `outputs`: (place of the
    layer it leaves, counted from 0, its name in the code, shape). Layers below the last output are
    drawn empty: the model does not compute them.
    """
    if not outputs:
        raise ValueError("outputs is empty: a model has at least one")
    leaves = [after for after, _, _ in outputs]
    if not 0 <= min(leaves) <= max(leaves) < len(layers):
        raise ValueError(f"outputs leave layers {leaves}: 0 to {len(layers) - 1} fit")
    # Outputs of one layer stand below each other.
    rows = [after + leaves[:place].count(after) for place, after in enumerate(leaves)]
    count = max(len(layers), *(row + 1 for row in rows))
    figure, axes = paper(WIDTH, count * STEP - STEP + TALL + 2 * MARGIN)
    left, right = 0.45, WIDTH - 0.45 - WIDE
    for place, (operation, shape) in enumerate(layers):
        y, used = MARGIN + place * STEP, place <= max(leaves)
        rounded_box(axes, left, y, WIDE, TALL, INPUT if place == 0 else FAINT, 0.18 if used else 0)
        words = f"{text(f'layer.{operation}')}  {shape_text(shape)}"
        ink = INK if used else FAINT
        write(axes, left + WIDE / 2, y + TALL / 2, words, 11, color=ink)
        if place:
            x = left + WIDE / 2
            arrow(axes, (x, y - STEP + TALL), (x, y), mutation_scale=9, color=ink)
    for row, (after, name, shape) in zip(rows, outputs, strict=True):
        y, start = MARGIN + row * STEP + TALL / 2, MARGIN + after * STEP + TALL / 2
        rounded_box(axes, right, y - TALL / 2, WIDE, TALL, OUTPUT)
        words = f"{name}  {shape_text(shape)}"
        write(axes, right + WIDE / 2, y, words, 11, "bold")
        arrow(axes, (left + WIDE, start), (right, y), color=OUTPUT, linewidth=1.8)
    said = [f"{text(f'layer.{operation}')} {shape_text(shape)}" for operation, shape in layers]
    ends = [f"{name} {shape_text(shape)}" for _, name, shape in outputs]
    alt = text("alt.graph", layers=" → ".join(said), outputs=", ".join(ends))
    return finish(figure, alt + (text("alt.graph.rest") if max(leaves) < len(layers) - 1 else ""))
