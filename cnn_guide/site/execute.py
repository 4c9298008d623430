"""Execute lessons in fresh kernels, and keep the outputs for as long as they are true."""

import hashlib
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib import metadata
from pathlib import Path
from platform import python_version
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook
from traitlets.config import Config

from cnn_guide import fashion_mnist, training
from cnn_guide.cache import cache_dir
from cnn_guide.site.lesson import Code, Lesson, expressions
from cnn_guide.site.problems import LessonError, Problem

CELL_SECONDS = 300
MOST_PRINTED = 20_000  # characters of one cell: more is a runaway loop, not a lesson
LIBRARIES = ("numpy", "matplotlib", "tensorflow", "keras", "scikit-learn", "ipython")

_START = "from cnn_guide.site import kernel; kernel.start(); del kernel"
_REPORT = "from cnn_guide.site import kernel; kernel.report()"
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Execution:
    """What executing a lesson in one language gave.

    `outputs` has the notebook outputs of each code cell and `values` the values of the
    expressions of each cell, both by cell number. `modules` (name to digest), `runs` (id to digest
    of the weights) and `data` (its digest, if any was used) are what they were computed from: an
    execution is true while all of them are unchanged. `keras`: whether Keras or scikit-learn is
    needed to run the lesson.
    """

    outputs: dict[int, list[Any]] = field(default_factory=dict)
    values: dict[int, list[str]] = field(default_factory=dict)
    modules: dict[str, str | None] = field(default_factory=dict)
    runs: dict[str, str] = field(default_factory=dict)
    data: str | None = None
    keras: bool = False


def execute_all(
    lessons: Iterable[Lesson], languages: Iterable[str]
) -> dict[tuple[str, str], Execution]:
    """Execute every lesson in every language, those that are not kept in parallel.

    Returns the executions by (lesson name, language).

    Raises
    ------
    LessonError
        Cells failed, wrote to standard error, printed too much or showed a figure without alt
        text: the problems of all lessons together.
    """
    jobs = [(lesson, language) for lesson in lessons for language in languages]
    found = {(lesson.name, language): load(lesson, language) for lesson, language in jobs}
    misses = [job for job in jobs if found[job[0].name, job[1]] is None]
    problems: list[Problem] = []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = zip(misses, pool.map(_try, misses), strict=True)
        for number, ((lesson, language), result) in enumerate(results, 1):
            print(f"executed {number}/{len(misses)} {lesson.shown} ({language})", file=sys.stderr)
            if isinstance(result, LessonError):
                problems += result.problems
            else:
                found[lesson.name, language] = result
    if problems:
        raise LessonError(problems)
    return {job: execution for job, execution in found.items() if execution is not None}


def _try(job: tuple[Lesson, str]) -> Execution | LessonError:
    lesson, language = job
    try:
        execution = execute(lesson, language)
        store(lesson, language, execution)
    except LessonError as error:
        return error
    return execution


def execute(lesson: Lesson, language: str) -> Execution:
    """Execute the cells of `lesson`, and the expressions in its prose, in a fresh kernel."""
    before = _package_digests()
    notebook = new_notebook(cells=[new_code_cell(_START)])
    places: list[tuple[int, str, int]] = [(0, "start", 1)]
    for cell in lesson.cells:
        if isinstance(cell, Code):
            notebook.cells.append(new_code_cell(cell.source))
            places.append((cell.number, "code", cell.line))
        if wanted := _expressions(cell, language):
            # one expression a line, so that a traceback shows the one that failed
            lines = ",\n".join(f"str({expression})" for expression in wanted)
            notebook.cells.append(new_code_cell(f'print(__import__("json").dumps([\n{lines}\n]))'))
            line = cell.line if isinstance(cell, Code) else cell.lines[language]
            places.append((cell.number, "values", line))
    notebook.cells.append(new_code_cell(_REPORT))
    places.append((0, "report", 1))

    try:
        _run(notebook, lesson, language, places)
    except RuntimeError:  # a kernel can lose its port to another program before it listens
        _run(notebook, lesson, language, places)
    outputs: dict[int, list[Any]] = {}
    values: dict[int, list[str]] = {}
    report: dict[str, Any] = {}
    problems: list[Problem] = []
    for executed, (number, kind, line) in zip(notebook.cells, places, strict=True):
        messages = [output.text for output in executed.outputs if output.get("name") == "stderr"]
        problems += [
            Problem(
                lesson.shown,
                line,
                number,
                "wrote to standard error: " + _ANSI.sub("", text).strip(),
            )
            for text in messages
        ]
        printed = sum(len(output.get("text", "")) for output in executed.outputs)
        if printed > MOST_PRINTED:
            message = f"prints {printed:,} characters; at most {MOST_PRINTED:,} fit on a page"
            problems.append(Problem(lesson.shown, line, number, message))
        elif messages:
            continue
        elif kind == "code":
            outputs[number] = _merged(executed.outputs)
        elif kind == "values":
            values[number] = json.loads(executed.outputs[0].text)
        elif kind == "report":
            report = json.loads(executed.outputs[0].text)
    problems += _without_alt(lesson, language, outputs)
    if problems:
        raise LessonError(problems)
    modules = {name: before.get(name) for name in report["modules"]}
    return Execution(outputs, values, modules, report["runs"], report["data"], report["keras"])


def _package_digests() -> dict[str, str | None]:
    package = Path(__file__).parents[1]
    names = [
        ".".join(("cnn_guide", *path.relative_to(package).with_suffix("").parts))
        for path in package.rglob("*.py")
    ]
    names = [name.removesuffix(".__init__") for name in names]
    return {name: module_digest(name) for name in names}


def _merged(outputs: list[Any]) -> list[Any]:
    """Join what was printed piece by piece; of a line written over itself, keep the last text.

    nbclient's own coalesce_streams takes minutes for a line of a megabyte.
    """
    merged: list[Any] = []
    for output in outputs:
        if merged and output.output_type == merged[-1].output_type == "stream":
            merged[-1].text += output.text
        else:
            merged.append(output)
    for output in merged:
        if output.output_type == "stream":
            lines = output.text.split("\n")
            output.text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in lines)
    return merged


def _run(notebook: Any, lesson: Lesson, language: str, places: list[tuple[int, str, int]]) -> None:
    at = 0

    def remember(cell_index: int, **_: Any) -> None:
        nonlocal at
        at = cell_index

    environment = {
        **os.environ,
        "CNN_GUIDE_LANGUAGE": language,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }
    # cells run in a folder of their own: what they write must not be published
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as native:
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            config=Config(KernelManager={"transport_encryption": "auto"}),
            # what TensorFlow's C++ tells of the processor is no fault; Python's warnings are
            extra_arguments=["--IPKernelApp.capture_fd_output=False"],
            shutdown_kernel="immediate",
            resources={"metadata": {"path": folder}},
            on_cell_start=remember,
        )
        try:
            client.execute(env=environment, stderr=native)
        except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
            if isinstance(error, CellTimeoutError):
                message = f"did not end within {CELL_SECONDS} seconds"
            elif isinstance(error, DeadKernelError):
                native.seek(0)
                message = f"ended its kernel: {native.read()[-2000:].decode(errors='replace')}"
            else:
                message = _ANSI.sub("", str(error)).strip()
            number, _, line = places[at]
            raise LessonError([Problem(lesson.shown, line, number, message)]) from error


def _without_alt(lesson: Lesson, language: str, outputs: dict[int, list[Any]]) -> list[Problem]:
    problems = []
    for cell in lesson.cells:
        if isinstance(cell, Code):
            for output in outputs.get(cell.number, []):
                figure = "image/png" in output.get("data", {})
                if figure and not (output.metadata.get("alt") or cell.alt.get(language)):
                    message = (
                        f"shows a figure without alt text in {language!r}: give the figure a label "
                        f'or write alt_{language}="..." on the cell\'s marker line'
                    )
                    problems.append(Problem(lesson.shown, cell.line, cell.number, message))
    return problems


def _expressions(cell: Any, language: str) -> list[str]:
    return expressions(
        cell.alt.get(language, "") if isinstance(cell, Code) else cell.text[language]
    )


def key(lesson: Lesson, language: str) -> str:
    """Return the name under which an execution is kept: what was asked for, hashed."""
    asked = {
        "cells": [cell.source for cell in lesson.cells if isinstance(cell, Code)],
        "expressions": [_expressions(cell, language) for cell in lesson.cells],
        "language": language,
        "versions": versions(),
    }
    return _digest(asked)


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the libraries that lessons use."""
    return {"python": python_version(), **{name: metadata.version(name) for name in LIBRARIES}}


def store(lesson: Lesson, language: str, execution: Execution) -> None:
    """Keep `execution`, whole or not at all.

    Raises LessonError if the cache folder cannot take it.
    """
    content = json.loads(json.dumps(asdict(execution)))
    text = json.dumps({"digest": _digest(content), "execution": content})
    folder = _folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as unfinished:
            part = Path(unfinished) / "part"
            part.write_text(text, encoding="utf-8")
            part.replace(folder / f"{key(lesson, language)}.json")
    except OSError as error:
        message = f"cannot keep what it computed in {folder}: {error}; "
        message += "set CNN_GUIDE_CACHE to a folder with room"
        raise LessonError([Problem(lesson.shown, 1, 0, message)]) from error


def load(lesson: Lesson, language: str) -> Execution | None:
    """Return the kept execution while it is true, else None. A damaged entry counts as missing."""
    path = _folder() / f"{key(lesson, language)}.json"
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
        content = entry["execution"]
        if entry["digest"] != _digest(content):
            return None
        execution = Execution(
            outputs={
                int(number): [nbformat.from_dict(output) for output in outputs]
                for number, outputs in content["outputs"].items()
            },
            values={int(number): values for number, values in content["values"].items()},
            modules=content["modules"],
            runs=content["runs"],
            data=content["data"],
            keras=content["keras"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return execution if _is_true(execution) else None


def _is_true(execution: Execution) -> bool:
    return (
        all(module_digest(name) == digest for name, digest in execution.modules.items())
        and all(training.weights_digest(run) == digest for run, digest in execution.runs.items())
        and execution.data in (None, fashion_mnist.in_place().digest)
    )


def module_digest(name: str) -> str | None:
    """Return the SHA-256 of a module of the package as it is on disk, None if it is gone."""
    package = Path(__file__).parents[1]
    below = Path(*name.split(".")[1:])
    for path in (
        package / below.with_suffix(".py") if below.name else None,
        package / below / "__init__.py",
    ):
        if path is not None and path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return None


def _folder() -> Path:
    return cache_dir() / "executions"


def _digest(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
