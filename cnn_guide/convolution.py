"""Convolution: how large the output is, sliding a kernel, and counting weights.

Like Keras, and like nearly everyone who writes about networks, this package calls
cross-correlation a convolution: the kernel is not flipped.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from cnn_guide.padding import (
    Ends,
    Padding,
    Pair,
    axis_padding,
    check_fit,
    pad2d,
    padding_amounts,
    pair,
    reach,
    whole,
)


def output_size(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: str | Ends = "valid",
    dilation: int = 1,
) -> int:
    """Return how many places a kernel has along one axis of `size` numbers.

    The kernel spans (kernel - 1) * dilation + 1 numbers. The first window starts at 0; what is
    left of the padded axis behind it holds one more window for every whole stride:

        outputs = floor((before + size + after - span) / stride) + 1

    `padding`: ``"valid"``, ``"same"`` (then it comes to ceil(size / stride)) or (before, after).

    Raises ValueError for a kernel larger than the padded axis, and as `padding_amounts` does.

    >>> output_size(28, kernel=3), output_size(28, kernel=3, padding="same")
    (26, 28)
    >>> output_size(28, kernel=3, stride=2, padding=(1, 1))
    14
    """
    size, kernel = whole(size, "size"), whole(kernel, "kernel")
    stride, dilation = whole(stride, "stride"), whole(dilation, "dilation")
    padded = size + sum(axis_padding(size, kernel, stride, padding, dilation))
    span = reach(kernel, dilation)
    check_fit((span,), (padded,))
    return (padded - span) // stride + 1


def conv1d(
    signal: ArrayLike,
    kernel: ArrayLike,
    bias: float = 0,
    stride: int = 1,
    padding: str | Ends = "valid",
    dilation: int = 1,
) -> np.ndarray:
    """Slide `kernel` over `signal` without flipping it (cross-correlation).

    `signal`: (size,); `kernel`: (kernel size,); `bias`: a number; `padding` adds zeros:
    ``"valid"``, ``"same"`` or (before, after). Returns (output size,), see `output_size`, in the
    dtype that `conv2d` describes.

    Raises ValueError for a signal or kernel that is not one row of numbers, a kernel larger than
    the padded signal, and as `padding_amounts` does.

    >>> conv1d([3, 1, 0, 7, 6, 4, 8, 2, 4, 5], [1, 0, -1])
    array([ 3, -6, -6,  3, -2,  2,  4, -3])
    """
    signal, kernel = np.asarray(signal), np.asarray(kernel)
    if signal.ndim != 1 or kernel.ndim != 1:
        raise ValueError(
            f"signal {signal.shape} and kernel {kernel.shape} are not both one row of numbers: "
            "use conv2d for images"
        )
    output_size(signal.size, kernel.size, stride, padding, dilation)
    amounts = axis_padding(signal.size, kernel.size, stride, padding, dilation)
    padded = np.pad(signal, amounts)
    windows = sliding_window_view(padded, reach(kernel.size, dilation))[::stride, ::dilation]
    dtype = output_dtype(signal, kernel, bias)
    return windows.astype(dtype) @ kernel.astype(dtype) + np.asarray(bias, dtype)


def conv2d(
    image: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike | None = None,
    stride: Pair = 1,
    padding: Padding = "valid",
    dilation: Pair = 1,
) -> np.ndarray:
    """Slide `kernel` over `image` without flipping it (cross-correlation).

    The kernel's axes decide what the image's axes mean:

    - `kernel` (kernel height, kernel width): `image` (..., height, width), one number as `bias`.
      Returns (..., output height, output width).
    - `kernel` (kernel height, kernel width, channels, filters): `image` (..., height, width,
      channels), `bias` (filters,). Returns (..., output height, output width, filters).

    `stride`, `padding` and `dilation` as in `padding_amounts`; padding adds zeros. Keras accepts a
    dilation above 1 only at stride 1; here they go together. The output keeps the dtype of an
    image of floats, as a Keras layer does; whole numbers stay whole.

    Raises ValueError for shapes that do not go together, a kernel larger than the padded image,
    and as `padding_amounts` does.

    >>> conv2d([[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]], [[1, 0], [0, -1]])
    array([[-1, -7, -2],
           [ 1,  3,  7],
           [ 2,  0, -7]])
    """
    single = np.ndim(kernel) == 2  # one channel in, one filter out
    image, kernel, bias = _with_channels(image, kernel, bias)
    rows, columns, _, filters = kernel.shape
    shape, size = image.shape[-3:-1], (rows, columns)
    amounts = padding_amounts(shape, size, stride, padding, dilation)
    windows = sliding_windows(pad2d(image, amounts), size, stride, dilation)
    output = np.empty((*windows.shape[:-3], filters), image.dtype)
    weights = kernel.reshape(-1, filters)
    # Image by image: all patches at once are too many.
    for one in np.ndindex(windows.shape[:-5]):
        maps = output[one].reshape(-1, filters)
        np.matmul(patches(windows[one]), weights, out=maps)
    if bias is not None:
        output += bias
    return output[..., 0] if single else output


def sliding_windows(
    image: np.ndarray, size: Pair, stride: Pair = 1, dilation: Pair = 1
) -> np.ndarray:
    """Return every window of `size` that fits `image`, as a view: no pixel is copied.

    `image`: (..., height, width, channels). Returns (..., output height, output width, window
    height, window width, channels).

    Raises ValueError for a window larger than the image, and for numbers below 1 or not whole.

    >>> sliding_windows(np.zeros((4, 4, 3)), 2, stride=2).shape
    (2, 2, 2, 2, 3)
    """
    rows, columns = pair(stride, "stride")
    row_gap, column_gap = pair(dilation, "dilation")
    span = tuple(map(reach, pair(size, "kernel"), (row_gap, column_gap)))
    check_fit(span, image.shape[-3:-1])
    windows = sliding_window_view(image, span, axis=(-3, -2))
    return np.moveaxis(windows[..., ::rows, ::columns, :, ::row_gap, ::column_gap], -3, -1)


def patches(windows: np.ndarray) -> np.ndarray:
    """Copy the windows of one image to a matrix: a row for each window, a column for each weight.

    `windows`: (output height, output width, window height, window width, channels). Returns
    (output height * output width, window height * window width * channels).

    >>> image = np.arange(9).reshape(3, 3, 1)
    >>> patches(sliding_windows(image, 2))
    array([[0, 1, 3, 4],
           [1, 2, 4, 5],
           [3, 4, 6, 7],
           [4, 5, 7, 8]])
    """
    height, width, rows, columns, channels = windows.shape
    if columns * channels * windows.itemsize < 64:
        # A row of a window is shorter than a cache line: copying along the image's rows is faster.
        by_weight = windows.transpose(2, 3, 4, 0, 1)
        return by_weight.reshape(rows * columns * channels, height * width).T
    return windows.reshape(height * width, rows * columns * channels)


def _with_channels(
    image: ArrayLike, kernel: ArrayLike, bias: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Return arrays of one dtype, the image with channels and the kernel with filters."""
    image, kernel = np.asarray(image), np.asarray(kernel)
    if kernel.ndim not in (2, 4) or kernel.size == 0:
        raise ValueError(
            f"kernel {kernel.shape} does not work: "
            "give (height, width) or (height, width, channels, filters)"
        )
    if kernel.ndim == 2 and image.ndim < 2:
        raise ValueError(f"image {image.shape} is too flat: give (..., height, width)")
    if kernel.ndim == 4 and image.ndim < 3:
        raise ValueError(
            f"image {image.shape} has no channels for kernel {kernel.shape}: "
            "give (..., height, width, channels), for a grey image image[..., np.newaxis]"
        )
    if kernel.ndim == 4 and image.shape[-1] != kernel.shape[2]:
        raise ValueError(
            f"kernel {kernel.shape} is {kernel.shape[2]} channels deep, image {image.shape} has "
            f"{image.shape[-1]}: give both the same depth"
        )
    filters = kernel.shape[3:]
    if bias is not None and np.shape(bias) != filters:
        raise ValueError(
            f"bias {np.shape(bias)} does not match kernel {kernel.shape}: "
            f"give one number for each filter, shape {filters}"
        )
    if kernel.ndim == 2:
        image, kernel = image[..., np.newaxis], kernel[..., np.newaxis, np.newaxis]
    dtype = output_dtype(image, kernel, 0 if bias is None else np.asarray(bias))
    return (
        image.astype(dtype, copy=False),
        kernel.astype(dtype, copy=False),
        None if bias is None else np.asarray(bias, dtype),
    )


def output_dtype(image: np.ndarray, kernel: np.ndarray, bias: np.ndarray | float) -> np.dtype:
    """Return the image's dtype if it has floats, else one that holds the sums of products."""
    if np.issubdtype(image.dtype, np.floating):
        return image.dtype
    # Small integers would wrap silently: 255 * 2 does not fit uint8.
    integers = np.result_type(image, kernel, bias)
    return integers if np.issubdtype(integers, np.floating) else np.result_type(integers, np.int64)


def dense_parameters(inputs: int, units: int) -> int:
    """Return how many weights and biases a dense layer has: (inputs + 1) * units.

    >>> dense_parameters(3136, 100)
    313700
    """
    return (whole(inputs, "inputs") + 1) * whole(units, "units")


def conv_parameters(kernel: Pair, channels: int, filters: int) -> int:
    """Return how many weights and biases a convolutional layer has, whatever the image's size.

    Each filter has kernel rows * kernel columns * channels weights and one bias.

    >>> conv_parameters(3, channels=1, filters=32), conv_parameters(3, channels=32, filters=64)
    (320, 18496)
    """
    rows, columns = pair(kernel, "kernel")
    weights = rows * columns * whole(channels, "channels")
    return (weights + 1) * whole(filters, "filters")
