"""Objecting to a claim by the form on its page, what became of that, and telling that an objection does not hold."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from db.curation.objections import add_objection, count_open_objections, dismiss_objection, objections_to
from models.errors import InputError
from models.objections import FAULTS, LONGEST_REASON
from output.delivery.targets import check_target
from web.http.language import href, language_of, translations
from web.http.limits import Attempts
from web.http.parameters import ClaimKey, ObjectionNumber
from web.http.reviewers import form_sender, refuse_other_sites
from web.lookups import claim_of, objection_of, objections_closed
from web.pages.claim import claim_page
from web.render import page
from web.site import Site, site_of
from web.typed import Sent

router = APIRouter()

_LONGEST_SENTENCE = 1000
_LONGEST_SENDER = 200
_MOST_OPEN = 1000
"""Objections that wait for an answer, beyond which somebody is not answering but being flooded."""


@router.post("/claims/{key}/objections")
def object_to(request: Request, key: ClaimKey, form: Sent) -> Response:
    """Stores what a reader says is wrong with a claim; what was typed in vain is shown again."""
    refuse_other_sites(request)
    site = site_of(request)
    stored = claim_of(site, key)
    fault = next((known for known in FAULTS if known == form.get("fault")), None)
    sentence, sender = (" ".join(form.get(name, "").split()) for name in ("sentence", "sender"))
    hindrance = _hindrance(request, site, fault, sentence, sender)
    if fault is None or hindrance is not None:
        return claim_page(request, key, typed=form, faults=[hindrance] if hindrance else [])
    number = add_objection(site.engine, key, fault, sentence, sender=sender or None, now=site.now())
    return page(request, "objected.html", number=number, stored=stored, fault=fault, sentence=sentence, sender=sender)


# What a reader wrote, and who, is for reviewers alone: numbers can be guessed.


@router.get("/claims/{key}/objections")
def of_claim(request: Request, key: ClaimKey) -> Response:
    """What became of the objections to a claim."""
    site = site_of(request)
    stored = claim_of(site, key)
    return page(request, "objections.html", stored=stored, objections=objections_to(site.engine, key), number=None)


@router.get("/objections/{number}")
def state(request: Request, number: ObjectionNumber) -> Response:
    """What became of an objection."""
    site = site_of(request)
    found = objection_of(site, number)
    return page(
        request,
        "objections.html",
        twin=f"/api/v1/objections/{number}",
        stored=claim_of(site, found.claim_key),
        objections=[found],
        number=number,
    )


@router.post("/objections/{number}/dismissal")
def dismiss(request: Request, number: ObjectionNumber, form: Sent) -> Response:
    """Answers that a claim stays as it is, and why."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    reason = form.get("reason", "").strip()[:LONGEST_REASON]
    key = dismiss_objection(site.engine, number, reason=reason, user_id=reviewer.user_id, now=site.now())
    language = language_of(request)
    back = ("/review/claims", {"queue": "objected"}) if form.get("queue") == "objected" else (f"/claims/{key}", None)
    return RedirectResponse(href(back[0], language, back[1]), status_code=303)


def _hindrance(request: Request, site: Site, fault: str | None, sentence: str, sender: str) -> str | None:
    """Why an objection is not stored, in the reader's language; None where it can be, which then counts."""
    _ = translations(language_of(request)).gettext
    if (closed := objections_closed(request)) is not None:
        return closed
    if fault is None:
        return _("Was ist falsch? Bitte eines aus der Liste wählen.")
    if not sentence or len(sentence) > _LONGEST_SENTENCE or not sentence.isprintable():
        return _("Ein Satz sagt, was falsch ist; er hat höchstens 1.000 Zeichen.")
    if sender and not _is_mail_address(sender):
        return _("Das ist keine E-Mail-Adresse; sie sollte aussehen wie name@example.org.")
    attempts: Attempts = request.app.state.objections
    client = request.client.host if request.client else ""
    if attempts.exhausted(client):
        return _("Von Ihnen kamen gerade schon mehrere Meldungen. Bitte in zehn Minuten noch einmal versuchen.")
    if count_open_objections(site.engine) >= _MOST_OPEN:
        return _("Gerade warten zu viele Meldungen auf eine Antwort. Bitte später noch einmal versuchen.")
    attempts.note(client)
    return None


def _is_mail_address(typed: str) -> bool:
    if len(typed) > _LONGEST_SENDER:
        return False
    try:
        check_target("mail", typed)
    except InputError:
        return False
    return True
