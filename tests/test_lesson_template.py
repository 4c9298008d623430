"""The template that new lessons start from is a lesson, whole and without a fault."""

import shutil
from pathlib import Path

import pytest

from cnn_guide.site.execute import execute_all
from cnn_guide.site.lesson import LANGUAGES, read
from cnn_guide.site.render import render

TEMPLATE = Path(__file__).parent / "lesson_template.py"


def test_template_becomes_a_page_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CNN_GUIDE_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "docs" / "components" / "averaging.py"
    path.parent.mkdir(parents=True)
    shutil.copy(TEMPLATE, path)
    lesson = read(path, tmp_path / "docs")
    executions = execute_all([lesson], LANGUAGES)
    alternatives = {"ko": "9에서 1로 줄었습니다", "en": "fell from 9 to 1."}
    for language in LANGUAGES:
        execution = executions[lesson.name, language]
        page = render(
            lesson, language, execution, sample=False, suffix=".md", package="", address=""
        )
        assert alternatives[language] in page.markdown
        assert "{#check}" in page.markdown
        assert "??? quiz" in page.markdown
        assert len(page.figures) == 1
