"""Pooling: one number for each window of each channel, without weights."""

from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from cnn_guide.padding import Pair, check_fit, pad2d, padding_amounts, pair, row_axis


def max_pool2d(
    image: ArrayLike,
    pool_size: Pair = 2,
    stride: Pair | None = None,
    padding: str = "valid",
) -> np.ndarray:
    """Keep the largest number of each window, in each channel alone.

    `image`: (height, width) or (..., height, width, channels). `pool_size` and `stride`: one
    whole number, or (rows, columns); the stride is the pool size unless it is given. `padding`:
    ``"valid"`` leaves out windows that do not fit, ``"same"`` gives ceil(size / stride) outputs.
    Returns the same axes and dtype, with fewer rows and columns. As in TensorFlow, a NaN loses
    against any number.

    Raises ValueError for another padding, for a window larger than the image, and for numbers
    below 1 or not whole.

    >>> max_pool2d([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
    array([[6, 8],
           [5, 8]])
    """
    image = np.asarray(image)
    # -inf, not 0: a zero pad would win over negative activations.
    floats = np.issubdtype(image.dtype, np.floating)
    lowest = -np.inf if floats else np.iinfo(image.dtype).min
    return pool(np.fmax, image, pool_size, stride, padding, lowest)


def avg_pool2d(
    image: ArrayLike,
    pool_size: Pair = 2,
    stride: Pair | None = None,
    padding: str = "valid",
) -> np.ndarray:
    """Average each window, in each channel alone.

    Takes and returns what `max_pool2d` does, but whole numbers become float64. With ``"same"``
    the sum is divided by the number of pixels that lie in the image, as in TensorFlow; some
    libraries divide by the size of the window.

    Raises ValueError as `max_pool2d` does.

    >>> avg_pool2d([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
    array([[3.5 , 4.25],
           [3.5 , 3.75]])
    """
    image = np.asarray(image)
    if not np.issubdtype(image.dtype, np.floating):
        image = image.astype(np.float64)
    height, width = image.shape[row_axis(image) :][:2]
    channel = np.ones_like(image, shape=(height, width, 1))
    average = pool(np.add, image, pool_size, stride, padding, 0)
    pixels = pool(np.add, channel, pool_size, stride, padding, 0)
    average /= pixels if image.ndim > 2 else pixels[..., 0]
    return average


def pool(
    combine: np.ufunc,
    image: np.ndarray,
    pool_size: Pair,
    stride: Pair | None,
    padding: str,
    fill: float,
) -> np.ndarray:
    """Combine the pixels of each window into one: first down its rows, then along its columns.

    This gives what combining all of them at once would, in fewer steps: the largest of a window is
    the largest among the largest of its columns, and a sum can be taken in parts.
    """
    sizes = pair(pool_size, "pool_size")
    steps = sizes if stride is None else pair(stride, "stride")
    if padding not in ("valid", "same"):
        raise ValueError(f"padding {padding!r} is not known to pooling: use 'valid' or 'same'")
    rows = row_axis(image)
    if padding == "same":
        shape = image.shape[rows : rows + 2]
        image = pad2d(image, padding_amounts(shape, sizes, steps, padding), fill)
    check_fit(sizes, image.shape[rows : rows + 2], "pool_size")
    for axis, size, step in zip((rows, rows + 1), sizes, steps, strict=True):
        end = image.shape[axis] - size + 1
        every_row = (slice(None),) * axis
        neighbours = [image[(*every_row, slice(i, i + end, step))] for i in range(size)]
        image = reduce(combine, neighbours) if size > 1 else neighbours[0].copy()
    return image
