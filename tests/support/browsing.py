"""A real Chromium over a real server: pages that ask nobody else, complain of nothing, and that everybody can read."""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from sqlalchemy import Engine

from tests.support.offices import bundled_sources
from tests.support.servers import free_port
from web.app import create_app

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
SHOTS = Path(os.environ.get("BILANZ_SCREENSHOTS", "build/screenshots"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER = """document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]
    .filter(each => each.getBoundingClientRect().right > innerWidth).map(each => each.outerHTML.slice(0, 120))"""
"""The elements that reach beyond the window, where the page can be scrolled sideways."""

MARKS = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed (Debian package: chromium)"),
]


class View(NamedTuple):
    """How a page is looked at.

    Attributes:
        name: ends the name of the picture.
        size: of the window, in CSS pixels.
        colours: that the reader prefers, "light" or "dark".
        rules: of axe, which the page must keep.
    """

    name: str
    size: ViewportSize
    colours: Literal["light", "dark"]
    rules: object


WIDE = View("wide", {"width": 1280, "height": 900}, "light", WCAG)
# The same elements in other colours.
DARK = WIDE._replace(
    name="dark", colours="dark", rules={"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
)
NARROW = View("narrow", {"width": 360, "height": 740}, "light", WCAG)
VIEWS = (WIDE, DARK, NARROW)
WINDOWS = [pytest.param((WIDE, DARK), id="wide"), pytest.param((NARROW,), id="narrow")]
"""The windows in which a journey is made, each with the views of a page on the way."""


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """A real server on loopback over a database; its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    app = create_app(engine, sources=bundled_sources(), address=address)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.05)
    yield address
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    SHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield started
        started.close()


@contextmanager
def watched(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """A page that must ask nobody else for anything and must not complain."""
    context = browser.new_context(base_url=address, **{"viewport": WIDE.size} | options)
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    host = urlsplit(address).netloc
    elsewhere = [url for url in asked if urlsplit(url).netloc != host]
    assert elsewhere == [], elsewhere
    assert complaints == [], complaints


def broken(page: Page, rules: object = WCAG) -> list[tuple[str, list[str]]]:
    """The rules that a page breaks, with the elements that do; of what is right axe tells next to nothing."""
    found = axe.Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
    return [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]]


def assert_readable(page: Page, title: str, views: Sequence[View] = (WIDE,)) -> None:
    """Takes a picture of a page in each view, and has axe look at it; it must not be wider than the window."""
    for view in views:
        name = f"{title}-{view.name}"
        page.set_viewport_size(view.size)
        page.emulate_media(color_scheme=view.colours)
        page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
        assert broken(page, view.rules) == [], name
        assert page.evaluate(WIDER) == [], f"{name} is too wide"
