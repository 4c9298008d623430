"""`python -m cnn_guide.site OUT`: the pages as plain Markdown, notebooks and image files."""

import argparse
import sys
from pathlib import Path

from cnn_guide.fashion_mnist import DataError
from cnn_guide.site.build import build, write
from cnn_guide.site.problems import LessonError
from cnn_guide.training import RunError


def main() -> int:
    """Write every lesson of `docs` in both languages into a folder."""
    parser = argparse.ArgumentParser(prog="python -m cnn_guide.site", description=main.__doc__)
    parser.add_argument("out", type=Path, help="a new folder, or one that this wrote before")
    parser.add_argument("--lessons", type=Path, default=Path("docs"), help="default: docs")
    arguments = parser.parse_args()
    try:
        write(build(arguments.lessons), arguments.out)
    except (LessonError, DataError, RunError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
