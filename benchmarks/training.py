"""Time the training: the course's code as a plain Keras script, and `cnn_guide.training`.

``python benchmarks/training.py [EPOCHS] [ROUNDS]``: each training is a process of its own, cold,
one after the other, all with the same data, recipe and batches. The plain script runs twice: as
TensorFlow comes, and with oneDNN off, which is how TensorFlow comes on processors without
AVX512-VNNI or AMX. Shown are the fastest of all epochs and of all totals, and the least processor
time of a whole training, which other work on the machine disturbs less.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cnn_guide import fashion_mnist

PLAIN = """
import time
from tensorflow import keras
from sklearn.model_selection import train_test_split

(train_input, train_target), (test_input, test_target) = keras.datasets.fashion_mnist.load_data()
train_scaled = train_input.reshape(-1, 28, 28, 1) / 255.0
train_scaled, val_scaled, train_target, val_target = train_test_split(
    train_scaled, train_target, test_size=0.2, random_state=42)

model = keras.Sequential()
model.add(keras.layers.Conv2D(32, kernel_size=3, activation='relu', padding='same',
                              input_shape=(28, 28, 1)))
model.add(keras.layers.MaxPooling2D(2))
model.add(keras.layers.Conv2D(64, kernel_size=(3, 3), activation='relu', padding='same'))
model.add(keras.layers.MaxPooling2D(2))
model.add(keras.layers.Flatten())
model.add(keras.layers.Dense(100, activation='relu'))
model.add(keras.layers.Dropout(0.4))
model.add(keras.layers.Dense(10, activation='softmax'))
model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])

checkpoint_cb = keras.callbacks.ModelCheckpoint('best-model.keras', save_best_only=True)
early_stopping_cb = keras.callbacks.EarlyStopping(patience=2, restore_best_weights=True)
ends = []
clock_cb = keras.callbacks.LambdaCallback(
    on_epoch_begin=lambda epoch, logs: ends.append(time.perf_counter()),
    on_epoch_end=lambda epoch, logs: ends.append(time.perf_counter()))
model.fit(train_scaled, train_target, epochs=20, verbose=0,
          validation_data=(val_scaled, val_target),
          callbacks=[checkpoint_cb, early_stopping_cb, clock_cb])
print([end - begin for begin, end in zip(ends[::2], ends[1::2])])
"""

OURS = """
from cnn_guide import training
print(training.find_or_train().manifest["timing"]["seconds_per_epoch"])
"""

# Name, program, value of TF_ENABLE_ONEDNN_OPTS (None: not set).
CASES = (
    ("plain script", PLAIN, None),
    ("plain script, oneDNN off", PLAIN, "0"),
    ("cnn_guide.training", OURS, None),
)


def measure(program: str, onednn: str | None, epochs: int) -> tuple[list[float], float, float]:
    """Train in a cold process and an empty folder.

    Returns the seconds of each epoch, those in all, and the processor's.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder, "keras", "datasets", "fashion-mnist")
        home.mkdir(parents=True)
        for name in fashion_mnist.FILES:
            shutil.copy(fashion_mnist.in_place().folder / name, home)
        environment = {
            **os.environ,
            "CNN_GUIDE_CACHE": folder,
            "KERAS_HOME": str(home.parent.parent),
            "KERAS_MAX_EPOCHS": str(epochs),
        }
        environment.pop("TF_ENABLE_ONEDNN_OPTS", None)
        if onednn is not None:
            environment["TF_ENABLE_ONEDNN_OPTS"] = onednn
        begun, busy = time.perf_counter(), children_seconds()
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            check=True,
        )
        total, busy = time.perf_counter() - begun, children_seconds() - busy
        return json.loads(done.stdout.splitlines()[-1]), total, busy


def children_seconds() -> float:
    """Return the processor time of all finished child processes."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def main(epochs: int = 2, rounds: int = 1) -> None:
    """Print the best epoch, total and processor time of each case, and the ratios to ours."""
    best: dict[str, tuple[float, ...]] = {}
    for _ in range(rounds):
        for name, program, onednn in CASES:
            seconds, total, busy = measure(program, onednn, epochs)
            found: tuple[float, ...] = (min(seconds), total, busy)
            best[name] = tuple(map(min, found, best.get(name, found)))
    print(f"{epochs} epochs, {rounds} rounds; in brackets: {CASES[-1][0]} / this")
    print(f"{'':25s} {'epoch':>15s} {'total':>15s} {'processor':>15s}")
    for name, found in best.items():
        columns = [
            f"{one:6.1f} s ({ours / one:.2f})"
            for one, ours in zip(found, best[CASES[-1][0]], strict=True)
        ]
        print(f"{name:25s} {' '.join(columns)}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
