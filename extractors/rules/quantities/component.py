"""Finds quantities: numbers with what they count or measure.

    Insgesamt wurden [27 Projekte]{kind: count, value: 27, counted: Projekt} bewilligt.

Sets `doc._.bilanz_quantities`: a tuple of `models.quantity.Quantity` in the order of the text, values exact.
Reads words, tags and lemmas. `scan` finds the numbers, `heads` the nouns; what holds figures but states no
quantity (dates, postcodes, "Klasse 7", ages) is left out here. Words: units, numerals, comparators, exclusions,
durations and measured (.yaml). Examples and near misses: tests/sentences/quantities.txt, comparators.txt,
exclusions.txt; figures of the whole: tests/gold/floors.json (value, counted, unit).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.quantities.heads import Head, expression, head_after
from extractors.rules.quantities.patterns import DURATIONS, EXCLUSIONS, MEASURED
from extractors.rules.quantities.scan import Number, scan
from extractors.tokens import DETERMINERS, NOUNS, Tokens, tokens
from models.quantity import Quantity

_LONG = re.compile(r"\s(?:lange|breite|hohe|große|tiefe|starke|schwere)[nrsm]?\b")
_GROWN = re.compile(r"\s(?:lang|breit|hoch|groß|tief|schwer)\b")
_DURATION_BEFORE = re.compile(
    rf"^In\s(?:\w+\s)?$|(?:\b(?:{'|'.join(DURATIONS.before)})(?:\s(?:{'|'.join(DURATIONS.fillers)}))*\s$)"
    r"|\b[Ii]n\sden\s(?:kommenden|nächsten)\s$"
    rf"|\b(?:{'|'.join(DURATIONS.headings)}):\s(?:\w+\s)?$|\bjeweils\s$",
)
_DURATION_AFTER = re.compile(rf"\s(?:{'|'.join(DURATIONS.after)})")
_EXISTS = re.compile(rf"\b(?:{'|'.join(DURATIONS.existing)})\b")
_LABEL_LINK = re.compile(r"\s(?:und|bis|oder|sowie|als\sauch|bzw\.)\s|,\s|\s?[–-]\s?")
_PARTITION = re.compile(r"\b(?:davon|darunter|[Vv]on\s(?:den|diesen|ihnen|insgesamt)|hiervon|weitere|insgesamt)\b")
_LONGEST_PROGRAMME = 15
"""Years: "54-jährig" is somebody's age."""


NAME = "bilanz_quantities"
Doc.set_extension(NAME, default=(), force=True)


@Language.component(
    NAME, assigns=["doc._.bilanz_quantities"], requires=["token.tag", "token.lemma", "token.is_sent_start"]
)
def find_quantities(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_quantities`."""
    doc._.bilanz_quantities = quantities(tokens(doc))
    return doc


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of the document: token bounds, text and its offset."""

    first: int
    stop: int
    text: str
    offset: int


def quantities(tokens: Tokens) -> tuple[Quantity, ...]:
    """All quantities of a document, elided nouns not yet filled in (`counted` is None there)."""
    found: list[Quantity] = []
    for first, stop in tokens.sentences:
        start, end = tokens.starts[first], tokens.ends[stop - 1]
        found.extend(_in_sentence(tokens, _Sentence(first, stop, tokens.text[start:end], start)))
    return tuple(found)


def _in_sentence(tokens: Tokens, sentence: _Sentence) -> Iterator[Quantity]:
    label_end = -1
    for number in scan(sentence.text):
        first, last = tokens.at(sentence.offset + number.start), tokens.at(sentence.offset + number.end - 1)
        if _is_ordinal(tokens, sentence, number, last):
            continue
        head = _head(tokens, sentence, number, first, last)
        if number.kind == "count":
            alone = head is None or (label_end >= 0 and tokens.words[head.index] == tokens.lemmas[head.index])
            goes_on = label_end >= 0 and alone and _LABEL_LINK.fullmatch(sentence.text[label_end : number.start])
            if goes_on or _is_label(tokens, sentence, number, first, head):
                label_end = number.end
                continue
        if number.kind == "duration" and not _is_duration(sentence, number, head):
            continue
        yield _quantity(sentence, number, first, last, head, tokens)


def _quantity(
    sentence: _Sentence, number: Number, first: int, last: int, head: Head | None, tokens: Tokens
) -> Quantity:
    end = number.end if number.kind != "count" or head is None else tokens.ends[head.last] - sentence.offset
    cue = None if number.cue is None else (sentence.offset + number.cue[0], sentence.offset + number.cue[1])
    return Quantity(
        kind=number.kind,
        value=number.value,
        value_to=number.value_to,
        comparator=number.comparator,
        unit=number.unit,
        counted=head.lemma if head and number.kind in ("count", "share", "measure") else None,
        start=sentence.offset + number.start,
        end=sentence.offset + end,
        first=first,
        last=max(last, head.last) if head and number.kind == "count" else last,
        noun=head.index if head else None,
        cue=cue,
    )


def _head(tokens: Tokens, sentence: _Sentence, number: Number, first: int, last: int) -> Head | None:
    if number.kind == "count":
        return head_after(tokens, last + 1, sentence.stop)
    if number.kind == "share":
        return _whole_of_share(tokens, sentence, first, last)
    if number.kind == "measure":
        return _measured(tokens, sentence, number, first, last)
    if number.kind == "duration" and number.digits_end == number.end:
        return head_after(tokens, last + 1, sentence.stop)
    return None


def _whole_of_share(tokens: Tokens, sentence: _Sentence, first: int, last: int) -> Head | None:
    """The noun of "acht Prozent der Stellen", "jede vierte Frau", else of "eine Steigerung von 40 Prozent"."""
    following = last + 1
    if (following < sentence.stop and tokens.tags[following] in ("ART", "ADJA", "NN", "PPOSAT", "PDAT", "APPRART")) or (
        following < sentence.stop
        and tokens.lemmas[following] in ("von", "aller", "alle")
        and tokens.tags[following] != "PPER"
    ):
        start = following + (
            tokens.tags[following] in ("ART", "PPOSAT", "PDAT", "APPR", "APPRART") or tokens.lemmas[following] == "von"
        )
        head = head_after(tokens, start, sentence.stop)
        if head is not None:
            return head
    before = _noun_before(tokens, sentence, first, {"von", "um", "auf", "(", ":", "bei"})
    return before if before is not None else _subject_before(tokens, sentence, first)


def _subject_before(tokens: Tokens, sentence: _Sentence, first: int) -> Head | None:
    """ "Die Arbeitslosenquote sank um 0,3 Prozentpunkte": the subject of a verb that tells of rates."""
    verb = next((i for i in range(first - 1, sentence.first, -1) if tokens.lemmas[i] in MEASURED.rate_verbs), None)
    if verb is None or not tokens.is_noun(verb - 1):
        return None
    noun = verb - 1
    while noun - 2 > sentence.first and tokens.tags[noun - 1] in ("ART", "ADJA") and tokens.is_noun(noun - 2):
        noun -= 2  # the genitive behind the subject
    return expression(tokens, noun, verb)


def _measured(tokens: Tokens, sentence: _Sentence, number: Number, first: int, last: int) -> Head | None:
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
    head = _noun_before(tokens, sentence, first, {"von", "mit", "(", "um", "auf"})
    return None if head is None or head.lemma in MEASURED.measure_nouns else head


def _subject_before_copula(tokens: Tokens, sentence: _Sentence, first: int) -> Head | None:
    """ "Die Fläche ist 18 Hektar groß": the noun before the copula."""
    position = first - 1
    while position > sentence.first and tokens.tags[position] in ("ADV", "ADJD", "PTKA", "KOKOM", "APPR"):
        position -= 1
    if tokens.lemmas[position] != "sein" or not tokens.is_noun(position - 1):
        return None
    return expression(tokens, position - 1, position)


def _noun_before(tokens: Tokens, sentence: _Sentence, first: int, links: set[str]) -> Head | None:
    position = first - 1
    while position > sentence.first and (
        tokens.lemmas[position].lower() in links
        or tokens.tags[position] in ("ADV", "ADJD", "APPR", "PIAT", "PTKA", "CARD")
    ):
        position -= 1
    if tokens.lemmas[position] in MEASURED.unit_nouns:
        return None
    linked = position < first - 1 or tokens.tags[position] == "NN"
    if linked and position >= sentence.first and tokens.is_noun(position):
        return expression(tokens, position, first)
    return None


def _is_ordinal(tokens: Tokens, sentence: _Sentence, number: Number, last: int) -> bool:
    """ "20. Hospizwoche", "1. und 2. Klasse": a full stop that does not end the sentence."""
    if number.digits_end != number.end or not sentence.text[number.end - 1].isdigit():
        return False
    rest = sentence.text[number.end :]
    return tokens.words[last].endswith(".") or (rest.startswith(".") and bool(rest[1:].strip(" .“”»\"')")))


def _is_label(tokens: Tokens, sentence: _Sentence, number: Number, first: int, head: Head | None) -> bool:
    """Whether a number names instead of counting: a year, a postcode, "Klasse 7", "G 7", "Horizont 2020"."""
    tag = tokens.tags[first - 1] if first > sentence.first else ""
    if number.like_year:
        # "über 2000 Plätze"
        return not (head and (number.compared or number.value == 2000) and tag not in NOUNS)
    if _is_postcode(tokens, sentence, number, head):
        return True
    if tag not in NOUNS and tag != "XY":
        return False
    return _is_in_proper_name(tokens, number, tag, head) or _is_behind_its_noun(tokens, sentence, number, first, head)


def _is_postcode(tokens: Tokens, sentence: _Sentence, number: Number, head: Head | None) -> bool:
    """ "Mühlweg 3, 12345 Musterstadt": four or five figures before a name."""
    figures = number.end - number.start
    if not number.bare or figures not in (4, 5) or number.compared:
        return False
    before = sentence.text[: number.start].rstrip()
    if figures == 4 and not before.endswith((",", "·", "|")):
        return False  # Austria's; only behind a street
    if head is None or not before or before.endswith((",", "·", "|", ")")) or before[-1].isdigit():
        return True
    noun = tokens.words[head.index]
    return noun == tokens.lemmas[head.index] and not noun.endswith("er")


def _is_in_proper_name(tokens: Tokens, number: Number, tag: str, head: Head | None) -> bool:
    """ "TSV 1860 München": between two proper nouns; `tag` is that of the word before."""
    between = tag in ("NE", "XY") and head is not None and tokens.tags[head.index] == "NE"
    return between and number.bare and not number.compared


def _is_behind_its_noun(tokens: Tokens, sentence: _Sentence, number: Number, first: int, head: Head | None) -> bool:
    """ "Klasse 7", "Bühne 6", "G 7": the number belongs to the noun before it."""
    noun = first - 1
    word, lemma = tokens.words[noun], tokens.lemmas[noun]
    if lemma in EXCLUSIONS.label_nouns or len(word) == 1:
        determined = noun > sentence.first and tokens.tags[noun - 1] in DETERMINERS | {"APPRART", "ADJA"}
        return head is None or (not determined and tokens.words[head.index] == tokens.lemmas[head.index])
    singular = word == lemma and tokens.tags[noun] != "FM"
    return singular and head is None and not number.cue and not _PARTITION.search(sentence.text)


def _is_duration(sentence: _Sentence, number: Number, head: Head | None) -> bool:
    """Durations of a project, programme or funding only: no ages, no points in time ("vor drei Jahren")."""
    if sentence.text[: number.start].endswith(("- und ", "- oder ", "- bis ")):
        return False  # "ein- und zweijährige Vorhaben"
    if number.digits_end == number.end:  # "zweijährige Ausbildung"
        too_long = number.unit == "year" and number.value > _LONGEST_PROGRAMME
        return head is not None and not too_long and head.lemma not in DURATIONS.persons | DURATIONS.no_programmes
    before = sentence.text[: number.start]
    if re.search(r"\b[Ss]eit\s$", sentence.text[: number.cue[0] if number.cue else number.start]):
        return bool(_EXISTS.search(sentence.text))
    after = sentence.text[number.end : number.end + 40]
    return bool(_DURATION_BEFORE.search(before) or _DURATION_AFTER.match(after))
