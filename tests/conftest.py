import functools
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

collect_ignore = ["lesson_template.py"]  # no module: a lesson, executed by its own test
CHROMIUM = Path("/usr/bin/chromium")
# Without these, Chromium looks for updates and hosts that a test must not need.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Say nothing: a browser that closes a page hangs up on what it still loads."""


@contextmanager
def _serving(folder: Path) -> Iterator[str]:
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with _QuietServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Give a function that serves a folder on the loopback until the session ends."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(_serving(folder))


@pytest.fixture(scope="module")
def browser():
    """Give a headless Chromium, driven by Playwright.

    While it is open, no test of the same module can start an event loop of its own.
    """
    if not CHROMIUM.exists():
        pytest.skip(f"Chromium is not installed ({CHROMIUM})")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """Give a function that opens an address in a fresh context: no error may reach its console.

    Its options are Playwright's for a context, such as `viewport` and `has_touch`.
    """
    errors = []
    with ExitStack() as contexts:

        def open_(address: str, **options):
            context = browser.new_context(**options)
            contexts.callback(context.close)
            context.set_default_timeout(10_000)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.on("console", lambda note: note.type == "error" and errors.append(note.text))
            page.goto(address)
            return page

        yield open_
    assert errors == []
