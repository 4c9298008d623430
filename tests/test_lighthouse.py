"""Lighthouse's scores of the pages, as a phone on a slow network would earn them.

A page that falls short is measured twice more, and its median counts: one run in a busy moment says
little. On the sample two pages are measured, of a site that CNN_GUIDE_SITE names all.
"""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

import pytest
from conftest import CHROMIUM, FLAGS, no

LEAST = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}


@pytest.fixture(scope="module")
def lighthouse(npm_install, browser) -> Path:
    """Give the command; Chromium is there, or the fixture of the browser has said so."""
    return npm_install("lighthouse@13.5.0") / ".bin" / "lighthouse"


def measure(lighthouse: Path, address: str) -> dict[str, int]:
    """Return the scores of a page, out of 100, by category."""
    command = [
        *(lighthouse, address, "--quiet", "--output=json"),
        f"--only-categories={','.join(LEAST)}",
        f"--chrome-flags={' '.join(['--headless', *FLAGS])}",
    ]
    environment = {**os.environ, "CHROME_PATH": str(CHROMIUM)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr[-2000:]
    categories = json.loads(result.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in LEAST}


def falls_short(scores: dict[str, float]) -> bool:
    return any(scores[name] < least for name, least in LEAST.items())


def test_lighthouse_scores(lighthouse, site_address, pages):
    few = ["", "en/components/padding/"]
    measured = list(pages) if os.environ.get("CNN_GUIDE_SITE") else few
    low = []
    for page in measured:
        scores = measure(lighthouse, site_address + page)
        if falls_short(scores):
            runs = [scores, *(measure(lighthouse, site_address + page) for _ in range(2))]
            scores = {name: median(run[name] for run in runs) for name in LEAST}
            if falls_short(scores):
                low.append(f"{page or 'front page'}: {scores}, of {runs}")
    no(low)
