"""Claims: searched, counted by facet, and one by its key."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field

from db.claims.facets import Facets
from db.claims.queries import claims, history
from db.curation.reviews import reviews
from db.releases.proofs import proofs
from inquiries.search import SearchQuery, Sort
from output.formats import AnswerFormat
from output.records import flat
from web.answers import As, answer, next_page
from web.api.records import ClaimDetail, ClaimPage, claim_record, proof_record, review_record
from web.http.parameters import MOST_ROWS, ClaimKey, Cursor
from web.http.refusals import PROBLEMS
from web.lookups import claim_of
from web.offices import facets, known_filter
from web.site import site_of

router = APIRouter(tags=["claims"], responses=PROBLEMS)


class ClaimsQuery(SearchQuery):
    """A search, the place to go on from, and the form of the answer."""

    limit: int = Field(default=50, ge=1, le=MOST_ROWS, description=f"rows at most, {MOST_ROWS} or fewer, as CSV too")
    after: Cursor = None
    sort: Sort = "relevance"
    format: AnswerFormat = "json"


class FacetsQuery(SearchQuery):
    """A search and the form of the answer."""

    format: AnswerFormat = "json"


@router.get("/claims", responses={200: {"model": ClaimPage, "content": {"text/csv": {}}}})
def list_claims(request: Request, query: Annotated[ClaimsQuery, Query()]) -> Response:
    """Current claims: those that fit `q` best, of these the newest reporting date first.

    Pages are told apart by key, not by number.
    """
    site = site_of(request)
    found = claims(site.engine, known_filter(site, query), limit=query.limit, after=query.after, order=query.sort)
    page = ClaimPage(claims=[claim_record(each) for each in found.claims], next=found.next)
    dumped = page.model_dump(mode="json")
    rows = [flat(each) for each in dumped["claims"]]
    return answer(dumped, rows, query.format, next_page(request, found.next))


@router.get("/facets", responses={200: {"model": Facets, "content": {"text/csv": {}}}})
def count_facets(request: Request, query: Annotated[FacetsQuery, Query()]) -> Response:
    """For each field the values that matching claims have, with their number; "not stated" is one of them.

    Where more than 10,000 claims match, or 75,000 where all are asked for, `exact` is false and no numbers are given.
    """
    site = site_of(request)
    found = facets(site, known_filter(site, query))
    rows = [
        {"field": facet.field, "value": value, "claims": count}
        for facet in found.facets
        for value, count in facet.counts
    ]
    return answer(found, rows, query.format)


@router.get("/claims/{key}", responses={200: {"model": ClaimDetail, "content": {"text/csv": {}}}})
def one_claim(request: Request, key: ClaimKey, form: As = "json") -> Response:
    """A claim by its lasting key, with its readings and the decisions on it."""
    site = site_of(request)
    found = claim_of(site, key)
    proof = proofs(site.engine, [found]).get(key)
    detail = ClaimDetail(
        claim=claim_record(found),
        proof=proof_record(proof) if proof else None,
        readings=[claim_record(each) for each in history(site.engine, key)],
        reviews=[review_record(each) for each in reviews(site.engine, key)],
    ).model_dump(mode="json")
    return answer(detail, [flat(each) for each in detail["readings"]], form)
