"""The trained network for the page: weights rounded to 8 bits, what the rounding costs, files.

A reader's browser computes the network of the lessons from three files that `export` writes:
``network.json`` (layout, accuracies, labels), ``network.bin`` (the weights) and ``images.bin``
(test images to choose from). `prepare` keeps them in the cache folder, one folder for each Run.
"""

import hashlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from cnn_guide import conv2d, fashion_mnist, max_pool2d
from cnn_guide.cache import cache_dir
from cnn_guide.fashion_mnist import CLASS_NAMES

FORMAT = 1
SHAPES = ((3, 3, 1, 32), (32,), (3, 3, 32, 64), (64,), (3136, 100), (100,), (100, 10), (10,))
LAYERS = ("conv2d", "conv2d_1", "dense", "dense_1")
IMAGES_OF_EACH_CLASS = 6


class Activations(NamedTuple):
    """What the network computes for a batch of n images.

    Attributes
    ----------
    first
        Maps of the first convolutional layer after ReLU, (n, 28, 28, 32).
    second
        Maps of the second convolutional layer after ReLU, (n, 14, 14, 64).
    probabilities
        Softmax of the output layer, (n, 10).
    """

    first: NDArray[Any]
    second: NDArray[Any]
    probabilities: NDArray[Any]


@dataclass(frozen=True)
class LiveNetwork:
    """The files of one network for the page, and what is known about them.

    Attributes
    ----------
    folder
        Where ``network.json``, ``network.bin`` and ``images.bin`` are.
    accuracy, quantised_accuracy
        Share of test images classified rightly before and after rounding, 0 to 1.
    bytes
        What the page loads: the three files together.
    """

    folder: Path
    accuracy: float
    quantised_accuracy: float
    bytes: int

    @property
    def points_lost(self) -> float:
        """Accuracy lost by rounding, in percentage points; negative when rounding helped."""
        return 100 * (self.accuracy - self.quantised_accuracy)


def quantise(kernel: ArrayLike) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Round weights to whole multiples, -127 to 127, of one scale for each output channel.

    Parameters
    ----------
    kernel
        (..., outputs), a convolution kernel or the matrix of a dense layer.

    Returns
    -------
    codes, scales
        int8 of the kernel's shape, and float32 (outputs,); ``codes * scales`` is the rounded
        kernel, at most half a scale away from the given one. An output whose weights are all 0
        has scale 0.

    Examples
    --------
    >>> codes, scales = quantise([[1.27, -4.0], [0.5, 2.0]])
    >>> codes.tolist()
    [[127, -127], [50, 64]]
    >>> (codes * scales).round(3).astype(float).round(3).tolist()
    [[1.27, -4.0], [0.5, 2.016]]
    """
    kernel = np.asarray(kernel, dtype=np.float32)
    if not np.isfinite(kernel).all():
        raise ValueError(f"kernel {kernel.shape} holds nan or infinity: train the network again")
    scales = np.abs(kernel).reshape(-1, kernel.shape[-1]).max(axis=0) / np.float32(127)
    # Dividing by 1 where all weights are 0: the codes are 0 whatever the scale.
    codes = np.rint(kernel / np.where(scales > 0, scales, 1))
    return codes.clip(-127, 127).astype(np.int8), scales.astype(np.float32)


def rounded(weights: Sequence[ArrayLike]) -> list[NDArray[np.float32]]:
    """Return the weights as the page sees them: kernels quantised and back, biases as they are.

    `weights` are the eight arrays of ``model.get_weights()``.
    """
    arrays = _checked(weights)
    return [_round_trip(array) if array.ndim > 1 else array for array in arrays]


def forward(weights: Sequence[ArrayLike], images: ArrayLike) -> Activations:
    """Compute the network of the lessons with the package's own convolution and pooling.

    Parameters
    ----------
    weights
        The eight arrays of ``model.get_weights()``.
    images
        (n, 28, 28, 1), 0 to 1.
    """
    kernel1, bias1, kernel2, bias2, dense1, offset1, dense2, offset2 = _checked(weights)
    first = np.maximum(conv2d(images, kernel1, bias1, padding="same"), 0)
    second = np.maximum(conv2d(max_pool2d(first), kernel2, bias2, padding="same"), 0)
    pooled = max_pool2d(second)
    features = pooled.reshape(len(pooled), -1)
    hidden = np.maximum(features @ dense1 + offset1, 0)
    return Activations(first, second, _softmax(hidden @ dense2 + offset2))


def accuracy(weights: Sequence[ArrayLike], images: ArrayLike, labels: ArrayLike) -> float:
    """Return the share of images, uint8 (n, 28, 28), that the network classifies as labelled."""
    return _survey(weights, np.asarray(images), np.asarray(labels))[0]


def export(
    folder: Path | str,
    weights: Sequence[ArrayLike],
    images: ArrayLike,
    labels: ArrayLike,
    exact_accuracy: float,
    run_id: str,
) -> LiveNetwork:
    """Write the files for the page into a new folder, whole or not at all.

    The accuracy after rounding is measured on all the given images; the first six of each class
    become the images to choose from. The same arguments give the same bytes.

    Parameters
    ----------
    folder
        Where to write; a folder that is there already is replaced.
    weights
        The eight arrays of ``model.get_weights()``.
    images, labels
        The test set: uint8 (n, 28, 28) and (n,).
    exact_accuracy
        The accuracy before rounding on this test set, as `accuracy` or Keras measures it.
    run_id
        Names the training run on the page.

    Raises
    ------
    ValueError
        If the weights are not those of the network of the lessons, or if a class has too few
        images.
    """
    folder = Path(folder)
    arrays = _checked(weights)
    images, labels = np.asarray(images, dtype=np.uint8), np.asarray(labels)
    chosen = _first_of_each_class(labels)
    quantised, silent = _survey(rounded(arrays), images, labels)

    binary, layers = _pack(arrays)
    pictures = images[chosen].tobytes()
    manifest = {
        "format": FORMAT,
        "run": run_id,
        "accuracy": exact_accuracy,
        "quantised_accuracy": quantised,
        "test_images": len(images),
        "network": {"file": "network.bin", **_fingerprint(binary)},
        "layers": layers,
        "silent": silent,
        "images": {
            "file": "images.bin",
            **_fingerprint(pictures),
            "index": chosen,
            "label": labels[chosen].tolist(),
        },
        "class_names": CLASS_NAMES,
    }
    files = {
        "network.json": _json({**manifest, "sha256": _own_digest(manifest)}),
        "network.bin": binary,
        "images.bin": pictures,
    }
    _write_folder(folder, files)
    return LiveNetwork(folder, exact_accuracy, quantised, sum(map(len, files.values())))


def prepare(run: Any) -> LiveNetwork:
    """Return the page's files for a Run from the cache folder, exporting them when missing.

    Only an export opens the model and the test set. Files made by another version of the package's
    arithmetic count as missing, and so do incomplete or damaged ones.
    """
    return find(run) or _export_run(run, _folder(run))


def find(run: Any) -> LiveNetwork | None:
    """Return the page's files for a Run if they are in the cache folder, whole, else None."""
    return _read(_folder(run))


def patches(network: LiveNetwork, size: int = 8) -> list[dict[str, Any]]:
    """Cut a patch for the explorer from the first image of each class that the page carries.

    Each is the (size, size) window in which grey values, 0 to 255, vary most. Returns
    ``{"name": {language: class name}, "values": rows}`` for each.
    """
    manifest = json.loads((network.folder / "network.json").read_bytes())
    pixels = np.frombuffer((network.folder / "images.bin").read_bytes(), np.uint8)
    images, labels = pixels.reshape(-1, 28, 28), manifest["images"]["label"]
    cut = []
    for label in sorted(set(labels)):
        windows = sliding_window_view(images[labels.index(label)], (size, size))
        row, column = np.unravel_index(windows.std(axis=(2, 3)).argmax(), windows.shape[:2])
        names = {language: names[label] for language, names in CLASS_NAMES.items()}
        cut.append({"name": names, "values": windows[row, column].tolist()})
    return cut


def _folder(run: Any) -> Path:
    return cache_dir() / "live" / f"{run.id}-{_key(run.manifest['weights_sha256'])}"


def _export_run(run: Any, folder: Path) -> LiveNetwork:
    data = fashion_mnist.load_sample() if run.is_sample else fashion_mnist.load()
    weights = run.model.get_weights()
    test_set = (data.test_images, data.test_labels)
    return export(folder, weights, *test_set, run.test_accuracy, run.id)


def _read(folder: Path) -> LiveNetwork | None:
    try:
        text = (folder / "network.json").read_bytes()
        manifest = json.loads(text)
        if text != _json(manifest) or manifest.pop("sha256") != _own_digest(manifest):
            return None
        total = len(text)
        for part in (manifest["network"], manifest["images"]):
            data = (folder / part["file"]).read_bytes()
            if _fingerprint(data)["sha256"] != part["sha256"]:
                return None
            total += len(data)
        return LiveNetwork(folder, manifest["accuracy"], manifest["quantised_accuracy"], total)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _checked(weights: Sequence[ArrayLike]) -> list[NDArray[np.float32]]:
    arrays = [np.asarray(array, dtype=np.float32) for array in weights]
    shapes = tuple(array.shape for array in arrays)
    if shapes != SHAPES:
        raise ValueError(
            f"weights of shapes {shapes} do not fit: the page computes the network of the lessons, "
            f"whose model.get_weights() has shapes {SHAPES}"
        )
    return arrays


def _round_trip(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    codes, scales = quantise(kernel)
    return codes * scales


def _softmax(scores: NDArray[Any]) -> NDArray[Any]:
    # The largest score is taken off first: exp of a large score would overflow.
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _survey(
    weights: Sequence[ArrayLike], images: NDArray[Any], labels: NDArray[Any]
) -> tuple[float, dict[str, list[int]]]:
    """Return the accuracy, and for each convolutional layer the maps that are 0 on every image."""
    right = 0
    peaks = [np.zeros(SHAPES[0][-1]), np.zeros(SHAPES[2][-1])]
    # 100 images at a time: their maps fit into the processor's cache better than those of all.
    for start in range(0, len(images), 100):
        batch = images[start : start + 100, :, :, np.newaxis] / np.float32(255)
        *maps, probabilities = forward(weights, batch)
        right += int((probabilities.argmax(axis=1) == labels[start : start + 100]).sum())
        peaks = [
            np.maximum(peak, m.max(axis=(0, 1, 2))) for peak, m in zip(peaks, maps, strict=True)
        ]
    silent = [np.flatnonzero(peak == 0).tolist() for peak in peaks]
    return right / len(images), dict(zip(LAYERS[:2], silent, strict=True))


def _first_of_each_class(labels: NDArray[Any]) -> list[int]:
    chosen = []
    for index, name in enumerate(CLASS_NAMES["en"]):
        found = np.flatnonzero(labels == index)[:IMAGES_OF_EACH_CLASS]
        if len(found) < IMAGES_OF_EACH_CLASS:
            raise ValueError(
                f"{len(found)} images of {name}: give a test set with at least "
                f"{IMAGES_OF_EACH_CLASS} of each class"
            )
        chosen += found.tolist()
    return chosen


def _pack(arrays: list[NDArray[np.float32]]) -> tuple[bytes, list[dict[str, Any]]]:
    """Return all layers as bytes (codes, scales, bias of each), and where each part begins."""
    binary = bytearray()

    def place(array: NDArray[Any], dtype: str) -> int:
        # Browsers read 4-byte numbers only at multiples of 4.
        binary.extend(bytes(-len(binary) % 4))
        start = len(binary)
        binary.extend(array.astype(dtype).tobytes())
        return start

    layers = []
    for name, kernel, bias in zip(LAYERS, arrays[::2], arrays[1::2], strict=True):
        codes, scales = quantise(kernel)
        places = {"codes": place(codes, "<i1"), "scales": place(scales, "<f4")}
        layers.append({"name": name, "shape": kernel.shape, **places, "bias": place(bias, "<f4")})
    return bytes(binary), layers


def _fingerprint(data: bytes) -> dict[str, Any]:
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def _own_digest(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(_json(manifest)).hexdigest()


def _json(manifest: dict[str, Any]) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _key(weights_digest: str) -> str:
    """Return a short hash of the weights and of the modules whose arithmetic is in the files."""
    sources = [Path(__file__).with_name(f"{name}.py").read_bytes() for name in _ARITHMETIC]
    return hashlib.sha256(b"".join([weights_digest.encode(), *sources])).hexdigest()[:12]


_ARITHMETIC = ("padding", "convolution", "pooling", "live")


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".live-", dir=folder.parent) as temporary:
        new = Path(temporary) / "new"
        new.mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
        try:
            new.rename(folder)
        except OSError:
            # There already: left alone when it is the same, as when two builds export at once.
            if not _holds(folder, files):
                folder.rename(Path(temporary) / "old")
                new.rename(folder)


def _holds(folder: Path, files: dict[str, bytes]) -> bool:
    try:
        return all((folder / name).read_bytes() == data for name, data in files.items())
    except OSError:
        return False
