"""Finds what may be the name of a project: each function below is one way in which German texts name things."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.german.compounds import split
from extractors.projects.nominative import nominative
from extractors.quotes import quotations
from extractors.resources import data
from extractors.speakers.persons import first_names, is_role
from extractors.tokens import Tokens

_NAME_TAGS = frozenset({"NE", "NN", "FM", "XY", "CARD", "TRUNC"})
_NOUNS = frozenset({"NN", "NE", "FM"})
_CAMEL = re.compile(r"(?:[A-ZÄÖÜ]?[a-zäöüß]{2,}[A-ZÄÖÜ]\w*|[A-ZÄÖÜ]{2,}[a-zäöüß]{2,}\w*|[a-z]+[A-Z]{2,}\d*)")
_GENDERED = re.compile(r"\w+Innen\b|\w+In\b|gGmbH|GmbH|mbH|\w*PDF\w*|km\w?|kW\w*|MW\w*|GWh?|TWh?|eV")
_ACRONYM = re.compile(r"[A-ZÄÖÜ][\w&-]*[A-ZÄÖÜ\d][\w&-]*(?: [A-ZÄÖÜ]\w+)?|[A-Z][a-z]?[A-Z]{1,5}")
_PLACE_ADJECTIVE = re.compile(r"(?!\w*(?:scher|licher|aler|iver|iger|uer|under|oßer|üner|ffener|eier|samer)$)[A-ZÄÖÜ][a-zäöüß]+er")
_STREET = re.compile(r".*(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.?|[Aa]llee|[Pp]latz|[Uu]fer|[Dd]amm|[Gg]asse)")
_CLOSING = frozenset("“”\"«»‘’")
_LONGEST_NAME = 80
"""Characters."""
_SHORTEST, _LONGEST_QUOTED, _SHORTEST_COMPOUND = 3, 10, 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible name; `first` and `last` are tokens, `order` its place in the text."""

    name: str
    aliases: tuple[str, ...]
    start: int


@cache
def _nouns(kind: str) -> frozenset[str]:
    return frozenset(data("projects", "nouns")[kind])


@cache
def _long_nouns(kind: str) -> tuple[str, ...]:
    """Class nouns long enough to be recognised as the end of a compound without the lexicon."""
    return tuple(noun.lower() for noun in _nouns(kind) if len(noun) >= 7)


@cache
def _heads() -> tuple[str, ...]:
    return tuple(data("projects", "nouns")["compound_heads"])


def candidates(tokens: Tokens) -> list[Candidate]:
    """All candidates in the order of the text; the same name may come several times."""
    finders = (_quoted, _dated_headline, _of_genitive, _set_names, _after_class_noun, _with_complement, _headline_facility, _acronym_first, _with_acronym, _compounds, _proper_adjectives, _camel_case, _foreign_names, _known)
    return sorted((c for finder in finders for c in finder(tokens)), key=lambda c: c.start)


def is_class(lemma: str, kind: str) -> bool:
    """Whether a noun is a class noun of that kind, by itself or as the last part of a compound."""
    nouns = _nouns(kind)
    if lemma in nouns or lemma.rsplit("-", 1)[-1] in nouns:
        return True
    parts = split(lemma) if len(lemma) > _SHORTEST_COMPOUND else None
    return (parts is not None and parts.head in nouns) or lemma.lower().endswith(_long_nouns(kind))


def is_institution(words: list[str]) -> bool:
    """Whether a name's words make it an authority, company, party or association."""
    exact = _nouns("places")
    return any(word in exact or is_class(word, "institutions") for word in words if word[:1].isupper())


def is_facility(name: str) -> bool:
    """Whether a name is a building's or another place's: one of its words is such a class noun."""
    return any(is_class(word, "named") and not is_class(word, "generic") for word in name.split())


def _quoted(tokens: Tokens) -> Iterator[Candidate]:
    for quotation in quotations(tokens.text):
        inner = tokens.text[quotation.start : quotation.end].strip(" ,.")
        words = inner.split()
        if not quotation.closed or not 1 <= len(words) <= _LONGEST_QUOTED or len(inner) < _SHORTEST:
            continue
        if not (inner[0].isupper() or inner[0].isdigit() or _CAMEL.fullmatch(words[0])) or inner[-1] in ":;":
            continue
        first = tokens.at(quotation.start)
        before = _noun_before(tokens, first - 1)
        if before is not None and (before in _nouns("no_name_before") or is_institution([before])):
            continue
        classed = before is not None and (is_class(before, "generic") or is_class(before, "named"))
        if not classed and not _name_like(tokens, first, tokens.at(quotation.end - 1), words):
            continue
        yield Candidate(inner, (), quotation.start)


def _noun_before(tokens: Tokens, mark: int) -> str | None:
    """Lemma of the noun right before the opening mark, or the word that stands there instead of one."""
    index = mark - 1
    if index < 0:
        return None
    if tokens.words[index] == "(":
        return None
    return tokens.lemmas[index] if tokens.tags[index] in _NOUNS else tokens.words[index]


def _name_like(tokens: Tokens, first: int, last: int, words: list[str]) -> bool:
    """Without a class noun before it, quoted text is a name only if it looks like one: no clause, no scare quotes."""
    if any(tokens.tags[i].endswith("FIN") or tokens.tags[i].endswith("IMP") for i in range(first, last + 1)):
        return False
    if len(words) == 1:
        return bool(_CAMEL.fullmatch(words[0])) or "-" in words[0] or tokens.tags[first] in ("NE", "FM")
    return sum(word[:1].isupper() for word in words) >= 2 and words[-1][-1] not in "!?."


def _after_class_noun(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Projekt Berlin Decks", "die Schwimmhalle Fischerinsel", "die Vorhaben Feldweiher und Schleipfuhl"."""
    for index, tag in enumerate(tokens.tags[:-1]):
        if tag not in ("NN", "NE"):
            continue
        lemma = tokens.words[index] if tokens.words[index].endswith("fonds") else tokens.lemmas[index]
        if tokens.words[index + 1][:1].islower() and not _CAMEL.fullmatch(tokens.words[index + 1]):
            continue
        generic, named = is_class(lemma, "generic"), is_class(lemma, "named") or _names_a_place(tokens, index)
        plural = _is_plural(tokens, index)
        if not (generic or named) or (plural and not generic) or _is_name_part(tokens, index - 1):
            continue
        begin = index + 1
        while begin < len(tokens.words) and tokens.sentence[begin] == tokens.sentence[index]:
            last = _name_run(tokens, begin)
            heads = index == tokens.sentences[tokens.sentence[index]][0]
            determined = named and (heads or tokens.words[index - 1].lower() in ("der", "die", "das", "dem", "den", "des", "im", "am", "vom", "zum", "zur"))
            if last < begin or not _plausible(tokens, begin, last, determined):
                break
            yield _candidate(tokens, begin if generic else index, last)
            if not plural or tokens.words[last + 1 : last + 2] not in ([","], ["und"], ["sowie"]):
                break
            begin = last + 2


def _names_a_place(tokens: Tokens, index: int) -> bool:
    """ "das Klärwerk Süderelbe": a compound with a definite article before a proper noun is the name of a thing."""
    lemma = tokens.lemmas[index]
    if tokens.tags[index + 1] != "NE" or tokens.words[index + 1] in first_names() or is_role(lemma) or is_institution([lemma]):
        return False
    following = tokens.words[index + 1]
    if lemma in _nouns("no_name_after") or following in _nouns("known_places") or following.removesuffix("s") in _nouns("known_places"):
        return False
    determined = index > 0 and (tokens.tags[index - 1] in ("ART", "APPRART", "ADJA"))
    return determined and len(lemma) > _SHORTEST_COMPOUND and split(lemma) is not None


def _is_name_part(tokens: Tokens, index: int) -> bool:
    return index >= 0 and tokens.tags[index] in ("NE", "FM")


def _name_run(tokens: Tokens, index: int) -> int:
    """Last token of the run of capitalised words that begins at `index`; `index - 1` where there is none."""
    begin, last = index, index - 1
    sentence = tokens.sentence[last]
    while index < len(tokens.words) and tokens.sentence[index] == sentence:
        word, tag = tokens.words[index], tokens.tags[index]
        if tag == "CARD" and (index == begin or not re.fullmatch(r"(?:19|20)\d\d(?:/\d\d)?", word)):
            break
        adjective = index == begin and tag == "ADJA" and word[:1].isupper()
        if not adjective and tag not in _NAME_TAGS:
            break
        if _STREET.fullmatch(word) and tokens.tags[index + 1 : index + 2] == ["CARD"]:
            break
        if not (word[:1].isupper() or (index > begin and word[:1].isdigit()) or _CAMEL.fullmatch(word)):
            break
        last = index
        index += 1
    return last - 1 if last >= begin and tokens.tags[last] == "TRUNC" else last


def _plausible(tokens: Tokens, begin: int, last: int, determined: bool) -> bool:
    """No person, authority or date: what follows a class noun without an article is its name otherwise."""
    words = tokens.words[begin : last + 1]
    if last + 1 < len(tokens.words) and _STREET.fullmatch(tokens.words[last + 1]):
        return False
    if words[0] in _nouns("no_name_after") or words[0] in first_names() or any(map(is_role, words)):
        return False
    singular = determined or all(tokens.tags[i] != "NN" or not _is_plural(tokens, i) for i in range(begin, last + 1))
    return singular and not is_institution(words)


def _dated_headline(tokens: Tokens) -> Iterator[Candidate]:
    """The headline's "Sommerschule 2020": a noun with its year."""
    _, stop = tokens.sentences[0]
    for index in range(stop - 1):
        dated = re.fullmatch(r"20\d\d", tokens.words[index + 1])
        if dated and tokens.tags[index] in ("NN", "NE") and tokens.lemmas[index] not in _nouns("undated") and not _is_plural(tokens, index):
            if not is_institution([tokens.lemmas[index]]) and tokens.words[index] not in _nouns("known_places"):
                yield _candidate(tokens, index, index + 1)


def _of_genitive(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Haus der kleinen Forscher", "der Tag der Nachbarn"."""
    for index, lemma in enumerate(tokens.lemmas[:-2]):
        if lemma not in _nouns("with_genitive") or tokens.words[index + 1] not in ("der", "des") or tokens.tags[index] != "NN":
            continue
        definite = index > 0 and (tokens.tags[index - 1] in ("ART", "APPRART") and not tokens.words[index - 1].lower().startswith("ein"))
        starts = index == tokens.sentences[tokens.sentence[index]][0]
        last = _complement_end(tokens, index + 1)
        if (definite or starts) and last is not None and not _is_plural(tokens, index) and not is_institution(tokens.words[index + 2 : last + 1]):
            yield _candidate(tokens, index, last)


@cache
def _set_name_pattern() -> re.Pattern[str]:
    return re.compile("|".join(_nouns("set_names")))


def _set_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "der Runde Tisch Wasser": names whose form is fixed."""
    for match in _set_name_pattern().finditer(tokens.text):
        words = match[0].split()
        name = " ".join(["Runder", "Tisch", *words[2:]]) if words[0].startswith("Runde") else match[0]
        yield Candidate(name, (), match.start())


def _with_complement(tokens: Tokens) -> Iterator[Candidate]:
    """ "das Bündnis für Familie", "der Pakt für den Rechtsstaat", "das Institut für Gesundheitsforschung"."""
    for index, tag in enumerate(tokens.tags[:-2]):
        if tag != "NN" or tokens.lemmas[index] not in _nouns("with_complement") or tokens.words[index + 1] not in ("für", "gegen", "zur", "zum"):
            continue
        if _is_indefinite(tokens, index) or _is_plural(tokens, index):
            continue
        last = _complement_end(tokens, index + 2)
        if last is None:
            continue
        begin = index
        while begin and tokens.tags[begin - 1] == "ADJA" and tokens.words[begin - 1][:1].isupper() and tokens.sentence[begin - 1] == tokens.sentence[index]:
            begin -= 1
        yield _candidate(tokens, begin, last)


def _complement_end(tokens: Tokens, index: int) -> int | None:
    """Last token of the noun phrase that begins at `index`, a coordinated noun and one genitive included."""
    sentence = tokens.sentence[index]
    last = None
    for position in range(index, min(index + 7, len(tokens.words))):
        tag = tokens.tags[position]
        if tokens.sentence[position] != sentence or tag not in ("ART", "ADJA", "NN", "NE", "TRUNC", "KON"):
            break
        if tag in ("NN", "NE"):
            last = position
            if tokens.tags[position + 1 : position + 2] != ["KON"]:
                break
    return last


def _headline_facility(tokens: Tokens) -> Iterator[Candidate]:
    """The headline's "Flüchtlingsunterkunft auf der Elisabeth-Aue": a facility with its place."""
    _, stop = tokens.sentences[0]
    for index in range(stop - 2):
        if tokens.tags[index] != "NN" or not is_class(tokens.lemmas[index], "named") or _is_plural(tokens, index):
            continue
        position = index + 1
        if tokens.words[position] == "für":
            while position + 1 < stop and tokens.tags[position + 1] in ("NN", "ADJA"):
                position += 1
            position += 1
        if position >= stop - 1 or tokens.words[position] not in ("in", "auf", "am", "im", "an", "zu", "bei"):
            continue
        last = position + 1
        while last < stop - 1 and tokens.tags[last] in ("ART", "ADJA"):
            last += 1
        while last < stop - 1 and tokens.tags[last] in ("NE", "NN") and tokens.tags[last + 1] in ("NE", "NN") and tokens.words[last + 1][:1].isupper():
            last += 1
        if tokens.tags[last] in ("NE", "NN") and (tokens.tags[last] == "NE" or tokens.tags[last - 1] in ("ART", "ADJA", "NE")) and tokens.lemmas[last] not in _nouns("no_name_after"):
            yield _candidate(tokens, index, last)


def _acronym_first(tokens: Tokens) -> Iterator[Candidate]:
    """ "die BIG Strategie 2026": an acronym before a class noun."""
    for index, word in enumerate(tokens.words[:-1]):
        if not re.fullmatch(r"[A-ZÄÖÜ]{2,6}", word) or tokens.sentence[index] != tokens.sentence[index + 1]:
            continue
        following = tokens.lemmas[index + 1]
        if tokens.tags[index + 1] != "NN" or is_institution([word, following]):
            continue
        if is_class(following, "named") or is_class(following, "generic"):
            dated = re.fullmatch(r"(?:19|20)\d\d", "".join(tokens.words[index + 2 : index + 3]))
            yield _candidate(tokens, index, index + 1 + bool(dated))


def _with_acronym(tokens: Tokens) -> Iterator[Candidate]:
    """ "Sicherheitskooperation Ruhr (SiKo Ruhr)": the noun phrase before a bracket with its acronym."""
    for match in re.finditer(r"\(([^()„“\"\n]{2,24})\)", tokens.text):
        acronym = match[1].strip()
        if not _ACRONYM.fullmatch(acronym) or acronym.isdigit():
            continue
        bracket = tokens.at(match.start())
        if bracket and tokens.words[bracket - 1] in _CLOSING:
            quoted = next((q for q in quotations(tokens.text) if q.end == tokens.starts[bracket - 1]), None)
            if quoted is not None and quoted.end - quoted.start < _LONGEST_NAME:
                yield Candidate(tokens.text[quoted.start : quoted.end], (acronym,), quoted.start)
            continue
        begin = _phrase_of_acronym(tokens, bracket - 1, acronym)
        if begin is None:
            continue
        words = tokens.words[begin:bracket]
        if is_institution(words) or is_institution([tokens.lemmas[i] for i in range(begin, bracket)]):
            continue
        if begin == bracket - 1 and not tokens.lemmas[begin].lower().endswith(_heads()):
            continue
        found = _candidate(tokens, begin, bracket - 1)
        yield Candidate(found.name, (*found.aliases, acronym), found.start)


def _phrase_of_acronym(tokens: Tokens, last: int, acronym: str) -> int | None:
    """First token of the words that an acronym stands for: their initials agree with its first letter."""
    if last < 0 or tokens.tags[last] not in _NAME_TAGS:
        return None
    initial = acronym[0].lower()
    letters = [char.lower() for char in acronym if char.isalpha()]
    capitals = sum(char.isupper() for char in acronym)
    begin = None
    sentence = tokens.sentence[last]
    for index in range(last, max(-1, last - 12), -1):
        if tokens.sentence[index] != sentence or tokens.tags[index][:1] in ("V", "$") and tokens.words[index] != ",":
            break
        if tokens.words[index] == ",":
            break
        if tokens.words[index][:1].isupper() and tokens.words[index][0].lower() == initial:
            begin = index
            if last - index + 1 >= capitals - 1:
                break
    if begin is None:
        return _run_before(tokens, last) if _CAMEL.fullmatch(acronym) else None
    joined = " ".join(tokens.words[begin : last + 1]).lower()
    position = 0
    for letter in letters[:3]:
        position = joined.find(letter, position) + 1
        if position == 0:
            return None
    return begin


def _run_before(tokens: Tokens, last: int) -> int | None:
    """First token of the nouns that end at `last`, where they look like a name: "Wasserstoff-Korridor Nordwest"."""
    begin = last
    while begin and tokens.tags[begin - 1] in ("NN", "NE", "FM") and tokens.sentence[begin - 1] == tokens.sentence[last]:
        begin -= 1
    return begin if begin < last or "-" in tokens.words[last] else None


def _compounds(tokens: Tokens) -> Iterator[Candidate]:
    """ "Mobilitätsgesetz", "Startchancen-Programm", "Max-Schmeling-Halle": compounds that are names by themselves."""
    generic = _nouns("generic_compounds")
    for index, tag in enumerate(tokens.tags):
        if tag not in ("NN", "NE"):
            continue
        lemma, word = tokens.lemmas[index], tokens.words[index]
        if word.endswith(("fonds", "Bonus", "bonus")):
            lemma = word  # not plurals
        hyphenated = _is_hyphenated_name(lemma)
        if lemma in generic or len(word) < 9 or not word[:1].isupper() or is_institution([lemma]):
            continue
        if not hyphenated and not lemma.lower().endswith(_heads()):
            continue
        if _is_plural(tokens, index) or _is_indefinite(tokens, index) and not hyphenated:
            continue
        if _introduces_name(tokens, index):
            continue
        place = index and tokens.tags[index - 1] == "ADJA" and _PLACE_ADJECTIVE.fullmatch(tokens.words[index - 1])
        last = index
        if hyphenated and re.fullmatch(r"(?:19|20)\d\d", "".join(tokens.words[index + 1 : index + 2])):
            last = index + 1
        yield _candidate(tokens, index - 1 if place else index, last)


def _introduces_name(tokens: Tokens, index: int) -> bool:
    """ "das Leseprogramm „Lesen macht stark“", "das Sicherheitsprogramm KOMPASS": the name follows."""
    following = index + 1
    if following >= len(tokens.words) or tokens.sentence[following] != tokens.sentence[index]:
        return False
    return tokens.words[following] in "„“»\"‚" or (tokens.tags[following] in ("NE", "FM") and tokens.words[following] not in _nouns("known_places"))


def _is_hyphenated_name(lemma: str) -> bool:
    """ "Max-Schmeling-Halle", "KiA-Programm", but not "Bühnen-Programm"."""
    modifier, hyphen, head = lemma.rpartition("-")
    if not hyphen or not modifier or not head[:1].isupper() or not is_class(head, "named"):
        return False
    return head not in _nouns("plain_heads") or bool(re.search(r"\w[A-ZÄÖÜ]", modifier))


def _is_indefinite(tokens: Tokens, index: int) -> bool:
    """ "ein Förderpreis", "mehrere Strategien": somebody's, not a name."""
    before = next((i for i in range(index - 1, max(-1, index - 4), -1) if tokens.tags[i] != "ADJA"), None)
    return before is not None and (
        tokens.lemmas[before].lower() in ("ein", "kein", "jeder", "mehrere", "viel", "einig", "welch", "solch", "manch")
        or (tokens.tags[before] == "CARD" and tokens.words[before - 1][:1] != "§")
    )


def _proper_adjectives(tokens: Tokens) -> Iterator[Candidate]:
    """ "der Deutsche Nachbarschaftspreis", "der Runde Tisch": inside a sentence, a capital makes an adjective part of a name."""
    for index in range(1, len(tokens.words) - 1):
        word = tokens.words[index]
        if tokens.tags[index] != "ADJA" or not word[:1].isupper() or tokens.sentence[index - 1] != tokens.sentence[index]:
            continue
        if tokens.tags[index - 1][:1] == "$" or _PLACE_ADJECTIVE.fullmatch(word):
            continue
        last = index + 1
        while last + 1 < len(tokens.words) and tokens.tags[last] == "ADJA" and tokens.words[last][:1].isupper():
            last += 1
        words = [*tokens.words[index : last + 1], tokens.lemmas[last]]
        lemma = tokens.lemmas[last]
        classed = is_class(lemma, "named") or is_class(lemma, "generic") or lemma.lower().endswith(_heads())
        if tokens.tags[last] != "NN" or not classed or _is_plural(tokens, last) or is_institution(words) or any(map(is_role, words)) or tokens.sentence[last] != tokens.sentence[index]:
            continue
        yield _candidate(tokens, index, last)


def _is_plural(tokens: Tokens, index: int) -> bool:
    """A plural of a class ("Klimaschutzprogramme") is no name."""
    word, lemma = tokens.words[index], tokens.lemmas[index]
    return word != lemma and word not in (lemma + "s", lemma + "es", lemma + "n") or (
        word == lemma + "n" and tokens.words[index - 1].lower() in ("die", "der", "den", "in", "aller")
    )


def _camel_case(tokens: Tokens) -> Iterator[Candidate]:
    for index, word in enumerate(tokens.words):
        if len(word) < 5 or not _CAMEL.fullmatch(word) or _GENDERED.fullmatch(word) or "@" in word or "." in word:
            continue
        last = index
        while last + 1 < len(tokens.words) and tokens.sentence[last + 1] == tokens.sentence[index] and (
            tokens.tags[last + 1] in ("NE", "FM") or re.fullmatch(r"20\d\d", tokens.words[last + 1])
        ):
            last += 1
        if not is_institution(tokens.words[index : last + 2]):
            yield _candidate(tokens, index, last)


def _foreign_names(tokens: Tokens) -> Iterator[Candidate]:
    """ "Research Alliance Ruhr": capitalised words in a row, one of them English for a thing."""
    english = _nouns("english")
    index = 0
    while index < len(tokens.words) - 1:
        last = _name_run(tokens, index) if tokens.words[index][:1].isupper() and tokens.tags[index] in _NOUNS else index - 1
        words = tokens.words[index : last + 1]
        if last > index and sum(word in english for word in words) >= 1 and not is_institution(words):
            if any(word in english for word in words[:2]) and all(tokens.tags[i] in ("NE", "FM", "NN", "CARD") for i in range(index, last + 1)) and sum(tokens.tags[i] in ("NE", "FM") for i in range(index, last + 1)) >= 1:
                yield _candidate(tokens, index, last)
        index = max(last, index) + 1


def _known(tokens: Tokens) -> Iterator[Candidate]:
    for entry in data("projects", "known"):
        for name in (entry["name"], *entry["aliases"]):
            position = tokens.text.find(name)
            if position >= 0 and not tokens.text[position - 1 : position].isalnum() and not tokens.text[position + len(name) : position + len(name) + 2].strip("s")[:1].isalpha():
                yield Candidate(name, (), position)
                break


def _candidate(tokens: Tokens, begin: int, last: int) -> Candidate:
    return Candidate(nominative(tokens, begin, last), (), tokens.starts[begin])
