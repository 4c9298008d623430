"""Train the network once and keep it: the Run that every number and figure of the course comes from.

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
from collections.abc import Callable, Iterator
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

FORMAT = 1  # of the run's folder; a run of another format is trained again
LIBRARIES = ("keras", "numpy", "scikit-learn", "tensorflow")
CHECKPOINT = "best-model.keras"
FILES = (CHECKPOINT, "val_probabilities.npy", "test_probabilities.npy")

# Run id to SHA-256 of its weights, of every run found or trained in this process.
used: dict[str, str] = {}


class RunError(Exception):
    """A run cannot be kept; the message names the folder and says what to do."""


def compile_and_fit(
    model: "keras.Model",
    train: tuple[np.ndarray, np.ndarray],
    validation: tuple[np.ndarray, np.ndarray],
    checkpoint: str | Path = "best-model.keras",
    progress: "tuple[keras.callbacks.Callback, ...]" = (),
) -> "keras.callbacks.History":
    """Train until the validation loss has not improved for two epochs; keep the best weights."""
    import keras

    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    checkpoint_cb = keras.callbacks.ModelCheckpoint(checkpoint, save_best_only=True)
    early_stopping_cb = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
    return model.fit(
        *train,
        epochs=20,
        verbose=0,
        validation_data=validation,
        callbacks=[checkpoint_cb, early_stopping_cb, *progress],
    )


@dataclass(frozen=True)
class Run:
    """One finished training: the folder `path`, and the manifest read from it and verified."""

    path: Path
    manifest: dict[str, Any]

    @property
    def id(self) -> str:
        """The hash of network, recipe, seed, data and library versions."""
        return self.manifest["id"]

    @property
    def history(self) -> dict[str, list[float]]:
        """Loss, accuracy, val_loss and val_accuracy, a value for each epoch."""
        return self.manifest["history"]

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.history["loss"])

    @property
    def best_epoch(self) -> int:
        """The epoch with the lowest validation loss, counted from 1: the one whose weights were kept."""
        return int(np.argmin(self.history["val_loss"])) + 1

    @property
    def val_loss(self) -> float:
        """The loss on the validation set, of the weights kept."""
        return self.manifest["val_loss"]

    @property
    def val_accuracy(self) -> float:
        """The accuracy on the validation set, 0 to 1, of the weights kept."""
        return self.manifest["val_accuracy"]

    @property
    def test_loss(self) -> float:
        """The loss on the test set."""
        return self.manifest["test_loss"]

    @property
    def test_accuracy(self) -> float:
        """The accuracy on the test set, 0 to 1."""
        return self.manifest["test_accuracy"]

    @property
    def is_sample(self) -> bool:
        """Whether it was trained on the sample in this package, not on the whole of Fashion-MNIST."""
        return self.manifest["data"]["is_sample"]

    @cached_property
    def model(self) -> "keras.Model":
        """The trained network, read from the checkpoint at first use."""
        import keras

        return keras.models.load_model(self.path / CHECKPOINT)

    @cached_property
    def val_probabilities(self) -> np.ndarray:
        """What the network says of the validation images: float32 (n, 10)."""
        return np.load(self.path / "val_probabilities.npy")

    @cached_property
    def test_probabilities(self) -> np.ndarray:
        """What the network says of the test images: float32 (n, 10)."""
        return np.load(self.path / "test_probabilities.npy")


def find(data: FashionMnist | Place | None = None, seed: int = 42) -> Run | None:
    """Return the run already trained on `data` with `seed`, or None if there is none or it is damaged.

    Takes milliseconds: Keras is imported when `Run.model` is first used.
    """
    path = _folder(data or fashion_mnist.in_place(), seed)
    if not path.exists():
        return None
    try:
        run = Run(path, _verified_manifest(path))
    except (OSError, ValueError) as error:
        print(f"the run in {path} is damaged ({error}): it does not count", file=sys.stderr)
        return None
    used[run.id] = run.manifest["weights_sha256"]
    return run


def find_or_train(data: FashionMnist | None = None, seed: int = 42) -> Run:
    """Return the run of `data` (by default what `fashion_mnist.load` finds) and `seed`; train it if need be.

    Raises
    ------
    RunError
        If the run cannot be written.
    """
    data = data or fashion_mnist.load()
    run = find(data, seed)
    if run is None:
        with _work_folder(_folder(data, seed)) as folder:
            _train(data, seed, folder)
        run = find(data, seed)
    if run is None:
        raise RunError(f"the run in {_folder(data, seed)} was damaged while it was written")
    return run


def run_id(data: FashionMnist | Place, seed: int) -> str:
    """Return the name of the run: what it was made from, hashed.

    Of the code its meaning counts, not its comments and layout.
    """
    recipe = (model.build, compile_and_fit, fashion_mnist.scale, fashion_mnist.split)
    parts = {
        "format": FORMAT,
        "recipe": [_code(function) for function in recipe],
        "seed": seed,
        "data": data.digest,
        "versions": _versions(),
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def _code(function: Callable) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    body = tree.body[0].body  # type: ignore[attr-defined]
    if ast.get_docstring(tree.body[0]):  # type: ignore[arg-type]
        del body[0]
    return ast.unparse(tree)


def _versions() -> dict[str, str]:
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def _folder(data: FashionMnist | Place, seed: int) -> Path:
    return cache_dir() / "runs" / run_id(data, seed)


def _verified_manifest(path: Path) -> dict[str, Any]:
    manifest = json.loads((path / "manifest.json").read_text("utf-8"))
    if not isinstance(manifest, dict) or manifest.pop("sha256", None) != _digest(manifest):
        raise ValueError("manifest.json is not as it was written")
    for name in FILES:
        if hashlib.sha256((path / name).read_bytes()).hexdigest() != manifest["files"][name]:
            raise ValueError(f"{name} is not as it was written")
    return manifest


def _digest(manifest: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(manifest, sort_keys=True).encode()).hexdigest()


@contextmanager
def _work_folder(path: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes `path` when the block ends, and is removed if it fails.

    Of two processes that make the same run, the first to finish provides it.
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
            f"cannot keep the trained run in {path.parent}: {error}; "
            "make room there, or set CNN_GUIDE_CACHE to a folder with 20 MB free that can be written"
        ) from error


WORK_PREFIX = "training-"
_ONE_DAY = 24 * 60 * 60


def _remove_left_over(parent: Path) -> None:
    """Remove what a killed training left; a day is more than any training takes."""
    for folder in parent.glob(WORK_PREFIX + "*"):
        if time.time() - folder.stat().st_mtime > _ONE_DAY:
            shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, path: Path) -> None:
    try:
        folder.rename(path)
    except OSError:
        try:
            _verified_manifest(path)
        except (OSError, ValueError):
            path.rename(folder / "damaged")
            folder.rename(path)


def _train(data: FashionMnist, seed: int, folder: Path) -> None:
    """Train, and write checkpoint, predictions and manifest to `folder`."""
    # TensorFlow leaves oneDNN off on many processors, and is then slower by two fifths.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    import keras

    started = time.time()
    keras.utils.set_random_seed(seed)
    train_images, val_images, train_labels, val_labels = fashion_mnist.split(
        fashion_mnist.scale(data.train_images), data.train_labels
    )
    network = model.build()
    epoch_times: list[float] = []
    history = compile_and_fit(
        network,
        (train_images, train_labels),
        (val_images, val_labels),
        folder / CHECKPOINT,
        (_progress(epoch_times),),
    )
    test_images = fashion_mnist.scale(data.test_images)
    val_loss, val_accuracy = network.evaluate(val_images, val_labels, verbose=0)
    test_loss, test_accuracy = network.evaluate(test_images, data.test_labels, verbose=0)
    np.save(folder / "val_probabilities.npy", network.predict(val_images, verbose=0))
    np.save(folder / "test_probabilities.npy", network.predict(test_images, verbose=0))
    weights = hashlib.sha256(b"".join(array.tobytes() for array in network.get_weights()))
    manifest = {
        "id": run_id(data, seed),
        "format": FORMAT,
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
        "processor": _processor(),
        "history": history.history,
        "val_loss": val_loss,
        "val_accuracy": val_accuracy,
        "test_loss": test_loss,
        "test_accuracy": test_accuracy,
        "weights_sha256": weights.hexdigest(),
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in FILES},
        "timing": {
            "started": datetime.fromtimestamp(started, UTC).isoformat(timespec="seconds"),
            "seconds_per_epoch": epoch_times,
            "seconds": time.time() - started,
        },
    }
    manifest["sha256"] = _digest(manifest)
    text = json.dumps(manifest, indent=1)
    (folder / "manifest.json").write_text(text, "utf-8")


def _processor() -> dict[str, Any]:
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                name = line.split(":", 1)[1].strip()
                break
    return {"name": name, "cores": os.cpu_count()}


def _progress(epoch_times: list[float]) -> "keras.callbacks.Callback":
    """Make a callback that shows the training on stderr: a bar in a terminal, a line per epoch elsewhere."""
    import keras

    class Progress(keras.callbacks.Callback):
        def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
            self.begun = time.perf_counter()

        def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
            steps = self.params["steps"]
            if sys.stderr.isatty() and batch % 50 == 0:
                bar = "#" * (30 * (batch + 1) // steps)
                epoch = len(epoch_times) + 1
                print(f"\rtraining, epoch {epoch:2d} [{bar:30s}]", end="", file=sys.stderr)
                sys.stderr.flush()

        def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
            epoch_times.append(time.perf_counter() - self.begun)
            start = "\r" if sys.stderr.isatty() else ""
            print(
                f"{start}training, epoch {epoch + 1:2d}: {epoch_times[-1]:.1f} s, "
                f"validation loss {logs['val_loss']:.4f}, accuracy {logs['val_accuracy']:.4f}",
                file=sys.stderr,
                flush=True,
            )

    return Progress()


if __name__ == "__main__":
    print(json.dumps(find_or_train().manifest, indent=1))
