"""Searching claims: the home page and its feed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import ConfigDict

from db.claims.facets import Facet, Facets
from db.claims.queries import NOT_STATED, Page, claims
from models.errors import InputError
from models.language import Language
from models.stored import StoredClaim
from output.formats.atom import MEDIA_TYPE, atom
from output.words import amount, day, status_words
from web.api.projects import nearest_if_unknown
from web.http.language import href, language_of, translations
from web.http.query import Cursor, SearchQuery
from web.offices import facets
from web.render import address, page
from web.site import Site, site_of

router = APIRouter()

ROWS = 20
FEED_ROWS = 50
_SUGGESTED = 6
SHOWN_FACETS = ("project", "status", "year", "source", "state", "kind", "modality", "speaker", "health", "decision")
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
def feed(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """The newest claims of a query as a feed."""
    site, language = site_of(request), language_of(request)
    found = claims(site.engine, query.filter(site), limit=FEED_ROWS, newest_first=True).claims
    title = "Zwischenbilanz: " + (query.q or query.project or translations(language).gettext("Angaben"))
    entries = [
        (each, heading(each, language), address(request, f"/claims/{each.key}", language), each.first_seen)
        for each in found
    ]
    given = query.parameters()
    page_address, own_address = (address(request, path, language, given) for path in ("/", "/claims.atom"))
    body = atom(title, page_address, own_address, entries)
    return Response(body, media_type=MEDIA_TYPE)


def heading(stored: StoredClaim, language: Language) -> str:
    """A claim in one line."""
    claim = stored.claim
    parts = []
    if claim.value is not None:
        shown = amount(claim.value, claim.value_to, claim.comparator, claim.unit, language)
        parts.append(" ".join(filter(None, (shown, claim.counted))))
    if claim.status:
        parts.append(status_words(claim.status, language))
    parts += [claim.subject or "", day(claim.reporting_date or "", language)]
    return ", ".join(filter(None, parts))


def _search(site: Site, query: PageQuery) -> tuple[Page, Facets, str | None]:
    """The claims, their facets, and what is at fault where the query itself is: "project" or "words"."""
    try:
        found = claims(site.engine, query.filter(site), limit=ROWS, after=query.after)
        return found, facets(site, query.filter(site), names=SHOWN_FACETS), None
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
