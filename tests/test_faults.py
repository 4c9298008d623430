"""What can go wrong between a clone and a site: each ends in a right site or a clear error.

`FAULTS` is the whole list. What another file tries where it belongs is named there; the rest, whole
builds of a small site under a fault, is tried here.
"""

import ast
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import no
from small_site import SmallSite, small_site
from test_rebuild import differing

from cnn_guide.fashion_mnist import FILES, SAMPLE_FOLDER
from cnn_guide.site.render import NOTICE

TESTS = Path(__file__).parent
RIGHT, ERROR = "a right site", "a clear error"

FAULTS = [
    # what goes wrong, how it ends, and the test that tries it
    ("no network", RIGHT, "test_faults.py::test_build_without_data_and_network"),
    (
        "no network",
        RIGHT,
        "test_fashion_mnist.py::test_without_data_and_network_the_sample_serves_and_says_so",
    ),
    ("network that hangs", RIGHT, "test_faults.py::test_build_without_data_and_network"),
    ("network that hangs", RIGHT, "test_fashion_mnist.py::test_network_that_hangs_is_given_up"),
    (
        "name server that hangs",
        RIGHT,
        "test_fashion_mnist.py::test_name_server_that_hangs_is_given_up",
    ),
    (
        "log-in page instead of data",
        ERROR,
        "test_fashion_mnist.py::test_download_of_something_else_is_not_stored",
    ),
    ("dataset file truncated", ERROR, "test_fashion_mnist.py::test_truncated_file_is_named"),
    ("dataset files swapped", ERROR, "test_fashion_mnist.py::test_swapped_files_are_named"),
    (
        "dataset file tampered with",
        ERROR,
        "test_fashion_mnist.py::test_tampered_file_with_valid_gzip_is_named",
    ),
    ("dataset file tampered with", ERROR, "test_faults.py::test_build_with_a_tampered_dataset"),
    ("read-only cache folder", ERROR, "test_training.py::test_read_only_cache_folder"),
    (
        "read-only cache folder",
        ERROR,
        "test_site_execute.py::test_cache_folder_that_cannot_be_made",
    ),
    (
        "read-only cache folder, all kept",
        RIGHT,
        "test_faults.py::test_warm_build_writes_nothing_into_the_cache",
    ),
    ("cache full of garbage", RIGHT, "test_faults.py::test_build_with_a_cache_full_of_garbage"),
    ("cache full of garbage", RIGHT, "test_training.py::test_garbage_in_the_manifest"),
    ("cache full of garbage", RIGHT, "test_live.py::test_prepare_makes_a_damaged_export_again"),
    ("disk full while training", ERROR, "test_training.py::test_disk_full"),
    ("disk full while executing", ERROR, "test_site_execute.py::test_disk_full_leaves_no_entry"),
    (
        "disk full while downloading",
        ERROR,
        "test_fashion_mnist.py::test_download_that_cannot_be_stored",
    ),
    ("disk full while exporting", ERROR, "test_live.py::test_export_disk_full_leaves_nothing"),
    (
        "disk full while writing pages",
        ERROR,
        "test_faults.py::test_disk_full_while_pages_are_written",
    ),
    (
        "SIGKILL during training",
        RIGHT,
        "test_training.py::test_killed_in_the_middle_then_two_at_once_train_the_same_bits",
    ),
    (
        "SIGKILL during execution",
        RIGHT,
        "test_faults.py::test_killed_while_executing_then_two_builds_at_once",
    ),
    ("SIGKILL of a kernel", ERROR, "test_site_execute.py::test_kernel_killed_in_the_middle"),
    (
        "two trainings at once",
        RIGHT,
        "test_training.py::test_killed_in_the_middle_then_two_at_once_train_the_same_bits",
    ),
    (
        "two builds at once",
        RIGHT,
        "test_faults.py::test_killed_while_executing_then_two_builds_at_once",
    ),
    (
        "run from another version",
        RIGHT,
        "test_training.py::test_other_data_versions_or_recipe_are_another_run",
    ),
    (
        "execution from another version",
        RIGHT,
        "test_site_execute.py::test_entry_of_another_version_counts_as_missing",
    ),
    (
        "execution of another module",
        RIGHT,
        "test_site_execute.py::test_entry_falls_when_a_module_that_it_used_changes",
    ),
    ("lesson that never ends", ERROR, "test_site_execute.py::test_cell_that_never_ends"),
    (
        "lesson that prints a megabyte",
        ERROR,
        "test_site_execute.py::test_cell_that_prints_too_much",
    ),
    (
        "lesson that fails",
        ERROR,
        "test_serve.py::test_first_build_of_a_broken_lesson_fails_and_leaves_the_old_site",
    ),
    ("glyph that the font lacks", ERROR, "test_site_execute.py::test_glyph_that_the_font_lacks"),
    ("symbolic link", ERROR, "test_site_lesson.py::test_lesson_behind_a_symbolic_link"),
    ("`..` in a lesson's name", ERROR, "test_site_lesson.py::test_lesson_outside_the_folder"),
    (
        "<script> in printed output",
        RIGHT,
        "test_site_render.py::test_printed_text_is_shown_as_it_is",
    ),
    (
        "folder of someone else",
        ERROR,
        "test_rebuild.py::test_plain_files_do_not_replace_what_they_did_not_write",
    ),
]


@pytest.mark.parametrize(("fault", "end", "test"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_every_fault_is_tried(fault: str, end: str, test: str) -> None:
    file, _, name = test.partition("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.fixture(scope="module")
def built(tmp_path_factory, sample_cache) -> SmallSite:
    """A small site, built; tests work on copies of it."""
    small = small_site(tmp_path_factory.mktemp("small") / "site", sample_cache)
    small.build()
    return small


@pytest.fixture
def small(built: SmallSite, tmp_path: Path) -> SmallSite:
    folder = shutil.copytree(built.folder, tmp_path / "site")
    return SmallSite(folder, folder / "cache")


@pytest.fixture(params=["refuses", "hangs"])
def network(request) -> Iterator[str]:
    """Give the address of a server that refuses, or accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        if request.param == "refuses":
            silent.close()
        yield address


def test_build_without_data_and_network(small: SmallSite, tmp_path: Path, network: str) -> None:
    """Every page that used data says that it was made from the sample."""
    module = small.folder / "cnn_guide" / "fashion_mnist.py"
    text = module.read_text(encoding="utf-8")
    text = text.replace('Path("/usr/share/datasets/fashion-mnist")', 'Path("/nowhere")')
    text = text.replace("https://storage.googleapis.com/tensorflow/tf-keras-datasets/", network)
    module.write_text(text.replace("patience: float = 10", "patience: float = 1"), encoding="utf-8")
    lesson = small.lesson.read_text(encoding="utf-8")
    lesson += "\n# %%\nfrom cnn_guide.fashion_mnist import load\n\nprint(load().source)\n"
    small.lesson.write_text(lesson, encoding="utf-8")
    environment = {**small.environment, "KERAS_HOME": str(tmp_path / "keras")}
    del environment["CNN_GUIDE_DATA"]
    command = [sys.executable, "-m", "mkdocs", "build"]
    site = small.folder / "site"
    done = subprocess.run(
        command, cwd=small.folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("no download of Fashion-MNIST: ") == 1
    for page, language in (("section/square", "ko"), ("en/section/square", "en")):
        html = (site / page / "index.html").read_text(encoding="utf-8")
        assert NOTICE[language].splitlines()[1].strip() in html
        assert "sample in the package" in html


def test_build_with_a_tampered_dataset(small: SmallSite, tmp_path: Path) -> None:
    data = shutil.copytree(SAMPLE_FOLDER, tmp_path / "data")
    content = bytearray((data / FILES[0]).read_bytes())
    content[-9] ^= 1
    (data / FILES[0]).write_bytes(content)
    done = small.run("mkdocs", "build", CNN_GUIDE_DATA=str(data))
    assert done.returncode == 1
    assert f"{data / FILES[0]} is not the published file" in done.stderr
    assert "Traceback" not in done.stderr


def test_warm_build_writes_nothing_into_the_cache(small: SmallSite) -> None:
    """So a cache folder that is mounted read-only serves as well as any."""
    written = """
import sys
def refuse(event, arguments):
    path = str(arguments[0]) if arguments else ""
    changes = event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir")
    changes = changes or event == "open" and set(str(arguments[1] or "r")) & set("wax+")
    if changes and path.startswith("CACHE"):
        raise OSError(30, "Read-only file system", path)
sys.addaudithook(refuse)
"""
    (small.folder / "sitecustomize.py").write_text(written.replace("CACHE", str(small.cache)))
    before = {path: path.stat().st_mtime_ns for path in small.cache.rglob("*")}
    small.build()
    assert {path: path.stat().st_mtime_ns for path in small.cache.rglob("*")} == before


def test_build_with_a_cache_full_of_garbage(built: SmallSite, small: SmallSite) -> None:
    noise = random.Random(0)
    entries = list((small.cache / "executions").iterdir())
    assert len(entries) == 4
    for entry in entries:
        entry.write_bytes(noise.randbytes(5000))
    entries[0].unlink()
    entries[0].mkdir()
    for folder in ("executions", "runs", "live"):
        (small.cache / folder / "garbage").write_bytes(b"\0")
        (small.cache / folder / "more garbage").mkdir()
    done = small.run("mkdocs", "build", "-q")
    assert done.returncode == 1  # a folder where an entry should be: nothing of ours, not removed
    assert "cannot keep what it computed in" in done.stderr
    entries[0].rmdir()
    no(differing(built.folder / "site", small.build()))


def test_disk_full_while_pages_are_written(built: SmallSite, small: SmallSite) -> None:
    """A limit on the size of files stands in for the full disk: the wheel does not fit."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=small.folder,
        env=small.environment,
        preexec_fn=limit,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "File too large" in done.stderr
    assert "Traceback" not in done.stderr
    no(differing(built.folder / "site", small.folder / "site"))


def test_killed_while_executing_then_two_builds_at_once(
    built: SmallSite, small: SmallSite, tmp_path: Path
) -> None:
    started = tmp_path / "started"
    shutil.rmtree(small.cache / "executions")
    lesson = small.index.read_text(encoding="utf-8")
    waiting = f"import pathlib, time\n\npathlib.Path({str(started)!r}).touch()\ntime.sleep(600)\n"
    small.index.write_text(f"{lesson}\n# %%\n{waiting}", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    killed = subprocess.Popen(command, cwd=small.folder, env=small.environment)
    until = time.monotonic() + 120
    while not started.exists():
        assert killed.poll() is None
        assert time.monotonic() < until
        time.sleep(0.05)
    killed.kill()
    killed.wait()

    small.index.write_text(lesson, encoding="utf-8")
    both = [
        subprocess.Popen([*command, "-d", tmp_path / name], cwd=small.folder, env=small.environment)
        for name in ("one", "two")
    ]
    assert [build.wait() for build in both] == [0, 0]
    for name in ("one", "two"):
        no(differing(built.folder / "site", tmp_path / name))
    assert len(list((small.cache / "executions").iterdir())) == 4
