"""A repository of two short lessons with the real package and settings, to build in seconds."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from cnn_guide.fashion_mnist import SAMPLE_FOLDER

REPOSITORY = Path(__file__).parent.parent

INDEX = """\
# %% [markdown] lang="ko"
# # 시작 {#start}
#
# 첫 문장. [제곱](section/square.py#square)을 봅니다.

# %% [markdown] lang="en"
# # Start {#start}
#
# First sentence. See the [square](section/square.py#square).

# %%
from cnn_guide import pad2d
from cnn_guide.labels import language

total = int(pad2d([[1, 2], [3, 4]], ((1, 1), (1, 1))).sum())
print(language(), total)

# %% [markdown] lang="ko"
# 합은 {{ total }}입니다.

# %% [markdown] lang="en"
# The sum is {{ total }}.
"""

SQUARE = """\
# %% [markdown] lang="ko"
# # 제곱 {#square}
#
# 곡선입니다.

# %% [markdown] lang="en"
# # Square {#square}
#
# A curve.

# %% alt_ko="0에서 4까지의 제곱" alt_en="the squares of 0 to 4"
import matplotlib.pyplot as plt

from cnn_guide import max_pool2d

print(max_pool2d([[1, 2], [3, 4]]))
figure, axes = plt.subplots()
axes.plot([n * n for n in range(5)])
plt.close(figure)
figure
"""

TERMS = """\
- id: square
  ko: 제곱
  en: square
  lesson: section/square.py#square
  means: {ko: 자신과의 곱., en: A number times itself.}
"""

NAVIGATION = """\
nav:
  - index.py
  - section/square.py
  - glossary.md
"""


@dataclass(frozen=True)
class SmallSite:
    """A copy of the repository with two lessons, and the cache folder that it builds with."""

    folder: Path
    cache: Path

    @property
    def environment(self) -> dict[str, str]:
        """What commands in the copy need to use its own package, the sample and the cache."""
        return {
            **os.environ,
            "PYTHONPATH": str(self.folder),
            "CNN_GUIDE_CACHE": str(self.cache),
            "CNN_GUIDE_DATA": str(SAMPLE_FOLDER),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONUNBUFFERED": "1",
        }

    @property
    def lesson(self) -> Path:
        """The lesson with a figure."""
        return self.folder / "docs" / "section" / "square.py"

    @property
    def index(self) -> Path:
        """The front page."""
        return self.folder / "docs" / "index.py"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m` with the arguments in the copy; return what it said."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
        )

    def build(self, **environment: str) -> Path:
        """Build the site; return its folder."""
        done = self.run("mkdocs", "build", "-q", **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return self.folder / "site"


def small_site(folder: Path, prepared: Path) -> SmallSite:
    """Make a small site in `folder`, with a cache of runs, copied from `prepared`, alone."""
    for name in ("cnn_guide", "docs/assets", "docs/theme"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(REPOSITORY / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "LICENSE", "README.md", "docs/hooks.py"):
        shutil.copy(REPOSITORY / name, folder / name)
    for name in ("mkdocs.yml", "mkdocs.en.yml"):
        settings = (REPOSITORY / name).read_text(encoding="utf-8")
        settings = re.sub(r"^nav:\n(?:[ -].*\n)+", NAVIGATION, settings, flags=re.MULTILINE)
        (folder / name).write_text(settings, encoding="utf-8")
    (folder / "docs" / "section").mkdir()
    (folder / "docs" / "terms.yml").write_text(TERMS, encoding="utf-8")
    for name in ("runs", "live"):
        shutil.copytree(prepared / name, folder / "cache" / name)
    site = SmallSite(folder, folder / "cache")
    site.index.write_text(INDEX, encoding="utf-8")
    site.lesson.write_text(SQUARE, encoding="utf-8")
    return site
