"""What a trained network holds and sees: kernels, weights, feature maps, what they respond to.

Filters, maps, rows and columns are numbered from 0, as in the code that reads them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from cnn_guide.figures.style import (
    ACTIVE,
    FAINT,
    HATCHED,
    INK,
    KERNEL,
    MARGIN,
    NOTE,
    SIGNED,
    WIDTH,
    WINDOW,
    Matrix,
    Part,
    Sign,
    Tiles,
    Window,
    as_image,
    as_matrix,
    as_stack,
    board,
    colour_bar,
    draw_cell,
    finish,
    in_brackets,
    mix,
    number,
    panels,
    paper,
    place_bar,
    place_image,
    same_length,
    show_image,
    signed_norm,
    styled,
    write,
)
from cnn_guide.labels import text

# Kernels and weights


def as_kernels(kernels: ArrayLike) -> NDArray[Any]:
    """Return kernels of one channel as (kernel height, kernel width, filters)."""
    array = np.asarray(kernels)
    if array.ndim == 4 and array.shape[2] == 1:
        array = array[:, :, 0]
    return as_stack(array, "kernels", "(kernel height, kernel width, filters)")


@styled
def kernel_grid_figure(kernels: ArrayLike, scale: float | None = None, columns: int = 16) -> Figure:
    """Draw all kernels on one colour scale from -`scale` to `scale`, zero in its middle.

    `kernels`: (kernel height, kernel width, filters), or with one channel before the filters.
    `scale` is the largest absolute weight when None.
    """
    stack = as_kernels(kernels)
    norm = signed_norm(stack) if scale is None else Normalize(-scale, scale)
    count = stack.shape[-1]
    tiles = Tiles(count, min(columns, count))
    figure, axes = paper(WIDTH, tiles.bottom + MARGIN)
    for place in range(count):
        corner = tiles.corner(place)
        shown = place_image(
            axes, stack[..., place], *corner, tiles.side, str(place), cmap=SIGNED, norm=norm
        )
    place_bar(figure, shown, tiles.top + 0.1, tiles.bottom - 0.05, text("weight"))
    alt = text(
        "alt.kernels",
        count=count,
        scale=number(norm.vmax),
        mean=number(stack.mean(), 4),
        std=number(stack.std(), 4),
        low=number(stack.min()),
        high=number(stack.max()),
    )
    return finish(figure, alt)


@styled
def kernel_change_figure(
    before: ArrayLike, after: ArrayLike, numbers: Sequence[int], scale: float | None = None
) -> Figure:
    """Draw some kernels before training, after it, and the change, all on one colour scale.

    `before`, `after`: (kernel height, kernel width, n), n up to 10, in the order of `numbers`, by
    which they are labelled. The scale goes from -`scale` to `scale`, the largest number when None.
    """
    first, last = as_kernels(before), as_kernels(after)
    count = same_length(before=first.T, after=last.T, numbers=numbers)
    if count > 10:
        raise ValueError(f"{count} kernels: at most 10 fit side by side")
    change = last - first
    norm = signed_norm(first, last, change) if scale is None else Normalize(-scale, scale)
    tiles = Tiles(3 * count, count, left=0.75)
    figure, axes = paper(WIDTH, tiles.bottom + MARGIN)
    rows = {"maps.before": first, "maps.after": last, "maps.difference": change}
    for row, (name, stack) in enumerate(rows.items()):
        for column, kernel in enumerate(numbers):
            x, y = tiles.corner(row * count + column)
            words = "" if row else str(kernel)
            how = {"cmap": SIGNED, "norm": norm}
            shown = place_image(axes, stack[..., column], x, y, tiles.side, words, **how)
        write(axes, 0.65, y + tiles.side / 2, text(name), 11, "bold", ha="right")
    place_bar(figure, shown, tiles.top + 0.1, tiles.bottom - 0.05, text("weight"))
    *_, most = np.unravel_index(np.abs(change).argmax(), change.shape)
    alt = text(
        "alt.kernel_change",
        numbers=", ".join(map(str, numbers)),
        scale=number(norm.vmax),
        most=numbers[int(most)],
        change=number(change.flat[np.abs(change).argmax()]),
    )
    return finish(figure, alt)


@styled
def weights_histogram_figure(
    trained: ArrayLike, untrained: ArrayLike | None = None, limit: float | None = None
) -> Figure:
    """Draw how the weights are distributed: after training, and before it on the same axis.

    `trained`, `untrained`: weights of any shape. `limit`: the largest value that the initial
    uniform distribution can give, drawn at both ends of the untrained weights.
    """
    sets = {"trained": np.ravel(trained)}
    if untrained is not None:
        sets["untrained"] = np.ravel(untrained)
    bins = {name: np.histogram_bin_edges(weights, 30) for name, weights in sets.items()}
    if untrained is not None and limit is not None:  # outer bars end at the limits
        end = max(limit, np.abs(sets["untrained"]).max())
        bins["untrained"] = np.linspace(-end, end, 13)
    figure, axes = panels(len(sets), 1, 0.6 + 2.1 * len(sets), sharex=True)
    said = []
    for axis, (name, weights) in zip(axes[:, 0], sets.items(), strict=True):
        colour = KERNEL if name == "trained" else FAINT
        axis.hist(weights, bins[name], color=mix(colour, 0.6), edgecolor=colour)
        axis.axvline(weights.mean(), color=INK, linewidth=1.6, label=text("maps.mean"))
        title = _minus(text(f"maps.{name}", mean=weights.mean(), std=weights.std()))
        axis.set_title(title, fontsize=11)
        axis.set_ylabel(text("count"))
        said.append(f"{title}.")
    if limit is not None:
        for end in (-limit, limit):
            label = text("maps.limit", limit=limit) if end > 0 else None
            axis.axvline(end, color=WINDOW, linestyle="--", linewidth=1.6, label=label)
    axis.set_xlabel(text("weight"))
    handles, names = axis.get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", ncols=len(names))
    return finish(figure, text("alt.histogram", each=" ".join(said)))


def _minus(words: str) -> str:
    """Write negative numbers in `words` with a true minus sign."""
    return words.replace(" -", " −")


# Feature maps


@styled
def feature_maps_figure(
    maps: ArrayLike, scale: str = "each", dead: ArrayLike | None = None
) -> Figure:
    """Draw all feature maps of one image, numbered, maps that are zero hatched and counted.

    `maps`: (height, width, maps), activations after ReLU; or with one image in front. `scale`:
    "each" scales a map to its own maximum, "shared" uses one scale for all. `dead`: (maps,)
    booleans for maps known to be zero for every image.
    """
    stack = np.asarray(maps)
    stack = stack[0] if stack.ndim == 4 and len(stack) == 1 else stack
    stack = as_stack(stack, "maps", "(height, width, maps)")
    if scale not in ("each", "shared"):
        raise ValueError(f"scale={scale!r}: 'each' or 'shared' fits")
    height, width, count = stack.shape
    always = np.zeros(count, bool) if dead is None else as_stack(dead, "dead", "(maps)")
    same_length(dead=always, maps=stack.T)
    highest = stack.max(axis=(0, 1))
    silent = (highest <= 0) & ~always
    notes = [text("maps.silent", count=int(silent.sum()))] if silent.any() else []
    notes += [text("maps.dead", count=int(always.sum()))] if always.any() else []
    tiles = Tiles(count, min(8, count))
    figure, axes = paper(WIDTH, tiles.bottom + MARGIN + 0.22 * len(notes))
    for place in range(count):
        most = (highest[place] if scale == "each" else highest.max()) or 1.0
        how = {"cmap": ACTIVE, "vmin": 0, "vmax": most}
        x, y = tiles.corner(place)
        shown = place_image(axes, stack[..., place], x, y, tiles.side, str(place), **how)
        if silent[place] or always[place]:
            _cross_out(axes, x, y, tiles.side, "×" if always[place] else "0")
    _maps_bar(figure, shown, tiles, scale)
    for line, note in enumerate(notes):
        write(axes, MARGIN, tiles.bottom + 0.12 + 0.22 * line, note, NOTE, ha="left")
    alt = text(
        "alt.maps",
        count=count,
        height=height,
        width=width,
        scale=text(f"alt.maps.{scale}"),
        strongest=int(highest.argmax()),
        high=number(highest.max()),
        silent=int(silent.sum()),
    )
    alt += text("alt.maps.dead", count=int(always.sum())) if always.any() else ""
    return finish(figure, alt)


def _cross_out(axes: Axes, x: float, y: float, side: float, mark: str) -> None:
    """Hatch a tile that holds nothing but zeros, and write `mark` on it."""
    draw_cell(axes, x, y, side, mark, 13, **HATCHED)


def _maps_bar(figure: Figure, shown: Any, tiles: Tiles, scale: str) -> None:
    """Add the colour bar: values for a shared scale, zero and maximum for scales of their own."""
    top, bottom = tiles.top + tiles.strip, min(tiles.bottom - 0.05, tiles.top + 3.5)
    if scale == "shared":
        place_bar(figure, shown, top, bottom, text("activation"))
        return
    shown = ScalarMappable(Normalize(0, 1), ACTIVE)
    place_bar(figure, shown, top, bottom, text("maps.own_scale"), ticks=[0, 1])
    figure.axes[-1].set_yticklabels(["0", text("maps.most")])


@styled
def kernel_and_map_figure(
    image: ArrayLike, kernels: ArrayLike, maps: ArrayLike, numbers: Sequence[int]
) -> Figure:
    """Draw an image, some kernels with their weights, and below each the map it makes.

    `image`: (height, width); `kernels`: (kernel height, kernel width, n) and `maps`: (height,
    width, n), n up to 5, in the order of `numbers`, by which they are labelled. Kernels share
    one scale, and maps share another.
    """
    image, stack = as_image(image, "image"), as_kernels(kernels)
    shown_maps = as_stack(maps, "maps", "(height, width, maps)")
    count = same_length(kernels=stack.T, maps=shown_maps.T, numbers=numbers)
    if count > 5:
        raise ValueError(f"{count} kernels: at most 5 fit beside the image")
    tiles = Tiles(2 * (count + 1), count + 1, strip=0.24)
    figure, axes = paper(WIDTH, tiles.bottom + MARGIN)
    norm, side = signed_norm(stack), tiles.side
    place_image(axes, image, *tiles.corner(count + 1), side, text("image"))
    for place, name in enumerate(numbers, 1):
        x, y = tiles.corner(place)
        _number_tile(axes, stack[..., place - 1], x, y, side, norm)
        write(
            axes, x + side / 2, y - 0.03, text("maps.kernel_number", number=name), 10, va="bottom"
        )
        corner, words = tiles.corner(count + 1 + place), text("map", number=name)
        how = {"cmap": ACTIVE, "vmin": 0, "vmax": shown_maps.max()}
        shown = place_image(axes, shown_maps[..., place - 1], *corner, side, words, **how)
        if shown_maps[..., place - 1].max() <= 0:
            _cross_out(axes, *corner, side, "0")
    place_bar(figure, shown, corner[1], corner[1] + side, text("activation"))
    highest = [
        text("alt.pairs.one", number=name, high=number(shown_maps[..., place].max()))
        for place, name in enumerate(numbers)
    ]
    return finish(figure, text("alt.pairs", count=count, each=", ".join(highest) + "."))


def _number_tile(
    axes: Axes, kernel: NDArray[Any], x: float, y: float, side: float, norm: Normalize
) -> None:
    """Draw the weights of a kernel as numbers on signed colours."""
    cell = side / max(kernel.shape)
    for (row, column), weight in np.ndenumerate(kernel):
        colour = colormaps[SIGNED](float(norm(weight)))[:3]
        fill = {"facecolor": colour, "edgecolor": FAINT}
        draw_cell(axes, x + column * cell, y + row * cell, cell, number(weight), 9, **fill)


@styled
def traced_pixel_figure(
    patch: ArrayLike, kernel: ArrayLike, bias: float, activation: float
) -> Figure:
    """Rebuild one value of a feature map by hand: patch times kernel, summed, bias, ReLU.

    `patch`, `kernel`: (kernel height, kernel width); `activation`: the model's own value, to
    compare with.
    """
    patch, kernel = as_matrix(patch, "patch", 5), as_matrix(kernel, "kernel", 5)
    if patch.shape != kernel.shape:
        raise ValueError(f"patch {patch.shape} and kernel {kernel.shape}: equal shapes fit")
    products = patch.astype(float) * kernel
    total = float(products.sum())
    value, rebuilt = total + float(bias), max(total + float(bias), 0.0)
    result = Matrix(
        np.array([[rebuilt]]), "output", text("activation"), windows=(Window(0, 0),), digits=3
    )
    rows: list[list[Part]] = [
        [
            Matrix(patch, "input", text("maps.patch"), digits=3),
            Sign("×"),
            Matrix(kernel, "kernel", text("kernel"), digits=3),
            Sign("="),
        ],
        [Matrix(products, "plain", text("products"), digits=3), Sign("→"), result],
    ]
    words = {"total": number(total, 4), "bias": in_brackets(bias, 4), "value": number(value, 4)}
    line = text("maps.traced", activation=number(rebuilt, 4), **words)
    difference = abs(rebuilt - float(activation))
    check = text("maps.keras", activation=number(activation, 4), difference=difference)
    alt = text(
        "alt.traced",
        height=patch.shape[0],
        width=patch.shape[1],
        activation=number(rebuilt, 4),
        keras=number(activation, 4),
        **{**words, "bias": number(bias, 4)},
    )
    return finish(board(rows, footer=f"{line}\n{check}"), alt)


# What a prediction rests on


@styled
def occlusion_figure(image: ArrayLike, change: ArrayLike, name: str, probability: float) -> Figure:
    """Draw how the probability of a class changes when a part of the image is covered.

    `image`: (height, width); `change`: (rows, columns), the change of probability for each place
    of the cover, negative where it falls; `name` and `probability`: the class, uncovered.
    """
    image, change = as_image(image, "image"), as_image(change, "change")
    row, column = divmod(int(change.argmin()), change.shape[1])
    figure, axes = panels(1, 2, 3.5)
    title = text("maps.class", name=name, share=probability)
    show_image(axes[0, 0], image, title)
    shown = show_image(
        axes[0, 1], change, text("maps.covered"), cmap=SIGNED, norm=signed_norm(change)
    )
    axes[0, 1].add_patch(
        Rectangle((column - 0.5, row - 0.5), 1, 1, fill=False, edgecolor=WINDOW, linewidth=2)
    )
    colour_bar(figure, shown, axes[0, 1], text("maps.change"))
    alt = text(
        "alt.occlusion",
        name=name,
        share=probability,
        row=row,
        column=column,
        drop=number(change.min()),
    )
    return finish(figure, alt)


@styled
def grad_cam_figure(image: ArrayLike, heat: ArrayLike, name: str, probability: float) -> Figure:
    """Draw an image, its Grad-CAM heat map for a class, and one over the other.

    `image`: (height, width); `heat`: (rows, columns), not negative, any size: it covers the
    image; `name` and `probability`: the class it explains.
    """
    image, heat = as_image(image, "image"), as_image(heat, "heat")
    row, column = divmod(int(heat.argmax()), heat.shape[1])
    figure, axes = panels(1, 3, 2.7)
    show_image(axes[0, 0], image, text("maps.class", name=name, share=probability))
    shown = show_image(axes[0, 1], _relative(heat), text("maps.heat"), cmap=ACTIVE, vmin=0, vmax=1)
    _overlay(axes[0, 2], image, heat, text("maps.overlay"))
    colour_bar(figure, shown, axes[0], text("maps.relevance"), shrink=0.8)
    alt = text(
        "alt.grad_cam",
        name=name,
        share=probability,
        height=heat.shape[0],
        width=heat.shape[1],
        row=row,
        column=column,
    )
    return finish(figure, alt)


def _relative(heat: NDArray[Any]) -> NDArray[Any]:
    """Return `heat` as shares of its maximum."""
    if heat.min() < 0:
        raise ValueError(
            f"heat holds {heat.min():.3g}: Grad-CAM ends with ReLU, so nothing below 0"
        )
    return heat / (heat.max() or 1.0)


def _overlay(axes: Axes, image: NDArray[Any], heat: NDArray[Any], title: str) -> None:
    """Show `heat` over `image`, clearer where it is stronger."""
    height, width = image.shape
    box = (-0.5, width - 0.5, height - 0.5, -0.5)
    relative = _relative(heat)
    show_image(axes, image, title)
    axes.imshow(relative, cmap=ACTIVE, vmin=0, vmax=1, alpha=0.85 * relative, extent=box)


@styled
def heat_maps_figure(image: ArrayLike, heats: ArrayLike, names: Sequence[str]) -> Figure:
    """Draw heat maps of one image over it, side by side, each relative to its own maximum.

    `image`: (height, width); `heats`: (n, rows, columns), not negative, n up to 4, in the order of
    `names`.
    """
    image, stack = as_image(image, "image"), as_stack(heats, "heats", "(n, rows, columns)")
    count = same_length(heats=stack, names=names)
    if count > 4:
        raise ValueError(f"{count} heat maps: at most 4 fit side by side")
    figure, axes = panels(1, count, 0.5 + 6.2 / max(count, 3))
    places = []
    for axis, heat, name in zip(axes[0], stack, names, strict=True):
        _overlay(axis, image, heat, name)
        row, column = divmod(int(heat.argmax()), heat.shape[1])
        places.append(text("alt.heat_maps.one", name=name, row=row, column=column))
    bar = ScalarMappable(Normalize(0, 1), ACTIVE)
    colour_bar(figure, bar, axes[0], text("maps.relevance"), shrink=0.8)
    rows, columns = stack.shape[1:]
    words = {"count": count, "rows": rows, "columns": columns}
    return finish(figure, text("alt.heat_maps", each="; ".join(places), **words))


@styled
def responses_figure(patches: ArrayLike, activations: ArrayLike, numbers: Sequence[int]) -> Figure:
    """Draw the image patches that excite each map most, strongest first, with the activation.

    `patches`: (maps, n, height, width); `activations`: (maps, n); `numbers`: the maps, (maps,).
    """
    stack = as_stack(patches, "patches", "(maps, n, height, width)")
    values = as_stack(activations, "activations", "(maps, n)")
    count = same_length(patches=stack, activations=values, numbers=numbers)
    each = same_length(patches=stack[0], activations=values[0])
    tiles = Tiles(count * each, each, left=0.95, right=WIDTH - MARGIN, strip=0.22)
    figure, axes = paper(WIDTH, tiles.bottom + MARGIN + 0.22)
    write(axes, WIDTH / 2, tiles.bottom + 0.12, text("maps.number_means"), NOTE)
    how = {"vmin": stack.min(), "vmax": stack.max()}
    for row, name in enumerate(numbers):
        for column in range(each):
            corner, words = tiles.corner(row * each + column), number(values[row, column])
            place_image(axes, stack[row, column], *corner, tiles.side, words, **how)
        middle = tiles.corner(row * each)[1] + tiles.side / 2
        write(axes, 0.85, middle, text("map", number=name), 11, "bold", ha="right")
    highest = [
        text("alt.pairs.one", number=name, high=number(values[row].max()))
        for row, name in enumerate(numbers)
    ]
    alt = text("alt.responses", count=count, patches=each, each=", ".join(highest) + ".")
    return finish(figure, alt)
