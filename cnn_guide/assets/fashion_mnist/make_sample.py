"""How the sample in this folder was made: `python make_sample.py FOLDER_WITH_THE_FOUR_FILES`."""

import gzip
import sys
from pathlib import Path

import numpy as np

from cnn_guide.fashion_mnist import FILES, read_idx

PER_CLASS = {"train": 600, "t10k": 100}


def choose(labels: np.ndarray, per_class: int) -> np.ndarray:
    """Return the places of `per_class` images of each class, drawn with a fixed seed, sorted."""
    rng = np.random.default_rng(42)
    drawn = [
        rng.choice(np.flatnonzero(labels == label), per_class, replace=False) for label in range(10)
    ]
    return np.sort(np.concatenate(drawn))


def write_idx(path: Path, array: np.ndarray) -> None:
    """Write uint8 `array` as a gzip-compressed idx file, the same bytes every time."""
    header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, ">i4").tobytes()
    path.write_bytes(gzip.compress(header + array.tobytes(), mtime=0))


def main(source: Path, target: Path) -> None:
    """Write the sample's four files to `target`."""
    for images_name, labels_name in (FILES[:2], FILES[2:]):
        images = read_idx((source / images_name).read_bytes())
        labels = read_idx((source / labels_name).read_bytes())
        chosen = choose(labels, PER_CLASS[images_name.split("-")[0]])
        write_idx(target / images_name, images[chosen])
        write_idx(target / labels_name, labels[chosen])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(__file__).parent)
