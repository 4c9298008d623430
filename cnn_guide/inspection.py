"""Look inside a trained network: its kernels, its feature maps, and what they respond to.

Arrays out; nothing is drawn here. `model` is the network of `cnn_guide.model`, or another whose
layers are in a row. `layer` is its place in ``model.layers`` or its name. Images are (n, height,
width, channels), scaled as in training (`fashion_mnist.scale`).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cnn_guide.padding import axis_padding, pad2d

if TYPE_CHECKING:
    import keras

Box = tuple[tuple[int, int], tuple[int, int]]


class Kernels(NamedTuple):
    """All weights of a convolutional layer, (kernel height, kernel width, channels, filters).

    With their biases (filters,), and the mean and standard deviation of the weights.
    """

    weights: np.ndarray
    biases: np.ndarray
    mean: float
    std: float


class Response(NamedTuple):
    """The place where an image excites a feature map most.

    `image` is the image's place among those searched; `activation` is the value at (`row`,
    `column`) of the map; `patch`, (height, width, channels), is all of the image that the value
    depends on, zeros where that reaches beyond the image.
    """

    image: int
    row: int
    column: int
    activation: float
    patch: np.ndarray


def kernels(model: "keras.Model", layer: int | str) -> Kernels:
    """Return the weights of a convolutional layer with their mean and standard deviation."""
    weights, biases = _layer(model, layer).get_weights()
    return Kernels(weights, biases, float(weights.mean()), float(weights.std()))


def glorot_limit(fan_in: int, fan_out: int) -> float:
    """Return the largest weight that Glorot's uniform initialisation can draw.

    Keras draws the weights of a new layer from -limit to limit, all equally likely, with limit =
    sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio 2010, equation 16). In a convolution each
    output is made of fan_in = kernel height x kernel width x channels numbers, and each input goes
    into fan_out = kernel height x kernel width x filters.

    >>> round(glorot_limit(3 * 3 * 1, 3 * 3 * 32), 4)
    0.1421
    """
    return float(np.sqrt(6 / (fan_in + fan_out)))


def activations(
    model: "keras.Model", images: ArrayLike, layers: Sequence[int | str]
) -> list[np.ndarray]:
    """Return what each of `layers` gives for `images`: arrays (n, ...)."""
    import keras

    outputs = [_layer(model, layer).output for layer in layers]
    together = keras.Model(model.inputs, outputs)
    found = together.predict(_batch(model, images), verbose=0)
    return found if isinstance(found, list) else [found]


def receptive_field(model: "keras.Model", layer: int | str, row: int, column: int) -> Box:
    """Return which rows and columns of the image a value of a feature map depends on.

    Goes back layer by layer: outputs first to last of a layer with kernel k and stride s, `before`
    numbers padded in front, read its inputs first * s - before to last * s - before + k - 1.

    Returns ((first row, last row), (first column, last column)), both ends included. They lie
    outside the image where the value depends on padding.
    """
    last = model.layers.index(_layer(model, layer))
    rows, columns = (row, row), (column, column)
    for step in reversed(model.layers[: last + 1]):
        window = getattr(step, "kernel_size", getattr(step, "pool_size", None))
        if window is None:
            continue
        height, width = step.input.shape[1:3]
        rows = _inputs_of(rows, height, window[0], step.strides[0], step.padding)
        columns = _inputs_of(columns, width, window[1], step.strides[1], step.padding)
    return rows, columns


def strongest_responses(
    model: "keras.Model", images: ArrayLike, layer: int | str, channel: int, count: int = 9
) -> list[Response]:
    """Find the images that excite a feature map most, one place in each, the strongest first.

    Images that leave the map at zero are not among them, so there may be fewer than `count`.
    """
    import keras

    images = _batch(model, images)
    one_map = keras.Model(model.inputs, _layer(model, layer).output[..., channel])
    maps = _in_batches(one_map, images)
    peaks = maps.max(axis=(1, 2))
    best = [int(image) for image in np.argsort(-peaks, kind="stable")[:count] if peaks[image] > 0]
    found = []
    for image in best:
        row, column = (int(i) for i in np.unravel_index(maps[image].argmax(), maps[image].shape))
        patch = _cut(images[image], receptive_field(model, layer, row, column))
        found.append(Response(image, row, column, float(peaks[image]), patch))
    return found


def occlusion_map(
    model: "keras.Model", image: ArrayLike, label: int, size: int = 7, value: float = 0
) -> np.ndarray:
    """Cover a square of the image, everywhere in turn, and measure what the class loses.

    `image`: (height, width, channels). `size`: rows and columns of the cover, odd, so that it has
    a middle. `value` is what it covers with: 0 is the background of Fashion-MNIST.

    Returns (height, width): the probability of class `label` with the cover's middle on that
    pixel, minus the probability without cover. Negative where the class rests on what is covered
    (Zeiler and Fergus 2013).

    Raises
    ------
    ValueError
        If `size` is not odd.
    """
    if size % 2 == 0:
        raise ValueError(f"a cover of size {size} has no middle pixel: use an odd size")
    image = np.asarray(image)
    height, width = image.shape[:2]
    covered = np.repeat(image[np.newaxis], 1 + height * width, axis=0)
    for place, (row, column) in enumerate(np.ndindex(height, width), start=1):
        top, left = max(row - size // 2, 0), max(column - size // 2, 0)
        covered[place, top : row + size // 2 + 1, left : column + size // 2 + 1] = value
    probabilities = model.predict(_batch(model, covered), batch_size=256, verbose=0)[:, label]
    return (probabilities[1:] - probabilities[0]).reshape(height, width)


def score_slopes(
    model: "keras.Model", images: ArrayLike, labels: ArrayLike, layer: int | str
) -> tuple[np.ndarray, np.ndarray]:
    """Return the maps of `layer` and how steeply a class score rises with them.

    `labels`: (n,), for each image the class whose score it is: that before
    softmax, which would mix in the other classes. Returns two arrays (n, rows,
    columns, maps).

    Raises
    ------
    ValueError
        If the model does not end with a dense layer.
    """
    import keras
    import tensorflow as tf

    last = model.layers[-1]
    if not isinstance(last, keras.layers.Dense):
        raise ValueError(f"scores are read off a Dense layer, not off {last!r}")
    explained = _layer(model, layer)
    front = keras.Model(model.inputs, explained.output)
    maps = tf.constant(_in_batches(front, _batch(model, images)))
    with tf.GradientTape() as tape:
        tape.watch(maps)
        # Step by step: a Sequential grown with add() computes each layer's
        # `output` apart, so a model of two such outputs would leave the score
        # without a path back to the maps.
        values = maps
        for step in model.layers[model.layers.index(explained) + 1 : -1]:
            values = step(values)
        scores = tf.matmul(values, last.kernel) + last.bias
        score = tf.gather(scores, np.asarray(labels), axis=1, batch_dims=1)
    return maps.numpy(), tape.gradient(score, maps).numpy()


def grad_cam(
    model: "keras.Model",
    image: ArrayLike,
    label: int,
    layer: int | str,
) -> np.ndarray:
    """Weigh the maps of `layer` by how much the score of class `label` rises.

    A map's weight is the mean slope of the score over the map; the heat is the
    weighted sum of the maps, negative values set to zero (Selvaraju et al.
    2017, equations 1 and 2).

    `image`: (height, width, channels). Returns the heat, (rows, columns) of the
    layer's maps, 0 or more. Raises ValueError as `score_slopes`.
    """
    batch = np.asarray(image)[np.newaxis]
    maps, slopes = score_slopes(model, batch, [label], layer)
    weights = slopes[0].mean(axis=(0, 1))
    return np.maximum((maps[0] * weights).sum(axis=-1), 0)


def _layer(model: "keras.Model", layer: int | str) -> Any:
    return model.get_layer(layer) if isinstance(layer, str) else model.layers[layer]


def _batch(model: "keras.Model", images: ArrayLike) -> np.ndarray:
    images = np.asarray(images)
    if images.ndim != 4 or images.shape[1:] != tuple(model.input_shape[1:]):
        raise ValueError(
            f"images {images.shape} do not fit the network's input {model.input_shape}: "
            "use fashion_mnist.scale, and images[:1] or image[np.newaxis] for a single one"
        )
    return images


def _in_batches(network: "keras.Model", images: np.ndarray) -> np.ndarray:
    # Called, not predict: that compiles each new model first, which takes longer than the images.
    starts = range(0, len(images), 256)
    return np.concatenate([network([images[start : start + 256]]).numpy() for start in starts])


def _inputs_of(
    outputs: tuple[int, int], size: int, kernel: int, stride: int, padding: str
) -> tuple[int, int]:
    before, _ = axis_padding(size, kernel, stride, padding)
    return outputs[0] * stride - before, outputs[1] * stride - before + kernel - 1


def _cut(image: np.ndarray, box: Box) -> np.ndarray:
    """Return the part of the image in `box`, zeros where the box reaches beyond it."""
    (top, bottom), (left, right) = box
    height, width = image.shape[:2]
    amounts = (
        (max(-top, 0), max(bottom + 1 - height, 0)),
        (max(-left, 0), max(right + 1 - width, 0)),
    )
    padded = pad2d(image, amounts)
    top, left = top + amounts[0][0], left + amounts[1][0]
    bottom, right = bottom + amounts[0][0], right + amounts[1][0]
    return padded[top : bottom + 1, left : right + 1]
