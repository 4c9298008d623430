import dataclasses
import hashlib
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from cnn_guide import fashion_mnist, training
from cnn_guide.training import RunError

# Keras' variables meet NumPy 2's __array__(copy=...) with a warning that only Keras can mend.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")

# Few enough images to be trained in seconds: what is tested is the keeping.
PROGRAM = """
import dataclasses
from cnn_guide import fashion_mnist, training
data = fashion_mnist.load_sample()
data = dataclasses.replace(
    data,
    train_images=data.train_images[:160], train_labels=data.train_labels[:160],
    test_images=data.test_images[:50], test_labels=data.test_labels[:50],
    digest="few",
)
"""


@pytest.fixture(scope="module")
def few():
    names: dict = {}
    exec(PROGRAM, names)
    return names["data"]


@pytest.fixture(scope="module")
def trained(few, tmp_path_factory):
    """A cache folder with the run of `few`; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("trained")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CNN_GUIDE_CACHE", str(folder))
        training.find_or_train(few)
    return folder


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache folder."""
    monkeypatch.setenv("CNN_GUIDE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def kept(trained, cache, few):
    """The folder of the run of `few`, in a cache folder of its own."""
    shutil.copytree(trained, cache)
    return training.find(few).path


@pytest.fixture
def no_training(monkeypatch):
    """Stand in for the training: say that it was asked for."""

    class Asked(Exception):
        pass

    def ask(*arguments):
        raise Asked

    monkeypatch.setattr(training, "_train", ask)
    return Asked


def python(program: str, **environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM + program],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_run_holds_what_the_prose_needs(kept, few):
    run = training.find(few)
    assert run.path == kept
    assert run.epochs == len(run.history["val_accuracy"])
    assert run.best_epoch == 1 + run.history["val_loss"].index(min(run.history["val_loss"]))
    assert run.val_loss == min(run.history["val_loss"])
    assert run.val_accuracy == run.history["val_accuracy"][run.best_epoch - 1]
    assert 0 <= run.test_accuracy <= 1
    assert run.test_loss > 0
    assert run.is_sample
    assert run.manifest["data"]["training_images"] == 128
    assert run.manifest["versions"]["keras"]
    assert run.manifest["processor"]["name"]
    assert len(run.manifest["timing"]["seconds_per_epoch"]) == run.epochs


def test_training_stops_two_epochs_after_the_best_or_at_twenty(kept, few):
    run = training.find(few)
    assert run.epochs in (20, run.best_epoch + 2)


def test_run_predictions_and_weights_are_those_of_its_model(kept, few):
    run = training.find(few)
    images = fashion_mnist.scale(few.test_images)
    np.testing.assert_allclose(
        run.model.predict(images, verbose=0), run.test_probabilities, atol=1e-6
    )
    _, _, _, val_labels = fashion_mnist.split(few.train_images, few.train_labels)
    told = run.val_probabilities[np.arange(32), val_labels]
    assert run.val_loss == pytest.approx(-np.log(told).mean(), rel=1e-5)
    assert run.val_accuracy == pytest.approx((run.val_probabilities.argmax(1) == val_labels).mean())
    accuracy = (run.test_probabilities.argmax(axis=1) == few.test_labels).mean()
    assert run.test_accuracy == pytest.approx(accuracy)
    weights = b"".join(array.tobytes() for array in run.model.get_weights())
    assert run.manifest["weights_sha256"] == hashlib.sha256(weights).hexdigest()


def test_used_runs_are_recorded(kept, few):
    training.used.clear()
    run = training.find(few)
    assert training.used == {run.id: run.manifest["weights_sha256"]}
    assert training.weights_digest(run.id) == run.manifest["weights_sha256"]
    assert training.weights_digest("another") is None


def test_found_run_is_not_trained_again(kept, few, no_training):
    assert training.find_or_train(few).path == kept


def test_other_seed_is_another_run(kept, few, no_training):
    assert training.find(few, seed=1) is None
    with pytest.raises(no_training):
        training.find_or_train(few, seed=1)


def test_spread_differs_in_nothing_but_the_seed(monkeypatch):
    asked = []
    monkeypatch.setattr(training, "find_or_train", lambda data, seed: asked.append((data, seed)))
    assert len(training.spread()) >= 5
    assert [seed for _, seed in asked] == list(training.SPREAD_SEEDS)
    assert {data.digest for data, _ in asked} == {fashion_mnist.load_sample().digest}


def test_other_data_versions_or_recipe_are_another_run(kept, few, monkeypatch):
    other = dataclasses.replace(few, digest="other")
    assert training.find(other) is None
    with monkeypatch.context() as patch:
        patch.setattr(training, "_versions", lambda: {"keras": "4.0"})
        assert training.find(few) is None
    with monkeypatch.context() as patch:
        patch.setattr(training, "_RECIPE", ["model.fit(epochs=21)"])
        assert training.find(few) is None
    with monkeypatch.context() as patch:
        patch.setattr(training, "FORMAT", 0)
        assert training.find(few) is None
    assert training.find(few) is not None


def test_comments_and_docstrings_do_not_name_another_run():
    def one(a):
        """Say something."""
        return a + 1  # and why

    assert training._code(one) == "def one(a):\n    return a + 1"


def test_find_is_cheap(kept, few):
    program = """
import sys, time
begun = time.process_time()
run = training.find(data)
print(time.process_time() - begun)
assert run.epochs > 0
assert not {"keras", "tensorflow", "sklearn"} & set(sys.modules)
"""
    done = python(program)
    out, error = done.communicate()
    assert done.returncode == 0, error
    assert float(out) < 0.5


@pytest.mark.parametrize("name", [*training.FILES, "manifest.json"])
def test_truncated_file_is_trained_again(kept, few, no_training, capsys, name):
    file = kept / name
    file.write_bytes(file.read_bytes()[:-20])
    assert training.find(few) is None
    assert f"the run in {kept} is damaged" in capsys.readouterr().err
    with pytest.raises(no_training):
        training.find_or_train(few)


@pytest.mark.parametrize("name", training.FILES)
def test_missing_file_is_trained_again(kept, few, name):
    (kept / name).unlink()
    assert training.find(few) is None


def test_changed_number_in_the_manifest_is_noticed(kept, few):
    file = kept / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["test_accuracy"] = 0.99
    file.write_text(json.dumps(manifest), "utf-8")
    assert training.find(few) is None


@pytest.mark.parametrize("content", ["", "null", "[]", "{}", '{"id": 3}', "\0\0"])
def test_garbage_in_the_manifest(kept, few, content):
    (kept / "manifest.json").write_text(content, "utf-8")
    assert training.find(few) is None
    assert training.weights_digest(kept.name) is None


def test_run_of_another_name_does_not_count(kept, few):
    other = kept.with_name(training.run_id(few, 7))
    kept.rename(other)
    assert training.find(few, seed=7) is None


def test_file_where_the_run_should_be(kept, few):
    shutil.rmtree(kept)
    kept.write_text("garbage")
    assert training.find(few) is None


def test_damaged_run_is_replaced(kept, few, monkeypatch, trained):
    whole = trained / "runs" / kept.name

    def copy(data, seed, folder, run_id):
        shutil.copytree(whole, folder, dirs_exist_ok=True)

    monkeypatch.setattr(training, "_train", copy)
    (kept / "best-model.keras").write_text("garbage")
    assert training.find_or_train(few).path == kept
    assert training.find(few) is not None


def test_run_changed_while_it_was_written(cache, few, monkeypatch):
    monkeypatch.setattr(training, "_train", lambda data, seed, folder, run_id: None)
    with pytest.raises(RunError, match="was changed while it was written: start again"):
        training.find_or_train(few)


def test_faster_process_provides_the_run(kept, few, monkeypatch, trained):
    """While this process trains, another one finishes the same run."""
    whole = trained / "runs" / kept.name
    shutil.rmtree(kept)

    def overtaken(data, seed, folder, run_id):
        (folder / "half").touch()
        shutil.copytree(whole, kept)

    monkeypatch.setattr(training, "_train", overtaken)
    assert training.find_or_train(few).path == kept
    assert not (kept / "half").exists()
    assert [folder.name for folder in kept.parent.iterdir()] == [kept.name]


def test_disk_full(cache, few, monkeypatch):
    """Keras cannot write its checkpoint."""
    import zipfile

    def full(self, *arguments, **names):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "writestr", full)
    with pytest.raises(RunError, match=r"cannot keep the run in .*runs: .*No space left on device"):
        training.find_or_train(few)
    assert list((cache / "runs").iterdir()) == []


def test_read_only_cache_folder(cache, few, monkeypatch):
    def refuse(*arguments, **names):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(training.tempfile, "mkdtemp", refuse)
    with pytest.raises(RunError, match=r"Read-only file system; .* or set CNN_GUIDE_CACHE"):
        training.find_or_train(few)


def test_file_where_the_cache_folder_should_be(cache, few):
    cache.write_text("garbage")
    with pytest.raises(RunError, match=f"cannot keep the run in {cache}"):
        training.find_or_train(few)


def test_other_backend(cache, few, monkeypatch):
    import keras

    monkeypatch.setattr(keras.backend, "backend", lambda: "jax")
    with pytest.raises(RunError, match="Keras is set to jax: set KERAS_BACKEND=tensorflow"):
        training.find_or_train(few)


def test_interrupted_training_leaves_nothing(cache, few, monkeypatch):
    def interrupt(data, seed, folder, run_id):
        (folder / "best-model.keras").touch()
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "_train", interrupt)
    with pytest.raises(KeyboardInterrupt):
        training.find_or_train(few)
    assert list((cache / "runs").iterdir()) == []


def test_left_over_folders_are_removed_after_a_day(kept, few, monkeypatch):
    stale, fresh = kept.with_name("training-stale"), kept.with_name("training-fresh")
    stale.mkdir()
    fresh.mkdir()
    os.utime(stale, (time.time() - 2 * 86400,) * 2)

    def interrupt(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(training, "_train", interrupt)
    with pytest.raises(KeyboardInterrupt):
        training.find_or_train(few, seed=1)
    assert not stale.exists()
    assert fresh.exists()


def test_killed_in_the_middle_then_two_at_once_train_the_same_bits(cache, trained, few):
    """A killed training is not trusted; two processes at once then give one whole run.

    Both train, and agree bit for bit with what this process trained before.
    """
    killed = python("training.find_or_train(data)")
    while not list(cache.glob("runs/training-*/best-model.keras")):
        assert killed.poll() is None, killed.communicate()
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert training.find(few) is None

    program = "print(training.find_or_train(data).manifest['weights_sha256'])"
    both = [python(program), python(program)]
    said = [one.communicate() for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert "training, epoch  1:" in said[0][1] + said[1][1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CNN_GUIDE_CACHE", str(trained))
        expected = training.find(few).manifest["weights_sha256"]
    assert [out.strip() for out, _ in said] == [expected, expected]


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(("stream", "bar"), [(Terminal(), True), (io.StringIO(), False)])
def test_progress_is_a_bar_in_a_terminal_and_a_line_for_each_epoch(monkeypatch, stream, bar):
    monkeypatch.setattr(sys, "stderr", stream)
    seconds: list[float] = []
    progress = training._progress(seconds)
    progress.set_params({"steps": 100})
    for epoch in range(2):
        progress.on_epoch_begin(epoch)
        for batch in range(100):
            progress.on_train_batch_end(batch)
        progress.on_epoch_end(epoch, {"val_loss": 0.5, "val_accuracy": 0.25})
    text = stream.getvalue()
    assert len(seconds) == 2
    assert text.count("\n") == 2
    assert "training, epoch  2: 0.0 s, validation loss 0.5000, accuracy 0.2500" in text
    assert ("\rtraining, epoch  2 [###############               ]" in text) == bar


def test_command_prints_the_manifest(kept, few):
    """The run of the few images is passed off as that of the sample, to be found, not trained."""
    sample = dataclasses.replace(few, digest=fashion_mnist.load_sample().digest)
    manifest = training.find(few).manifest | {"id": training.run_id(sample, 42)}
    text = json.dumps({**manifest, "sha256": training._digest(manifest)})
    (kept / "manifest.json").write_text(text, "utf-8")
    kept.rename(kept.with_name(manifest["id"]))
    done = subprocess.run(
        [sys.executable, "-m", "cnn_guide.training"],
        env={**os.environ, "CNN_GUIDE_DATA": str(fashion_mnist.SAMPLE_FOLDER)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout) == manifest


def test_command_says_what_is_wrong_without_traceback(cache, monkeypatch):
    monkeypatch.setenv("CNN_GUIDE_DATA", str(cache / "nothing"))
    with pytest.raises(SystemExit, match="CNN_GUIDE_DATA: cannot read"):
        training.main()
