"""Runs inside a lesson's kernel: how figures are shown, and what the lesson used."""

import io
import json
import sys
from base64 import b64encode
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from IPython.core.getipython import get_ipython
from matplotlib.figure import Figure

DOTS_PER_INCH = 144  # twice the 72 of a point: sharp on a dense screen


def start() -> None:
    """Show figures as SVG and PNG, reproducibly, with their label as alt text."""
    plt.switch_backend("module://matplotlib_inline.backend_inline")
    mpl.rcParams["svg.hashsalt"] = "cnn_guide"  # ids in an SVG depend on its content alone
    shell: Any = get_ipython()
    shell.display_formatter.mimebundle_formatter.for_type(Figure, _bundle)


def _bundle(figure: Figure, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    svg, png = io.StringIO(), io.BytesIO()
    figure.savefig(svg, format="svg", bbox_inches="tight", metadata={"Date": None})
    figure.savefig(png, format="png", bbox_inches="tight", dpi=DOTS_PER_INCH)
    width, height = (int.from_bytes(png.getvalue()[start : start + 4], "big") for start in (16, 20))
    data = {"image/svg+xml": svg.getvalue(), "image/png": b64encode(png.getvalue()).decode()}
    # a matplotlib inch is 96 CSS pixels wide
    size = {
        "width": round(width * 96 / DOTS_PER_INCH),
        "height": round(height * 96 / DOTS_PER_INCH),
    }
    return data, {"alt": str(figure.get_label()), **size}


def report() -> None:
    """Print, as JSON, which modules of the package, runs and data this kernel used."""
    modules = sorted(name for name in sys.modules if name.split(".")[0] == "cnn_guide")
    training = sys.modules.get("cnn_guide.training")
    data = sys.modules.get("cnn_guide.fashion_mnist")
    print(
        json.dumps(
            {
                "modules": modules,
                "keras": "keras" in sys.modules or "sklearn" in sys.modules,
                "runs": dict(training.used) if training else {},
                "data": data.in_place().digest if data and data.used else None,
            }
        )
    )
