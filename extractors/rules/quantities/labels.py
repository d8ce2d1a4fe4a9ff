"""Numbers that name instead of counting: years, postcodes, "Klasse 7", "Bus 195", "20. Sitzung", addresses."""

import re

from extractors.rules.quantities.atoms import Number
from extractors.rules.quantities.heads import Head, is_singular
from extractors.rules.quantities.patterns import EXCLUSIONS, HEADS
from extractors.rules.quantities.sentence import SentenceText
from extractors.tokens import DETERMINERS, NOUNS, PREPOSITIONS, Tokens
from models.quantity import Omission

_LINK = re.compile(r"\s(?:und|bis|oder|sowie|als\sauch|bzw\.)\s|,\s|\s?[–-]\s?")
_PARTITION = re.compile(
    r"\b(?:davon|darunter|[Vv]on\s(?:den|diesen|ihnen|insgesamt|denen)|hiervon|weitere|insgesamt|[Vv]on\s\d+|[Aa]us\s\d+|[Ss]tatt)\b"
)
_CHAIN_BEHIND = re.compile(r"\s?[|•∙·]?\s?\d[\d\s/-]*(?![\d.,]*\s?(?:€|%|Euro|Prozent|Uhr))")
_CHAIN_BEFORE = re.compile(r"(?<![\d.,])(\d+)\)?\s?[|•∙·]?\s?$")
_SCHOOL_YEAR = re.compile(r"\b20\d\d/\d\d\s$")
_CHAIN_REACH = 40
"""Characters before a number in which the end of another may stand."""
_LEGAL_FORMS = frozenset({"e.v.", "e.v", "gmbh", "ggmbh", "ag", "eg", "gbr", "kg", "mbh", "aör"})
_LONGEST_CODE = 2
_OPENING = frozenset('„“"»‚')
_EARLY = (1000, 1899)
"""Years that figures without a full stop are written like; later ones are told by their range alone."""
_PLAIN_YEAR = 1500
"""From here on a year is one, whatever stands behind it."""
_OPENS_ANOTHER = PREPOSITIONS | {"ART", "PPOSAT"}
"""Tags of words that no number stands before what it counts: "[1878] sein erstes Staatsexamen"."""
_LONGEST_PLACE = 5
"""Tokens between "mit" and the noun before it: "Veranstaltungen [in geschlossenen Räumen] mit"."""
_IN_PLACE = PREPOSITIONS | {"ADJA", "NN"}
_VOWEL = re.compile(r"[aeiouyäöü]", re.IGNORECASE)
"""What a word has that is no abbreviation: "Pkw", "MEB" are plurals, too."""
_CONTACT_REACH = 2
"""Tokens behind a number within which a word of contact blocks makes it one of them: "44 Pressestelle Telefon"."""


def ordinal(tokens: Tokens, sentence: SentenceText, number: Number, last: int) -> Omission | None:
    """ "20. Hospizwoche", "1. und 2. Klasse": a full stop that does not end the sentence."""
    if number.digits_end != number.end or not sentence.text[number.end - 1].isdigit():
        return None
    rest = sentence.text[number.end :]
    if not tokens.words[last].endswith(".") and not (rest.startswith(".") and rest[1:].strip(" .“”»\"')")):
        return None
    if tokens.word(last + 1).endswith(("wahlperiode", "legislaturperiode")):
        return Omission.PERIOD
    return Omission.LIST if not sentence.text[: number.start].strip(" •-–") else Omission.ORDINAL


def goes_on(sentence: SentenceText, number: Number, label_end: int) -> bool:
    """Whether a number goes on a label that ended at `label_end`: "Klassen 7 und [8]"."""
    return label_end >= 0 and bool(_LINK.fullmatch(sentence.text[label_end : number.start]))


def label(
    tokens: Tokens, sentence: SentenceText, number: Number, first: int, last: int, head: Head | None
) -> Omission | None:
    """What a number names, if it counts nothing: a year, a postcode, "Klasse 7", "G 7", "Horizont 2020"."""
    if _is_bound(tokens, sentence, number, first):
        return Omission.CONDITION
    tag = tokens.tags[first - 1] if first > sentence.first else ""
    if number.like_year:
        # "über 2000 Plätze"
        counts = head and (number.compared or number.value == 2000) and tag not in NOUNS
        return None if counts else Omission.YEAR
    if _is_early_year(tokens, number, last, head):
        return Omission.YEAR
    if _is_postcode(tokens, sentence, number, head) or _is_of_contact(tokens, sentence, number, last):
        return Omission.ADDRESS
    if number.bare and sentence.text[number.start] == "0" and number.end - number.start > 1:
        return Omission.LABEL  # "Kursnummer SZ115-005"
    if head is not None and head.lemma in EXCLUSIONS.time_nouns:
        return Omission.FRAME  # "unter dem Niveau der letzten drei Vorwochen"
    if _ends_in_legal_form(tokens, sentence, number, last):
        return Omission.NAME
    if number.bare and last + 1 < sentence.stop and _is_code(tokens.words[last + 1]):
        return Omission.LABEL
    if tokens.word(first - 1) == "ab" and number.cue is None:
        return Omission.CONDITION  # "ab sechs Veranstaltungen"
    if number.figures and head is not None and number.value > 1 and _is_one(tokens, number, last, head):
        return Omission.LABEL  # "44 Pressestelle": what is counted stands in the plural
    before = tokens.words[first - 1]
    if before == "=":
        return None
    named = before in EXCLUSIONS.label_nouns or (len(before) == 1 and before.isupper())  # whatever the tagger says
    if first == sentence.first or (tag not in NOUNS and tag != "XY" and not named):
        return None
    if number.bare and before.isupper() and len(before) > 1 and tokens.word(last + 1) in _OPENING:
        return Omission.LABEL  # "RSV 7 „Spandauer Damm“"
    if _is_in_proper_name(tokens, number, tag, head):
        return Omission.NAME
    return _behind_its_noun(tokens, sentence, number, first, last, head)


def _is_bound(tokens: Tokens, sentence: SentenceText, number: Number, first: int) -> bool:
    """ "Bei Veranstaltungen mit mehr als [20 Gästen]": which ones; "300 Schulen mit über 900 Plätzen" have them."""
    if number.cue is None or number.comparator not in (">", ">=", "<"):
        return False
    mit = tokens.at(sentence.offset + number.cue[0]) - 1
    if mit >= first or tokens.word(mit) != "mit":
        return False
    for noun in range(mit - 1, max(sentence.first, mit - _LONGEST_PLACE) - 1, -1):
        if tokens.words[noun].lower().endswith(EXCLUSIONS.bounded_ends):
            before = next((i for i in range(noun - 1, sentence.first - 1, -1) if tokens.tags[i] != "ADJA"), None)
            return before is None or tokens.tags[before] not in DETERMINERS | {"CARD"}
        if tokens.tags[noun] not in _IN_PLACE:
            return False
    return False


def _is_one(tokens: Tokens, number: Number, last: int, head: Head) -> bool:
    """Whether a number stands before a singular that no plural looks like: "[1895] gegründete Zeitschrift"."""
    if is_singular(tokens, head.index):
        return True
    word = tokens.words[head.index]
    beside = all(tag == "ADJA" for tag in tokens.tags[last + 1 : head.index])
    alike = beside and tokens.tags[head.index] == "NN" and word == tokens.lemmas[head.index]
    if not alike or not number.bare or tokens.tag(head.index + 1) in NOUNS or tokens.word(head.index + 1) == "*":
        return False  # "200 Vor-Ort Kontrollen", "130 Migrant*innen"
    other = word in EXCLUSIONS.counted_in_singular or word in HEADS.abbreviations
    return not other and word.endswith(EXCLUSIONS.singular_ends) and bool(_VOWEL.search(word.rsplit("-", 1)[-1]))


def _is_early_year(tokens: Tokens, number: Number, last: int, head: Head | None) -> bool:
    """ "die [1842] von zehn Frauen gegründete Mission"; not "1500 neue Plätze"."""
    if not number.bare or number.compared or number.value_to is not None or not _EARLY[0] <= number.value <= _EARLY[1]:
        return False
    if head is None:
        return number.value >= _PLAIN_YEAR
    singular = tokens.words[head.index] == tokens.lemmas[head.index]
    apart = any(tag in _OPENS_ANOTHER for tag in tokens.tags[last + 1 : head.index])
    return apart and (singular or number.value >= _PLAIN_YEAR)


def _is_code(word: str) -> bool:
    """ "2 P", "Bebauungsplan 9-17 VE": nobody counts one or two capital letters."""
    return len(word) <= _LONGEST_CODE and word.isalpha() and word.isupper() and word not in HEADS.abbreviations


def _ends_in_legal_form(tokens: Tokens, sentence: SentenceText, number: Number, last: int) -> bool:
    """ "Klub 74 e.V.", "03 Architekten GmbH": the name of a company or an association."""
    near = (tokens.word(index) for index in range(last + 1, min(last + 3, sentence.stop)))
    return number.bare and not number.compared and any(word in _LEGAL_FORMS for word in near)


def _is_postcode(tokens: Tokens, sentence: SentenceText, number: Number, head: Head | None) -> bool:
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


def _is_of_contact(tokens: Tokens, sentence: SentenceText, number: Number, last: int) -> bool:
    """What contact blocks leave in running text: "030 90293 [2050] Fax", "[119] 28195 Bremen", "[66] E-Mail"."""
    if not number.bare or number.compared or number.like_year:
        return False
    before = _CHAIN_BEFORE.search(sentence.text, max(0, number.start - _CHAIN_REACH), number.start)
    behind = _CHAIN_BEHIND.match(sentence.text, number.end)
    year = before and (re.fullmatch(r"(?:19|20)\d\d", before[1]) or _SCHOOL_YEAR.search(sentence.text[: number.start]))
    if (before and not year) or (behind and behind[0].strip()):
        return True
    for index in range(last + 1, min(last + 1 + _CONTACT_REACH, sentence.stop)):
        if tokens.word(index) in EXCLUSIONS.contact_words:
            return True
        if tokens.tags[index][:1] == "V" or tokens.tags[index] in ("KON", "APPR", "$."):
            return False
    return False


def _is_in_proper_name(tokens: Tokens, number: Number, tag: str, head: Head | None) -> bool:
    """ "TSV 1860 München", "Paris 1 Panthéon": between two proper nouns; `tag` is that of the word before."""
    behind_name = tag in ("NE", "XY") and number.bare and not number.compared
    return behind_name and head is not None and (number.value == 1 or tokens.tags[head.index] == "NE")


def _behind_its_noun(
    tokens: Tokens, sentence: SentenceText, number: Number, first: int, last: int, head: Head | None
) -> Omission | None:
    """ "Klasse 7", "Bühne 6", "G 7", "Bus 195": the number belongs to the noun before it."""
    noun = first - 1
    word, lemma = tokens.words[noun], tokens.lemmas[noun]
    if word in EXCLUSIONS.line_nouns and number.bare and not number.compared:
        return Omission.LINE
    letter = len(word) == 1
    if EXCLUSIONS.label_nouns & {word, lemma} or letter or lemma.lower().endswith(EXCLUSIONS.label_ends):
        opens = letter or noun == sentence.first
        determined = not opens and tokens.tags[noun - 1] in DETERMINERS | {"APPRART", "ADJA"}
        apart = tokens.word(last + 1) in _OPENING or tokens.tag(last + 1) in _OPENS_ANOTHER
        road = letter and word.isupper() and number.bare
        if head is None or apart or road or lemma.lower().endswith(EXCLUSIONS.grade_ends):
            return Omission.LABEL  # "Maßnahme 14 „Hilfen im Jugendhaus“", "die B 158 nach Ahrensfelde"
        named = not determined and tokens.words[head.index] == tokens.lemmas[head.index]
        return Omission.LABEL if named else None
    singular = word == lemma and tokens.tags[noun] != "FM"
    if not singular or head is not None or number.cue or not number.figures or not number.bare:
        return None
    if tokens.word(noun - 1) == "laut":
        return None  # "sind laut Staatskanzlei 29 vollständig erledigt"
    goes_on = tokens.tag(last + 1) in ("VVPP", "VVINF", "VVIZU", "PTKVZ") or _PARTITION.search(sentence.text)
    return None if goes_on else Omission.LABEL
