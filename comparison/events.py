"""What takes place on a day, or is opened with a ceremony, is announced as well, and is no plan of anything."""

import re

from comparison.plans import due_date
from models.claim import Claim
from models.quantity import DAY_LENGTH
from models.statuses import Status

_CEREMONY = re.compile(
    r"\b(?:feier(?:t|n|lich\w*)|[\w-]*feier|Festakt|Grußwort|Einladung|eingeladen|lädt|laden|Presse\w*|Fototermin"
    r"|Wort-Bild-Termin|Anmeldung|\d{1,2}(?:[.:]\d\d)?(?: bis \d{1,2}(?:[.:]\d\d)?)? Uhr)\b|\b[Ss]ymbolisch"
    r"|\bGrundsteinlegung|\bRichtfest|[Ss]patenstich|\b[Ee]inweih|\beingeweiht|\bStartschuss"
)
_EVENT = re.compile(
    r"[Aa]usstellung|[Vv]ernissage|[Ff]estival|[Mm]esse\b|[Kk]onferenz|[Kk]ongress|[Vv]eranstaltung|[Tt]agung|[Ff]achtag"
    r"|[Ww]orkshop|[Ll]esung|[Kk]onzert|[Pp]arade|[Dd]emonstration|[Ff]ührung|\b[Ff]est\b|[a-zäöü]fest\b|[Ff]ilm|[Kk]ino"
    r"|\bKurs|kurs\b|[Ll]ehrgang|[Ss]eminar|[Tt]raining|\bLange Nacht|woche\b|\bWoche\b|\bFerien|ferien\b"
    r"|[Uu]nterrichtstag|[Ss]chultag|[Ww]ettbewerb|[Gg]espräch|[Dd]ialog|[Rr]oadshow|\b[Tt]our\b|[Kk]ultursommer|[Ss]aison"
    r"|[Aa]kademie|\bRamadan|[Ss]prechstunde|\bBewerbung|\bAusschreibung|[Uu]mfrage|[Bb]efragung|\bAuslegung|\bSitzung"
    r"|[Ww]erkst[aä]tt|[Tt]reffen\b|\bForum\b|forum\b"
)
_DATED: frozenset[Status] = frozenset({"started", "operating", "continued", "completed", "planned", "in_progress"})
_HELD: frozenset[Status] = frozenset({"started", "operating", "continued", "planned"})
"""States of what takes place."""
_LAWFUL = re.compile(r"\b(?:in|außer) Kraft\b|\bwirksam\b|\baufgehoben\b")
_BUILT = re.compile(r"\bBau|[Bb]au\b|[Aa]rbeiten\b|[Bb]etrieb|\b[Vv]erkehr")
_WILL = re.compile(r"\b(?:soll|sollen|wird|werden|voraussichtlich|geplant|vorgesehen|[Aa]rbeiten)\b")
_BY_SOMEBODY = re.compile(r"[Ss]enator|[Bb]ürgermeister|[Ss]taatssekretär|[Ss]tadtr[aä]t|\bMinister|[Vv]orsitzend")


def is_event(claim: Claim) -> bool:
    """Whether a claim tells when something takes place, is opened or begins for those who come.

    What is opened on a day is a plan where it "wird" or "soll", not where somebody opens it. A law comes into force on
    a day, and that is none.
    """
    if claim.kind != "status" or claim.status not in _DATED or _LAWFUL.search(claim.sentence):
        return False
    if _CEREMONY.search(claim.sentence) or _EVENT.search(claim.quote):
        return True
    if claim.status in _HELD and _EVENT.search(claim.sentence) and not _BUILT.search(claim.sentence):
        return True
    on_a_day = len(due_date(claim) or "") == DAY_LENGTH
    return on_a_day and bool(_BY_SOMEBODY.search(claim.sentence) or not _WILL.search(claim.sentence))
