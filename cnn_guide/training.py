"""Train the network once and keep it: the Run that every number of the course comes from.

``python -m cnn_guide.training`` finds the Run, or trains it, and prints its manifest.
"""

import ast
import hashlib
import importlib.metadata
import inspect
import json
import os
import platform
import shutil
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from cnn_guide import fashion_mnist, model
from cnn_guide.cache import cache_dir
from cnn_guide.fashion_mnist import FashionMnist, Place

if TYPE_CHECKING:
    import keras

FORMAT = 1  # of a run's folder; part of its id, so a run of another format is not found
LIBRARIES = ("keras", "numpy", "scikit-learn", "tensorflow")
FILES = ("best-model.keras", "val_probabilities.npy", "test_probabilities.npy")
WORK_PREFIX = "training-"
SPREAD_SEEDS = range(5)

# Run id to SHA-256 of its weights, of every run found or trained in this process.
used: dict[str, str] = {}


class RunError(Exception):
    """A run cannot be made or kept; the message says why and what to do."""


def compile_and_fit(
    model: "keras.Model",
    train_images: np.ndarray,
    train_labels: np.ndarray,
    val_images: np.ndarray,
    val_labels: np.ndarray,
    checkpoint: str | Path = "best-model.keras",
    progress: "Sequence[keras.callbacks.Callback]" = (),
) -> "keras.callbacks.History":
    """Train until the validation loss has not improved for two epochs.

    Keep the best weights; the best network is also saved to the file
    `checkpoint`. Images (n, 28, 28, 1), labels (n,).
    """
    import keras

    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    checkpoint_cb = keras.callbacks.ModelCheckpoint(
        checkpoint,
        save_best_only=True,
    )
    early_stopping_cb = keras.callbacks.EarlyStopping(
        patience=2,
        restore_best_weights=True,
    )
    return model.fit(
        train_images,
        train_labels,
        epochs=20,
        verbose=0,
        validation_data=(val_images, val_labels),
        callbacks=[checkpoint_cb, early_stopping_cb, *progress],
    )


@dataclass(frozen=True)
class Run:
    """A finished training: its folder, and the manifest read from it and verified."""

    path: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """The hash of network, recipe, seed, data and library versions."""
        return self.manifest["id"]

    @property
    def history(self) -> dict[str, list[float]]:
        """`loss`, `accuracy`, `val_loss`, `val_accuracy`: a value for each epoch."""
        return self.manifest["history"]

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.history["loss"])

    @property
    def best_epoch(self) -> int:
        """The epoch, counted from 1, whose weights were kept: that of the lowest `val_loss`."""
        return int(np.argmin(self.history["val_loss"])) + 1

    @property
    def val_loss(self) -> float:
        """The loss of the kept weights on the validation set."""
        return self.manifest["val_loss"]

    @property
    def val_accuracy(self) -> float:
        """The accuracy of the kept weights on the validation set, 0 to 1."""
        return self.manifest["val_accuracy"]

    @property
    def test_loss(self) -> float:
        """The loss of the kept weights on the test set."""
        return self.manifest["test_loss"]

    @property
    def test_accuracy(self) -> float:
        """The accuracy of the kept weights on the test set, 0 to 1."""
        return self.manifest["test_accuracy"]

    @property
    def is_sample(self) -> bool:
        """Whether it was trained on the sample, not on the whole of Fashion-MNIST."""
        return self.manifest["data"]["is_sample"]

    @cached_property
    def model(self) -> "keras.Model":
        """The trained network, loaded from the checkpoint at first use."""
        import keras

        return keras.models.load_model(self.path / "best-model.keras")

    @cached_property
    def val_probabilities(self) -> np.ndarray:
        """What the network says of each validation image: float32 (n, 10)."""
        return np.load(self.path / "val_probabilities.npy")

    @cached_property
    def test_probabilities(self) -> np.ndarray:
        """What the network says of each test image: float32 (n, 10)."""
        return np.load(self.path / "test_probabilities.npy")


def find(data: FashionMnist | Place | None = None, seed: int = 42) -> Run | None:
    """Return the run kept for `data` and `seed`, None if there is none or it is damaged.

    `data` is by default what is on this machine, without a download (`fashion_mnist.in_place`).
    Takes milliseconds: Keras is imported when `Run.model` is first used.
    """
    return _kept(_folder(run_id(data or fashion_mnist.in_place(), seed)))


def find_or_train(data: FashionMnist | None = None, seed: int = 42) -> Run:
    """Return the run kept for `data` and `seed`; train it if there is none.

    `data` is by default what `fashion_mnist.load` gives. Two trainings with one seed on one
    processor give the same weights bit for bit: Keras' seeds are enough for that, because on a CPU
    no operation of this network depends on the order in which threads finish.

    Raises
    ------
    RunError
        If the run cannot be written, or Keras does not compute with TensorFlow.
    """
    path = _folder(run_id(data or fashion_mnist.find_or_download(), seed))
    run = _kept(path)
    if run is None:
        with _work_folder(path) as folder:
            _train(data or fashion_mnist.load(), seed, folder, path.name)
        run = _kept(path)
    if run is None:
        raise RunError(f"the run in {path} was changed while it was written: start again")
    return run


def spread() -> list[Run]:
    """Return runs on the sample that differ in nothing but their seed: `SPREAD_SEEDS`.

    Always on the sample, small enough to train several times. Those not kept are trained.

    Raises
    ------
    RunError
        As `find_or_train`.
    """
    sample = fashion_mnist.load_sample()
    return [find_or_train(sample, seed) for seed in SPREAD_SEEDS]


def run_id(data: FashionMnist | Place, seed: int) -> str:
    """Return the name of a run: what it is made from, hashed."""
    parts = {
        "format": FORMAT,
        "recipe": _RECIPE,
        "seed": seed,
        "data": data.digest,
        "versions": _versions(),
    }
    return _digest(parts)[:16]


def weights_digest(run_id: str) -> str | None:
    """Return the SHA-256 of the weights of the kept run of that id, None if there is none."""
    try:
        return json.loads((_folder(run_id) / "manifest.json").read_text("utf-8"))["weights_sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _code(function: Callable) -> str:
    """Return what `function` does, without its comments, docstring and layout."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    # a function's source parses to one definition, which ast types as any statement
    body = tree.body[0].body  # type: ignore[attr-defined]
    if ast.get_docstring(tree.body[0]):  # type: ignore[arg-type]
        del body[0]
    return ast.unparse(tree)


# Read at import: a file edited while it trains must not lend its new name to the old code's run.
_RECIPE = [
    _code(part) for part in (model.build, compile_and_fit, fashion_mnist.scale, fashion_mnist.split)
]


def _versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _folder(run_id: str) -> Path:
    return cache_dir() / "runs" / run_id


def _kept(path: Path) -> Run | None:
    if not path.exists():
        return None
    try:
        run = Run(path, _verified_manifest(path))
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"the run in {path} is damaged, it does not count: {error}", file=sys.stderr)
        return None
    used[run.id] = run.manifest["weights_sha256"]
    return run


def _verified_manifest(path: Path) -> dict[str, Any]:
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    if manifest["id"] != path.name or manifest.pop("sha256") != _digest(manifest):
        raise ValueError("manifest.json is not as it was written")
    for name in FILES:
        if _file_digest(path / name) != manifest["files"][name]:
            raise ValueError(f"{name} is not as it was written")
    return manifest


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def _work_folder(path: Path) -> Iterator[Path]:
    """Give a folder to write in that becomes `path` when the block ends, and goes if it fails.

    So a run is there whole or not at all, and two processes that train it do not meet.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_left_over(path.parent)
        folder = Path(tempfile.mkdtemp(prefix=WORK_PREFIX, dir=path.parent))
        try:
            yield folder
            _put_in_place(folder, path)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise RunError(
            f"cannot keep the run in {path.parent}: {error}; make room for 20 MB there, "
            "or set CNN_GUIDE_CACHE to another folder"
        ) from error


def _put_in_place(folder: Path, path: Path) -> None:
    if path.exists() and _kept(path) is None:
        path.rename(folder.with_name(folder.name + "-damaged"))
    try:
        folder.rename(path)
    except OSError:
        if _kept(path) is None:  # otherwise another process was faster, and its run serves
            raise


def _remove_left_over(parent: Path) -> None:
    """Remove what killed trainings left: a day is more than any training takes."""
    for left_over in parent.glob(WORK_PREFIX + "*"):
        try:
            old = time.time() - left_over.stat().st_mtime > 24 * 60 * 60
        except FileNotFoundError:  # another process removed it
            continue
        if old or left_over.name.endswith("-damaged"):
            shutil.rmtree(left_over, ignore_errors=True)


def _train(data: FashionMnist, seed: int, folder: Path, run_id: str) -> None:
    """Train, and write checkpoint, predictions and manifest to `folder`."""
    # oneDNN halves the time where TensorFlow would leave it off; the log is about GPUs and oneDNN.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    import keras

    if keras.backend.backend() != "tensorflow":
        raise RunError(
            f"the run is trained with TensorFlow, and Keras is set to {keras.backend.backend()}: "
            "set KERAS_BACKEND=tensorflow"
        )
    started = time.time()
    keras.utils.set_random_seed(seed)
    train_images, val_images, train_labels, val_labels = fashion_mnist.split(
        fashion_mnist.scale(data.train_images), data.train_labels
    )
    network = model.build()
    epoch_seconds: list[float] = []
    fitted = compile_and_fit(
        network,
        train_images,
        train_labels,
        val_images,
        val_labels,
        folder / "best-model.keras",
        [_progress(epoch_seconds)],
    )
    test_images = fashion_mnist.scale(data.test_images)
    history = fitted.history
    best = int(np.argmin(history["val_loss"]))
    test_loss, test_accuracy = network.evaluate(test_images, data.test_labels, verbose=0)
    np.save(folder / "val_probabilities.npy", network.predict(val_images, verbose=0))
    np.save(folder / "test_probabilities.npy", network.predict(test_images, verbose=0))
    weights = b"".join(array.tobytes() for array in network.get_weights())
    manifest = {
        "id": run_id,
        "seed": seed,
        "data": {
            "source": data.source,
            "digest": data.digest,
            "is_sample": data.is_sample,
            "training_images": len(train_images),
            "validation_images": len(val_images),
            "test_images": len(test_images),
        },
        "versions": {"python": platform.python_version(), **_versions()},
        "processor": {"name": _processor_name(), "cores": os.cpu_count()},
        "history": history,
        "val_loss": history["val_loss"][best],
        "val_accuracy": history["val_accuracy"][best],
        "test_loss": test_loss,
        "test_accuracy": test_accuracy,
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        "files": {name: _file_digest(folder / name) for name in FILES},
        "timing": {
            "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
            "seconds_per_epoch": epoch_seconds,
            "seconds": time.time() - started,
        },
    }
    text = json.dumps({**manifest, "sha256": _digest(manifest)}, indent=1)
    (folder / "manifest.json").write_text(text, "utf-8")


def _processor_name() -> str:
    cpuinfo = Path("/proc/cpuinfo")  # platform.processor() is empty on most Linux systems
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def _progress(epoch_seconds: list[float]) -> "keras.callbacks.Callback":
    """Make a callback that shows the training on stderr and notes how long each epoch took.

    A bar in a terminal, a line for each epoch elsewhere.
    """
    import keras

    terminal = sys.stderr.isatty()

    class Progress(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
            self.begun = time.perf_counter()

        def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
            if terminal and batch % 50 == 0:
                bar = "#" * (30 * batch // self.params["steps"])
                epoch = len(epoch_seconds) + 1
                text = f"\rtraining, epoch {epoch:2d} [{bar:30s}]"
                print(text, end="", file=sys.stderr, flush=True)

        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            logs = logs or {}
            epoch_seconds.append(time.perf_counter() - self.begun)
            start = "\r" if terminal else ""
            print(
                f"{start}training, epoch {epoch + 1:2d}: "
                f"{epoch_seconds[-1]:.1f} s, validation loss {logs['val_loss']:.4f}, "
                f"accuracy {logs['val_accuracy']:.4f}",
                file=sys.stderr,
                flush=True,
            )

    return Progress()


def main() -> None:
    """Find or train the run of the data at hand, and print its manifest."""
    try:
        print(json.dumps(find_or_train().manifest, indent=1))
    except (fashion_mnist.DataError, RunError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
