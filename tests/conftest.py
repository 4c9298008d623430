import functools
import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NoReturn
from urllib.parse import urlsplit

import pytest

from cnn_guide.fashion_mnist import SAMPLE_FOLDER

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


def missing(what: str) -> NoReturn:
    """Skip a test, saying `what` is missing; fail it where CNN_GUIDE_REQUIRE_BROWSER is 1."""
    stop = pytest.fail if os.environ.get("CNN_GUIDE_REQUIRE_BROWSER") == "1" else pytest.skip
    stop(what)


def no(found: Iterable[object]) -> None:
    """Fail with all of what was found, one a line."""
    lines = [str(one) for one in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


class _PagesHandler(_QuietHandler):
    """Answers as GitHub Pages does: compressed text, and the site's page for what is not there."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        found = path.exists()
        path = path if found else Path(self.directory) / "404.html"
        kind, content = self.guess_type(str(path)), path.read_bytes()
        self.send_response(200 if found else 404)
        if kind.startswith("text/") or kind.endswith(("javascript", "json", "xml")):
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(content)


class _QuietServer(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Say nothing: a browser that closes a page hangs up on what it still loads."""


@contextmanager
def _serving(folder: Path, handler: type = _QuietHandler, port: int = 0) -> Iterator[str]:
    handler = functools.partial(handler, directory=str(folder))
    with _QuietServer(("127.0.0.1", port), handler) as server:
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


@pytest.fixture(scope="session")
def sample_cache(tmp_path_factory) -> Path:
    """Give a cache folder with all that lessons stand on, made from the sample."""
    cache = tmp_path_factory.mktemp("sample-cache")
    settings = {"CNN_GUIDE_DATA": str(SAMPLE_FOLDER), "CNN_GUIDE_CACHE": str(cache)}
    command = [sys.executable, "-m", "cnn_guide.site.prepare"]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{' '.join(command)} failed:\n{done.stderr}", pytrace=False)
    return cache


@pytest.fixture(scope="session")
def site_settings(request) -> dict[str, str]:
    """Give the environment that `site` is built in: the sample, but for CI's real site."""
    if os.environ.get("CNN_GUIDE_SITE"):
        return dict(os.environ)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    return {
        **os.environ,
        "CNN_GUIDE_DATA": str(SAMPLE_FOLDER),
        "CNN_GUIDE_CACHE": str(request.getfixturevalue("sample_cache")),
        "NO_MKDOCS_2_WARNING": "1",
        "REPO_URL": "https://github.com/example/cnn_guide",
        "SITE_URL": f"http://127.0.0.1:{port}/",
    }


@pytest.fixture(scope="session")
def build_site(site_settings) -> Callable[[Path], None]:
    """Give a function that builds the whole site into a folder."""

    def build(folder: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(folder)],
            cwd=Path(__file__).parent.parent,
            env=site_settings,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            pytest.fail(f"mkdocs build failed:\n{done.stdout}{done.stderr}", pytrace=False)

    return build


@pytest.fixture(scope="session")
def site(tmp_path_factory, build_site) -> Path:
    """Give the folder of a built site: what CNN_GUIDE_SITE names, or a build on the sample."""
    if built := os.environ.get("CNN_GUIDE_SITE"):
        return Path(built).resolve()
    folder = tmp_path_factory.mktemp("site")
    build_site(folder)
    return folder


@pytest.fixture(scope="session")
def site_root(site) -> str:
    """Give the address that the site was built for."""
    front = (site / "index.html").read_text(encoding="utf-8")
    return re.search(r'rel="canonical" href="([^"]*)"', front)[1]


@pytest.fixture(scope="session")
def site_address(site, site_root) -> Iterator[str]:
    """Serve the site, at the address it was built for if that is on this machine; give it."""
    built_for = urlsplit(site_root)
    port = built_for.port if built_for.hostname == "127.0.0.1" else 0
    with _serving(site, _PagesHandler, port) as address:
        yield f"{address}/"


@pytest.fixture(scope="session")
def pages(site, site_root) -> dict[str, Path]:
    """Give the files of all pages by their addresses below the site's, as in "en/glossary/".

    They come from the site maps of both languages.
    """
    found = {}
    for language in (site, site / "en"):
        listed = (language / "sitemap.xml").read_text(encoding="utf-8")
        for address in re.findall(r"<loc>([^<]*)</loc>", listed):
            page = address.removeprefix(site_root)
            found[page] = site / page / "index.html"
    assert found
    return found


@pytest.fixture(scope="session")
def npm_install(tmp_path_factory) -> Callable[[str], Path]:
    """Give a function that installs a package from npm; it returns the folder of node_modules."""
    folder = tmp_path_factory.mktemp("npm")

    def install(package: str) -> Path:
        if not (npm := shutil.which("npm")):
            missing("npm is not installed")
        command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", package]
        result = subprocess.run(command, capture_output=True, text=True)
        if result.returncode:
            missing(f"npm could not install {package}: {result.stderr[-500:]}")
        return folder / "node_modules"

    return install


@pytest.fixture(scope="module")
def browser():
    """Give a headless Chromium, driven by Playwright.

    While it is open, no test of the same module can start an event loop of its own.
    """
    if not CHROMIUM.exists():
        missing(f"Chromium is not installed ({CHROMIUM})")
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
