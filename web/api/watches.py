"""The page of a watch, for programs."""

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel

from db.claims.changes import Cause, ClaimChange
from output.records import flat
from web.answers import As, answer
from web.api.records import BerlinTime, ClaimRecord, claim_record
from web.http.headers import PRIVATE
from web.http.parameters import WatchToken
from web.http.refusals import PROBLEMS
from web.lookups import latest_changes, watch_of
from web.site import site_of

router = APIRouter(tags=["news"], responses=PROBLEMS)


class ChangeRecord(BaseModel):
    """A claim stated for the first time (`before` is null), otherwise, or no longer (`after` is null)."""

    change: Literal["new", "changed", "withdrawn"]
    cause: Cause
    at: BerlinTime
    before: ClaimRecord | None
    after: ClaimRecord | None


class WatchPage(BaseModel):
    """What changed among the claims of a watch in the last 30 days, the latest first. Who is told is not shown."""

    query: str
    changes: list[ChangeRecord]


@router.get("/watches/{token}", responses={200: {"model": WatchPage, "content": {"text/csv": {}}}})
def one_watch(request: Request, token: WatchToken, form: As = "json") -> Response:
    """What changed among the claims of a watch, for who has its address."""
    site = site_of(request)
    watch = watch_of(site, token)
    found = [change_record(each) for each in latest_changes(site, watch)]
    dumped = WatchPage(query=watch.query, changes=found).model_dump(mode="json")
    rows = [
        {"change": each["change"], "cause": each["cause"], "at": each["at"], **flat(each["after"] or each["before"])}
        for each in dumped["changes"]
    ]
    made = answer(dumped, rows, form)
    made.headers.update(PRIVATE)
    return made


def change_record(change: ClaimChange) -> ChangeRecord:
    """A change as the API shows it."""
    return ChangeRecord(
        change="withdrawn" if change.after is None else "new" if change.before is None else "changed",
        cause=change.cause,
        at=change.at,
        before=claim_record(change.before) if change.before else None,
        after=claim_record(change.after) if change.after else None,
    )
