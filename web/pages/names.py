"""The desk for names: which names are one programme, under which name it is listed, which nouns count one thing."""

from datetime import datetime
from typing import TypedDict

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from db.curation.judgements import Sameness, judge, retract
from db.curation.listings import list_as, retract_listing
from db.curation.names import ProjectNames
from db.curation.nouns import join_nouns, joined_nouns, nouns_of, part_noun
from inquiries.names_desk import name_decisions, name_pairs, noun_pairs
from inquiries.search import ShortText
from models.errors import Contradiction, InputError
from web.http.language import href, language_of, translations
from web.http.refusals import Refused
from web.http.reviewers import form_sender, reviewer_of
from web.lookups import nearest_if_unknown, project_of, projects
from web.render import page
from web.site import Site, site_of
from web.typed import Sent

router = APIRouter()

_SHOWN_PAIRS = 12
_SHOWN_DECISIONS = 30
_SHOWN_PROGRAMMES = 12
_LONGEST = 2000
_VERDICTS: tuple[Sameness, ...] = ("same", "different", "unsure")


class _Who(TypedDict):
    """Who says something of names, and when."""

    author: str
    now: datetime


@router.get("/review/names")
def names(request: Request) -> Response:
    """Pairs of names that may be one programme, forms to merge, split, rename and hide, and what was decided."""
    return _names(request)


@router.post("/review/names")
def decide_on_names(request: Request, form: Sent) -> Response:
    """Records what two names mean, or how one is listed; or takes it back."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    left, right = (form.get(name, "").strip() for name in ("left", "right"))
    why: _Who = {"author": reviewer.name, "now": site.now()}
    note = form.get("note", "").strip()[:_LONGEST] or None
    verdict = next((known for known in _VERDICTS if known == form.get("do")), None)
    try:
        if verdict is not None:
            _refuse_unknown(site, left, right)
            judge(site.engine, left, right, verdict, **why, note=note)
        else:
            match form.get("do"):
                case "undo":
                    retract(site.engine, left, right, **why)
                case "rename":
                    list_as(site.engine, left, right, **why, note=note)
                case "hide":
                    list_as(site.engine, left, None, **why, note=note)
                case "restore":
                    retract_listing(site.engine, left, **why)
                case _:
                    raise Refused(400, "A name is to be merged, split, left open, renamed, hidden, or taken back.")
    except InputError as error:
        return _names(request, form, _fault(request, error, left, right))
    return RedirectResponse(href("/review/names", language_of(request)), status_code=303)


@router.get("/review/nouns")
def nouns(request: Request, programme: ShortText = None) -> Response:
    """Nouns of a programme that may count one thing, and those that someone has joined."""
    return _nouns(request, programme)


@router.post("/review/nouns")
def decide_on_nouns(request: Request, form: Sent) -> Response:
    """Joins two nouns in a programme, or takes that back."""
    reviewer = form_sender(request, form.get("csrf", ""))
    site = site_of(request)
    noun, series, programme = (form.get(name, "").strip() for name in ("noun", "series", "programme"))
    name = project_of(site, programme).name if programme else ""
    who: _Who = {"author": reviewer.name, "now": site.now()}
    try:
        match form.get("do"):
            case "join":
                with site.engine.connect() as connection:
                    above = nouns_of(connection, name).series(series) or series
                join_nouns(site.engine, above, [noun], programme=name, **who)
            case "undo":
                part_noun(site.engine, noun, programme=name, **who)
            case _:
                raise Refused(400, "Nouns are joined, or that is taken back.")
    except InputError:
        _ = translations(language_of(request)).gettext
        fault = _("Das geht so nicht: Ein Wort zählt schon mit anderen zusammen, oder es steht für sich.")
        return _nouns(request, name or None, fault)
    path = href("/review/nouns", language_of(request), {"programme": form.get("shown") or name})
    return RedirectResponse(path, status_code=303)


def _names(request: Request, typed: dict[str, str] | None = None, fault: str | None = None) -> Response:
    _refuse_readers(request)
    engine = site_of(request).engine
    return page(
        request,
        "names.html",
        status=422 if fault else 200,
        pairs=name_pairs(engine, limit=_SHOWN_PAIRS),
        decisions=name_decisions(engine, limit=_SHOWN_DECISIONS),
        typed=typed or {},
        faults=[fault] if fault else [],
    )


def _nouns(request: Request, programme: str | None, fault: str | None = None) -> Response:
    _refuse_readers(request)
    site = site_of(request)
    near = nearest_if_unknown(site, programme) if programme else None
    known = project_of(site, programme).name if programme and near is None else None
    largest = sorted(projects(site), key=lambda each: (-each.claims, each.name))[:_SHOWN_PROGRAMMES]
    return page(
        request,
        "nouns.html",
        status=422 if fault else 200,
        programme=programme,
        near=near,
        known=known,
        pairs=noun_pairs(site.engine, known, limit=_SHOWN_PAIRS) if known else [],
        joined=joined_nouns(site.engine),
        largest=[each.name for each in largest if each.claims],
        faults=[fault] if fault else [],
    )


def _refuse_readers(request: Request) -> None:
    if reviewer_of(request) is None:
        raise Refused(401, "Log in with your personal token first.")


def _refuse_unknown(site: Site, *given: str) -> None:
    with site.engine.connect() as connection:
        known = ProjectNames(connection)
        for name in given:
            known.resolve(name)


def _fault(request: Request, error: InputError, *given: str) -> str:
    """What stands against it, in words of the page."""
    _ = translations(language_of(request)).gettext
    if isinstance(error, Contradiction):
        return _("Das widerspräche einer früheren Entscheidung; diese ist zuerst zurückzunehmen.")
    for name in given:
        if name and (near := nearest_if_unknown(site_of(request), name)) is not None:
            known = ", ".join(near)
            return _("Kein bekanntes Programm oder Projekt heißt „%(name)s“. Ähnlich heißen: %(near)s.") % {
                "name": name,
                "near": known or "–",
            }
    return _("Das geht so nicht: Ein Name fehlt, gehört einem anderen Programm, oder es gibt nichts zurückzunehmen.")
