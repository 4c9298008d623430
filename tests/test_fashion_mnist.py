import gzip
import hashlib
import http.server
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from cnn_guide import fashion_mnist
from cnn_guide.fashion_mnist import FILES, SAMPLE_FOLDER, DataError


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """No data on this machine, and a network that refuses."""
    monkeypatch.delenv("CNN_GUIDE_DATA", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(fashion_mnist, "DEBIAN_FOLDER", tmp_path / "debian")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    monkeypatch.setattr(fashion_mnist, "DOWNLOAD_URL", f"http://127.0.0.1:{port}/")
    return tmp_path


@pytest.fixture
def server(nowhere, monkeypatch):
    """A server that sends what is in `files`, and the sample as if it were the whole."""
    files = {name: (SAMPLE_FOLDER / name).read_bytes() for name in FILES}
    monkeypatch.setattr(fashion_mnist, "PUBLISHED", fashion_mnist.SAMPLE)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(files[self.path[1:]])

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        monkeypatch.setattr(
            fashion_mnist, "DOWNLOAD_URL", f"http://127.0.0.1:{serving.server_port}/"
        )
        yield files
        serving.shutdown()


def put_sample(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for name in FILES:
        (folder / name).write_bytes((SAMPLE_FOLDER / name).read_bytes())
    return folder


def test_sample_is_balanced_and_whole():
    data = fashion_mnist.load_sample()
    assert data.train_images.shape == (6000, 28, 28)
    assert data.test_images.shape == (1000, 28, 28)
    assert data.train_images.dtype == data.train_labels.dtype == np.uint8
    assert np.bincount(data.train_labels).tolist() == [600] * 10
    assert np.bincount(data.test_labels).tolist() == [100] * 10
    assert data.is_sample
    assert data.digest in fashion_mnist.used


def test_sample_weighs_about_three_megabytes():
    assert sum((SAMPLE_FOLDER / name).stat().st_size for name in FILES) < 3.2e6


def test_class_names_in_both_languages():
    assert [len(names) for names in fashion_mnist.CLASS_NAMES.values()] == [10, 10]
    assert fashion_mnist.CLASS_NAMES["ko"][9] == "앵클 부츠"
    assert fashion_mnist.CLASS_NAMES["en"][9] == "Ankle boot"


def test_without_data_and_network_the_sample_serves_and_says_so(nowhere, capsys):
    data = fashion_mnist.load()
    assert data.is_sample
    assert data.source == "sample in the package"
    assert "no download of Fashion-MNIST" in capsys.readouterr().err


def test_named_folder_comes_first(nowhere, monkeypatch):
    put_sample(fashion_mnist.keras_folder())
    monkeypatch.setenv("CNN_GUIDE_DATA", str(put_sample(nowhere / "named")))
    place = fashion_mnist.in_place()
    assert (place.folder, place.source) == (nowhere / "named", "CNN_GUIDE_DATA")


def test_keras_cache_comes_before_debian(nowhere):
    put_sample(nowhere / "debian")
    assert fashion_mnist.in_place().folder == nowhere / "debian"
    put_sample(fashion_mnist.keras_folder())
    assert fashion_mnist.in_place().folder == nowhere / "keras" / "datasets" / "fashion-mnist"


def test_keras_cache_is_where_keras_puts_it(monkeypatch):
    monkeypatch.delenv("KERAS_HOME", raising=False)
    assert fashion_mnist.keras_folder() == Path.home() / ".keras" / "datasets" / "fashion-mnist"


def test_named_folder_without_files(nowhere, monkeypatch):
    monkeypatch.setenv("CNN_GUIDE_DATA", str(nowhere / "empty"))
    with pytest.raises(
        DataError, match=r"CNN_GUIDE_DATA: cannot read .*train-images.*set CNN_GUID"
    ):
        fashion_mnist.load()


@pytest.mark.parametrize("name", FILES)
def test_truncated_file_is_named(nowhere, name):
    file = put_sample(fashion_mnist.keras_folder()) / name
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(DataError, match=rf"{name} is not the published file: [\d,]+ bytes"):
        fashion_mnist.load()


def test_tampered_file_with_valid_gzip_is_named(nowhere):
    file = put_sample(fashion_mnist.keras_folder()) / FILES[1]
    labels = bytearray(gzip.decompress(file.read_bytes()))
    labels[-1] ^= 1
    file.write_bytes(gzip.compress(labels))
    with pytest.raises(DataError, match=r"train-labels-idx1-ubyte\.gz is not"):
        fashion_mnist.in_place()


def test_swapped_files_are_named(nowhere):
    folder = put_sample(fashion_mnist.keras_folder())
    (folder / FILES[1]).write_bytes((folder / FILES[3]).read_bytes())
    with pytest.raises(DataError, match=r"train-labels-idx1-ubyte\.gz is not"):
        fashion_mnist.in_place()


def test_files_of_sample_and_whole_mixed(nowhere, monkeypatch):
    folder = put_sample(fashion_mnist.keras_folder())
    other = hashlib.sha256(b"other").hexdigest()
    (folder / FILES[0]).write_bytes(b"other")
    monkeypatch.setattr(fashion_mnist, "PUBLISHED", {**fashion_mnist.PUBLISHED, FILES[0]: other})
    with pytest.raises(DataError, match="mixes files of the sample and of the whole"):
        fashion_mnist.load()


def test_download_goes_to_keras_cache(server, capsys):
    data = fashion_mnist.load()
    assert data.source == "Keras' cache"
    assert sorted(file.name for file in fashion_mnist.keras_folder().iterdir()) == sorted(FILES)
    assert capsys.readouterr().err.count("downloading") == 4


def test_download_keeps_files_already_there(server, capsys):
    put_sample(fashion_mnist.keras_folder())
    (fashion_mnist.keras_folder() / FILES[2]).unlink()
    assert fashion_mnist.download()
    assert capsys.readouterr().err.count("downloading") == 1


def test_download_of_something_else_is_not_stored(server):
    server[FILES[0]] = b"<html>please log in</html>"
    with pytest.raises(DataError, match="sent 26 bytes with SHA-256"):
        fashion_mnist.load()
    assert not fashion_mnist.keras_folder().exists()


def test_download_that_cannot_be_stored(server, nowhere):
    (nowhere / "keras").write_text("a file where a folder should be")
    with pytest.raises(DataError, match="cannot store"):
        fashion_mnist.load()


def test_download_interrupted_leaves_no_part(server, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(DataError, match="No space left on device"):
        fashion_mnist.load()
    assert list(fashion_mnist.keras_folder().iterdir()) == []


def test_network_that_hangs_is_given_up(nowhere, monkeypatch, capsys):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        monkeypatch.setattr(fashion_mnist, "DOWNLOAD_URL", f"http://127.0.0.1:{port}/")
        begun = time.monotonic()
        assert not fashion_mnist.download(patience=0.3)
    assert time.monotonic() - begun < 2
    assert "no download of Fashion-MNIST" in capsys.readouterr().err


def test_network_that_is_slow_but_sends_is_not_given_up(nowhere, monkeypatch):
    monkeypatch.setattr(fashion_mnist, "PUBLISHED", fashion_mnist.SAMPLE)
    (put_sample(fashion_mnist.keras_folder()) / FILES[1]).unlink()
    content = (SAMPLE_FOLDER / FILES[1]).read_bytes()

    def answer(listening):
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
            for start in range(0, len(content), 1000):
                time.sleep(0.25)
                connection.sendall(content[start : start + 1000])

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, args=(listening,), daemon=True).start()
        port = listening.getsockname()[1]
        monkeypatch.setattr(fashion_mnist, "DOWNLOAD_URL", f"http://127.0.0.1:{port}/")
        assert fashion_mnist.download(patience=0.8)


def test_name_server_that_hangs_is_given_up(nowhere, monkeypatch):
    answer = threading.Event()

    def hang(*arguments, **names):
        answer.wait(10)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    begun = time.monotonic()
    assert not fashion_mnist.download(patience=0.3)
    assert time.monotonic() - begun < 2
    answer.set()


def test_server_that_does_not_speak_http(nowhere, monkeypatch, capsys):
    def answer(listening):
        connection, _ = listening.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"220 mail.example ready\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, args=(listening,), daemon=True).start()
        port = listening.getsockname()[1]
        monkeypatch.setattr(fashion_mnist, "DOWNLOAD_URL", f"http://127.0.0.1:{port}/")
        assert not fashion_mnist.download(patience=5)
    assert "BadStatusLine" in capsys.readouterr().err


def test_scale():
    scaled = fashion_mnist.scale(np.array([[[0] * 28] * 27 + [[51] * 28]], np.uint8))
    assert scaled.shape == (1, 28, 28, 1)
    assert scaled.dtype == np.float32
    assert scaled[0, 27, 0, 0] == np.float32(0.2)


def test_split_sets_a_fifth_apart_the_same_every_time():
    images = np.arange(100)
    train, validation, train_labels, validation_labels = fashion_mnist.split(images, images % 10)
    assert (len(train), len(validation)) == (80, 20)
    assert sorted([*train, *validation]) == list(range(100))
    assert (train % 10 == train_labels).all()
    assert (validation % 10 == validation_labels).all()
    assert (fashion_mnist.split(images, images)[1] == validation).all()


def test_in_place_is_cheap():
    program = (
        "import sys, time; from cnn_guide import fashion_mnist;"
        "begun = time.process_time(); fashion_mnist.in_place();"
        "assert not {'keras', 'tensorflow', 'sklearn'} & set(sys.modules);"
        "print(time.process_time() - begun)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < 0.5
