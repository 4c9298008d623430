"""Executing lessons: what stops a build, and for how long outputs are kept."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from cnn_guide import training
from cnn_guide.site import execute as execution_module
from cnn_guide.site.execute import execute, execute_all, key, load, module_digest, store
from cnn_guide.site.lesson import Code, Lesson, Prose
from cnn_guide.site.problems import LessonError

FIGURE = (
    "import matplotlib.pyplot as plt\n"
    "figure, axes = plt.subplots()\n"
    "axes.set_title({title!r})\n"
    "figure.set_label({alt!r})\n"
    "plt.close(figure)\n"
    "figure"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CNN_GUIDE_CACHE", str(tmp_path))
    return tmp_path


def lesson(*cells: str | dict[str, str], name: str = "section/lesson") -> Lesson:
    """Make a lesson of code (str) and prose (dict by language)."""
    made = [
        Code(cell, 10 * number, number)
        if isinstance(cell, str)
        else Prose(cell, {"ko": 10 * number, "en": 10 * number + 5}, number)
        for number, cell in enumerate(cells, 1)
    ]
    return Lesson(name, f"docs/{name}.py", tuple(made))


def problems(lesson: Lesson, language: str = "en") -> list[str]:
    with pytest.raises(LessonError) as caught:
        execute(lesson, language)
    return [str(problem) for problem in caught.value.problems]


def test_code_runs_in_order_and_expressions_see_what_stands_before_them() -> None:
    both = {"ko": "지금 {{ x }}", "en": "now {{ x }}, {{ x + 0.5 }}"}
    made = lesson("x = 1", both, "x = 2\nprint(x)", both)
    result = execute(made, "en")
    assert result.values == {2: ["1", "1.5"], 4: ["2", "2.5"]}
    assert result.outputs[3][0]["text"] == "2\n"
    assert result.keras is False
    assert result.data is None


def test_language_of_the_page_reaches_the_kernel() -> None:
    made = lesson("from cnn_guide.labels import language\n\nprint(language())")
    printed = {code: execute(made, code).outputs[1][0]["text"] for code in ("ko", "en")}
    assert printed == {"ko": "ko\n", "en": "en\n"}


def test_figure_comes_as_svg_and_png_with_its_label() -> None:
    [output] = execute(lesson(FIGURE.format(title="a", alt="a square")), "en").outputs[1]
    assert output.data["image/svg+xml"].lstrip().startswith("<?xml")
    assert output.data["image/png"].startswith("iVBOR")
    assert output.metadata["alt"] == "a square"
    assert output.metadata["width"] > output.metadata["height"] > 100


def test_only_what_the_lesson_loads_is_recorded() -> None:
    result = execute(lesson("from cnn_guide import pixel_use"), "en")
    assert "cnn_guide.padding" in result.modules
    assert "cnn_guide.pooling" not in result.modules
    assert result.modules["cnn_guide.padding"] == module_digest("cnn_guide.padding")


def test_failing_cell() -> None:
    [message] = problems(lesson("x = 1", "x / 0"))
    assert message.startswith("docs/section/lesson.py:20 (cell 2): ")
    assert "ZeroDivisionError: division by zero" in message


def test_failing_expression_names_the_line_of_its_language() -> None:
    broken = {"ko": "{{ 1 }}", "en": "{{ nothing }}"}
    [message] = problems(lesson("x = 1", broken))
    assert message.startswith("docs/section/lesson.py:25 (cell 2): ")
    assert "name 'nothing' is not defined" in message


def test_warning_on_standard_error() -> None:
    [message] = problems(lesson("import warnings\n\nwarnings.warn('old', stacklevel=1)"))
    assert "(cell 1): wrote to standard error: " in message
    assert "UserWarning: old" in message


def test_glyph_that_the_font_lacks() -> None:
    messages = problems(lesson(FIGURE.format(title="\U0001f9e6", alt="socks")))
    assert any("Glyph 129510" in message for message in messages)


def test_figure_without_alt_text() -> None:
    [message] = problems(lesson(FIGURE.format(title="a", alt="")))
    assert "(cell 1): shows a figure without alt text in 'en'" in message
    assert 'alt_en="..."' in message


def test_cell_that_prints_too_much() -> None:
    [message] = problems(lesson("print('x' * 1_000_000)"))
    assert message.endswith("prints 1,000,001 characters; at most 20,000 fit on a page")


def test_cell_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(execution_module, "CELL_SECONDS", 10)
    [message] = problems(lesson("while True:\n    pass"))
    assert message == "docs/section/lesson.py:10 (cell 1): did not end within 10 seconds"


def test_kernel_killed_in_the_middle() -> None:
    [message] = problems(lesson("import os\n\nos.kill(os.getpid(), 9)"))
    assert "docs/section/lesson.py:10 (cell 1): ended its kernel" in message


def test_problems_of_all_lessons_come_in_one_report() -> None:
    broken = [lesson("1 / 0", name="b"), lesson("{}['x']", name="a"), lesson("1", name="c")]
    with pytest.raises(LessonError) as caught:
        execute_all(broken, ["en"])
    assert [problem.file for problem in caught.value.problems] == ["docs/a.py", "docs/b.py"]


def test_files_that_cells_write_do_not_stay(tmp_path: Path) -> None:
    made = lesson("from pathlib import Path\n\nPath('mine.txt').write_text('x')\nprint(Path.cwd())")
    folder = Path(execute(made, "en").outputs[1][0]["text"].strip())
    assert not folder.exists()


def test_kept_execution_is_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lesson("import random\n\nprint(random.random())", {"ko": "가", "en": "a"})
    first = execute_all([made], ["en"])["section/lesson", "en"]
    monkeypatch.setattr(execution_module, "execute", None)
    assert execute_all([made], ["en"])["section/lesson", "en"].outputs == first.outputs


def test_key_depends_on_code_expressions_and_language_but_not_on_prose() -> None:
    base = lesson("x = 1", {"ko": "{{ x }}가", "en": "{{ x }} a"})
    prose = lesson("x = 1", {"ko": "{{ x }}나", "en": "now {{ x }} b"})
    code = lesson("x = 2", {"ko": "{{ x }}가", "en": "{{ x }} a"})
    value = lesson("x = 1", {"ko": "{{ x + 1 }}가", "en": "{{ x + 1 }} a"})
    assert key(base, "en") == key(prose, "en")
    assert len({key(made, "en") for made in (base, code, value)} | {key(base, "ko")}) == 4


def kept() -> tuple[Lesson, Path]:
    """Execute and keep a lesson of many cells; return it and the file of its entry."""
    made = lesson(*["x = 1"] * 11, "from cnn_guide import pixel_use\n\nprint(x)")
    store(made, "en", execute(made, "en"))
    [entry] = (execution_module._folder()).glob("*.json")
    return made, entry


def test_entry_survives_the_way_to_disk_and_back() -> None:
    made, _ = kept()
    found = load(made, "en")
    assert found is not None
    assert found.outputs[12][0]["text"] == "1\n"


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"[]", b"\xff\xfe", b'{"digest": "0", "execution": {}}']
)
def test_damaged_entry_counts_as_missing(damage: bytes) -> None:
    made, entry = kept()
    entry.write_bytes(damage)
    assert load(made, "en") is None


def test_entry_with_a_changed_value_counts_as_missing() -> None:
    made, entry = kept()
    content = json.loads(entry.read_text())
    content["execution"]["outputs"]["12"][0]["text"] = "2\n"
    entry.write_text(json.dumps(content))
    assert load(made, "en") is None


def test_entry_falls_when_a_module_that_it_used_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _ = kept()
    digest = execution_module.module_digest
    for changed, serves in (("cnn_guide.padding", False), ("cnn_guide.pooling", True)):
        monkeypatch.setattr(
            execution_module,
            "module_digest",
            lambda name, changed=changed: "other" if name == changed else digest(name),
        )
        assert (load(made, "en") is not None) is serves


def test_entry_falls_when_the_run_or_the_data_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lesson("x = 1")
    result = execute(made, "en")
    digest = execution_module.fashion_mnist.in_place().digest
    store(made, "en", replace(result, runs={"run": "weights"}, data=digest))
    monkeypatch.setattr(training, "weights_digest", {"run": "weights"}.get)
    assert load(made, "en") is not None
    monkeypatch.setattr(training, "weights_digest", {"run": "other"}.get)
    assert load(made, "en") is None
    store(made, "en", replace(result, data="other data"))
    assert load(made, "en") is None


def test_disk_full_leaves_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lesson("x = 1")
    result = execute(made, "en")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(execution_module.Path, "write_text", full)
    with pytest.raises(LessonError, match=r"No space left on device.*CNN_GUIDE_CACHE"):
        store(made, "en", result)
    assert load(made, "en") is None
    assert list(execution_module._folder().iterdir()) == []


def test_cache_folder_that_cannot_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = lesson("x = 1")
    result = execute(made, "en")
    monkeypatch.setenv("CNN_GUIDE_CACHE", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LessonError, match="CNN_GUIDE_CACHE"):
        store(made, "en", result)


def test_cache_removed_while_building(cache: Path) -> None:
    made, entry = kept()
    shutil.rmtree(entry.parent)
    assert load(made, "en") is None


def test_entry_of_another_version_counts_as_missing() -> None:
    """Written whole by a version of this package that knew one thing less."""
    made, entry = kept()
    content = json.loads(entry.read_text())["execution"]
    del content["keras"]
    digest = execution_module._digest(content)
    entry.write_text(json.dumps({"digest": digest, "execution": content}))
    assert load(made, "en") is None


def test_other_versions_of_libraries_are_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    made = lesson("x = 1")
    before = key(made, "en")
    monkeypatch.setattr(execution_module, "versions", lambda: {"numpy": "3.0"})
    assert key(made, "en") != before


def test_kernel_that_did_not_start_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    run, tries = execution_module._run, []

    def fail_once(*arguments: object) -> None:
        tries.append(arguments)
        if len(tries) == 1:
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        run(*arguments)

    monkeypatch.setattr(execution_module, "_run", fail_once)
    assert execute(lesson("print(1)"), "en").outputs[1][0]["text"] == "1\n"
