"""Objections: what became of one, for everybody; for reviewers those that wait, and declining one.

One is accepted by the decision on its claim that follows from it, whose `answers` names it.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from db.curation.objections import dismiss_objection, open_objections
from models.objections import LONGEST_REASON, Fault, Objection, ObjectionAnswer
from output.records import record
from web.api.records import BerlinTime
from web.http.parameters import ObjectionNumber
from web.http.refusals import PROBLEMS
from web.http.reviewers import Bearer
from web.lookups import objection_of
from web.site import site_of

router = APIRouter(tags=["objections"], responses=PROBLEMS)
_REFUSED: dict[int | str, dict[str, Any]] = dict.fromkeys((401, 403, 429), PROBLEMS[400])


class ObjectionOut(BaseModel):
    """What became of an objection: `answer` is null while it waits. Who sent it, and what it says, is not told."""

    id: int
    claim_key: str
    fault: Fault
    made_at: BerlinTime
    answer: ObjectionAnswer | None
    reason: str | None = Field(description="why it was declined")
    answered_at: BerlinTime | None


class ObjectionRecord(ObjectionOut):
    """An objection as reviewers see it, with its words and the address for the answer."""

    sentence: str
    sender: str | None


class Dismissal(BaseModel):
    """Why a claim stays as it is; whoever reads may read it."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON)]


@router.get("/objections", responses={200: {"model": list[ObjectionRecord]}, **_REFUSED})
def waiting(request: Request, _reviewer: Bearer) -> Response:
    """Objections that nobody has answered, the oldest first."""
    with site_of(request).engine.connect() as connection:
        found = open_objections(connection)
    return JSONResponse([record(each) for each in found])


@router.get("/objections/{number}", responses={200: {"model": ObjectionOut}})
def state(request: Request, number: ObjectionNumber) -> Response:
    """What became of an objection, by its number."""
    return JSONResponse(_state(objection_of(site_of(request), number)))


@router.post("/objections/{number}/dismissal", responses={200: {"model": ObjectionOut}, **_REFUSED})
def dismiss(request: Request, number: ObjectionNumber, dismissal: Dismissal, reviewer: Bearer) -> Response:
    """Declines an objection: the claim stays as it is."""
    site = site_of(request)
    objection_of(site, number)
    dismiss_objection(site.engine, number, reason=dismissal.reason, user_id=reviewer.user_id, now=site.now())
    return JSONResponse(_state(objection_of(site, number)))


def _state(objection: Objection) -> dict[str, Any]:
    told: dict[str, Any] = record(objection)
    return {name: told[name] for name in ObjectionOut.model_fields}
