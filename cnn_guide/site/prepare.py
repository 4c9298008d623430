"""Compute, once, what the lessons stand on: the Run, its spread over seeds, the page's network.

``python -m cnn_guide.site.prepare`` does it; a build calls that in a process of its own, so that
TensorFlow is loaded only when there is something to train.
"""

import os
import subprocess
import sys

from cnn_guide import fashion_mnist, live, training


def settle_data() -> None:
    """Find or download the data; if there is only the sample, let the whole build use that.

    Otherwise each lesson would ask the network again, and tell on its page that nothing came.
    """
    if fashion_mnist.find_or_download().folder == fashion_mnist.SAMPLE_FOLDER:
        os.environ["CNN_GUIDE_DATA"] = str(fashion_mnist.SAMPLE_FOLDER)


def complete() -> bool:
    """Whether everything is kept already. Takes milliseconds: Keras is not imported."""
    run = training.find()
    sample = fashion_mnist.load_sample()
    return (
        run is not None
        and live.find(run) is not None
        and all(training.find(sample, seed) is not None for seed in training.SPREAD_SEEDS)
    )


def prepare() -> live.LiveNetwork:
    """Return the page's network; before that, train and export what is missing.

    Raises `training.RunError` or `fashion_mnist.DataError` if that cannot be.
    """
    settle_data()
    if not complete():
        done = subprocess.run([sys.executable, "-m", "cnn_guide.site.prepare"])
        if done.returncode:
            raise training.RunError("what the lessons stand on could not be computed; see above")
    return live.prepare(training.find_or_train())


if __name__ == "__main__":
    # TensorFlow's C++ tells of the processor and of missing GPUs there; Python's stderr stays
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        live.prepare(training.find_or_train())
        training.spread()
    except (fashion_mnist.DataError, training.RunError, OSError) as error:
        sys.exit(str(error))
