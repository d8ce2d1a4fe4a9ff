"""Finds quantities: numbers with what they count or measure.

    Insgesamt wurden [27 Projekte]{kind: count, value: 27, counted: Projekt} bewilligt.

Sets `doc._.bilanz_quantities`: a tuple of `models.quantity.Quantity` in the order of the text, values exact, and
`doc._.bilanz_not_quantities`: for every other figure and number word a `models.quantity.NotClaim` that says why.
Reads words, tags and lemmas. `masks` and `scan` read the text, `heads` and `measured` find the nouns, `labels` and
`durations` leave out what states no quantity. Words: the YAML files beside. Examples and near misses:
tests/sentences/quantities.txt, comparators.txt, exclusions.txt; figures of the whole: tests/gold/floors.json.
"""

import re
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extractors.rules.quantities.amounts import parts_of_amounts
from extractors.rules.quantities.atoms import Number, unit_of
from extractors.rules.quantities.currency import in_currency
from extractors.rules.quantities.durations import no_duration
from extractors.rules.quantities.heads import Head, head_after, labelled, next_label
from extractors.rules.quantities.labels import goes_on, label, ordinal
from extractors.rules.quantities.masks import masked, places
from extractors.rules.quantities.measured import measured, whole_of_share
from extractors.rules.quantities.scan import scan
from extractors.rules.quantities.sentence import SentenceText, sentence
from extractors.rules.quantities.tables import tables
from extractors.tokens import Tokens, tokens
from models.quantity import NotClaim, Omission, Quantity

_EARLIER = re.compile(r"\((?:(?:im )?Vorjahr|(?:19|20)\d\d(?:/\d\d)?)\s*:\s*$")
"""What begins a bracket with the number of an earlier year."""
_MOST_OF_A_SCALE = 1_000_000
"""From here on figures before "Mio." or "Mrd." are a slip."""
_LEAST_OPEN = 100
"""From here on "oder mehr" is said of what there is."""
NAME = "bilanz_quantities"
NOT_QUANTITIES = "bilanz_not_quantities"
Doc.set_extension(NAME, default=(), force=True)
Doc.set_extension(NOT_QUANTITIES, default=(), force=True)


@Language.component(
    NAME,
    assigns=["doc._.bilanz_quantities", "doc._.bilanz_not_quantities"],
    requires=["token.tag", "token.lemma", "token.is_sent_start"],
)
def find_quantities(doc: Doc) -> Doc:
    """Sets `doc._.bilanz_quantities` and `doc._.bilanz_not_quantities`."""
    doc._.bilanz_quantities, doc._.bilanz_not_quantities = quantities(tokens(doc))
    return doc


def quantities(tokens: Tokens) -> tuple[tuple[Quantity, ...], tuple[NotClaim, ...]]:
    """All quantities of a document, elided nouns not yet filled in (`counted` is None there); and the other numbers."""
    found: list[Quantity] = []
    others: list[NotClaim] = []
    money = False
    for first, stop in tokens.sentences:
        reading = _Reading(tokens, sentence(tokens, first, stop), money=money)
        money = money or any(quantity.kind == "money" for quantity in reading.found)
        found.extend(reading.found)
        others.extend(reading.others)
    return tuple(found), tuple(others)


class _Reading:
    """The numbers of one sentence: each is a quantity, or has a reason why it is none."""

    def __init__(self, tokens: Tokens, sentence: SentenceText, *, money: bool) -> None:
        """Reads a sentence.

        Args:
            tokens: those of the document.
            sentence: the sentence.
            money: whether a sentence before has named a sum of money.
        """
        self._tokens, self._sentence = tokens, sentence
        self.found: list[Quantity] = []
        self.others: list[NotClaim] = []
        self._label_end = -1
        self._label_is_plural = False
        rows = tables(sentence.text)
        masks = [*rows, *(mask for mask in masked(sentence.text) if not any(mask.overlaps(row) for row in rows))]
        for mask in masks:
            self._leave(mask.reason, mask.start, mask.end)
        numbers = parts_of_amounts(tokens, sentence, scan(sentence.text, masks))
        for number in in_currency(tokens, sentence, numbers, money=money):
            self._take(number)
        taken = [(q.start, q.end) for q in self.found] + [(other.start, other.end) for other in self.others]
        for place in places(sentence.text):
            start, end = sentence.offset + place.start, sentence.offset + place.end
            if not any(a < end and start < b for a, b in taken):
                self._leave(place.reason, place.start, place.end)
        self.others.sort(key=lambda other: other.start)

    def _leave(self, reason: Omission, start: int, end: int) -> None:
        self.others.append(NotClaim(reason, self._sentence.offset + start, self._sentence.offset + end))

    def _take(self, number: Number) -> None:
        tokens, sentence = self._tokens, self._sentence
        first, last = tokens.at(sentence.offset + number.start), tokens.at(sentence.offset + number.end - 1)
        head = self._head(number, first, last)
        number, head = _measuring(tokens, sentence, number, head)
        reason = ordinal(tokens, sentence, number, last)
        if number.scale is not None and number.value >= number.scale * _MOST_OF_A_SCALE >= _MOST_OF_A_SCALE**2:
            reason = Omission.SLIP  # "10.187.000 Mio. €"
        if reason is None and number.kind == "count":
            reason = self._label(number, first, last, head)
        elif reason is None and number.kind == "duration":
            reason = no_duration(tokens, sentence, number, last, head)
        elif reason is None and number.kind == "measure" and number.cue is None and tokens.word(first - 1) == "ab":
            reason = Omission.CONDITION  # "für Dachbegrünungen ab 100 Quadratmetern"
        if reason is not None:
            self._leave(reason, number.start, number.end)
            return
        if head is None and number.kind == "count":
            head = labelled(tokens, sentence, first, last)
        self.found.append(_quantity(sentence, number, first, last, head, tokens))

    def _label(self, number: Number, first: int, last: int, head: Head | None) -> Omission | None:
        tokens = self._tokens
        singular = head is not None and tokens.words[head.index] == tokens.lemmas[head.index]
        alone = head is None or self._label_is_plural or (self._label_end >= 0 and singular)
        if alone and goes_on(self._sentence, number, self._label_end):
            reason: Omission | None = Omission.LABEL
        else:
            reason = label(tokens, self._sentence, number, first, last, head)
        if reason is not None:
            noun = first - 1
            self._label_is_plural = reason is Omission.LABEL and tokens.words[noun] != tokens.lemmas[noun]
            self._label_end = number.end
        return reason

    def _of_share_before(self, number: Number) -> Head | None:
        """ "57,6 Prozent [der Kinder] wählten eine Werft (2019: 57,9 %)": of the same as what it is laid beside."""
        if not _EARLIER.search(self._sentence.text[: number.start]):
            return None
        before = next((other for other in reversed(self.found) if other.kind == "share"), None)
        if before is None or before.noun is None or before.noun < before.last or before.counted is None:
            return None
        return Head(before.noun, before.noun, before.counted)

    def _is_entry(self, first: int, last: int) -> bool:
        """ "Plätze = 255 Anmeldungen = 20", "Plätze: 120 Anmeldungen: 95": the label of a number stands before it."""
        tokens, sentence = self._tokens, self._sentence
        if tokens.word(first - 1) == "=":
            return True
        labelled_so = tokens.word(first - 1) == ":" and tokens.tag(first - 2) == "NN"
        return labelled_so and next_label(tokens, last + 1, sentence.stop)

    def _behind_cue(self, number: Number) -> Head | None:
        """ "500 oder mehr [Betriebe]"; "sechs oder mehr Wohnungen" is a threshold."""
        if number.cue is None or number.cue[0] < number.end or number.value < _LEAST_OPEN:
            return None
        end = self._tokens.at(self._sentence.offset + number.cue[1] - 1)
        return head_after(self._tokens, end + 1, self._sentence.stop)

    def _head(self, number: Number, first: int, last: int) -> Head | None:
        tokens, sentence = self._tokens, self._sentence
        if number.kind == "count" and self._is_entry(first, last):
            return None
        if number.kind == "count" or number.is_adjective:
            return head_after(tokens, last + 1, sentence.stop) or self._behind_cue(number)
        if number.kind == "share":
            whole = self._of_share_before(number) or whole_of_share(tokens, sentence, first, last)
            return whole if whole is not None and whole.lemma[:1].isalpha() else None  # "2018: 55,6 [%]"
        if number.kind == "measure" and number.digits_end < number.end:
            return measured(tokens, sentence, number, first, last)
        return None


def _measuring(tokens: Tokens, sentence: SentenceText, number: Number, head: Head | None) -> tuple[Number, Head | None]:
    """ "14 sanierte Kilometer Deich": the noun that is counted is the unit of a measure."""
    if number.kind != "count" or head is None:
        return number, head
    unit = unit_of(tokens.words[head.index])
    last = head.index
    between = tokens.tags[tokens.at(sentence.offset + number.end - 1) + 1 : last]
    if (
        unit is None
        or unit.kind == "share"
        or not between
        or any(tag not in ("ADJA", "ADV", "ADJD") for tag in between)
    ):
        return number, head
    end = tokens.ends[last] - sentence.offset
    number = replace(number, kind=unit.kind, unit=unit.symbol, value=number.value * unit.factor, end=end, bare=False)
    following = last + 1 < sentence.stop and tokens.tags[last + 1] in ("NN", "ADJA")
    return number, head_after(tokens, last + 1, sentence.stop) if following and unit.kind == "measure" else None


def _quantity(
    sentence: SentenceText, number: Number, first: int, last: int, head: Head | None, tokens: Tokens
) -> Quantity:
    counts = number.kind == "count" and head is not None and head.last > last
    cue = None if number.cue is None else (sentence.offset + number.cue[0], sentence.offset + number.cue[1])
    return Quantity(
        kind=number.kind,
        value=number.value,
        value_to=number.value_to,
        comparator=number.comparator,
        unit=number.unit,
        counted=head.lemma if head and number.kind in ("count", "share", "measure") else None,
        start=sentence.offset + number.start,
        end=tokens.ends[head.last] if head and counts else sentence.offset + number.end,
        first=first,
        last=head.last if head and counts else tokens.at(sentence.offset + number.end - 1),
        noun=head.index if head else None,
        cue=cue,
    )
