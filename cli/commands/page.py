"""`bilanz page`: the release that a page holds."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from cli.language import _
from cli.printing import console, write_result
from cli.settings import settings
from models.errors import InputError
from output.formats.result import Result

if TYPE_CHECKING:
    from rich.console import Console

    from models.release import Release, Snapshot
    from models.source import Source


def page(
    target: Annotated[str, typer.Argument(metavar="FILE|URL", help="A saved page, or an address to fetch.")],
    url: Annotated[str | None, typer.Option(help="Address that a saved page came from.")] = None,
    source: Annotated[str | None, typer.Option(help="Id of the press office whose selectors fit.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the release as a JSON record.")] = False,
) -> None:
    """Read headline, date and text of a release from its page.

    Example: `bilanz page saved.html --url https://www.example.de/presse/1.html`
    """
    from extractors.page import page_record

    release = _release(target, url, source)
    result = Result((), value=page_record(release), show=partial(_show, release))
    write_result(result, "json" if json else "table")


def _release(target: str, url: str | None, source_id: str | None) -> Release:
    from extractors.page import read_page
    from scrapers.registry import source

    office = source(source_id, settings().sources) if source_id else None
    if urlsplit(target).scheme not in {"http", "https"}:
        return read_page(_bytes(target), url=url or Path(target).absolute().as_uri(), source=office)
    snapshot = _fetch(target, office)
    return read_page(
        snapshot.body,
        url=snapshot.url,
        content_type=snapshot.header("Content-Type"),
        source=office,
        fetched_at=snapshot.fetched_at,
    )


def _bytes(target: str) -> bytes:
    try:
        return Path(target).read_bytes()
    except OSError as error:
        raise InputError(f"{target} cannot be read ({error.strerror}).") from error


def _fetch(url: str, office: Source | None) -> Snapshot:
    from flows.office.feeds import source_of_feed
    from models.release import Snapshot
    from scrapers.http.fetch import Fetcher

    answer = Fetcher(contact=settings().contact).get(url, source=office or source_of_feed(url))
    # Without validators no office answers "not modified".
    assert isinstance(answer, Snapshot)
    return answer


def _show(release: Release, out: Console) -> None:
    from extractors.page import page_record

    out.print(release.title, style="bold", soft_wrap=True)
    facts = {
        "Published": page_record(release)["published"] or _("no date was found"),
        _("Found by"): release.date_method,
        "Topic": release.kicker,
        "Place": release.place,
        "Contact": release.contact,
        "Read": "generically" if release.generic else _("by the selectors of its source"),
    }
    for name, value in facts.items():
        if value:
            out.print(f"{name}: {value}", style="dim", soft_wrap=True)
    for paragraph in release.paragraphs:
        out.print(f"\n{release.text[paragraph.start : paragraph.end]}", soft_wrap=True)
    for attachment in release.attachments:
        out.print(_("\nAttachment: {title} ({url})", title=attachment.title, url=attachment.url), soft_wrap=True)
    for warning in release.warnings:
        console(stderr=True).print(_("Warning: {warning}", warning=warning), style="yellow", soft_wrap=True)
