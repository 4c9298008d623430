"""Padding: how much each word means, adding it, and what it changes for the pixels at the edge."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

Pair = int | tuple[int, int]
Ends = tuple[int, int]
Padding = str | tuple[Ends, Ends]


def padding_amounts(
    shape: Pair, kernel: Pair, stride: Pair = 1, padding: Padding = "valid", dilation: Pair = 1
) -> tuple[Ends, Ends]:
    """Return how many rows and columns to add: ((top, bottom), (left, right)).

    `shape`: (height, width) of the image. `kernel`, `stride` and `dilation`: one whole number, or
    (rows, columns). `padding`:

    - ``"valid"`` adds nothing.
    - ``"same"`` adds what ceil(size / stride) outputs need along each axis; at stride 1 those are
      as many as the inputs. An odd row or column goes to the bottom and the right, as in
      TensorFlow and Keras; some texts put it at the top and the left.
    - ``((top, bottom), (left, right))`` is what to add.

    Raises ValueError for any other padding, a negative amount, and numbers below 1 or not whole.

    >>> padding_amounts((28, 28), kernel=3, padding="same")
    ((1, 1), (1, 1))
    >>> padding_amounts((28, 28), kernel=3, stride=2, padding="same")
    ((0, 1), (0, 1))
    """
    top_bottom, left_right = map(
        axis_padding,
        pair(shape, "shape"),
        pair(kernel, "kernel"),
        pair(stride, "stride"),
        (padding, padding) if isinstance(padding, str) else _two(padding),
        pair(dilation, "dilation"),
    )
    return top_bottom, left_right


def axis_padding(
    size: int, kernel: int, stride: int = 1, padding: str | Ends = "valid", dilation: int = 1
) -> Ends:
    """Return how many numbers to add along one axis of `size` numbers: (before, after).

    For ``"same"``, the last of ceil(size / stride) windows starts at (outputs - 1) * stride. What
    it needs beyond the end is added, half of it in front and the odd one behind: TensorFlow's rule.

    Raises ValueError as `padding_amounts` does; explicit padding is (before, after) here.

    >>> axis_padding(5, kernel=4, padding="same")
    (1, 2)
    """
    word = padding if isinstance(padding, str) else None
    if word == "valid":
        return 0, 0
    if word == "same":
        outputs = -(-size // stride)
        missing = max((outputs - 1) * stride + reach(kernel, dilation) - size, 0)
        return missing // 2, missing - missing // 2
    before, after = _two(padding)
    return whole(before, "padding", least=0), whole(after, "padding", least=0)


def pad2d(
    image: ArrayLike,
    amounts: tuple[Ends, Ends],
    value: float = 0,
) -> np.ndarray:
    """Put a frame of `value` around `image`.

    `image`: (height, width) or (..., height, width, channels). `amounts`:
    ((top, bottom), (left, right)). Returns an array with top + bottom more
    rows and left + right more columns, in the image's dtype.

    Raises ValueError for an image with fewer than two axes, and for amounts
    that are words, negative or not whole.

    >>> pad2d([[1, 2], [3, 4]], ((1, 0), (1, 1)))
    array([[0, 0, 0, 0],
           [0, 1, 2, 0],
           [0, 3, 4, 0]])
    """
    image = np.asarray(image)
    if isinstance(amounts, str):
        raise ValueError(f"{amounts!r} is no amount: see padding_amounts")
    rows = row_axis(image)
    widths = [(0, 0)] * image.ndim
    widths[rows : rows + 2] = padding_amounts(1, 1, padding=amounts)
    return np.pad(image, widths, constant_values=value)


def pixel_use(
    shape: Pair, kernel: Pair, stride: Pair = 1, padding: Padding = "valid"
) -> np.ndarray:
    """Count how many windows read each pixel of an image.

    `shape`: (height, width) of the image. `kernel`, `stride` and `padding` as in
    `padding_amounts`. Returns a (height, width) array of counts, from 0 (a pixel that is never
    read) to kernel rows * kernel columns. Padding is not part of it.

    Raises ValueError as `padding_amounts` does, and for a kernel larger than the padded image.

    >>> pixel_use((4, 4), kernel=3)
    array([[1, 2, 2, 1],
           [2, 4, 4, 2],
           [2, 4, 4, 2],
           [1, 2, 2, 1]])
    """
    sizes, reads, steps = pair(shape, "shape"), pair(kernel, "kernel"), pair(stride, "stride")
    amounts = padding_amounts(sizes, reads, steps, padding)
    check_fit(reads, tuple(size + sum(ends) for size, ends in zip(sizes, amounts, strict=True)))
    # A window reads a pixel when it covers its row and its column, so the counts multiply.
    return np.outer(*map(_axis_use, sizes, reads, steps, amounts))


def _axis_use(size: int, kernel: int, stride: int, amounts: Ends) -> np.ndarray:
    before, after = amounts
    starts = np.arange(-before, size + after - kernel + 1, stride)[:, np.newaxis]
    pixels = np.arange(size)
    return np.sum((starts <= pixels) & (pixels < starts + kernel), axis=0)


def reach(kernel: int, dilation: int) -> int:
    """Return how many numbers a kernel spans when its weights lie `dilation` apart.

    >>> reach(3, dilation=2)
    5
    """
    return (kernel - 1) * dilation + 1


def row_axis(image: np.ndarray) -> int:
    """Return the axis of the rows: 0 for (height, width), -3 counted from the end otherwise."""
    if image.ndim < 2:
        raise ValueError(
            f"image {image.shape} has no rows and columns: "
            "give (height, width) or (..., height, width, channels)"
        )
    return max(image.ndim - 3, 0)


def check_fit(window: tuple[int, ...], image: tuple[int, ...], name: str = "kernel") -> None:
    """Raise ValueError unless a `window` of this size fits the padded `image`."""
    if any(needed > size for needed, size in zip(window, image, strict=True)):
        raise ValueError(
            f"{name} {window} does not fit the padded image {image}: "
            f"add padding or use a smaller {name}"
        )


def pair(value: Pair, name: str) -> tuple[int, int]:
    """Return (rows, columns) of a `value` given as one whole number for both, or as a pair."""
    values = tuple(value) if isinstance(value, Sequence | np.ndarray) else (value, value)
    if len(values) != 2:
        raise ValueError(f"{name} {value!r} is not one whole number or a pair: use (rows, columns)")
    return whole(values[0], name), whole(values[1], name)


def whole(value: int, name: str, least: int = 1) -> int:
    """Return `value` as an int; raise ValueError unless it is whole and at least `least`."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
        raise ValueError(f"{name} {value!r} does not work: use a whole number of at least {least}")
    return int(value)


def _two(padding: Any) -> tuple[Any, Any]:
    parts = padding if isinstance(padding, Sequence | np.ndarray) else ()
    if len(parts) != 2 or any(isinstance(part, str) for part in parts):
        raise ValueError(
            f"padding {padding!r} is not known: use 'valid', 'same' or amounts, "
            "((top, bottom), (left, right)) for an image, (before, after) for a signal"
        )
    return parts[0], parts[1]
