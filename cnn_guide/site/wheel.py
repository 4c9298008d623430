"""The site carries the package that it teaches: a wheel whose version tells its content."""

import hashlib
import tomllib
from pathlib import Path

from hatchling.builders.wheel import WheelBuilder
from hatchling.metadata.core import ProjectMetadata
from hatchling.plugin.manager import PluginManager

REPOSITORY = Path(__file__).parents[2]


def version() -> str:
    """Return the project's version with a hash of what goes into the wheel behind it.

    Two different wheels so never share a version, and pip never takes one for the other.
    """
    project = _settings()["project"]
    content = hashlib.sha256()
    for path in _files():
        content.update(path.relative_to(REPOSITORY).as_posix().encode() + b"\0")
        content.update(path.read_bytes())
    return f"{project['version']}+{content.hexdigest()[:12]}"


def wheel_name() -> str:
    """Return the file name of the wheel."""
    return f"cnn_guide-{version()}-py3-none-any.whl"


def build_wheel(out: Path) -> None:
    """Build the wheel into the folder `out`."""
    settings = _settings()
    settings["project"]["version"] = version()
    plugins = PluginManager()
    metadata = ProjectMetadata(str(REPOSITORY), plugins, settings)
    builder = WheelBuilder(
        str(REPOSITORY), plugin_manager=plugins, config=settings, metadata=metadata
    )
    list(builder.build(directory=str(out), versions=["standard"]))


def _settings() -> dict:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def _files() -> list[Path]:
    package = REPOSITORY / "cnn_guide"
    files = sorted(p for p in package.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return [*files, *(REPOSITORY / name for name in ("LICENSE", "README.md", "pyproject.toml"))]
