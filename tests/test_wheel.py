"""The wheel that the site carries: what it holds, what it is named, what it needs."""

import shutil
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from cnn_guide.site import wheel


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of what goes into the wheel, to change at will."""
    folder = tmp_path / "repository"
    ignored = shutil.ignore_patterns("__pycache__", "fashion_mnist")
    shutil.copytree(wheel.REPOSITORY / "cnn_guide", folder / "cnn_guide", ignore=ignored)
    for name in ("LICENSE", "README.md", "pyproject.toml"):
        shutil.copy(wheel.REPOSITORY / name, folder / name)
    monkeypatch.setattr(wheel, "REPOSITORY", folder)
    return folder


def built(folder: Path) -> zipfile.ZipFile:
    wheel.build_wheel(folder)
    [path] = folder.iterdir()
    assert path.name == wheel.wheel_name()
    return zipfile.ZipFile(path)


def test_wheel_holds_the_whole_package_with_its_licences(tmp_path: Path) -> None:
    with built(tmp_path) as archive:
        names = set(archive.namelist())
    package = wheel.REPOSITORY / "cnn_guide"
    files = {p.relative_to(package.parent).as_posix() for p in package.rglob("*") if p.is_file()}
    assert {name for name in files if "__pycache__" not in name} <= names
    assert not any("__pycache__" in name or name.startswith(("docs", "tests")) for name in names)
    licences = [name for name in names if "/licenses/" in name]
    assert len(licences) == 3  # the code's, the sample's, the font's


def test_core_of_the_wheel_is_light(copy: Path, tmp_path: Path) -> None:
    with built(tmp_path / "out") as archive:
        [name] = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = Parser().parsestr(archive.read(name).decode())
    core = {need.partition(">")[0] for need in metadata.get_all("Requires-Dist") if ";" not in need}
    assert core == {"numpy", "matplotlib", "platformdirs", "lazy-loader"}
    assert "train" in metadata.get_all("Provides-Extra")
    assert metadata["Version"] == wheel.version()


def test_same_content_gives_the_same_wheel(copy: Path, tmp_path: Path) -> None:
    (copy / "cnn_guide" / "__pycache__").mkdir()
    (copy / "cnn_guide" / "__pycache__" / "padding.pyc").touch()
    with built(tmp_path / "one"), built(tmp_path / "two"):
        pass
    [one], [two] = (list((tmp_path / name).iterdir()) for name in ("one", "two"))
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("name", ["cnn_guide/padding.py", "pyproject.toml", "README.md"])
def test_other_content_gives_another_version(copy: Path, name: str) -> None:
    """So that pip never takes an installed package for the one of a newer page."""
    before = wheel.version()
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write("\n# more\n")
    assert wheel.version() != before


def test_file_of_another_name_gives_another_version(copy: Path) -> None:
    before = wheel.version()
    (copy / "cnn_guide" / "padding.py").rename(copy / "cnn_guide" / "edges.py")
    assert wheel.version() != before
