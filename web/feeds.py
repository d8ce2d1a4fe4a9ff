"""Feeds of claims, and of what changed among them."""

from collections.abc import Iterable, Mapping

from fastapi import Request
from fastapi.responses import Response

from db.claims.changes import ClaimChange
from inquiries.search import SearchQuery
from models.calendar import day_bounds
from models.language import Language
from models.stored import StoredClaim
from output.formats.atom import MEDIA_TYPE, Entry, atom
from output.letters import described
from output.sentences import heading
from output.terms import value_term
from web.http.language import language_of, translations
from web.offices import OF_OFFICES
from web.render import address
from web.site import site_of


def feed(  # noqa: PLR0913 - parts of a feed, each by its name
    request: Request,
    title: str,
    entries: Iterable[Entry],
    *,
    page: str,
    parameters: Mapping[str, str | None] | None = None,
    note: str | None = None,
    following: str | None = None,
) -> Response:
    """A feed in the language of its address.

    Args:
        request: what is answered.
        title: of the feed.
        entries: see `claim_entry` and `change_entry`.
        page: path of the page that shows the same.
        parameters: of the page and of the feed.
        note: what readers of the feed should know.
        following: the place from which the feed goes on, its `after`.
    """
    language = language_of(request)
    own, alternate = (address(request, path, language, parameters) for path in (request.scope["path"], page))
    more = following and address(request, request.scope["path"], language, {**(parameters or {}), "after": following})
    document = atom(
        f"Zwischenbilanz: {title}",
        alternate,
        own,
        list(entries),
        asked=day_bounds(site_of(request).today())[0],
        note=note,
        following=more,
    )
    return Response(document, media_type=MEDIA_TYPE)


def searched(request: Request, query: SearchQuery) -> str:
    """What a search asks for, in words: "„Schule“, angekündigt", of all claims of a Land that Land."""
    language, asked = language_of(request), query.parameters()
    of_offices = [value_term(name, value, language) for name, value in asked.items() if name in OF_OFFICES]
    claims = (
        [described(query.filter(), language, site_of(request).publisher)]
        if len(asked) > len(of_offices) or not asked
        else []
    )
    return ", ".join([*claims, *of_offices])


def claim_entry(request: Request, stored: StoredClaim) -> Entry:
    """A claim, as it was first seen."""
    language = language_of(request)
    return (
        stored,
        heading(stored, language),
        address(request, f"/claims/{stored.key}", language),
        stored.first_seen,
    )


def change_entry(request: Request, change: ClaimChange) -> Entry:
    """A change; one claim that changed twice makes two entries."""
    stored, language = change.claim, language_of(request)
    own = address(request, f"/claims/{stored.key}", language) + ("" if change.before is None else f"#{change.id}")
    return stored, _changed(change, language), own, change.at


def _changed(change: ClaimChange, language: Language) -> str:
    """A change on one line: what is gone and what was otherwise must not read like something new."""
    now, _ = heading(change.claim, language), translations(language).gettext
    if change.cause == "deletion":
        return _("Beim Herausgeber gelöscht: %(claim)s") % {"claim": now}
    if change.after is None:
        return _("Nicht mehr im Text: %(claim)s") % {"claim": now}
    if change.before is None:
        return now
    was = heading(change.before, language)
    return _("Geändert: %(claim)s (vorher: %(was)s)") % {"claim": now, "was": was} if was != now else now
