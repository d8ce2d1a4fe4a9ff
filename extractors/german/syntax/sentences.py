"""Sentence starts by rule: punctuation, line breaks, and what may not end a sentence."""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax import long_sentences
from extractors.german.words import columns, lexicon, weekdays

STOPS = frozenset({".", "!", "?", "…", "..."})
CLOSERS = frozenset("“”\"'’‘«»)]›‹") | {"''"}
OPENERS = frozenset('„»«("[“‚›‹') | {"``"}
ITEM = re.compile(r"[•▪●‣◦]|[-–*]")
_DAY_AND_HOUR = re.compile(
    r"\w+ (, )?(den )?\d\d? ?\. ?[\w.]+ (\d{4} )?(, )?((um|von|ab) )?\d\d?([:.]\d\d)? (Uhr|bis|–|-) "
)
"""The day, month, year and hour that head an entry of a calendar, in tokens parted by blanks."""
_BINDING = frozenset({"am", "ab", "bis", "seit", "vom", "von", "zum", "zwischen", "jeden", "dem", "den", "der"})
"""Words that bind a day to their sentence, in capitals too."""
_LONGEST_HEADING = 12
"""Tokens of a day and hour."""


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations that never end a sentence, and those that may; without blanks, in lower case."""
    never: set[str] = set()
    may: set[str] = set()
    for line in lexicon.lines("abbreviations"):
        form = line.removesuffix("!").replace(" ", "").lower()
        (never if line.endswith("!") else may).add(form)
    return frozenset(never), frozenset(may)


def sentence_starts(words: list[str]) -> list[bool]:
    """For each token whether a sentence begins with it.

    A line break always ends a sentence; white space belongs to the sentence before it. A closing
    quotation mark or bracket stays with its sentence, as does what goes on in lower case.
    """
    may_end = _abbreviations()[1]
    openers = lexicon.words("sentence_openers")
    starts = [False] * len(words)
    if words:
        starts[0] = True
    stopped: str | None = None
    broken = False
    for index, word in enumerate(words):
        if word.isspace():
            broken = broken or "\n" in word or "\r" in word or "\u2028" in word
            continue
        if broken:
            starts[index] = index > 0
            broken, stopped = False, None
        elif stopped is not None and not _closes(words, index):
            starts[index] = _begins(words, index, stopped, openers)
            stopped = None
        elif word in weekdays.NAMES:
            starts[index] = index > 0 and _heads_entry(words, index)
        if word in STOPS or (word[-1] == "." and word.replace(" ", "").replace("\u00a0", "").lower() in may_end):
            stopped = word
    return starts


def _closes(words: list[str], index: int) -> bool:
    """Whether the token closes a quotation or bracket after a stop (marks like " may do either)."""
    word = words[index]
    if word in STOPS:
        return True
    if word not in CLOSERS:
        return False
    if word not in OPENERS:
        return True
    # A mark that both opens and closes: it closes where an opened one is pending.
    opened = 0
    for earlier in range(index - 1, max(-1, index - 120), -1):
        opened += words[earlier] in ('"', "„", "»", "«", "“", "›", "‹", "``")
    return opened % 2 == 1


def _begins(words: list[str], index: int, stopped: str, openers: frozenset[str]) -> bool:
    word = words[index]
    if word in OPENERS:
        following = index + 1
        if following >= len(words):
            return False
        return not words[following][0].islower()
    if word[0].islower() or word in ",;:)–-/":
        return False
    if stopped in STOPS:
        return True
    return word in openers or bool(ITEM.fullmatch(word))


def _heads_entry(words: list[str], index: int) -> bool:
    """ "… Beitrag 3 Euro Dienstag, 8. November 2022 16:00 bis 17:00 Uhr: Yoga": a calendar has no full stops.

    Behind a noun or a number a day with its hour begins an entry; other words, and commas, bind it to what they begin.
    """
    before = words[index - 1]
    if not (before[0].isupper() or before[0].isdigit() or before in CLOSERS) or before.lower() in _BINDING:
        return False
    return _DAY_AND_HOUR.match(" ".join([*words[index : index + _LONGEST_HEADING], ""])) is not None


@Language.factory("bilanz_sentences", assigns=["token.is_sent_start"])
def create_sentences(nlp: Language, name: str) -> "Sentences":
    """The registered factory of the sentence rules."""
    return Sentences()


class Sentences:
    """Sets the sentence starts of a Doc by `sentence_starts`; sentences without end are cut."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets the sentence starts."""
        words = columns.forms(doc)
        starts = long_sentences.cut(words, sentence_starts(words))
        columns.set_sentence_starts(doc, starts)
        return doc
