"""Fashion-MNIST: find it, verify it, read it, scale it, split it.

70,000 grey images of clothes, 28 x 28 pixels, in ten classes; made by Zalando Research (MIT
licence, `github.com/zalandoresearch/fashion-mnist`). A sample of 7,000 travels with this package.
"""

import gzip
import hashlib
import os
import queue
import sys
import tempfile
import threading
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

import numpy as np

CLASS_NAMES = {
    "ko": [
        "티셔츠",
        "바지",
        "스웨터",
        "드레스",
        "코트",
        "샌들",
        "셔츠",
        "스니커즈",
        "가방",
        "앵클 부츠",
    ],
    "en": [
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ],
}

FILES = (
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
)

# SHA-256 of the files whose MD5 sums stand in the README of zalandoresearch/fashion-mnist.
PUBLISHED = dict(
    zip(
        FILES,
        (
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        ),
        strict=True,
    )
)

# Debian's package holds the same compressed bytes behind another gzip header (no file name, another
# date): with the name and the date put back, its files have the published sums.
DEBIAN = dict(
    zip(
        FILES,
        (
            "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
            "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
            "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
            "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05",
        ),
        strict=True,
    )
)

SAMPLE = dict(
    zip(
        FILES,
        (
            "0c5a652d238cb58ed7d6d471a720a3e5e62bb2b3bf2d202c52c77eb9e719924d",
            "3d57a653c4cebe274df96308bb4ee38731329c161ad1f7a5b9a23acbb807c251",
            "8d9550859b33d3de3916fa6d212796ccff174fcaa80bac2007436569e8dbbbee",
            "a8b2d10ba3fe60f91d710423258bd89d22ad0bbb91a91571fdc36946644646d4",
        ),
        strict=True,
    )
)

SAMPLE_FOLDER = Path(__file__).parent / "assets" / "fashion_mnist"
DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")
DOWNLOAD_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"  # Keras' own

# The digests of all data loaded in this process: what a cached result has to be stored with.
used: set[str] = set()


class DataError(Exception):
    """The data is not what it should be; the message names the file and says what to do."""


@dataclass(frozen=True)
class Place:
    """Where the four files are, and which data they hold, known without decoding them.

    `source` is a description without a path; `digest` is the same for the same images and labels,
    however they were compressed.
    """

    folder: Path
    source: str
    digest: str
    is_sample: bool


@dataclass(frozen=True, eq=False)
class FashionMnist:
    """Images uint8 (n, 28, 28), 0 for the background; labels uint8 (n,), 0 to 9; their source."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray
    source: str
    digest: str
    is_sample: bool


def load() -> FashionMnist:
    """Find Fashion-MNIST, verify it and read it.

    Looked for in this order: the folder that the environment variable ``CNN_GUIDE_DATA`` names,
    Keras' cache, Debian's package dataset-fashion-mnist, Keras' download (kept in Keras' cache;
    given up after 10 seconds without an answer), the sample in this package.

    Raises
    ------
    DataError
        If a file is not the published one. It is never passed over in silence.
    """
    return _read(find_or_download())


def load_sample() -> FashionMnist:
    """Read the sample in this package: 6,000 training and 1,000 test images, classes balanced.

    >>> load_sample().train_images.shape
    (6000, 28, 28)
    """
    return _read(_verified(SAMPLE_FOLDER, "sample in the package"))


def find_or_download() -> Place:
    """Return where `load` reads from, downloading if the data is not on this machine.

    Raises
    ------
    DataError
        As `load`.
    """
    place = in_place()
    if place.is_sample and not os.environ.get("CNN_GUIDE_DATA") and download():
        place = in_place()
    return place


def in_place() -> Place:
    """Return where `load` would read from without a download, verified but not decoded.

    Raises
    ------
    DataError
        As `load`.
    """
    named = os.environ.get("CNN_GUIDE_DATA")
    if named:
        ours = Path(named) == SAMPLE_FOLDER
        return _verified(Path(named), "sample in the package" if ours else "CNN_GUIDE_DATA")
    if _complete(keras_folder()):
        return _verified(keras_folder(), "Keras' cache")
    if _complete(DEBIAN_FOLDER):
        return _verified(DEBIAN_FOLDER, "Debian's package dataset-fashion-mnist")
    return _verified(SAMPLE_FOLDER, "sample in the package")


def keras_folder() -> Path:
    """Return the folder where `keras.datasets.fashion_mnist` keeps its download."""
    home = os.environ.get("KERAS_HOME") or Path.home() / ".keras"
    return Path(home) / "datasets" / "fashion-mnist"


def download(patience: float = 10) -> bool:
    """Fetch what Keras' cache lacks, with progress on stderr; say whether all files are there now.

    No network, or one that sends nothing for `patience` seconds, is no error: it is said on stderr.

    Raises
    ------
    DataError
        If what arrived is not the published file (but a log-in page, say), or cannot be stored.
    """
    folder = keras_folder()
    for name, expected in PUBLISHED.items():
        if (folder / name).exists():
            continue
        try:
            content = _fetch(DOWNLOAD_URL + name, patience)
        except OSError as error:
            print(f"no download of Fashion-MNIST: {error}", file=sys.stderr)
            return False
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise DataError(
                f"{DOWNLOAD_URL}{name} sent {len(content):,} bytes with SHA-256 {found}, "
                f"not the published {expected}: {_WAYS_OUT}"
            )
        try:
            _store(content, folder / name)
        except OSError as error:
            raise DataError(f"cannot store {folder / name}: {error}; {_WAYS_OUT}") from error
    return True


def scale(images: np.ndarray) -> np.ndarray:
    """Turn uint8 images (n, 28, 28) into float32 (n, 28, 28, 1) between 0 and 1.

    Dividing the integers themselves by 255.0 would give float64, twice the memory, for layers that
    compute in float32 anyway.

    >>> scale(np.full((1, 28, 28), 255, np.uint8)).max()
    np.float32(1.0)
    """
    return images.reshape(-1, 28, 28, 1).astype("float32") / 255


def split(images: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, ...]:
    """Set a fifth apart for validation.

    Returns training images, validation images, training labels, validation labels.
    """
    from sklearn.model_selection import train_test_split

    return tuple(train_test_split(images, labels, test_size=0.2, random_state=42))


def read_idx(content: bytes) -> np.ndarray:
    """Decode a gzip-compressed idx file of uint8: two zero bytes, type, rank, sizes, values."""
    raw = gzip.decompress(content)
    rank = raw[3]
    shape = np.frombuffer(raw, ">i4", count=rank, offset=4)
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * rank).reshape(shape)


_WAYS_OUT = (
    "set CNN_GUIDE_DATA to a folder with the four files of Fashion-MNIST, "
    f"or to that of the sample, {SAMPLE_FOLDER}"
)


def _complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in FILES)


def _verified(folder: Path, source: str) -> Place:
    kinds = {_is_sample(folder / name, source) for name in FILES}
    if len(kinds) == 2:
        raise DataError(
            f"{source}: {folder} mixes files of the sample and of the whole: {_WAYS_OUT}"
        )
    is_sample = kinds.pop()
    sums = SAMPLE if is_sample else PUBLISHED
    digest = hashlib.sha256("".join(sums.values()).encode()).hexdigest()
    return Place(folder, source, digest, is_sample)


def _is_sample(path: Path, source: str) -> bool:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(f"{source}: cannot read {path} ({error.strerror}): {_WAYS_OUT}") from error
    found = hashlib.sha256(content).hexdigest()
    if found not in (PUBLISHED[path.name], DEBIAN[path.name], SAMPLE[path.name]):
        raise DataError(
            f"{source}: {path} is not the published file: {len(content):,} bytes "
            f"with SHA-256 {found}, expected {PUBLISHED[path.name]}: "
            f"delete it to have it looked for elsewhere, or {_WAYS_OUT}"
        )
    return found == SAMPLE[path.name]


def _read(place: Place) -> FashionMnist:
    train_images, train_labels, test_images, test_labels = (
        read_idx((place.folder / name).read_bytes()) for name in FILES
    )
    used.add(place.digest)
    return FashionMnist(
        train_images,
        train_labels,
        test_images,
        test_labels,
        place.source,
        place.digest,
        place.is_sample,
    )


def _fetch(url: str, patience: float) -> bytes:
    """Return what `url` sends; OSError when nothing comes for `patience` seconds.

    A thread reads, because a timeout of the socket does not cover the look-up of the name.
    """
    arrived: queue.Queue[bytes | OSError] = queue.Queue()

    def read() -> None:
        try:
            with urllib.request.urlopen(url, timeout=patience) as answer:
                while chunk := answer.read1(1 << 16):
                    arrived.put(chunk)
            arrived.put(b"")
        except OSError as error:
            arrived.put(error)
        except HTTPException as error:  # what answered does not speak HTTP
            arrived.put(OSError(f"{url}: {error!r}"))

    threading.Thread(target=read, daemon=True).start()
    content = bytearray()
    while True:
        try:
            chunk = arrived.get(timeout=patience)
        except queue.Empty:
            raise TimeoutError(f"{url} sent nothing for {patience:g} seconds") from None
        if isinstance(chunk, OSError):
            raise chunk
        _show_progress(url, len(content), done=not chunk)
        if not chunk:
            return bytes(content)
        content += chunk


def _show_progress(url: str, size: int, done: bool) -> None:
    if done or sys.stderr.isatty():
        end = "\n" if done else ""
        print(f"\rdownloading {url}: {size / 1e6:.1f} MB", end=end, file=sys.stderr, flush=True)


def _store(content: bytes, path: Path) -> None:
    """Write the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as part:
        try:
            part.write(content)
            part.close()
            Path(part.name).replace(path)
        except BaseException:
            part.close()
            Path(part.name).unlink()
            raise
