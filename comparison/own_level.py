"""Whether a number is of a programme as a whole, or of a site or a part of it, or only told beside it."""

import re
from collections.abc import Iterable, Iterator

from models.claim import Claim
from models.keys import fold
from models.statuses import TRAITS
from models.stored import StoredClaim

_OF_LESS = frozenset({"place", "part"})
_NO_LEVEL = frozenset({"increment", "change", "points", "limit"})
"""Aspects of numbers that say nothing of how many there are."""
_AT_A_SITE = re.compile(r"\b(?:Grundsteinlegung|Richtfest|[\w-]*[Ss]patenstich|Baubeginn|Baustart|Einweihung)")
"""In a headline: then what its release counts is of one site, unless it counts from a beginning on, or in all."""
_EDITION = re.compile(r"\s*(?:\d\.0|ii|iii|iv)\b")
_ROUND = re.compile(r"(?:verfahren|runde)$")
_OF_THEM = re.compile(r"\b(?:davon|darunter|hiervon|wovon|von denen)\b")
_ADJACENT, _NEAR = 2, 250
"""Characters between words that stand side by side, and as many as a sentence or two have."""
_BEGIN = 5
"""Letters by which a word is known in its forms."""


def is_of_the_whole(stored: StoredClaim, names: Iterable[str]) -> bool:
    """Whether a number is the programme's own: its sentence names that, and no site or part restricts it.

    What is planned need only be named shortly before, as it has its sentence beside it, and what came of it.

    Args:
        stored: with a number.
        names: all names of the programme; a place or a site that they name is no restriction.
    """
    claim, own = stored.claim, [fold(name) for name in names]
    if claim.kind == "duration" or claim.per is not None or is_of_less(stored, own):
        return False
    return names_it(claim.sentence, own) or bool(own and claim.modality == "planned" and _is_named_before(claim))


def names_it(text: str, names: Iterable[str]) -> bool:
    """Whether a text has any of some names, and not only that of a later edition: "Seenpakt 2.0"."""
    return any(namings(text, names))


def namings(text: str, names: Iterable[str]) -> Iterator[re.Match[str]]:
    """Where the folded text has any of some names, but for those of a later edition."""
    said = fold(text)
    found = (each for name in names for each in re.finditer(re.escape(fold(name)), said))
    return (each for each in found if not _EDITION.match(said, each.end()))


def _is_named_before(claim: Claim) -> bool:
    begins = [cue.start for cue in claim.cues if cue.role == "subject"]
    return max(begins, default=claim.start) >= claim.sentence_start - _NEAR


def is_of_less(stored: StoredClaim, names: Iterable[str]) -> bool:
    """Whether a number is surely of a site or a part alone; `names` are those of the programme.

    A round of awards is no part: it is what there is of that time.
    """
    own = [fold(name) for name in names]
    scope = (each for each in stored.claim.scope if each.kind in _OF_LESS and not _in(each.value, own))
    if any(each.kind == "place" or not _ROUND.search(each.value) for each in scope):
        return True
    site = _AT_A_SITE.search(stored.release_title)
    over_all = stored.claim.since is not None or stored.claim.aspect == "total"
    return site is not None and not over_all and not _in(site[0], own)


def may_be_in_table(stored: StoredClaim, names: Iterable[str]) -> bool:
    """Whether a count tells how many of a programme's things there are, or are in a state."""
    claim = stored.claim
    # "55 laufen, weitere 17 werden geprüft" adds nothing to the 17.
    beside = claim.aspect == "increment" and (
        claim.of is not None or (claim.status is not None and not TRAITS[claim.status].event)
    )
    return (claim.aspect not in _NO_LEVEL or beside) and claim.per is None and not is_of_less(stored, names)


def is_state_of_part(part: Claim, whole: Claim | None) -> bool:
    """Whether the state of a part, if any, is told of it, so that it tells it from the rest of its whole.

    "Von 73 sind 42 abgeschlossen", but not "8.520 Anträge sind eingegangen, davon 3.774 für Balkone", nor "von den
    231 bewilligten Rädern waren 151 elektrisch": there the whole is in that state, and the part is of a kind. So it is
    where only the noun tells the state: "7 von 9 Anträgen".
    """
    if part.status is None or not part.cues:  # what a reviewer read has none
        return True
    return any(_is_of(part, whole, cue.start, cue.end) for cue in part.cues if cue.role == "status")


def _is_of(part: Claim, whole: Claim | None, start: int, end: int) -> bool:
    first = part.sentence_start
    word, counted = part.sentence[start - first : end - first], fold(part.counted or "")
    if first <= start and counted[:_BEGIN] and fold(word).startswith(counted[:_BEGIN]):
        return False  # "7 von 9 Anträgen": all of them were proposed
    if start >= part.start:
        return True
    # What stands right beside the whole's number is said of it, as is all that comes before "davon".
    at_whole = whole is not None and whole.start - _ADJACENT <= end and start <= whole.end + _ADJACENT
    return first <= start and not at_whole and not _OF_THEM.search(part.sentence[end - first : part.start - first])


def _in(value: str, names: Iterable[str]) -> bool:
    folded = fold(value)
    return any(folded in name for name in names)
