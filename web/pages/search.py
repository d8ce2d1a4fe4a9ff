"""Searching claims: the home page and its feed."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import ConfigDict

from db.claims.facets import Facet, Facets
from db.claims.queries import MOST_ROWS, NOT_STATED, Page, claims
from db.releases.queries import ReleaseSummary
from db.releases.titles import releases_titled
from inquiries.search import SearchQuery, Sort
from inquiries.stated import nearest_stated
from inquiries.suggested import most_told
from models.errors import InputError
from models.filters import SHOWN_FACETS, ClaimFilter, Order
from models.language import Language
from models.stored import StoredClaim
from output.formats import xlsx
from output.formats.csv import lines as csv_lines
from output.records import flat, stored_record
from output.sheet import sheet_row
from web.feeds import claim_entry, feed, searched
from web.http.language import href, language_of
from web.http.parameters import Cursor
from web.lookups import nearest_if_unknown, project_of, related_to, spelt_as_meant
from web.offices import facets, filter_of, known_filter, nearest_offices
from web.render import address, page
from web.site import Site, site_of

router = APIRouter()

ROWS = 20
FEED_ROWS = 50
_TITLES = 10
"""Releases that are shown by their titles where no claim was found."""
_NOTHING = Facets(total=0, exact=True, facets=())


class PageQuery(SearchQuery):
    """A search on a page; parameters that others append to links do no harm."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    after: Cursor = None
    sort: Sort = "relevance"


class WorkbookQuery(PageQuery):
    """A search; a parameter that is not known would give all claims where some are wanted."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileQuery(WorkbookQuery):
    """The same and the form of its file."""

    format: Literal["csv", "csv-de"] = "csv"


@router.get("/")
def search(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """The search page."""
    found, counted, problem = _search(site_of(request), query)
    return page(
        request,
        "search.html",
        twin=href("/api/v1/claims", parameters=query.parameters()),
        table=href("/claims.csv", parameters={**query.parameters(), "format": "csv"}),
        query=query,
        found=found,
        counted=counted,
        problem=problem,
        spelt=spelt_as_meant(site_of(request), query.q) if not found.claims and problem is None else None,
        titled=[] if found.claims or problem else _titled(site_of(request), query),
        near=nearest_if_unknown(site_of(request), query.project or "") if problem == "project" else None,
        near_offices=None if found.claims else nearest_offices(site_of(request), query.source),
        unstated=None if found.claims or problem else _unstated(site_of(request), query),
        facets=[_unstated_last(facet) for facet in counted.facets if _tells_apart(facet)],
        related=_related(site_of(request), query.project),
        programmes=most_told(site_of(request).engine) if not query.parameters() else [],
    )


@router.get("/claims.atom")
def search_feed(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """The newest claims of a query as a feed."""
    site = site_of(request)
    found = claims(site.engine, known_filter(site, query), limit=FEED_ROWS, after=query.after, order="date")
    entries = (claim_entry(request, each) for each in found.claims)
    about, parameters = searched(request, query), query.parameters()
    return feed(request, about, entries, page="/", parameters=parameters, following=found.next)


@router.get("/claims.csv")
def search_csv(request: Request, query: Annotated[FileQuery, Query()]) -> Response:
    """All claims of a query as CSV, written while they are read, each with the address of its page.

    For spreadsheets set to German headings and values are German words; else both are those of the API.
    """
    site = site_of(request)
    wanted = known_filter(site, query)
    # What is at fault with the search is said before the first line goes out.
    first = claims(site.engine, wanted, limit=MOST_ROWS, order=query.sort)
    found, german = _all(site, wanted, query.sort, first), query.format == "csv-de"
    lines = csv_lines(_sheet(request, site, found, "de") if german else _rows(request, found), german=german)
    named = {"content-disposition": 'attachment; filename="zwischenbilanz.csv"'}
    return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=named)


@router.get("/claims.xlsx")
def search_workbook(request: Request, query: Annotated[WorkbookQuery, Query()]) -> Response:
    """All claims of a query as a workbook, written while they are read."""
    site = site_of(request)
    wanted = known_filter(site, query)
    first = claims(site.engine, wanted, limit=MOST_ROWS, order=query.sort)
    found = _all(site, wanted, query.sort, first)
    pieces = xlsx.chunks(_sheet(request, site, found, language_of(request)))
    named = {"content-disposition": 'attachment; filename="zwischenbilanz.xlsx"'}
    return StreamingResponse(pieces, media_type=xlsx.MEDIA_TYPE, headers=named)


def _rows(request: Request, found: Iterable[StoredClaim]) -> Iterator[dict[str, Any]]:
    """Each claim as a row, with the address of its page."""
    for each in found:
        yield flat(stored_record(each)) | {"page": address(request, f"/claims/{each.key}", language_of(request))}


def _sheet(request: Request, site: Site, found: Iterable[StoredClaim], language: Language) -> Iterator[dict[str, Any]]:
    """Each claim as a row for people."""
    for each in found:
        page_of_claim = address(request, f"/claims/{each.key}", language_of(request))
        yield sheet_row(each, language, publisher=site.office_of(each), page=page_of_claim)


def _all(site: Site, wanted: ClaimFilter, order: Order, page: Page) -> Iterator[StoredClaim]:
    yield from page.claims
    while page.next is not None:
        page = claims(site.engine, wanted, limit=MOST_ROWS, after=page.next, order=order)
        yield from page.claims


def _related(site: Site, name: str | None) -> list[str]:
    """Other names under which releases may state something of the project that is asked for."""
    if name is None or name == NOT_STATED or nearest_if_unknown(site, name) is not None:
        return []
    return related_to(site, project_of(site, name))


def _titled(site: Site, query: PageQuery) -> list[ReleaseSummary]:
    """Releases whose titles have the words of a search that no claim answers."""
    with site.engine.connect() as connection:
        return releases_titled(connection, filter_of(site, query), limit=_TITLES)


def _unstated(site: Site, query: PageQuery) -> tuple[str, str, list[str]] | None:
    """A field whose value no claim has, with that and those that may be meant."""
    for field, value in (("year", query.year), ("speaker", query.speaker)):
        near = nearest_stated(site.engine, field, value) if value and value != NOT_STATED else None
        if value is not None and near is not None:
            return field, value, near
    return None


def _search(site: Site, query: PageQuery) -> tuple[Page, Facets, str | None]:
    """The claims, their facets, and what is at fault where the query itself is: "project" or "words"."""
    try:
        found = claims(site.engine, filter_of(site, query), limit=ROWS, after=query.after, order=query.sort)
        return found, facets(site, filter_of(site, query), names=SHOWN_FACETS), None
    except InputError:
        unknown = query.project is not None and nearest_if_unknown(site, query.project) is not None
        return Page(()), _NOTHING, "project" if unknown else "words"


def _tells_apart(facet: Facet) -> bool:
    return any(value != NOT_STATED for value, _ in facet.counts)


def _unstated_last(facet: Facet) -> Facet:
    """As it is counted, but for years, of which the newest is first."""
    newest = facet.field == "year"
    counts = sorted(facet.counts, key=lambda each: each[0], reverse=True) if newest else facet.counts
    return Facet(facet.field, tuple(sorted(counts, key=lambda each: each[0] == NOT_STATED)))
