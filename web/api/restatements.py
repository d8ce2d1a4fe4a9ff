"""What was later told otherwise, over all releases."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from comparison.figures import Evidence
from comparison.restatements import Restatement
from inquiries.restatements import all_restatements
from inquiries.search import ShortText
from models.claim import plain
from models.errors import InputError
from web.answers import As, answer
from web.http.parameters import MOST_ROWS
from web.http.refusals import PROBLEMS, not_found
from web.site import site_of

router = APIRouter(tags=["comparison"], responses=PROBLEMS)


class Restatements(BaseModel):
    """Pairs of statements that differ, what was published last first."""

    restatements: list[Restatement]


@router.get("/restatements", responses={200: {"model": Restatements, "content": {"text/csv": {}}}})
def restatements(
    request: Request,
    project: Annotated[ShortText, Query(description="a project or programme by any of its names")] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS)] = 50,
    form: As = "json",
) -> Response:
    """Numbers that a later release gives otherwise for the same date, or that were changed after publication."""
    site = site_of(request)
    try:
        found = all_restatements(site.engine, now=site.now(), project=project)[:limit]
    except InputError as error:
        raise not_found(error) from error
    return answer({"restatements": found}, [_row(each) for each in found], form)


def _row(each: Restatement) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "same_words": each.same_words,
        **_side("before", each.before),
        **_side("after", each.after),
    }


def _side(name: str, evidence: Evidence) -> dict[str, Any]:
    told = {
        "value": plain(evidence.value),
        "reporting_date": evidence.reporting_date,
        "published": evidence.published,
        "sentence": evidence.sentence,
        "release_title": evidence.release_title,
        "claim": evidence.key,
    }
    return {f"{name}_{field}": value for field, value in told.items()}
