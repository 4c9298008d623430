"""Time the live network in Chromium, on the trained network and its test images.

    python benchmarks/live.py

Prints two medians over 200 images: of the network alone, and of everything that one change of the
input sets off (network, 96 maps, probabilities, the traced pixel). The target is 30 ms; the exit
status is 1 when the second misses it.
"""

import sys
from pathlib import Path

from playwright.sync_api import Route, sync_playwright

from cnn_guide import live, training

TARGET = 30
ASSETS = Path(__file__).parent.parent / "docs" / "assets" / "live"
PAGE = """<!doctype html><html lang="en"><title>Live network</title>
<link rel="stylesheet" href="live.css"><div class="cnn-live"></div></html>"""
MEASURE = """async () => {
  const { loadNetwork } = await import("/network.js");
  const { Widget } = await import("/widget.js");
  const network = await loadNetwork("/network");
  const widget = new Widget(network);
  document.querySelector(".cnn-live").replaceChildren(widget.node);
  const median = (run) => {
    const times = Array.from({ length: 200 }, (_, i) => {
      const start = performance.now();
      run(i % network.labels.length);
      return performance.now() - start;
    });
    return times.sort((a, b) => a - b)[100];
  };
  return [median((i) => network.forward(network.picture(i))), median((i) => widget.pick(i))];
}"""


def measure(network: Path) -> tuple[float, float]:
    """Return the two medians in milliseconds, for the network in a folder of files."""

    def answer(route: Route) -> None:
        path = route.request.url.split("/", 3)[3].split("?")[0]
        if not path:
            route.fulfill(content_type="text/html", body=PAGE)
        elif path.startswith("network/"):
            route.fulfill(path=network / path.removeprefix("network/"))
        else:
            route.fulfill(path=ASSETS / path)

    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto("http://localhost/")
        network_ms, page_ms = page.evaluate(MEASURE)
        browser.close()
    return network_ms, page_ms


if __name__ == "__main__":
    found = live.prepare(training.find_or_train())
    network_ms, page_ms = measure(found.folder)
    print(
        f"{found.bytes / 1000:.0f} KB, {found.points_lost:.2f} points of accuracy lost by rounding"
    )
    print(f"network alone      {network_ms:6.1f} ms")
    print(f"network and page   {page_ms:6.1f} ms   target {TARGET} ms")
    sys.exit(page_ms > TARGET)
