"""What stops a build: every problem of every lesson, told in one report."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: the lesson's file, its line, the cell (0 for the whole file) and why."""

    file: str
    line: int
    cell: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" + (f" (cell {self.cell})" if self.cell else "")
        return f"{place}: {self.message}"


class LessonError(Exception):
    """The lessons cannot become pages; `problems` says why, in order of file and line."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(set(problems))
        count = f"{len(self.problems)} problem" + ("s" if len(self.problems) > 1 else "")
        super().__init__("\n".join([f"{count} in the lessons:", *map(str, self.problems)]))
