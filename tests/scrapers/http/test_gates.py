"""Gates: what is no page of the office is never read as one."""

from datetime import UTC, datetime

import pytest

from models.errors import BlockedResponse
from models.release import Snapshot
from models.source import Source
from scrapers.http.gates import check_page
from tests.support.simulator.faults import challenge

SOURCE = Source(
    id="uebung",
    publisher="Amt für Übungen",
    level="land",
    state="NW",
    homepage="https://amt.example/DE/start.html",
    hosts=("amt.example",),
    family="generic",
    verified="never",
    feeds=("https://amt.example/feed.xml",),
)
TEXT = "<p>" + "Das Ministerium fördert Brücken. " * 40 + "</p>"


def snapshot(body: str | bytes, url: str = "https://amt.example/pm/1", content_type: str = "text/html") -> Snapshot:
    content = body.encode() if isinstance(body, str) else body
    return Snapshot(url, content, (("content-type", content_type),), 200, datetime(2025, 6, 2, tzinfo=UTC))


def page(title: str, body: str = TEXT) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "title",
    [
        "Land fördert 42 Brücken",
        "Wartungsarbeiten an der A 40 beginnen",
        "500 neue Stellen für die Polizei",
        "Fehlerkultur in der Verwaltung",
    ],
)
@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "TEXT/HTML", "application/xhtml+xml"])
def test_releases_pass(title, content_type):
    check_page(snapshot(page(title), content_type=content_type), SOURCE)


@pytest.mark.parametrize("content_type", ["application/pdf", "application/json", "text/plain", ""])
def test_other_types_do_not(content_type):
    with pytest.raises(BlockedResponse, match="no web page"):
        check_page(snapshot(page("Amt"), content_type=content_type), SOURCE)


def test_too_few_bytes():
    with pytest.raises(BlockedResponse, match="5 bytes only"):
        check_page(snapshot("<ok/>"), SOURCE)


@pytest.mark.parametrize(
    "title",
    [
        "Just a moment...",
        "Attention Required! | Cloudflare",
        "Request Rejected",
        "Sicherheits&uuml;berpr&uuml;fung",
        "Access Denied",
        "403 Forbidden",
        "404 Not Found",
        "Seite nicht gefunden - Amt",
        "503 Service Temporarily Unavailable",
        "Wartungsarbeiten",
        "Wartungsmodus | Amt",
    ],
)
def test_challenges_and_error_pages_by_their_title(title):
    with pytest.raises(BlockedResponse, match=r"https://amt.example/pm/1 is .* \(snapshot [0-9a-f]{12}\)"):
        check_page(snapshot(page(title)), SOURCE)


@pytest.mark.parametrize(
    "body",
    [
        "<script>window._cf_chl_opt={}</script>",
        "Incapsula incident ID: 1-2",
        "The requested URL was rejected. Please consult with your administrator.",
        "<h1>Access Denied</h1>You don't have permission.<p>Reference&#32;&#35;18.4",
        "The website encountered an unexpected error. Please try again later.",
        "<h1>Error establishing a database connection</h1>",
    ],
)
def test_challenges_and_error_pages_by_their_markup(body):
    with pytest.raises(BlockedResponse):
        check_page(snapshot(page("Amt", body + TEXT)), SOURCE)


def test_the_simulated_challenge():
    with pytest.raises(BlockedResponse, match="Cloudflare's challenge"):
        check_page(snapshot(challenge().body), SOURCE)


@pytest.mark.parametrize("home", ["https://amt.example/", "https://amt.example/DE/start.html?nn=1#top"])
def test_being_sent_to_the_home_page(home):
    source = SOURCE.model_copy(update={"drop_parameters": ("nn",)})
    with pytest.raises(BlockedResponse, match=r"is the home page, and came instead of https://amt\.example/pm/1"):
        check_page(snapshot(page("Amt"), url=home), source, requested="https://amt.example/pm/1")
    check_page(snapshot(page("Amt"), url=home), source, requested=home)


def test_what_every_page_of_the_office_has():
    source = SOURCE.model_copy(update={"gate": SOURCE.gate.model_copy(update={"must_have": "footer.amt"})})
    check_page(snapshot(page("Amt", TEXT + '<footer class="amt"></footer>')), source)
    with pytest.raises(BlockedResponse, match=r"lacks 'footer\.amt'"):
        check_page(snapshot(page("Amt")), source)
