"""Of what a share or measure is one: "acht Prozent [der Stellen]", "[eine Länge] von 12 Metern".

"Der [Frauenanteil] lag bei 24 Prozent", "Der Anteil [der Frauen] …", "Der [Deich] ist 6 Kilometer lang"
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.heads import Head, closing, expression, head_after
from extractors.rules.quantities.patterns import MEASURED
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import PREPOSITIONS, Tokens

_LONG = re.compile(r"\s(?:lange|breite|hohe|große|tiefe|starke|schwere)[nrsm]?\b")
_GROWN = re.compile(r"\s(?:lang|breit|hoch|groß|tief|schwer)\b")
_OPENS_NOUN = frozenset({"ART", "ADJA", "NN", "PPOSAT", "PDAT", "APPRART"})
_DETERMINES = frozenset({"ART", "PPOSAT", "PDAT", "APPR", "APPRART"})
_BEFORE_PART = frozenset({"ART", "ADJA", "PPOSAT", "PIAT", "CARD", "ADV"})
_BESIDE = frozenset({"ADV", "ADJD", "APPR", "PIAT", "PTKA", "CARD"})


def whole_of_share(tokens: Tokens, sentence: SentenceText, first: int, last: int) -> Head | None:
    """The noun of "acht Prozent der Stellen", "jede vierte Frau", else that of the rate or what it is a share of."""
    rate = None if tokens.words[first - 1] == "(" else _rate(tokens, sentence, first)
    behind = _whole_behind(tokens, sentence, _past_bracket(tokens, sentence, first, last))
    if rate is not None and rate.is_named:
        return rate.head
    if behind is not None:
        return behind
    if rate is not None:
        return rate.head
    if "zu" in (tokens.before(first), tokens.before(first - 1)):
        return _behind_verb(tokens, sentence, last)
    before = _noun_before(tokens, sentence, first, {"von", "um", "auf", "(", ":", "bei"})
    return before or _subject_before(tokens, sentence, first) or _subject_of_rate(tokens, sentence, first)


def _past_bracket(tokens: Tokens, sentence: SentenceText, first: int, last: int) -> int:
    """ "ein Drittel [(34 Prozent)] der Bäume": the end of a bracket behind or around a share, else its end."""
    if tokens.word(last + 1) == "(":
        end = closing(tokens, last + 1, sentence.stop)
        return last if end is None else end
    return last + 1 if tokens.before(first) == "(" and tokens.word(last + 1) == ")" else last


@dataclass(frozen=True, slots=True)
class _Rate:
    """A noun that means a share, with what it is one of: "Anteil der Frauen" (Frau), "Quote" (itself)."""

    head: Head
    is_named: bool
    """Whether the words say that the share is the rate itself."""


def _rate(tokens: Tokens, sentence: SentenceText, first: int) -> _Rate | None:
    """The nearest noun before a share, in its own part of the sentence, that means one."""
    begin = sentence.first
    if _is_pronoun_of_rate(tokens, sentence, first):
        begin = tokens.sentences[tokens.sentence[sentence.first] - 1][0]  # "Er lag 2016 bei 28 Prozent"
    for index in reversed(tokens.nouns_between(begin, first)):
        lemma = tokens.lemmas[index]
        if tokens.tags[index] != "NN" or not lemma.endswith(MEASURED.share_nouns):
            continue
        if ";" in tokens.words[index:first]:
            return None
        if lemma in MEASURED.part_nouns:
            part = _part(tokens, index, first)
            return _Rate(part, is_named=_links(tokens, index, first)) if part else None
        return _Rate(Head(index, index, lemma), is_named=_links(tokens, index, first))
    return None


def _links(tokens: Tokens, index: int, first: int) -> bool:
    """Whether a verb or "von" stands between a rate's noun and its number: it says how high the rate is."""
    between = range(index + 1, first)
    told = any(tokens.tags[i][:1] == "V" or tokens.words[i] in ("von", ":") for i in between)
    if told and not any(tokens.words[i] == "," for i in between):
        return True
    before = tokens.sentences[tokens.sentence[first]][0]  # "liegt der Fördersatz bei 60 Prozent der Kosten"
    return tokens.tag(first - 1) == "APPR" and any(
        tokens.lemmas[i] in MEASURED.rate_verbs for i in range(before, index)
    )


def _is_pronoun_of_rate(tokens: Tokens, sentence: SentenceText, first: int) -> bool:
    """Whether the subject is a pronoun beside a verb that tells of rates: "Sie lag damit 0,3 Prozentpunkte unter …"."""
    if sentence.first == 0 or "PPER" not in tokens.tags[sentence.first : first]:
        return False
    return any(
        tokens.word(index) in ("er", "sie", "es")
        and tokens.tags[index] == "PPER"
        and any(tokens.lemmas[i] in MEASURED.rate_verbs for i in (index - 1, index + 1) if i < sentence.stop)
        for index in range(sentence.first, first)
    )


def _part(tokens: Tokens, index: int, stop: int) -> Head | None:
    """ "Anteil [der Frauen]", "Anteil [an Wissenschaftlerinnen]", "Anteil deutscher [Staatsangehöriger]"."""
    position = index + 1
    while position < min(stop, index + 5) and (
        tokens.tags[position] in _BEFORE_PART or tokens.word(position) in ("an", "von")
    ):
        position += 1
    if position == index + 1 or position >= stop or not tokens.is_noun(position):
        return None
    return expression(tokens, position, stop)


def _whole_behind(tokens: Tokens, sentence: SentenceText, last: int) -> Head | None:
    following = last + 1
    if following >= sentence.stop:
        return None
    von = tokens.lemmas[following] == "von"
    genitive = von or (tokens.lemmas[following] in ("aller", "alle") and tokens.tags[following] != "PPER")
    if not genitive and tokens.tags[following] not in _OPENS_NOUN:
        return None
    head = head_after(tokens, following + (von or tokens.tags[following] in _DETERMINES), sentence.stop)
    if head is None or head.lemma not in MEASURED.unit_nouns:
        return head
    link = head.last + 1  # "35 Prozent der 80 Millionen Euro [an Zuschüssen]"
    while link < sentence.stop and tokens.lemmas[link] in MEASURED.unit_nouns:
        link += 1
    return head_after(tokens, link + 1, sentence.stop) if tokens.word(link) == "an" else None


def _subject_of_rate(tokens: Tokens, sentence: SentenceText, first: int) -> Head | None:
    """ "Damit ist [der Radverkehr] dort um 14 Prozent gestiegen": the subject of a verb of rates behind the share."""
    following = range(first, min(first + 6, sentence.stop))
    if not any(tokens.lemmas[i] in MEASURED.rate_verbs and tokens.tags[i][:2] == "VV" for i in following):
        return None
    begin = next(
        (i for i in range(first - 1, sentence.first, -1) if tokens.words[i] in (",", ";", ":")), sentence.first
    )
    subjects = [index for index in _nominatives(tokens, sentence, first) if index > begin]
    return expression(tokens, subjects[-1], first) if subjects else None


def _behind_verb(tokens: Tokens, sentence: SentenceText, last: int) -> Head | None:
    """ "Zu rund 20 Prozent wurden [Ideen] eingereicht": the noun right behind the verb."""
    verb = last + 1
    if verb >= sentence.stop or tokens.tags[verb][:1] != "V":
        return None
    return head_after(tokens, verb + 1 + (tokens.tag(verb + 1) == "ART"), sentence.stop)


def _subject_before(tokens: Tokens, sentence: SentenceText, first: int) -> Head | None:
    """ "Die Arbeitslosenquote sank um 0,3 Prozentpunkte": the subject of a verb that tells of rates."""
    verb = next((i for i in range(first - 1, sentence.first, -1) if tokens.lemmas[i] in MEASURED.rate_verbs), None)
    if verb is None or not tokens.is_noun(verb - 1):
        return None
    noun = verb - 1
    while noun - 2 > sentence.first and tokens.tags[noun - 1] in ("ART", "ADJA") and tokens.is_noun(noun - 2):
        noun -= 2  # the genitive behind the subject
    return expression(tokens, noun, verb)


def measured(tokens: Tokens, sentence: SentenceText, number: Number, first: int, last: int) -> Head | None:
    """What a measure is one of: "2.300 km [Straße]", "die 620 Meter lange [Brücke]", "Länge [des Deichs]"."""
    rest = sentence.text[number.end :]
    following = last + 1
    if following < sentence.stop and tokens.words[following] == ")":
        following += 1
    if _LONG.match(rest) or (
        following < sentence.stop
        and (tokens.tags[following] in ("NN", "ADJA") or tokens.words[following].startswith("CO"))
    ):
        return head_after(tokens, following + bool(_LONG.match(rest)), sentence.stop)
    if _GROWN.match(rest):
        return _subject_before_copula(tokens, sentence, first)
    if following < sentence.stop and tokens.word(following) in ("des", "der"):
        behind = head_after(tokens, following + 1, sentence.stop)
        if behind is not None:
            return behind
    head = _noun_before(tokens, sentence, first, {"von", "mit", "(", "um", "auf"})
    if head is not None and head.lemma in MEASURED.measure_nouns:
        return _thing_measured(tokens, sentence, head.index)
    return head or _subject_before(tokens, sentence, first)


def _thing_measured(tokens: Tokens, sentence: SentenceText, noun: int) -> Head | None:
    """ "muss [der Tisch] eine Länge von 161 Metern haben", "ob [der Gehweg] in der Breite von 3 m …": the subject."""
    for index in _nominatives(tokens, sentence, noun):
        return expression(tokens, index, noun)
    return None


def _nominatives(tokens: Tokens, sentence: SentenceText, stop: int) -> Iterator[int]:
    """Nouns before `stop` that may be the subject, the nearest first: an article of the nominative, no preposition."""
    for index in range(stop - 1, sentence.first, -1):
        if tokens.tags[index] != "NN":
            continue
        begin = index - 1
        while begin > sentence.first and tokens.tags[begin] in ("ADJA", "ADJD", "ADV"):
            begin -= 1
        article = tokens.word(begin) in ("der", "die", "das", "dieser", "diese", "dieses", "ein", "eine")
        genitive = tokens.word(begin) == "der" and tokens.is_noun(begin - 1)
        if article and not genitive and tokens.tag(begin - 1) not in ("APPR", "APPRART"):
            yield index


def _subject_before_copula(tokens: Tokens, sentence: SentenceText, first: int) -> Head | None:
    """ "Die Fläche ist 18 Hektar groß": the noun before the copula, or the subject that carries other phrases."""
    position = first - 1
    while position > sentence.first and tokens.tags[position] in ("ADV", "ADJD", "PTKA", "KOKOM", "APPR"):
        position -= 1
    if tokens.lemmas[position] not in ("sein", "werden"):
        return None
    nearest = position - 1
    subject = next(_nominatives(tokens, sentence, position), None)
    if subject is not None and subject != nearest:
        return expression(tokens, subject, position)
    return expression(tokens, nearest, position) if tokens.is_noun(nearest) else None


def _noun_before(tokens: Tokens, sentence: SentenceText, first: int, links: set[str]) -> Head | None:
    position = first - 1
    while position > sentence.first and (tokens.lemmas[position].lower() in links or tokens.tags[position] in _BESIDE):
        position -= 1
    if tokens.lemmas[position] in MEASURED.unit_nouns or tokens.lemmas[position] in MEASURED.time_nouns:
        return None
    if tokens.tags[position] == "NE" and tokens.tag(position - 1) in PREPOSITIONS:
        return None  # "in Berlin auf 70 Prozent"
    linked = position < first - 1 or tokens.tags[position] == "NN"
    if linked and position >= sentence.first and tokens.is_noun(position):
        return expression(tokens, position, first)
    return None
