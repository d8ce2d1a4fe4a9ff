"""Releases: all by day, and of each its text with the claims marked, corrections, the archived page behind glass."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from lxml import etree, html
from lxml.etree import ParserError
from lxml_html_clean import Cleaner

from db.releases.queries import ReleaseDetail, ReleaseSummary, StoredRevision, cursor_of, releases
from inquiries.search import IsoDate, ShortText
from models.calendar import berlin_day
from models.origin import Origin
from output.diff import corrections
from output.marks import Mark, TextRun, runs
from output.paragraphs import readable_parts
from web.http.headers import SNAPSHOT_POLICY
from web.http.language import href, language_of
from web.http.parameters import ReleaseCursor, ReleaseId, published_between
from web.http.refusals import Refused
from web.lookups import nearest_if_unknown, release_of
from web.offices import nearest_offices
from web.render import page
from web.site import site_of
from web.typed import labels

router = APIRouter()

_LISTED = 100

_READABLE = "body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.6 Georgia, serif }"

# Scripts, frames and forms go; so does all that would be fetched from elsewhere.
_CLEANER = Cleaner(
    scripts=True, javascript=True, comments=True, style=False, links=True, meta=True, page_structure=False,
    processing_instructions=True, embedded=True, frames=True, forms=True, annoying_tags=True, remove_unknown_tags=False,
    safe_attrs_only=True,
    safe_attrs=frozenset({"class", "id", "lang", "title", "colspan", "rowspan", "datetime", "alt"}),
    kill_tags=frozenset({"img", "picture", "video", "audio", "svg", "style", "source"}),
)  # fmt: skip


@router.get("/releases")
def list_all(
    request: Request,
    since: IsoDate = None,
    until: IsoDate = None,
    source: ShortText = None,
    project: ShortText = None,
    after: ReleaseCursor = None,
) -> Response:
    """Releases by their days of publication, the newest first."""
    site = site_of(request)
    near = nearest_if_unknown(site, project) if project else None
    near_offices = nearest_offices(site, source)
    span = published_between(since, until)
    found = (
        releases(site.engine, source=source, project=project, **span, limit=_LISTED + 1, after=after)
        if near is None and near_offices is None
        else []
    )
    active = {"since": since, "until": until, "source": source, "project": project}
    return page(
        request,
        "releases.html",
        twin=href("/api/v1/releases", parameters=active),
        days=[(day, list(group)) for day, group in groupby(found[:_LISTED], key=_day)],
        active=active,
        near=near,
        near_offices=near_offices,
        following=cursor_of(found[_LISTED - 1]) if len(found) > _LISTED else None,
    )


def _day(release: ReleaseSummary) -> str | None:
    return berlin_day(release.published)


@router.get("/releases/{release_id}")
def show(request: Request, release_id: ReleaseId) -> Response:
    """The page of a release."""
    return release_page(request, release_id)


def release_page(
    request: Request, release_id: str, *, typed: Mapping[str, str] | None = None, faults: Sequence[str] = ()
) -> Response:
    """The page of a release; after a form that could not be kept with what was `typed`, and what was at fault.

    Raises:
        Refused: 404, there is no such release.
    """
    site = site_of(request)
    detail = release_of(site, release_id)
    newest = detail.revisions[-1]
    return page(
        request,
        "release.html",
        status=422 if faults else 200,
        twin=f"/api/v1/releases/{release_id}",
        detail=detail,
        newest=newest,
        paragraphs=_paragraphs(detail, newest),
        corrections=corrections(detail.revisions),
        linking=release_of(site, newest.document_of).summary if newest.document_of else None,
        labels=labels(language_of(request)),
        typed=typed or {},
        faults=faults,
    )


@router.get("/releases/{release_id}/revisions/{revision_id}")
def snapshot(request: Request, release_id: ReleaseId, revision_id: str) -> Response:
    """The archived page, with the facts of its fetch."""
    detail = release_of(site_of(request), release_id)
    return page(
        request,
        "snapshot.html",
        twin=f"/api/v1/releases/{release_id}",
        detail=detail,
        revision=_revision(detail, revision_id),
    )


@router.get("/releases/{release_id}/revisions/{revision_id}/page")
def archived_page(request: Request, release_id: ReleaseId, revision_id: str) -> Response:
    """The archived page as a document that can do nothing: no script, no form, nothing from elsewhere."""
    revision = _revision(release_of(site_of(request), release_id), revision_id)
    headers = {"content-security-policy": SNAPSHOT_POLICY}
    return Response(_harmless(revision), media_type="text/html; charset=utf-8", headers=headers)


@router.get("/releases/{release_id}/revisions/{revision_id}/bytes")
def archived_bytes(request: Request, release_id: ReleaseId, revision_id: str) -> Response:
    """The bytes as they were fetched, to be saved and never to be shown."""
    revision = _revision(release_of(site_of(request), release_id), revision_id)
    ending = "pdf" if revision.document_of else _ending(revision.snapshot.origin)
    headers = {
        "content-disposition": f'attachment; filename="{revision.snapshot.hash[:16]}.{ending}"',
        "content-security-policy": SNAPSHOT_POLICY,
    }
    return Response(revision.snapshot.body, media_type="application/octet-stream", headers=headers)


def _ending(origin: Origin | None) -> str:
    """Of a file with an imported record: that of the file that it came from, or what a line of that is."""
    if origin is None:
        return "bin"
    if origin.line is None:
        return PurePath(origin.file).suffix.removeprefix(".") or "bin"
    return "csv" if origin.columns else "json"


def _revision(detail: ReleaseDetail, revision_id: str) -> StoredRevision:
    for revision in detail.revisions:
        if revision.id == revision_id:
            return revision
    raise Refused(404, f"There is no revision {revision_id!r} of this release.")


def _paragraphs(detail: ReleaseDetail, newest: StoredRevision) -> list[tuple[str, list[TextRun]]]:
    """The body's paragraphs with their roles and the words of claims marked."""
    text = newest.release.text
    here = [each for each in detail.claims if text[each.claim.start : each.claim.end] == each.claim.quote]
    marks = [Mark(each.claim.start, each.claim.end, "quote", each.key) for each in here]
    title = (0, len(newest.release.title), "title")
    parts = [title]
    for each in newest.release.paragraphs:
        parts += [(*part, each.role) for part in readable_parts(text, each.start, each.end)]
    return [(role, runs(text[start:end], marks, start=start)) for start, end, role in parts]


def _harmless(revision: StoredRevision) -> bytes:
    body = revision.snapshot.body
    if revision.document_of is not None:
        return _plain(revision.release.text)
    if revision.snapshot.origin is not None:
        return _plain(body.decode("utf-8", "replace"))
    encoding = _encoding(revision)
    try:
        document: Any = html.document_fromstring(body, parser=html.HTMLParser(encoding=encoding))
    except (ParserError, LookupError):
        return b"<!doctype html><title>-</title>"
    _CLEANER(document)
    document.set("lang", revision.release.language)
    style = etree.SubElement(document.find("head") if document.find("head") is not None else document, "style")
    style.text = _READABLE
    cleaned: bytes = html.tostring(document, encoding="utf-8", doctype="<!doctype html>")
    return cleaned


def _plain(text: str) -> bytes:
    style = f"{_READABLE} pre {{ white-space: pre-wrap; overflow-wrap: anywhere }}"
    return f"<!doctype html><title>-</title><style>{style}</style><pre>{escape(text)}</pre>".encode()


def _encoding(revision: StoredRevision) -> str | None:
    for name, value in revision.snapshot.headers:
        if name.lower() == "content-type" and "charset=" in value.lower():
            return value.lower().split("charset=")[1].split(";")[0].strip(" \"'") or None
    return None
