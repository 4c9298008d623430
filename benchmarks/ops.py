"""Time the NumPy operations beside TensorFlow's and SciPy's, in one process, on float32.

Run it on an idle machine, with the BLAS of NumPy left to choose its own kernels:

    env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE python benchmarks/ops.py

Each line gives two medians in milliseconds, their ratio and the target for it. The exit status is
1 when a target is missed.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "1"  # before TensorFlow is imported, or it has no effect
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
import tensorflow as tf
from scipy.signal import correlate2d

from cnn_guide import avg_pool2d, conv2d, max_pool2d

ROUNDS, CALLS = 5, 20

CONVOLUTIONS = [  # image, kernel, ours / TensorFlow at most
    ((32, 28, 28, 1), (3, 3, 1, 32), 1.5),
    ((32, 14, 14, 32), (3, 3, 32, 64), 1.5),
    ((1, 224, 224, 3), (3, 3, 3, 64), 1.5),
    ((8, 56, 56, 64), (3, 3, 64, 64), 2.5),
]
POOLINGS = [  # image, pool size, stride, padding, ours / TensorFlow at most
    ((32, 28, 28, 32), 2, 2, "valid", 2.0),
    ((32, 14, 14, 64), 2, 2, "valid", 2.0),
    ((1, 224, 224, 64), 2, 2, "valid", 2.0),
    ((8, 56, 56, 64), 2, 2, "valid", 2.0),
    ((8, 56, 56, 64), 3, 2, "valid", None),  # overlapping windows: no target, for the record
    ((8, 56, 56, 64), 3, 2, "same", None),
]
SCIPY_TARGET = 1 / 20


def medians(*operations: Callable[[], object]) -> list[float]:
    """Return the median time of each operation in milliseconds, measured in turns."""
    times: list[list[float]] = [[] for _ in operations]
    for _ in range(ROUNDS):
        for operation, taken in zip(operations, times, strict=True):
            time.sleep(0.05)  # TensorFlow's idle threads spin for a while and would slow the next
            operation()
            for _ in range(CALLS):
                start = time.perf_counter()
                operation()
                taken.append(1000 * (time.perf_counter() - start))
    return [median(taken) for taken in times]


def correlate_all(images: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Call SciPy once for every image, channel and filter: what conv2d does at once."""
    output = np.zeros((*images.shape[:3], kernel.shape[3]), images.dtype)
    for image, maps in zip(images, output, strict=True):
        for channel in range(kernel.shape[2]):
            for number in range(kernel.shape[3]):
                weights = kernel[:, :, channel, number]
                maps[:, :, number] += correlate2d(image[:, :, channel], weights, mode="same")
    return output


def report(name: str, ours: float, theirs: float, target: float | None) -> bool:
    """Print one line of the table; return whether the target is met."""
    ratio = ours / theirs
    met = target is None or ratio <= target
    wanted = "" if target is None else f"{target:9.2f}"
    print(f"{name:52}{ours:9.3f}{theirs:11.3f}{ratio:8.3f}{wanted}{'' if met else '  missed'}")
    return met


def main() -> int:
    """Print the table; return 1 when a target is missed."""
    random = np.random.default_rng(42)
    print(f"{'operation':52}{'ours, ms':>9}{'other, ms':>11}{'ratio':>8}{'target':>9}")
    met = []
    for shape, kernel_shape, target in CONVOLUTIONS:
        image = random.normal(size=shape).astype(np.float32)
        kernel = random.normal(size=kernel_shape).astype(np.float32)
        ours = partial(conv2d, image, kernel, padding="same")
        theirs = partial(tf.nn.conv2d, tf.constant(image), tf.constant(kernel), 1, "SAME")
        np.testing.assert_allclose(ours(), theirs(), atol=1e-3)
        name = f"conv2d {shape} x {kernel_shape}"
        # B023 below: the lambda is called before the loop goes on, here and below
        met.append(report(f"{name}, TF", *medians(ours, lambda: theirs().numpy()), target))  # noqa: B023
        if shape == (32, 14, 14, 32):
            start = time.perf_counter()
            correlate_all(image, kernel)
            scipy_time = 1000 * (time.perf_counter() - start)
            met.append(report(f"{name}, SciPy", *medians(ours), scipy_time, SCIPY_TARGET))
    for shape, size, stride, padding, target in POOLINGS:
        image = random.normal(size=shape).astype(np.float32)
        tensor = tf.constant(image)
        for ours_of, theirs_of in [(max_pool2d, tf.nn.max_pool2d), (avg_pool2d, tf.nn.avg_pool2d)]:
            ours = partial(ours_of, image, size, stride, padding)
            theirs = partial(theirs_of, tensor, size, stride, padding.upper())
            np.testing.assert_allclose(ours(), theirs(), atol=1e-5)
            name = f"{ours_of.__name__} {shape}, {size} by {stride}, {padding}, TF"
            met.append(report(name, *medians(ours, lambda: theirs().numpy()), target))  # noqa: B023
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
