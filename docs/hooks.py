"""The only file that knows MkDocs' events: lessons become its pages, in two languages."""

import json
import logging
import os
import re
import shutil
import subprocess
import tempfile
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urljoin

from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.commands.build import build as build_site
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError, MkDocsException
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from cnn_guide.fashion_mnist import DataError
from cnn_guide.site.build import build, write
from cnn_guide.site.problems import LessonError
from cnn_guide.site.search import add_terms, describe
from cnn_guide.site.terms import read as read_terms
from cnn_guide.training import RunError

log = logging.getLogger("mkdocs.hooks.cnn_guide")

_folder = tempfile.TemporaryDirectory(prefix="cnn_guide-pages-")
_GITHUB = re.compile(r"https://github\.com/([\w.-]+/[\w.-]+?)(?:\.git|/)?")
_EXPLORER, _LIVE = '<div class="cnn-explorer"', '<div class="cnn-live"'
_WIDGETS = {"explorer": _EXPLORER, "live": _LIVE, "quiz": '<details class="quiz"'}
_ACTIONS = {
    "ko": ("노트북 내려받기", "코드 모두 복사", "복사했습니다", "Colab에서 열기"),
    "en": ("Download the notebook", "Copy all code", "Copied", "Open in Colab"),
}
_ALTERNATE = re.compile(r'<link rel="alternate" href="[^"]*" hreflang="(\w+)">')
_SWITCH = re.compile(r'href="[^"]*" hreflang="(\w+)"(?= class)')


def on_startup(command: str, dirty: bool) -> None:
    """Date the site by its commit, not by the clock: two builds of one commit are the same."""
    if "SOURCE_DATE_EPOCH" not in os.environ and shutil.which("git"):
        ask = ["git", "-C", str(Path(__file__).parent), "log", "-1", "--format=%ct"]
        answer = subprocess.run(ask, capture_output=True, text=True)
        if answer.returncode == 0:
            os.environ["SOURCE_DATE_EPOCH"] = answer.stdout.strip()


def on_config(config: Any) -> Any:
    """Let the navigation name the files that exist: the lessons."""
    if config.nav:
        config.nav = _as_notebooks(config.nav)
    return config


def _as_notebooks(item: Any) -> Any:
    if isinstance(item, str):
        return item.removesuffix(".py") + ".ipynb" if item.endswith(".py") else item
    if isinstance(item, dict):
        return {title: _as_notebooks(value) for title, value in item.items()}
    return [_as_notebooks(value) for value in item]


def on_pre_build(config: Any) -> None:
    """Write the pages of both languages, before MkDocs empties the site: what fails leaves it whole."""
    pages = Path(_folder.name) / "pages"
    if config.theme["language"] == "ko" or not pages.exists():
        try:
            address = config.site_url.removesuffix("en/")
            write(build(Path(config.docs_dir), suffix=".ipynb", address=address), pages)
        except (LessonError, DataError, RunError, OSError) as error:
            log.error("%s", error)  # MkDocs tells an error once only, were it made twice
            raise BuildError("The pages were not made.") from error


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Go on serving the last good pages while a lesson is broken; MkDocs would seem stuck."""

    def rebuild() -> None:
        try:
            builder()
        except MkDocsException as error:
            log.error("%s Mend it and save: until then the last good pages are served.", error)

    server.builder = rebuild
    return server


@event_priority(100)  # before mkdocs-jupyter recognises the notebooks
def on_files(files: Files, config: Any) -> Files:
    """Replace the lessons by their notebooks and figures, as the build wrote them."""
    for file in list(files):
        if file.src_uri.endswith(".py"):
            files.remove(file)
    pages = Path(_folder.name) / "pages"
    folder = pages / config.theme["language"]
    found = [(path, folder) for path in sorted(folder.rglob("*")) if path.is_file()]
    if config.theme["language"] == "ko":
        shared = pages / "shared"
        found += [(path, shared) for path in sorted(shared.rglob("*")) if path.is_file()]
    for path, root in found:
        if not (path.suffix == ".md" and path.with_suffix(".ipynb").exists()):
            uri = path.relative_to(root).as_posix()
            files.append(
                File(uri, str(root), config.site_dir, use_directory_urls=config.use_directory_urls)
            )
    return files


def on_env(env: Any, config: Any, files: Files) -> None:
    """Compile a template once for both languages and all rebuilds."""
    env.bytecode_cache = _compiled


class _Compiled(BytecodeCache):
    def __init__(self) -> None:
        self.templates: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if known := self.templates.get((bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(known)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.templates[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


_compiled = _Compiled()


def on_page_read_source(page: Page, config: Any) -> str | None:
    """Give MkDocs the page as Markdown."""
    source = Path(str(page.file.abs_src_path))
    if source.suffix == ".ipynb":
        return source.with_suffix(".md").read_text(encoding="utf-8")
    return None


@event_priority(-100)  # after mkdocs-jupyter put its own renderer there
def on_pre_page(page: Page, config: Any, files: Files) -> Page:
    """Let Material render the page's Markdown, as it does every other page."""
    vars(page).pop("render", None)
    return page


def on_page_content(html: str, page: Page, config: Any, files: Files) -> str:
    """Offer the lesson's notebook and script under its title, feed its widgets."""
    page.meta.setdefault("description", describe(html))
    html = _feed_widgets(html, page, config)
    name = PurePosixPath(page.file.src_uri)
    if not Path(str(page.file.abs_src_path)).with_suffix(".py").exists():  # a page without code
        return html
    download, copy, copied, colab = _ACTIONS[config.theme["language"]]
    script = get_relative_url(str(name.with_suffix(".py")), page.url)
    links = [
        f'<a href="{name.name}" download>{download}</a>',
        f'<a href="{script}" download data-copy data-copied="{copied}">{copy}</a>',
    ]
    if github := _GITHUB.fullmatch(config.repo_url or ""):
        below = "en/" if config.theme["language"] == "en" else ""
        notebook = f"{below}{page.url}{name.name}"
        address = f"https://colab.research.google.com/github/{github[1]}/blob/gh-pages/{notebook}"
        links.append(f'<a href="{address}">{colab}</a>')
    actions = f'<p class="cnn-actions" data-search-exclude>{" ".join(links)}</p>'
    return html.replace("</h1>", f"</h1>\n{actions}", 1)


def _feed_widgets(html: str, page: Page, config: Any) -> str:
    assets = Path(_folder.name) / "pages" / "shared" / "assets"
    if _EXPLORER in html:
        patches = escape((assets / "explorer" / "patches.json").read_text(encoding="utf-8"))
        html = html.replace(_EXPLORER, f'{_EXPLORER} data-patches="{patches}"')
    if _LIVE in html:
        above = "../" if config.theme["language"] == "en" else ""
        network = above + get_relative_url("assets/live/network", page.url)
        size = sum(path.stat().st_size for path in (assets / "live" / "network").iterdir())
        html = html.replace(_LIVE, f'{_LIVE} data-network="{network}" data-bytes="{size}"')
    return html


def on_post_page(output: str, page: Page, config: Any) -> str:
    """Point at this page in the other language, and load only the widgets that the page has."""
    for name, mark in _WIDGETS.items():
        if mark not in output:
            file = rf"""<(?:link|script)\b[^>]*assets/{name}/[^>]*>(?:</script>)?\s*"""
            output = re.sub(file, "", output)
    below = "en/" if config.theme["language"] == "en" else ""
    root = config.site_url.removesuffix(below)
    urls = {"ko": page.url, "en": f"en/{page.url}"}
    switch = {to: get_relative_url(url, below + page.url) for to, url in urls.items()}
    return _link_languages(output, {to: urljoin(root, url) for to, url in urls.items()}, switch)


def on_post_template(output: str, template_name: str, config: Any) -> str:
    """Let the page for addresses that do not exist point at the front page in both languages."""
    if template_name != "404.html":
        return output
    root = config.site_url.removesuffix("en/" if config.theme["language"] == "en" else "")
    fronts = {"ko": root, "en": f"{root}en/"}
    return _link_languages(output, fronts, fronts)


def _link_languages(output: str, addresses: dict[str, str], switch: dict[str, str]) -> str:
    """Fill in the links of the language switch, and the addresses that search engines are given.

    Material's script looks for a site map under every `rel="alternate"`; behind the space it does
    not find the link, and does not ask for a file that is not there.
    """
    output = _ALTERNATE.sub(
        lambda link: f'<link rel="alternate " href="{addresses[link[1]]}" hreflang="{link[1]}">',
        output,
    )
    return _SWITCH.sub(lambda link: f'href="{switch[link[1]]}" hreflang="{link[1]}"', output)


def on_post_build(config: Any) -> None:
    """Complete the search; build the English site into the Korean one, with the same settings."""
    path = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(path.read_text(encoding="utf-8"))
    add_terms(index, read_terms(Path(config.docs_dir) / "terms.yml"))
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    if config.theme["language"] != "ko":
        return
    english = load_config(
        str(Path(config.config_file_path).with_name("mkdocs.en.yml")),
        site_dir=str(Path(config.site_dir) / "en"),
        site_url=f"{config.site_url.rstrip('/')}/en/" if config.site_url else None,
        strict=config.strict,
    )
    build_site(english)
    log.info("Read it: mkdocs serve, or python -m http.server -d site")
