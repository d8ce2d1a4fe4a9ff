"""Whether a sentence tells a state of a name, or of something beside it: "zur Kampagne X eröffnet" tells none of X."""

import re
from collections.abc import Sequence

from comparison.own_level import namings
from models.claim import Claim
from models.keys import fold

_BESIDE = re.compile(
    r"(?<!\barbeiten )(?<!\bstartschuss )(?<!\bstart )"
    r"\b(?:(?:mit|aus|auf|bei|beim|in|im|durch|von|vom|an|am|fuer|unter|vor|zu|zum|zur)"
    r"(?: (?:\w*[md]e[mnrs]|die|das))?"
    r"|(?:mitteln?|rahmen|geldern|entwurf|eckpunkten?|umsetzung) (?:des|der|eines|einer))"
    r"(?: [a-z]+e[mnrs])?(?: (?:projekt|programm|motto|thema|titel)\w*)? [„\"»]?$|\bthema: [„\"»]?$|\w-\w+ $"
    r"|§ ?\w+ ?[a-z]? $"
)
"""Before a name, folded: then something is told in it, with it, for it or of a longer name, not of it."""
_BETWEEN = re.compile(r"\bund\b(?! (?:soll|wird|tritt|will)\b)|[,:;–]| - ")
"""Between a name and its state, folded: then the state is of something else, but for "ist in Betrieb und soll …"."""
_NEAR, _EDITION = 60, 4
"""Characters between a name and what is said of it, at most, and behind them, where an edition may follow."""


def place_of_state(claim: Claim) -> int:
    """Where in its sentence the words stand that tell the state, or the number."""
    words = (cue.start for cue in claim.cues if cue.role == "status" and claim.kind == "status")
    return max(next(words, claim.start) - claim.sentence_start, 0)


def tells_its_state(claim: Claim, names: Sequence[str]) -> bool:
    """Whether a claim tells its state of a name, not of what stands beside that."""
    state = len(fold(claim.sentence[: place_of_state(claim)]))
    told = claim.sentence[: claim.end - claim.sentence_start + _EDITION]
    return any(_is_of(found, state) for found in namings(told, names))


def _is_of(name: re.Match[str], state: int) -> bool:
    """Whether what is told at a place of the folded sentence is told of a name, not beside it."""
    between = name.string[name.end() : state]
    near = len(between) <= _NEAR and name.start() - state <= _NEAR
    return near and not _BETWEEN.search(between) and not _BESIDE.search(name.string[: name.start()])
