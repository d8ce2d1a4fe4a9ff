"""Reviewers: who they are by their personal token, and that a form was sent by themselves."""

import hmac
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Request

from db.curation.reviewers import Holder, holder
from web.http.limits import Attempts
from web.http.refusals import Refused
from web.site import site_of

COOKIE = "bilanz_token"
SCOPE = "review"


def reviewer_of(request: Request) -> Holder | None:
    """The reviewer who is logged in with this browser; readers have no cookie and cost no query."""
    token = request.cookies.get(COOKIE)
    if token is None:
        return None
    found = holder(site_of(request).engine, token)
    return found if found and SCOPE in found.scopes else None


def csrf_of(request: Request) -> str:
    """What a form must bring along; only who has the cookie can know it."""
    token = request.cookies.get(COOKIE, "")
    return hmac.new(token.encode(), b"form", sha256).hexdigest() if token else ""


def check_token(request: Request, token: str) -> Holder:
    """Who a token belongs to.

    Raises:
        Refused: it is unknown, revoked or without the scope; or too many were tried.
    """
    failed: Attempts = request.app.state.failed_tokens
    client = request.client.host if request.client else ""
    found = holder(site_of(request).engine, token) if token.isprintable() else None
    # A token that is right cannot have been guessed, whatever else came from that address.
    if found is None and failed.exhausted(client):
        raise Refused(429, "Too many tokens were tried; wait a minute and try again.")
    if found is None:
        failed.note(client)
        raise Refused(401, "This token is unknown or revoked; `bilanz user add` makes a new one.")
    if SCOPE not in found.scopes:
        raise Refused(403, f"This token has not the scope {SCOPE}; make one with `bilanz user add --scope {SCOPE}`.")
    return found


def bearer(request: Request) -> Holder:
    """The reviewer by the header `Authorization: Bearer …`.

    Raises:
        Refused: no token, or none that may review.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refused(401, "Reviewing needs a personal token in the header Authorization: Bearer.")
    return check_token(request, token.strip())


def form_sender(request: Request, csrf: str) -> Holder:
    """The reviewer who sent a form.

    Raises:
        Refused: nobody is logged in, or another site made the browser send it.
    """
    found = reviewer_of(request)
    if found is None:
        raise Refused(401, "Log in with your personal token first.")
    if not hmac.compare_digest(csrf_of(request).encode(), csrf.encode()):
        raise Refused(403, "This form was not sent from our page; open the page again and resend it.")
    refuse_other_sites(request)
    return found


def refuse_other_sites(request: Request) -> None:
    """Browsers say where a form comes from; what comes from elsewhere is not read.

    Raises:
        Refused: another site made the browser send it.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "This form was sent from another site.")


Bearer = Annotated[Holder, Depends(bearer)]
