"""A lesson that explains a function line by line names what stands in it today."""

import inspect
import re
from pathlib import Path

import pytest

import cnn_guide

LESSONS = Path(__file__).parent.parent / "docs"
EXPLAINED = {"components/convolution.py": cnn_guide.conv2d}


@pytest.mark.parametrize("lesson", EXPLAINED)
def test_names_in_the_explanation_stand_in_the_source(lesson):
    source = inspect.getsource(EXPLAINED[lesson])
    text = (LESSONS / lesson).read_text(encoding="utf-8")
    explanation = re.findall(r"^# (?:\d\.|  ) .*$", text, re.MULTILINE)
    names = re.findall(r"`([\w.]+)`", "\n".join(explanation))
    assert names
    assert [name for name in names if name not in source] == []
