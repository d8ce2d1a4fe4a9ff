"""Reviewing on pages: logging in with a personal token, deciding, adding what was missed."""

from datetime import datetime
from typing import Annotated, Literal, TypedDict

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from db.curation.judgements import judge
from db.curation.listings import list_as, retract_listing
from db.curation.promises import rate_promise, retract_promise
from db.curation.reviews import decide, retract_review
from inquiries.review_queue import QUEUES
from models.claim import CORRECTABLE_FIELDS
from models.errors import InputError
from models.promises import PROMISE_STATES
from output.records import record
from web.forms import Correction, Missed, add_missed
from web.http.language import href, language_of, translations
from web.http.parameters import ClaimKey, ProjectName, ReleaseId
from web.http.reviewers import COOKIE, check_token, form_sender, refuse_other_sites, reviewer_of
from web.lookups import claim_of, project_of
from web.pages.claim import claim_page
from web.pages.releases import release_page
from web.render import page
from web.site import site_of
from web.typed import Mistyped, Sent, checked, plain_fields

router = APIRouter()

_DECISIONS: tuple[Literal["confirmed", "rejected", "corrected"], ...] = ("confirmed", "rejected", "corrected")
_HOURS = 12
_LONGEST = 2000
_MOST_ANSWERED = 500
_Token = Annotated[str, Form(max_length=200)]
Csrf = Annotated[str, Form(max_length=64)]


class _Why(TypedDict):
    """Who says something of a name, when and why."""

    author: str
    now: datetime
    note: str | None


@router.get("/review")
def log_in_form(request: Request) -> Response:
    """Where reviewers log in and out."""
    return page(request, "login.html", holder=reviewer_of(request))


@router.post("/review")
def log_in(request: Request, token: _Token) -> Response:
    """Keeps the token in a cookie that no script and no other site can use."""
    refuse_other_sites(request)
    check_token(request, token.strip())
    response = _back(request, "/review")
    response.set_cookie(
        COOKIE,
        token.strip(),
        max_age=_HOURS * 3600,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return response


@router.post("/review/end")
def log_out(request: Request, csrf: Csrf) -> Response:
    """Forgets the token in this browser."""
    form_sender(request, csrf)
    response = _back(request, "/review")
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


@router.post("/claims/{key}/review")
def review(request: Request, key: ClaimKey, form: Sent) -> Response:
    """Records a decision on a claim, or takes the standing one back; what was typed in vain is shown again."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    decision = next((known for known in _DECISIONS if known == form.get("decision")), None)
    queue = form.get("queue")
    if form.get("decision") == "retracted":
        retract_review(site.engine, key, now=site.now())
    elif decision is not None:
        try:
            changes = _changes(request, key, form) if decision == "corrected" else {}
        except Mistyped as fault:
            return claim_page(request, key, typed=form, faults=fault.faults)
        note = form.get("note", "").strip()[:_LONGEST] or None
        decide(
            site.engine, key, decision, user_id=reviewer.user_id, now=site.now(), corrected=changes, note=note,
            answers=_answers(form),
        )  # fmt: skip
    else:
        raise InputError("A decision is to confirm, to reject, to correct or to take back.")
    if queue in QUEUES:
        decided = key if form.get("decision") != "retracted" else None
        return _back(request, "/review/claims", {"queue": queue, "decided": decided})
    return _back(request, f"/claims/{key}")


@router.post("/claims/{key}/promise")
def promise(request: Request, key: ClaimKey, form: Sent) -> Response:
    """Records what became of a promise, or takes back what stands of it."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    state = next((known for known in PROMISE_STATES if known == form.get("promise")), None)
    if form.get("do") == "retract":
        retract_promise(site.engine, key, user_id=reviewer.user_id, now=site.now())
    elif state is not None:
        reason, source = (form.get(name, "").strip()[:_LONGEST] for name in ("reason", "source"))
        if not reason or not source:
            _ = translations(language_of(request)).gettext
            needed = _("Was daraus wurde, braucht eine Begründung und einen Beleg.")
            return claim_page(request, key, typed=form, faults=(needed,))
        rate_promise(site.engine, key, state, reason=reason, source=source, user_id=reviewer.user_id, now=site.now())
    else:
        raise InputError(f"What became of a promise is one of {', '.join(PROMISE_STATES)}.")
    return _back(request, f"/claims/{key}")


@router.post("/projects/{name:path}/names")
def names(request: Request, name: ProjectName, form: Sent) -> Response:
    """Records under which name a programme is listed, whether at all, and what other name means the same."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    given = form.get("name", "").strip()
    why: _Why = {"author": reviewer.name, "now": site.now(), "note": form.get("note", "").strip()[:_LONGEST] or None}
    match form.get("do"):
        case "rename":
            list_as(site.engine, name, given, **why)
        case "hide":
            list_as(site.engine, name, None, **why)
        case "restore":
            retract_listing(site.engine, name, author=reviewer.name, now=site.now())
        case "merge" | "split" as what:
            project_of(site, given)
            judge(site.engine, name, given, "same" if what == "merge" else "different", **why)
        case _:
            raise InputError("A name is to be listed, hidden, restored, merged or split.")
    return _back(request, f"/projects/{name}")


@router.post("/releases/{release_id}/claims")
def missed(request: Request, release_id: ReleaseId, form: Sent) -> Response:
    """Adds a claim that the rules missed."""
    reviewer = form_sender(request, form.get("csrf", ""))
    language = language_of(request)
    try:
        fields = plain_fields({name: value for name, value in form.items() if name != "csrf"}, language)
        stated = checked(Missed, fields, language)
        key = add_missed(site_of(request), release_id, stated, user_id=reviewer.user_id)
    except Mistyped as fault:
        return release_page(request, release_id, typed=form, faults=fault.faults)
    except InputError:
        _ = translations(language).gettext
        elsewhere = _("Diese Wörter stehen so nicht im neuesten Text der Meldung, oder die Angabe gibt es schon.")
        return release_page(request, release_id, typed=form, faults=(elsewhere,))
    return _back(request, f"/claims/{key}")


def _answers(form: dict[str, str]) -> list[int]:
    """The objections that stood beside the claim when it was decided."""
    return [int(each) for each in form.get("answers", "").split() if each.isdecimal()][:_MOST_ANSWERED]


def _changes(request: Request, key: str, form: dict[str, str]) -> dict[str, str | None]:
    """Fields whose value differs from the one that the form began with, and those that stand corrected already.

    Raises:
        Mistyped: none does, or one cannot be understood.
    """
    language = language_of(request)
    given = {name: form[name].strip() for name in CORRECTABLE_FIELDS if name in form}
    changed = {name: value for name, value in given.items() if value != form.get(f"{name}-was")}
    if not changed:
        _ = translations(language).gettext
        raise Mistyped(_("Kein Feld liest sich anders als zuvor; eine Berichtigung ändert mindestens eines."))
    found = claim_of(site_of(request), key)
    standing = {name: record(getattr(found.claim, name)) for name in found.corrected_fields}
    return standing | checked(Correction, plain_fields(changed, language), language).changes()


def _back(request: Request, path: str, parameters: dict[str, str | None] | None = None) -> RedirectResponse:
    return RedirectResponse(href(path, language_of(request), parameters), status_code=303)
