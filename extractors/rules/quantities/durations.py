"""Which spans of time are claims: those that a project, programme, body or its funding lasts.

"eine Laufzeit von [drei Jahren]", "[10 Jahre] Bürgerfonds", "seit [zehn Jahren] gibt es die Werkstatt"
None of these: "Sie leitet das Amt seit [zehn Jahren]" (tenure), "ein [54-jähriger] Jurist" (age)
"""

import re
from functools import cache

from extractors.german.words.persons import is_first_name
from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.heads import Head
from extractors.rules.quantities.patterns import DURATIONS
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import Tokens
from models.quantity import Omission

_BEFORE = re.compile(
    rf"^In\s(?:\w+\s)?$|(?:\b(?:{'|'.join(DURATIONS.before)})(?:\s(?:{'|'.join(DURATIONS.fillers)}))*\s$)"
    r"|\b[Ii]n\sden\s(?:kommenden|nächsten)\s$"
    rf"|\b(?:\w*(?:{'|'.join(DURATIONS.headings)})):\s(?:\w+\s)?$|\bjeweils\s$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s(?:{'|'.join(DURATIONS.after)})")
_SINCE = re.compile(r"\b[Ss]eit\s(?:\w+\s)?$")
_OPENING = re.compile(r"(?:^|[:„“»\"!(]\s?)(?:(?:\w+\s)?(?:rund|über|mehr\sals|fast|bald)\s)?$", re.IGNORECASE)
_LONGEST_PROGRAMME = 15
"""Years: "54-jährig" is somebody's age."""


@cache
def _reasons() -> list[tuple[re.Pattern[str], Omission]]:
    return [(re.compile(rf"\b(?:{'|'.join(words)})\b"), reason) for reason, words in DURATIONS.others.items()]


def no_duration(
    tokens: Tokens, sentence: SentenceText, number: Number, last: int, head: Head | None
) -> Omission | None:
    """Why a span of time is none of a project, programme, body or funding; None where it is one."""
    if number.is_adjective:
        return _no_attribute(tokens, sentence, number, head)
    if _celebrates(tokens, sentence, number, last):
        return None
    reason = next((reason for words, reason in _reasons() if words.search(sentence.text)), None)
    before = sentence.text[: number.cue[0] if number.cue else number.start]
    if _SINCE.search(before):
        return reason
    if reason is None and re.search(rf"\b(?:{'|'.join(DURATIONS.lasting)})\b", sentence.text):
        return None
    lasts = _BEFORE.search(sentence.text[: number.start]) or _AFTER.match(sentence.text, number.end)
    return reason if lasts else reason or Omission.FRAME


def _no_attribute(tokens: Tokens, sentence: SentenceText, number: Number, head: Head | None) -> Omission | None:
    """ "zweijährige Ausbildung", "10-jähriges Bestehen"; not "54-jähriger Jurist", "ein- und zweijährige Vorhaben"."""
    if sentence.text[: number.start].endswith(("- und ", "- oder ", "- bis ")):
        return Omission.WORD
    if head is None or _is_person(tokens, head):
        return Omission.AGE
    if head.lemma.endswith(DURATIONS.jubilees):
        return None
    if head.lemma in DURATIONS.no_programmes:
        return Omission.FRAME
    return Omission.AGE if number.unit == "year" and number.value > _LONGEST_PROGRAMME else None


def _is_person(tokens: Tokens, head: Head) -> bool:
    """ "[Schülerin]", "[Karoline]" """
    named = tokens.tags[head.index] == "NE" or is_first_name(head.lemma)
    return named or head.lemma.lower().endswith(DURATIONS.persons)


def _celebrates(tokens: Tokens, sentence: SentenceText, number: Number, last: int) -> bool:
    """ "10 Jahre Bürgerstiftung", "Jubiläum: 25 Jahre für das Tal": the anniversary of what follows opens a line."""
    if number.unit != "year" or not _OPENING.search(sentence.text[: number.start]) or last + 1 >= sentence.stop:
        return False
    word, tag = tokens.words[last + 1], tokens.tags[last + 1]
    named = tag in ("NN", "NE", "FM") or word in '„“»"'
    return (named and not tokens.lemmas[last + 1].endswith(DURATIONS.no_names)) or word == "für"
