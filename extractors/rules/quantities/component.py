"""The component that finds a document's quantities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractors.quantities.heads import Head, expression, head_after
from extractors.quantities.scan import Number, scan
from extractors.resources import data
from extractors.tokens import Tokens, tokens
from models.calendar import YEARS
from models.quantity import Quantity

_NOUNS = frozenset({"NN", "NE", "FM"})
_LONG = re.compile(r"\s(?:lange|breite|hohe|große|tiefe|starke|schwere)[nrsm]?\b")
_MEASURE_NOUNS = frozenset(
    {"Größe", "Länge", "Höhe", "Breite", "Tiefe", "Gesamtlänge", "Gewicht", "Umfang", "Wert", "Höchstwert"}
)  # fmt: skip
_DURATION_BEFORE = re.compile(
    r"^In\s(?:\w+\s)?$|(?:\b(?:für|über|um|auf|Dauer|Laufzeit|Zeitraum|Förderdauer|Förderzeitraum|Vertragslaufzeit|Bauzeit|Bauzeit\sist\smit|Projektlaufzeit|dauert|dauern|dauerte|läuft|laufen|umfasst|umfassen|(?:Laufzeit|Dauer|Bauzeit)\b[^.;]{0,60}\bbeträgt)"
    r"(?:\s(?:von|die|eine?|einen|Zeitraum|Dauer|weitere|zunächst|jeweils|einer|beträgt|umfasst|insgesamt|nur|noch|rund|etwa|über|mindestens|maximal|bis|zu|mehr|als|voraussichtlich|weiteren?|knapp|gut|höchstens))*\s$)"
    r"|\b[Ii]n\sden\s(?:kommenden|nächsten)\s$|(?:\bLaufzeit|\bDauer|\bBauzeit|\bFörderdauer):\s(?:\w+\s)?$|\bjeweils\s$",
)
_DURATION_AFTER = re.compile(
    r"\s(?:lang\b|Laufzeit|Dauer|Bauzeit|Förderung\b|verlängert|verlängern|pro\s(?:Tag|Woche)|gefördert)"
)
_LABEL_LINK = re.compile(r"\s(?:und|bis|oder|sowie|als\sauch|bzw\.)\s|,\s|\s?[–-]\s?")
_PARTITION = re.compile(r"\b(?:davon|darunter|[Vv]on\s(?:den|diesen|ihnen|insgesamt)|hiervon|weitere|insgesamt)\b")
_EXISTS = re.compile(r"\b(?:existiert|besteht|gibt|läuft|laufen|bestehen)\b")
_PERSONS = frozenset(
    {
        "Mann",
        "Frau",
        "Kind",
        "Junge",
        "Mädchen",
        "Schüler",
        "Täter",
        "Fahrer",
        "Sohn",
        "Tochter",
        "Patient",
        "Jugendlicher",
    }
)
_LONGEST_PROGRAMME = 15
"""Years: "54-jährig" is somebody's age."""
_UNIT_NOUNS = frozenset(
    {"Prozentpunkt", "Prozent", "Euro", "Meter", "Kilometer", "Hektar", "Million", "Milliarde", "Mio.", "Mrd."}
)
_NO_PROGRAMME = frozenset(
    {
        "Abstand",
        "Turnus",
        "Rhythmus",
        "Jubiläum",
        "Bestehen",
        "Geburtstag",
        "Erfahrung",
        "Pause",
        "Amtszeit",
        "Freiheitsstrafe",
        "Haftstrafe",
    }
)


@Language.factory("bilanz_quantities", assigns=["doc._.quantities"], requires=["token.tag", "token.lemma"])
def create_quantities(nlp: Language, name: str) -> "QuantityRule":
    """Factory of the component."""
    return QuantityRule()


class QuantityRule:
    """Sets `doc._.quantities`: a tuple of `models.quantity.Quantity` in the order of the text."""

    def __init__(self) -> None:
        if not Doc.has_extension("quantities"):
            Doc.set_extension("quantities", default=())

    def __call__(self, doc: Doc) -> Doc:
        """Finds the quantities."""
        doc._.quantities = quantities(tokens(doc))
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
        return _whole_of_share(tokens, sentence, number, first, last)
    if number.kind == "measure":
        return _measured(tokens, sentence, number, first, last)
    if number.kind == "duration" and number.digits_end == number.end:
        return head_after(tokens, last + 1, sentence.stop)
    return None


def _whole_of_share(tokens: Tokens, sentence: _Sentence, number: Number, first: int, last: int) -> Head | None:
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


_OF_RATES = frozenset(
    {
        "betragen",
        "liegen",
        "sinken",
        "steigen",
        "fallen",
        "erreichen",
        "klettern",
        "zunehmen",
        "abnehmen",
        "wachsen",
        "zurückgehen",
    }
)


def _subject_before(tokens: Tokens, sentence: _Sentence, first: int) -> Head | None:
    """ "Die Arbeitslosenquote sank um 0,3 Prozentpunkte": the subject of a verb that tells of rates."""
    verb = next((i for i in range(first - 1, sentence.first, -1) if tokens.lemmas[i] in _OF_RATES), None)
    if verb is None or tokens.tags[verb - 1] not in _NOUNS:
        return None
    noun = verb - 1
    while noun - 2 > sentence.first and tokens.tags[noun - 1] in ("ART", "ADJA") and tokens.tags[noun - 2] in _NOUNS:
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
    return None if head is None or head.lemma in _MEASURE_NOUNS else head


_GROWN = re.compile(r"\s(?:lang|breit|hoch|groß|tief|schwer)\b")


def _subject_before_copula(tokens: Tokens, sentence: _Sentence, first: int) -> Head | None:
    """ "Die Fläche ist 18 Hektar groß": the noun before the copula."""
    position = first - 1
    while position > sentence.first and tokens.tags[position] in ("ADV", "ADJD", "PTKA", "KOKOM", "APPR"):
        position -= 1
    if tokens.lemmas[position] != "sein" or tokens.tags[position - 1] not in _NOUNS:
        return None
    return expression(tokens, position - 1, position)


def _noun_before(tokens: Tokens, sentence: _Sentence, first: int, links: set[str]) -> Head | None:
    position = first - 1
    while position > sentence.first and (
        tokens.lemmas[position].lower() in links
        or tokens.tags[position] in ("ADV", "ADJD", "APPR", "PIAT", "PTKA", "CARD")
    ):
        position -= 1
    if tokens.lemmas[position] in _UNIT_NOUNS:
        return None
    linked = position < first - 1 or tokens.tags[position] == "NN"
    if linked and position >= sentence.first and tokens.tags[position] in _NOUNS:
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
    before = first - 1
    tag = tokens.tags[before] if before >= sentence.first else ""
    compared = number.cue is not None and number.comparator != "<="
    if number.bare and number.value in YEARS and number.value_to is None and number.end - number.start == 4:
        return not (head and (compared or number.value == 2000) and tag not in _NOUNS)
    like_postcode = number.bare and number.end - number.start in (4, 5) and not compared
    if like_postcode and _is_postcode(tokens, sentence, number, head):
        return True
    if tag not in _NOUNS and tag != "XY":
        return False
    if tag in ("NE", "XY") and head is not None and tokens.tags[head.index] == "NE" and number.bare and not compared:
        return True  # "TSV 1860 München"
    word, lemma = tokens.words[before], tokens.lemmas[before]
    if lemma in data("quantities", "exclusions")["label_nouns"] or len(word) == 1:
        determined = before > sentence.first and tokens.tags[before - 1] in ("ART", "PDAT", "PPOSAT", "APPRART", "ADJA")
        return head is None or (not determined and tokens.words[head.index] == tokens.lemmas[head.index])
    adjacent_singular = head is None and not number.cue and word == lemma and tag != "FM"
    return adjacent_singular and not _PARTITION.search(sentence.text)


def _is_postcode(tokens: Tokens, sentence: _Sentence, number: Number, head: Head | None) -> bool:
    before = sentence.text[: number.start].rstrip()
    if number.end - number.start == 4 and not before.endswith((",", "·", "|")):
        return False  # Austria's; only behind a street
    if head is None or not before or before.endswith((",", "·", "|", ")")) or before[-1].isdigit():
        return True
    noun = tokens.words[head.index]
    return noun == tokens.lemmas[head.index] and not noun.endswith("er")


def _is_duration(sentence: _Sentence, number: Number, head: Head | None) -> bool:
    """Durations of a project, programme or funding only: no ages, no points in time ("vor drei Jahren")."""
    if sentence.text[: number.start].endswith(("- und ", "- oder ", "- bis ")):
        return False  # "ein- und zweijährige Vorhaben"
    if number.digits_end == number.end:  # "zweijährige Ausbildung"
        too_long = number.unit == "year" and number.value > _LONGEST_PROGRAMME
        return head is not None and not too_long and head.lemma not in _PERSONS and head.lemma not in _NO_PROGRAMME
    before = sentence.text[: number.start]
    if re.search(r"\b[Ss]eit\s$", sentence.text[: number.cue[0] if number.cue else number.start]):
        return bool(_EXISTS.search(sentence.text))
    after = sentence.text[number.end : number.end + 40]
    return bool(_DURATION_BEFORE.search(before) or _DURATION_AFTER.match(after))
