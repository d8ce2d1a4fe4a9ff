"""What a series is called: the name that its sentences give to its numbers, else what its headlines have in common."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from comparison.likeness import stem
from models.claim import Claim
from models.keys import fold
from models.stored import SeriesClaim

_TELLING = re.compile(r"(?!berlin)\w{5,}|\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"(?<!\w)(?!(?:19|20)\d\d\b)\d[\d.,]*")
"""What counts something, or may: any figures but a year's."""
_OPEN_BRACKET = re.compile(r"\s\([^)]*$")
_MARKS = '„“”"»«‚‘(),.:;!?–-'
_OF_A_NUMBER = frozenset({"Jahr", "Jahre", "Jahren", "Haushaltsjahr", "KW"})
"""Nouns that say nothing without the number behind them, which is another in each headline."""
_IS = re.compile(r"[^.;,\d]{0,30}?\b(?:sind|ist|waren|war|wurden|wurde|blieben|blieb) (?P<said>[a-zäöüß]{4,})\b")
_ENDS = re.compile(r"^[^.;,\d]{0,80}\b(?P<said>[a-zäöüß]{3,}en|ge[a-zäöüß]{3,}t)[.;,]?$")
"""Behind a number: the word that says what becomes of the part."""
_MOST = 2 / 3
_SHORTEST = 8
"""Characters of what headlines have in common that say something."""
_TOKEN = re.compile(r"[\w*:]+(?:-[\w*:]+)*-?|[^\w\s]")
_GOES_ON = frozenset({"für", "der", "des", "von", "zur", "zum"})
"""How words begin that say behind a name which part of it is meant."""

_ROUND = re.compile(
    r"\b(erste|zweite|dritte|vierte)[nmrs]? (\w*(?:verfahren|runde|auswahl|ausschreibung|staffel))s?\b", re.IGNORECASE
)
"""Which of a year's decisions a number is of."""
_CLASSES = ("programm", "stipendium", "preis", "fonds", "projekt", "wettbewerb", "förderung", "initiative")
"""Ends of nouns that say before a name what it is of."""


@dataclass(frozen=True, slots=True)
class Title:
    """Of which thing a series tells, as `Recurring` has it."""

    subject: str | None
    called: str | None
    headline: str | None


def title_of(members: Sequence[SeriesClaim]) -> Title:
    """What a series is called, by its newest number and all sentences."""
    subject = members[-1].stored.claim.subject
    words = [stem(word) for word in _TELLING.findall(fold(subject or ""))]
    if subject is not None and all(_names(words, each) for each in members):
        return Title(subject, _called_by_all(subject, members), None)
    return Title(None, None, _headline(subject, words, [each.stored.release_title for each in members]))


def part_said(claim: Claim) -> str | None:
    """What a sentence says that sets a part apart from its whole: "7.817 davon sind gültig"."""
    if (found := _IS.match(claim.behind)) is not None:
        return found["said"]
    found = _ENDS.search(claim.behind)
    return found["said"] if found else None


def without(claim: Claim) -> str | None:
    """Whom a noun of persons leaves out, as its sentence counts them right beside it.

    "Vier Forscherinnen und sechs Forscher": the six are men, not all.
    """
    if not claim.counted:
        return None
    women = f"{claim.counted}innen"
    beside = claim.before.endswith((f"{women} und ", f"{women}, ", f"{women} sowie "))
    return women if beside or re.match(rf",? (?:und|sowie) [\w.]+ {women}", claim.behind) else None


def _called_by_all(subject: str, members: Sequence[SeriesClaim]) -> str:
    """What sentences, else headlines, have beside a name, and which round all are of."""
    sentences = [each.stored.claim.sentence for each in members]
    headlines = [each.stored.release_title for each in members]
    called = _called(subject, sentences)
    if called == subject:
        called = _called(subject, headlines)
    rounds = [set(map(_round, _ROUND.findall(" ".join(each)))) for each in zip(headlines, sentences, strict=True)]
    of_all = sorted(set.intersection(*rounds))
    return ", ".join((called, *of_all)) if len(of_all) == 1 else called


def _round(found: tuple[str, str]) -> str:
    ordinal, noun = found
    return f"{ordinal.lower()}{'s' if noun.lower().endswith('verfahren') else ''} {noun}"


def _called(subject: str, sentences: Sequence[str]) -> str:
    """A name with the words that all sentences have right behind it, or the one noun that all have right before it.

    "Seenförderung [für Reihen und Feste]", "[Arbeitsstipendium] Jazz": without these it would be of more than is told.
    """
    name = [stem(fold(word)) for word in _TOKEN.findall(subject)]
    before, behind = [], []
    for sentence in sentences:
        words = _TOKEN.findall(sentence)
        stems = [stem(fold(word)) for word in words]
        place = next((at for at in range(len(words)) if stems[at : at + len(name)] == name), None)
        if place is None:
            return subject
        before.append(words[place - 1] if place > 1 else "")
        behind.append(words[place + len(name) :])
    common = _begun_by_most(behind)
    told = list(takewhile(lambda word: not any(map(str.isdigit, word)) and word[0].isalpha(), common))
    while told and not told[-1][0].isupper():
        told.pop()
    kind = before[0] if len(set(before)) == 1 and before[0].lower().endswith(_CLASSES) else None
    closer = told if told and told[0] in _GOES_ON else []
    return " ".join(filter(None, (kind, subject, *closer)))


def _begun_by_most(texts: Sequence[Sequence[str]]) -> list[str]:
    """The words with which the newest and most of some texts begin, where all begin with the first of them."""
    *earlier, newest = texts
    if any(some[:1] != newest[:1] for some in earlier):
        return []

    def is_in_most(place: int) -> bool:
        return _MOST * len(earlier) <= sum(some[: place + 1] == newest[: place + 1] for some in earlier)

    return [word for _, word in takewhile(lambda each: is_in_most(each[0]), enumerate(newest))]


def _names(words: Sequence[str], member: SeriesClaim) -> bool:
    """Whether the sentence of a number has the stems of a name's words, in such a place that it is of the
    number: before all numbers of the sentence, or behind this one with no other between.

    Of what else a number is may have been guessed from the headline, and would be the series' title.
    """
    claim = member.stored.claim
    start = claim.start - claim.sentence_start
    end = claim.end - claim.sentence_start
    first = _NUMBER.search(claim.sentence)
    before = fold(claim.sentence[: min(start, first.start()) if first else start])
    following = _NUMBER.search(claim.sentence, end)
    behind = fold(claim.sentence[start : following.start() if following else None])
    return any(all(word in text for word in words) for text in (before, behind))


def _headline(subject: str | None, words: Sequence[str], headlines: Sequence[str]) -> str | None:
    """What headlines have in common: most of their words, else the name of whose words all of them have the stems."""
    named = all(word in fold(headline) for headline in headlines for word in words)
    return common_words(headlines) or (subject if named else None)


def common_words(headlines: Sequence[str]) -> str | None:
    """The longest stretch of words that headlines have in common, without what only begins or ends it; None where that
    is less than half of one of them.
    """
    common, *others = words_of = [headline.split() for headline in headlines]
    for words in others:
        match = SequenceMatcher(None, common, words, autojunk=False).find_longest_match()
        common = common[match.a : match.a + match.size]
    if len(common) < max(map(len, words_of)) / 2:
        return None
    nouns = ((place, word.strip(_MARKS)) for place, word in enumerate(common))
    telling = [place for place, noun in nouns if noun[:1].isupper() and noun not in _OF_A_NUMBER]
    told = " ".join(common[telling[0] : telling[-1] + 1]) if telling else ""
    told = _nominative(_OPEN_BRACKET.sub("", told).strip(_MARKS), headlines[0])
    return told if len(told) >= _SHORTEST else None


def _nominative(told: str, headline: str) -> str:
    """Words as they are called where the headline has them in the genitive: "des Landesamtes für Seen"."""
    first = told.partition(" ")[0]
    if f" des {told}" not in headline or not first.endswith("s"):
        return told
    return first.removesuffix("es" if first.endswith("es") else "s") + told[len(first) :]
