"""Feeds of claims, and of what changed among them."""

from collections.abc import Iterable, Mapping

from fastapi import Request
from fastapi.responses import Response

from db.claims.changes import ClaimChange
from models.language import Language
from models.stored import StoredClaim
from output.formats.atom import MEDIA_TYPE, Entry, atom
from output.sentences import heading
from web.http.language import language_of, translations
from web.render import address


def feed(
    request: Request,
    title: str,
    entries: Iterable[Entry],
    *,
    page: str,
    parameters: Mapping[str, str | None] | None = None,
) -> Response:
    """A feed in the language of its address.

    Args:
        request: what is answered.
        title: of the feed.
        entries: see `claim_entry` and `change_entry`.
        page: path of the page that shows the same.
        parameters: of the page and of the feed.
    """
    language = language_of(request)
    own, alternate = (address(request, path, language, parameters) for path in (request.scope["path"], page))
    return Response(atom(f"Zwischenbilanz: {title}", alternate, own, list(entries)), media_type=MEDIA_TYPE)


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
