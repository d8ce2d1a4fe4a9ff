"""Searching claims: the home page and its feed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from db.claims.facets import Facet, Facets
from db.claims.queries import NOT_STATED, Page, claims
from inquiries.search import SearchQuery
from models.errors import InputError
from models.filters import SHOWN_FACETS
from web.feeds import claim_entry, feed
from web.http.language import href, language_of, translations
from web.http.parameters import Cursor
from web.lookups import nearest_if_unknown
from web.offices import facets, filter_of
from web.render import page
from web.site import Site, site_of

router = APIRouter()

ROWS = 20
FEED_ROWS = 50
_SUGGESTED = 6
_NOTHING = Facets(total=0, exact=True, facets=())


class PageQuery(SearchQuery):
    """A search on a page; parameters that others append to links do no harm."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    after: Cursor = None


@router.get("/")
def search(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """The search page."""
    found, counted, problem = _search(site_of(request), query)
    return page(
        request,
        "search.html",
        twin=href("/api/v1/claims", parameters=query.parameters()),
        query=query,
        found=found,
        counted=counted,
        problem=problem,
        near=nearest_if_unknown(site_of(request), query.project or "") if problem == "project" else None,
        facets=[_unstated_last(facet) for facet in counted.facets if _tells_apart(facet)],
        programmes=_largest(counted) if not query.parameters() else [],
    )


@router.get("/claims.atom")
def search_feed(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """The newest claims of a query as a feed."""
    site = site_of(request)
    found = claims(site.engine, filter_of(site, query), limit=FEED_ROWS, newest_first=True).claims
    title = query.q or query.project or translations(language_of(request)).gettext("Angaben")
    entries = (claim_entry(request, each) for each in found)
    return feed(request, title, entries, page="/", parameters=query.parameters())


def _search(site: Site, query: PageQuery) -> tuple[Page, Facets, str | None]:
    """The claims, their facets, and what is at fault where the query itself is: "project" or "words"."""
    try:
        found = claims(site.engine, filter_of(site, query), limit=ROWS, after=query.after)
        return found, facets(site, filter_of(site, query), names=SHOWN_FACETS), None
    except InputError:
        unknown = query.project is not None and nearest_if_unknown(site, query.project) is not None
        return Page(()), _NOTHING, "project" if unknown else "words"


def _tells_apart(facet: Facet) -> bool:
    return any(value != NOT_STATED for value, _ in facet.counts)


def _unstated_last(facet: Facet) -> Facet:
    return Facet(facet.field, tuple(sorted(facet.counts, key=lambda each: each[0] == NOT_STATED)))


def _largest(counted: Facets) -> list[str]:
    """The projects that most is said about, as a beginning for those who come without a question."""
    counts = next(facet.counts for facet in counted.facets if facet.field == "project")
    return [name for name, _ in counts if name != NOT_STATED][:_SUGGESTED]
