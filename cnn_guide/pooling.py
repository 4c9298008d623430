"""Pooling: one number for each window of each channel, without weights."""

from functools import reduce

import numpy as np
from numpy.typing import ArrayLike

from cnn_guide.convolution import sliding_windows
from cnn_guide.padding import Pair, pad2d, padding_amounts, row_axis


def max_pool2d(
    image: ArrayLike, pool_size: Pair = 2, stride: Pair | None = None, padding: str = "valid"
) -> np.ndarray:
    """Keep the largest number of each window, in each channel alone.

    `image`: (height, width) or (..., height, width, channels). `pool_size` and `stride`: one
    whole number, or (rows, columns); the stride is the pool size unless it is given. `padding`:
    ``"valid"`` leaves out windows that do not fit, ``"same"`` gives ceil(size / stride) outputs.
    Returns the same axes and dtype, fewer rows and columns. As in TensorFlow, a NaN loses against
    any number.

    Raises ValueError as `padding_amounts` does, and for a window larger than the image.

    >>> max_pool2d([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]])
    array([[6, 8],
           [5, 8]])
    """
    image = np.asarray(image)
    # -inf, not 0: a zero pad would win over negative activations.
    lowest = -np.inf if np.issubdtype(image.dtype, np.floating) else np.iinfo(image.dtype).min
    first, *others = window_pixels(image, pool_size, stride, padding, lowest)
    largest = first.copy()
    for pixels in others:
        np.fmax(largest, pixels, out=largest)
    return largest


def avg_pool2d(
    image: ArrayLike, pool_size: Pair = 2, stride: Pair | None = None, padding: str = "valid"
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
        image = image.astype(float)
    rows = row_axis(image)
    in_image = np.ones_like(image, shape=image.shape[rows : rows + 2])
    total = reduce(np.add, window_pixels(image, pool_size, stride, padding))
    count = reduce(np.add, window_pixels(in_image, pool_size, stride, padding))
    return total / (count if image.ndim == 2 else count[..., np.newaxis])


def window_pixels(
    image: np.ndarray, pool_size: Pair, stride: Pair | None, padding: str, value: float = 0
) -> list[np.ndarray]:
    """Return the first pixel of every window, the second of every window, and so on.

    One array (..., output height, output width, channels) for each place in the window, so that a
    whole image is pooled in as many steps as a window has pixels.
    """
    if padding not in ("valid", "same"):
        raise ValueError(f"padding {padding!r} is not known to pooling: use 'valid' or 'same'")
    if image.ndim == 2:
        pixels = window_pixels(image[..., np.newaxis], pool_size, stride, padding, value)
        return [places[..., 0] for places in pixels]
    stride = pool_size if stride is None else stride
    shape = image.shape[-3:-1]
    padded = pad2d(image, padding_amounts(shape, pool_size, stride, padding), value)
    windows = sliding_windows(padded, pool_size, stride)
    return [windows[..., row, column, :] for row, column in np.ndindex(windows.shape[-3:-1])]
