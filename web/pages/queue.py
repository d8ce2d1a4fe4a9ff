"""What waits for a review: claims one below the other, decided with a click or a key."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from inquiries.review_queue import QUEUES, Queue, review_queue
from web.http.parameters import OtherClaim
from web.http.refusals import Refused
from web.http.reviewers import reviewer_of
from web.lookups import claim_of
from web.render import page
from web.site import site_of

router = APIRouter()

_SHOWN = 15


@router.get("/review/claims")
def show(request: Request, queue: Queue = "doubtful", decided: OtherClaim = None) -> Response:
    """The claims of a queue that nobody has reviewed, for reviewers; the one `decided` last can be taken back."""
    if reviewer_of(request) is None:
        raise Refused(401, "Log in with your personal token first.")
    site = site_of(request)
    engine = site.engine
    found = review_queue(engine, queue, limit=_SHOWN)
    waiting = {each: found.waiting if each == queue else review_queue(engine, each, limit=1).waiting for each in QUEUES}
    last = claim_of(site, decided) if decided else None
    return page(request, "queue.html", queue=queue, found=found, waiting=waiting, decided=last)
