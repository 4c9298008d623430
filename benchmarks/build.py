"""How long a build of both languages takes: cold, warm, after an edit; beside plain mkdocs-jupyter.

``python benchmarks/build.py`` works on a copy of the repository. Training is not counted: the runs
are those kept in the user's cache folder, trained first if need be. Plain mkdocs-jupyter gets the
same cells as notebooks, `execute: true`, Material's theme and no other setting.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median

import nbformat

from cnn_guide import cache
from cnn_guide.site.prepare import prepare

REPOSITORY = Path(__file__).parent.parent
REPEATS = 3
LESSON, MODULE = "components/padding", "inspection"  # what the edits change
PLAIN = """\
site_name: plain
theme: {name: material, font: false}
plugins:
  - search
  - mkdocs-jupyter: {execute: true}
"""


def copy_repository(folder: Path) -> None:
    """Copy what git knows, as it is now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(REPOSITORY / name, folder / name)


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def build(folder: Path, environment: dict[str, str]) -> int:
    """Build the site in `folder`; return how many executions that took, of all languages."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return len(re.findall(r"^executed ", done.stderr, re.MULTILINE))


def edit(path: Path, old: str, new: str) -> None:
    """Replace text in a file."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        sys.exit(f"{path} has no {old!r} to edit")
    path.write_text(text.replace(old, new), encoding="utf-8")


def edit_prose(lesson: Path, word: str) -> None:
    """Write a sentence with `word` into the first paragraph of both languages."""
    text = re.sub(r"(?m)^# Edit \w+\.\n", "", lesson.read_text(encoding="utf-8"))
    text = re.sub(r"(?m)^(# # .*\n#\n)", rf"\1# Edit {word}.\n", text)
    lesson.write_text(text, encoding="utf-8")


def time_edit_and_see(folder: Path, environment: dict[str, str]) -> float:
    """Return the seconds from saving a lesson until `mkdocs serve` shows it in both languages."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", address]
    server = subprocess.Popen(command, cwd=folder, env=environment)

    def wait(word: str) -> None:
        for below in ("", "en/"):
            while True:
                try:
                    with urllib.request.urlopen(f"http://{address}/{below}{LESSON}/") as answer:
                        if word in answer.read().decode():
                            break
                except OSError:
                    pass
                time.sleep(0.01)

    try:
        wait("<html")
        taken = []
        for number in range(REPEATS):
            time.sleep(1)  # an editor's user reads before saving again
            word = f"word{number}"
            edit_prose(folder / "docs" / f"{LESSON}.py", word)
            taken.append(seconds(lambda word=word: wait(f"Edit {word}.")))
        return median(taken)
    finally:
        server.terminate()
        server.wait()


def write_plain(site: Path, folder: Path) -> None:
    """Write the site's notebooks, without their outputs, as a site of plain mkdocs-jupyter."""
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    for path in site.rglob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        first = notebook.cells[0]
        first.source = re.sub(r"(?m)^%pip.*\n", "", first.source)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
        out = folder / "docs" / path.relative_to(site)
        out.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, out)


def row(what: str, ours: str, plain: str = "", target: str = "") -> None:
    """Print one line of the table."""
    print(f"{what:34s} {ours:>24s} {plain:>14s}   {target}", flush=True)


def main() -> None:
    """Measure, and print a table."""
    prepare()
    with tempfile.TemporaryDirectory() as name:
        folder, plain = Path(name) / "ours", Path(name) / "plain"
        copy_repository(folder)
        environment = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "CNN_GUIDE_CACHE": str(Path(name) / "cache"),
            "NO_MKDOCS_2_WARNING": "1",
        }
        for kept in ("runs", "live"):
            shutil.copytree(cache.cache_dir() / kept, Path(name) / "cache" / kept)

        def timed(where: Path = folder) -> tuple[float, int]:
            begun = time.perf_counter()
            executions = build(where, environment)
            return time.perf_counter() - begun, executions

        row("", "ours (executions)", "mkdocs-jupyter", "target for ours")
        taken, executions = timed()
        plain.mkdir()
        write_plain(folder / "site", plain)
        row("cold, runs kept", f"{taken:.1f} s ({executions})", f"{timed(plain)[0]:.1f} s")
        warm = [timed() for _ in range(REPEATS)]
        taken, executions = median(one for one, _ in warm), max(count for _, count in warm)
        row("warm", f"{taken:.1f} s ({executions})", f"{timed(plain)[0]:.1f} s", "under 4 s, 0")
        edit_prose(folder / "docs" / f"{LESSON}.py", "prose")
        for path in plain.rglob("padding.ipynb"):
            edit(path, "padding", "padding ")
        taken, executions = timed()
        row(
            "prose of one lesson edited",
            f"{taken:.1f} s ({executions})",
            f"{timed(plain)[0]:.1f} s",
            "0",
        )
        with (folder / "cnn_guide" / f"{MODULE}.py").open("a", encoding="utf-8") as module:
            module.write("\n# edited\n")
        taken, executions = timed()
        row(f"{MODULE}.py edited", f"{taken:.1f} s ({executions})", f"{timed(plain)[0]:.1f} s")
        taken = time_edit_and_see(folder, environment)
        row("mkdocs serve: saved to seen", f"{taken:.1f} s", "", "under 3 s")


if __name__ == "__main__":
    main()
