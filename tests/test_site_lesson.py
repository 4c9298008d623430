"""Reading a lesson: pairs, languages, places."""

from pathlib import Path

import pytest

from cnn_guide.site.lesson import Code, Prose, differences, read
from cnn_guide.site.problems import LessonError

PAIR = '# %% [markdown] lang="ko"\n{ko}\n\n# %% [markdown] lang="en"\n{en}\n'


def write(folder: Path, text: str, name: str = "lesson.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        read(write(folder, text), folder)
    return [str(problem) for problem in caught.value.problems]


def test_cells_keep_their_order_language_line_and_options(tmp_path: Path) -> None:
    lesson = read(
        write(
            tmp_path,
            "# to maintainers\n\n"
            + PAIR.format(ko="# # 제목 {#title}", en="# # Title {#title}")
            + '\n# %% output="python" alt_ko="그림" alt_en="a figure"\nx = 1\n',
        ),
        tmp_path,
    )
    assert lesson.name == "lesson"
    assert lesson.cells == (
        Prose({"ko": "# 제목 {#title}", "en": "# Title {#title}"}, {"ko": 3, "en": 6}, number=1),
        Code("x = 1", 9, 2, "python", {"ko": "그림", "en": "a figure"}),
    )


@pytest.mark.parametrize(
    ("ko", "en", "what"),
    [
        ("# # 가 {#a}", "# # A {#b}", "headings differ: Korean has # #a, English has # #b"),
        ("# ## 가 {#a}", "# # A {#a}", "headings differ: Korean has ## #a, English has # #a"),
        ("# # 가", "# # A {#a}", "the Korean heading '가' has no id: write {#id} behind it"),
        ("# [가](a.py)", "# [A](b.py)", "links differ: Korean has a.py, English has b.py"),
        ("# $n - k$", "# $n + k$", "formulas differ: Korean has n - k, English has n + k"),
        ('# !!! note "가"\n#     나', "# A", "admonitions and tabs differ: Korean has note"),
        ("# ```\n# 1\n# ```", "# ```\n# 2\n# ```", "code blocks differ"),
    ],
)
def test_pair_that_differs(tmp_path: Path, ko: str, en: str, what: str) -> None:
    [message] = problems(tmp_path, PAIR.format(ko=ko, en=en))
    line = ko.count("\n") + 4
    assert message.startswith(f"{tmp_path.name}/lesson.py:{line} (cell 1): {what}")


def test_all_differences_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    text = PAIR.format(ko="# [가](a.py)", en="# A") + PAIR.format(ko="# $x$", en="# B")
    assert len(problems(tmp_path, text)) == 2


def test_words_inside_formulas_may_differ() -> None:
    assert differences(r"$n_{\text{출력}}$", r"$n_{\text{output}}$") == []


def test_links_may_stand_in_another_order_and_expressions_may_differ() -> None:
    korean = "[가](a.py) [나](b.py) {{ 1 + 1 }}번"
    assert differences(korean, "[B](b.py) [A](a.py) {{ 'twice' }}") == []


def test_what_stands_in_code_is_no_heading_and_no_formula() -> None:
    assert differences("```\n# 같다\n```\n`$x$`", "```\n# 같다\n```\n`$y$`") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('# %% [markdown] lang="ko"\n# 가\n\n# %%\nx = 1\n', "has no English pair after it"),
        ('# %% [markdown] lang="ko"\n# 가\n', "has no English pair after it"),
        ('# %% [markdown] lang="en"\n# A\n', 'expected a cell with lang="ko" here'),
        ("# %% [markdown]\n# A\n", 'expected a cell with lang="ko" here'),
        (
            '# %% [markdown] lang="ko"\n# 가\n\n# %% [markdown] lang="ko"\n# 나\n',
            'expected a cell with lang="en" here',
        ),
    ],
)
def test_cell_without_partner(tmp_path: Path, text: str, message: str) -> None:
    assert message in problems(tmp_path, text)[0]


def test_lesson_behind_a_symbolic_link(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "link.py").symlink_to(write(tmp_path, "# %%\n1\n"))
    with pytest.raises(LessonError, match="is not a plain file inside"):
        read(folder / "link.py", folder)


def test_lesson_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    write(tmp_path, "# %%\n1\n")
    with pytest.raises(LessonError, match="is not a plain file inside"):
        read(folder / ".." / "lesson.py", folder)
