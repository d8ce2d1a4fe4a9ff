"""The words that prove a claim: its quote and the cues that made it what it is."""

from extractors.claims.found import Found, Named
from extractors.claims.state.assertion import Judged
from extractors.claims.when.dates import Dates
from extractors.rules.speakers.component import Speech
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS
from models.claim import Cue, CueRole
from models.quantity import Quantity

LONGEST_QUOTE = 8
"""Words in a quote."""


def quote(found: Found, quantity: Quantity, mention: StatusMention | None) -> tuple[int, int]:
    """Characters from the comparator to the counted noun, or to the number where the noun is far.

    A number without its noun takes its status words with it: "42" shows nothing, "42 abgeschlossen" does.
    """
    start = quantity.cue[0] if quantity.cue and quantity.cue[0] < quantity.start else quantity.start
    end = max(quantity.end, quantity.cue[1] if quantity.cue else 0)
    text = found.tokens.text
    if quantity.kind == "count" and quantity.noun is None and mention is not None and mention.first > quantity.last:
        told = text[start : mention.end]
        if len(told.split()) <= LONGEST_QUOTE and not _holds_another(found, quantity, mention):
            return start, mention.end
    if len(text[start:end].split()) <= LONGEST_QUOTE:
        return start, end
    words = text[quantity.start : end].split()[:LONGEST_QUOTE]
    last = text.index(words[-1], quantity.start)
    return quantity.start, last + len(words[-1])


def _holds_another(found: Found, quantity: Quantity, mention: StatusMention) -> bool:
    """Whether another number stands between a number and its status words."""
    return any(quantity.last < other.first <= mention.last for other in found.quantities)


def status_quote(found: Found, mention: StatusMention, named: Named) -> tuple[int, int]:
    """Characters of the status words, with the project's name where it stands near, else with the words before."""
    text = found.tokens.text
    start, end = mention.start, _end(found, mention)
    first, last = min(start, named.span[0]), max(end, named.span[1])
    opens, closes = found.sentence_span(mention.first)
    if (
        opens <= first
        and last <= closes
        and "\n" not in text[first:last]
        and len(text[first:last].split()) <= LONGEST_QUOTE
    ):
        return first, last
    if len(text[start:end].split()) > LONGEST_QUOTE:
        words = text[start:end].split()
        return start, start + len(text[start:end].rsplit(None, len(words) - LONGEST_QUOTE)[0])
    sentence_start, _ = found.sentence_span(mention.first)
    token = mention.first
    while token > 0 and found.tokens.starts[token - 1] >= sentence_start:
        if (
            len(text[found.tokens.starts[token - 1] : end].split()) > LONGEST_QUOTE - 2
            or found.tokens.words[token - 1] in '„“"»«,;:'
        ):
            break
        token -= 1
    return min(start, found.tokens.starts[token]), end


def _end(found: Found, mention: StatusMention) -> int:
    """Where the status words end: "Die [Fertigstellung ist für Mai geplant]" has its verb with the event's noun."""
    verb = found.clauses[mention.clause].verb
    carrier = max(verb.nonfinite, default=verb.finite) if verb is not None else None
    planned = verb is not None and not NOUNS.planning_verbs.isdisjoint(verb.lemmas)
    if mention.source != "event" or not planned or carrier is None or carrier < mention.last:
        return mention.end
    end = found.tokens.ends[carrier]
    told = found.tokens.text[mention.start : end]
    return end if len(told.split()) <= LONGEST_QUOTE and "\n" not in told else mention.end


def speaker_of(found: Found, offset: int) -> Speech | None:
    """The speech that a character is part of."""
    return next((s for s in found.speeches if s.start <= offset < s.end), None)


def cues(
    found: Found,
    mention: StatusMention | None,
    judged: Judged,
    dates: Dates,
    named: Named | None,
    speech: Speech | None,
    comparator: tuple[int, int] | None,
) -> tuple[Cue, ...]:
    """All cues of a claim in the order of the text."""
    result: list[tuple[CueRole, int, int]] = []
    if mention is not None:
        result.append(("status", mention.start, mention.end))
    role: CueRole = "negation" if judged.modality == "denied" else "modality"
    result += [(role, *found.tokens.span(token, token)) for token in judged.cues]
    result += [("period", period.start, period.end) for period in dates.all()]
    if named is not None:
        result.append(("subject", *named.span))
    if speech is not None:
        result.append(("speaker", *speech.cue))
    if comparator is not None:
        result.append(("comparator", *comparator))
    return tuple(Cue(*cue) for cue in sorted(set(result), key=lambda cue: (cue[1], cue[2], cue[0])))
