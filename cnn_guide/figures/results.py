"""What a training run gives: its curves, predictions, confusions, and how much runs differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from cnn_guide.figures.style import (
    FAINT,
    HATCH,
    INK,
    INPUT,
    KERNEL,
    OUTPUT,
    PAPER,
    WIDTH,
    WINDOW,
    as_image,
    as_stack,
    finish,
    ink_on,
    mix,
    panels,
    same_length,
    show_image,
    styled,
)
from cnn_guide.labels import text

# Words that a line crosses stay readable on a piece of paper.
BEHIND = {"facecolor": PAPER, "edgecolor": "none", "pad": 0.8}
CURVES = {"training": (INPUT, "-", "o"), "validation": (KERNEL, "--", "s")}


@styled
def history_figure(history: Mapping[str, Sequence[float]]) -> Figure:
    """Draw loss and accuracy over the epochs, the best epoch and early stopping marked.

    `history`: lists under "loss", "val_loss", "accuracy" and "val_accuracy", as Keras returns
    them. The best epoch is that with the lowest validation loss; epochs are counted from 1.
    """
    names = ("loss", "val_loss", "accuracy", "val_accuracy")
    missing = set(names) - set(history)
    if missing:
        raise ValueError(f"history has {sorted(history)}: {sorted(missing)} missing")
    epochs = same_length(**{name: history[name] for name in names})
    best = int(np.argmin(history["val_loss"])) + 1
    figure, axes = panels(1, 2, 3.5)
    for axis, name in zip(axes[0], ("loss", "accuracy"), strict=True):
        _draw_curves(axis, {"training": history[name], "validation": history[f"val_{name}"]})
        axis.set(title=text(name), xlabel=text("epoch"), ylabel=text(f"results.{name}"))
        _mark_best(axis, best, epochs, history[f"val_{name}"][best - 1])
    handles, words = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, words, loc="outside lower center", ncols=len(words))
    alt = text(
        "alt.history",
        epochs=epochs,
        best=best,
        loss=history["val_loss"][best - 1],
        accuracy=history["val_accuracy"][best - 1],
        last=history["loss"][-1],
    )
    return finish(figure, alt)


def _draw_curves(axis: Axes, curves: Mapping[str, Sequence[float]]) -> None:
    """Draw a line for each set, told apart by colour, dashes and markers."""
    for name, values in curves.items():
        colour, line, marker = CURVES[name]
        places = range(1, len(values) + 1)
        axis.plot(
            places, values, color=colour, linestyle=line, marker=marker, ms=5, label=text(name)
        )
    axis.locator_params(axis="x", integer=True, nbins=8)
    axis.grid(axis="y", color=mix(FAINT, 0.25))


def _mark_best(axis: Axes, best: int, epochs: int, value: float) -> None:
    """Ring the best epoch, and shade the epochs that early stopping waited after it."""
    label = text("results.best", epoch=best)
    axis.axvline(best, color=WINDOW, linewidth=1.4, zorder=0.5)
    axis.plot(best, value, "o", ms=13, mfc="none", mec=WINDOW, mew=2, ls="none", label=label)
    if best < epochs:
        shade = axis.axvspan(best, epochs, label=text("results.stopped"))
        shade.set(facecolor=mix(FAINT, 0.1), edgecolor=mix(FAINT, 0.45), hatch=HATCH)
        shade.set(linewidth=0, zorder=0)


@styled
def probabilities_figure(
    image: ArrayLike, probabilities: ArrayLike, names: Sequence[str], target: int | None = None
) -> Figure:
    """Draw `image` and one bar for each class, named, at the positions 0, 1, 2, ...

    `image`: (height, width); `probabilities`: (classes,), 0 to 1. The largest bar is filled, the
    `target` class, if known, is marked with a star and its name.
    """
    image, values = as_image(image, "image"), as_stack(probabilities, "probabilities", "(classes)")
    count = same_length(probabilities=values, names=names)
    first, second = np.argsort(values)[::-1][:2]
    figure, axes = panels(1, 2, 0.5 + 0.3 * count, width_ratios=[1, 1.5])
    show_image(axes[0, 0], image, text("image"))
    axis = axes[0, 1]
    colours = [OUTPUT if place == first else mix(OUTPUT, 0.3) for place in range(count)]
    axis.barh(range(count), values, color=colours, edgecolor=OUTPUT)
    _name_bars(axis, values, names, target)
    axis.set(xlabel=text("probability"), xlim=(0, 1.2), xticks=[0, 0.25, 0.5, 0.75, 1])
    said = {"first": names[first], "share": values[first], "second": names[second]}
    alt = text("alt.probabilities", count=count, next_share=values[second], **said)
    if target is not None:
        alt += text("alt.probabilities.target", name=names[target])
    return finish(figure, alt)


def _name_bars(
    axis: Axes, values: NDArray[Any], names: Sequence[str], target: int | None = None
) -> None:
    """Write class names beside the bars and percentages at their ends, the first at the top."""
    axis.set_yticks(range(len(names)), names)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.tick_params(axis="y", length=0)
    for place, value in enumerate(values):
        words = f"{value:.1%}" + (f"  ★ {text('target')}" if place == target else "")
        weight = "bold" if place == target else "normal"
        axis.text(value + 0.015, place, words, va="center", size=10.5, weight=weight, bbox=BEHIND)


@styled
def class_accuracy_figure(accuracies: ArrayLike, names: Sequence[str]) -> Figure:
    """Draw the accuracy of each class as a bar, the lowest hatched, with a line at the mean.

    `accuracies`: (classes,), 0 to 1.
    """
    values = as_stack(accuracies, "accuracies", "(classes)")
    count = same_length(accuracies=values, names=names)
    lowest, highest, mean = int(values.argmin()), int(values.argmax()), float(values.mean())
    figure, axes = panels(1, 1, 0.8 + 0.3 * count)
    axis = axes[0, 0]
    bars = axis.barh(range(count), values, color=mix(OUTPUT, 0.45), edgecolor=OUTPUT)
    bars[lowest].set(hatch=HATCH, facecolor=mix(WINDOW, 0.35), edgecolor=WINDOW)
    axis.axvline(mean, color=INK, linestyle="--", linewidth=1.4)
    axis.text(mean, -0.75, text("results.mean", accuracy=mean), ha="center", va="bottom", size=10.5)
    _name_bars(axis, values, names)
    axis.set(xlabel=text("accuracy"), xlim=(0, 1.1), xticks=[0, 0.25, 0.5, 0.75, 1])
    alt = text(
        "alt.class_accuracy",
        lowest=names[lowest],
        low=values[lowest],
        highest=names[highest],
        high=values[highest],
        mean=mean,
    )
    return finish(figure, alt)


@styled
def confusion_figure(matrix: ArrayLike, names: Sequence[str]) -> Figure:
    """Draw a confusion matrix: rows are targets, columns predictions, right ones outlined.

    `matrix`: (classes, classes) counts. A cell is shaded by its share of its row.
    """
    counts = as_image(matrix, "matrix")
    size = same_length(matrix=counts, columns=counts.T, names=names)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    figure, axes = panels(1, 1, 6.6)
    axis = axes[0, 0]
    shown = axis.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    for (row, column), count in np.ndenumerate(counts):
        ink = ink_on(shown.cmap(shares[row, column])[:3])
        weight = "bold" if row == column else "normal"
        axis.text(
            column, row, f"{count}", ha="center", va="center", color=ink, size=10.5, weight=weight
        )
    for place in range(size):
        axis.add_patch(Rectangle((place - 0.5, place - 0.5), 1, 1, fill=False, ec=OUTPUT, lw=2))
    axis.set_xticks(range(size), names, rotation=40, ha="right", rotation_mode="anchor")
    axis.set_yticks(range(size), names)
    axis.set(xlabel=text("prediction"), ylabel=text("target"))
    axis.tick_params(length=0)
    return finish(figure, _confusion_alt(counts, names))


def _confusion_alt(counts: NDArray[Any], names: Sequence[str]) -> str:
    """Say how many are right and which confusion is the most frequent."""
    wrong = counts - np.diag(np.diag(counts))
    target, prediction = np.unravel_index(wrong.argmax(), wrong.shape)
    right, total = int(np.trace(counts)), int(counts.sum())
    return text(
        "alt.confusion",
        count=len(names),
        total=total,
        right=right,
        share=right / max(total, 1),
        target=names[target],
        prediction=names[prediction],
        mistakes=int(wrong.max()),
    )


@styled
def gallery_figure(images: ArrayLike, titles: Sequence[str]) -> Figure:
    """Draw images in rows of five, each with its title.

    `images`: (n, height, width) or (n, height, width, 1); all on one scale of greys.
    """
    stack = np.asarray(images)
    stack = stack[..., 0] if stack.ndim == 4 and stack.shape[-1] == 1 else stack
    as_stack(stack, "images", "(n, height, width)")
    count = same_length(images=stack, titles=titles)
    columns = min(5, count)
    rows, lines = -(-count // columns), 1 + max(title.count("\n") for title in titles)
    side = WIDTH / max(columns, 3)
    figure, axes = panels(rows, columns, rows * (side * 0.92 + 0.2 * lines + 0.05))
    for place, axis in enumerate(axes.flat):
        if place < count:
            shown = {"vmin": stack.min(), "vmax": stack.max()}
            show_image(axis, stack[place], titles[place], **shown)
        else:
            axis.axis("off")
    said = ", ".join(title.replace("\n", " ") for title in titles)
    return finish(figure, text("alt.gallery", count=count, titles=said))


@styled
def seeds_figure(groups: Mapping[str, Mapping[str, Sequence[float]]]) -> Figure:
    """Draw the accuracies of several groups of runs as dots on one scale.

    `groups`: for "published", "full", "sample" or "run" (words of `labels`, "seeds...") the
    accuracies, 0 to 1, under "validation" and "test": {"published": {"test": [0.91, 0.92]}}.
    A bar joins the lowest and the highest.
    """
    rows = [(group, name, list(sets[name])) for group, sets in groups.items() for name in sets]
    if not rows or not all(values for *_, values in rows):
        raise ValueError(f"groups {dict(groups)}: at least one accuracy is needed in each")
    figure, axes = panels(1, 1, 0.9 + 0.42 * len(rows))
    axis, said = axes[0, 0], []
    for place, (_, name, values) in enumerate(rows):
        colour, marker = (KERNEL, "s") if name == "validation" else (OUTPUT, "o")
        low, high = min(values), max(values)
        axis.plot([low, high], [place, place], color=mix(colour, 0.5), linewidth=7, zorder=1)
        axis.plot(values, [place] * len(values), marker, ms=7, mfc=colour, mec=INK, mew=0.7)
    names = [f"{text(f'seeds.{group}')}\n{text(name)}" for group, name, _ in rows]
    axis.set_yticks(range(len(rows)), names)
    axis.set(ylim=(len(rows) - 0.5, -0.5), xlabel=text("accuracy"))
    axis.grid(axis="x", color=mix(FAINT, 0.25))
    axis.tick_params(axis="y", length=0)
    for group, name, values in rows:
        what = {"name": text(f"seeds.{group}"), "set": text(name)}
        said.append(text("alt.seeds.one", low=min(values), high=max(values), **what))
    return finish(figure, text("alt.seeds", each=" ".join(said)))
