"""What the words around a number say of it that its fields do not: misreadings, what it stands beside, mere hopes."""

import re

from comparison.likeness import Stated, stem
from comparison.scales import two_scales
from models.claim import Claim
from models.keys import fold

_SIZE = re.compile(r"(\d[\d.,]*)\s*(?:m²|qm\b|Quadratmeter|Hektar|ha\b)")
_EXPECTED = re.compile(
    r"\b(?:gerechnet|erwartet|rechne[nt]|erwarten|prognostiziert?|schätz(?:t|en|ungsweise)|geschätzt)\b"
)
_ASIDE = re.compile(r"(?:\b([a-zäöüß]{5,}(?:e|er|en|es|em))\s+)?\b([^\W\d_][\w*:-]{3,})\s*\((?:[^()]*[\s:])?$")
_BY_AREA = re.compile(r"\s*(?:/|je|pro)\s*(?:m²|qm\b|Quadratmeter)")
_OF_ALL = re.compile(r"\([^()]*\b\w{4,}weit\b[^()]*$")
_THIS_YEAR, _ALREADY = r"(?:in diesem|dieses|im laufenden) Jahr", r"(?:schon|bereits|bisher|bislang)"
_SO_FAR = re.compile(
    rf"{_THIS_YEAR}\b\W+(?:\w+\W+){{0,2}}?{_ALREADY}\b|\b{_ALREADY}\W+(?:\w+\W+){{0,2}}?{_THIS_YEAR}\b", re.IGNORECASE
)
_THERE_IS = re.compile(
    r"\b(?:bisher|bislang|bereits|schon|derzeit|zurzeit|aktuell|gegenwärtig|heute|es gibt|gibt es)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"\b(?:sollen|werden) es\b|\bes\b[^.;:]{0,40}\bwerden\b|\bInsgesamt (?:sollen|werden)\b")
_PERIOD = re.compile(
    r"\b[Ii]n (?:(?:den|diesen) )?(?:(?:letzten|vergangenen|zurückliegenden) )?"
    r"(\d+|zwei|drei|vier|fünf|sechs|zehn|zwölf) (Jahren|Monaten|Wochen|Verfahren|Runden)\b"
)
_WHERE = re.compile(
    r"\s*(?:\([^()]*\)|\))?\s+(?:in|für|an|bei|auf|aus|von|mit|ohne|der|des)"
    r"\s+(?:(?:den|der|die|das|dem)\s+)?(?:[a-zäöüß]+e[nmrs]?\s+)?([A-ZÄÖÜ][\w-]{3,})"
)
_PARTED = re.compile(r"\s*\(([^()]*\d[^()]*\bund\b[^()]*\d[^()]*)\)")
_THIS_ONE = re.compile(
    r"\b(?:aktuellen?|diese[rmns]?|laufenden)\s+(?:\w*[Rr]unde|\w*[Vv]erfahren|\w*[Ww]ettbewerbs?|\w*[Aa]usschreibung)\b"
)
_WORDS, _SHORTEST_NOUN = re.compile(r"[^\W\d_]+"), 4
_YEAR = re.compile(r"(?:19|20)\d\d")
_RANK_OR_AGE = re.compile(
    r"\s+(?:für|auf)\s+de[nm]\s+(\d+)\.\s|\s+(?:[\w*]+\s+){0,4}?"
    r"(?:(\d{1,3}\s*(?:bis|[-–])\s*\d{1,3})\s+Jahre|(\d{1,3})\s+Jahre (?:alt|(?:und|oder) (?:älter|jünger)))"
)
_POINTS_BACK = re.compile(
    r"\W*(?:Das|Dies|Diese[rmns]?|Dort|Dabei|Davon|Damit|Dafür|Dazu|Daraus|Hiervon|Hierfür|Hierzu|Er|Sie|Es)\b"
)
_KIND = re.compile(r"\b[a-zäöüß]{6,}(?:e|en|er|es|em)\b")
_OF_SHARE = r"\s+(?:(?:de[rnms]|die|das)\s+)?"
_KIND_OF_SHARE = re.compile(rf"{_OF_SHARE}((?:[a-zäöüß]{{6,}}e[nrms]?\s+)+)(?=[A-ZÄÖÜ])")
_WITH = r"\s+((?:mit|ohne)\s+(?:[a-zäöüß]{6,}e[nrms]?\s+)?[A-ZÄÖÜ][\w-]{3,})"
_NOUN_WITH = re.compile(_WITH)
_SHARE_WITH = re.compile(rf"{_OF_SHARE}(?:[a-zäöüß]{{6,}}e[nrms]?\s+)*[A-ZÄÖÜ]\w+{_WITH}")
_JOINED = re.compile(
    r"\s+(?:und|sowie|oder|bzw\.|beziehungsweise)\s+(?:[a-zäöüß]{4,}e[nrms]?\s+)?([A-ZÄÖÜ][\w*:-]{3,})"
)
_RISEN = re.compile(r"\bum\s+(\d+(?:,\d+)?)\s*(?:%|Prozent)[^.;]{0,40}\bauf\s+(?:\w+\s+){0,2}$")
_ABOVE_LAST = re.compile(
    r"\s*(?:\w+\s+){0,3}?um\s+(?:\w+\s+)?(\d+(?:,\d+)?)\s*(?:%|Prozent)\s+(?:über|unter|mehr|weniger|höher|niedriger)\b"
)
_FALLEN = re.compile(
    r"\b(?:sank|sanken|gesunken|fiel|fielen|gefallen|zurück\w*|verringert\w*|reduziert\w*|unter|weniger|niedriger)\b"
)
_FOR_A_YEAR = r"\bfür (?:das Jahr )?20\d\d\b(?:[^.;]|\.\d){0,60}?(?:Euro|€)"
_YEARS_OF_SUM = re.compile(rf"{_FOR_A_YEAR}[^.;]{{0,20}}\bund\b[^.;]{{0,20}}{_FOR_A_YEAR}")
_ARTICLES = frozenset({"eine", "einer", "einen", "einem", "eines", "diese", "dieser", "diesen", "jeder", "keine"})


def misread(stated: Stated) -> tuple[str, str] | None:
    """A number that is none, or may be another one, and what shows it.

    Tables read as sentences; "VG 11 L 384/20", "Raum 3 C 47", where another number follows at once; half of a number.
    """
    claim = stated.claim
    if stated.in_table:
        return claim.quote, "table"
    if scaled := two_scales(claim.quote):
        return claim.quote, scaled
    if claim.kind == "money" and _YEAR.fullmatch(claim.quote):
        return claim.quote, "year"
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    before, after = claim.sentence[max(0, start - 1) : start], claim.sentence[end : end + 1]
    if (before.isdigit() and claim.quote[:1].isdigit()) or (after.isdigit() and claim.quote[-1:].isdigit()):
        return claim.quote, f"{before}{claim.quote}{after}"
    behind, last = claim.sentence[end:].lstrip(), claim.quote.split()[-1]
    if len(last) == 1 and last.isalpha() and behind[:1].isdigit():
        return claim.quote, behind.split()[0]
    return None


def aside(claim: Claim) -> tuple[str, str] | None:
    """The noun, with its adjective, that a number between brackets stands behind: "… die Berufsreife (Vorjahr: 9)"."""
    found = _ASIDE.search(claim.before)
    if found is None:
        return None
    adjective = found[1] if found[1] not in _ARTICLES else None
    return stem(fold(adjective or "")), stem(fold(found[2]))


def is_expected(claim: Claim) -> bool:
    """Whether a sentence only hopes or reckons: "Es wird mit 14.000 Anträgen gerechnet"."""
    return says_expected(claim.sentence)


def says_expected(words: str) -> bool:
    """Whether words say that something is only hoped for or reckoned with."""
    return bool(_EXPECTED.search(words))


def sizes(claim: Claim) -> frozenset[str]:
    """The areas that a sentence states, as written, without their unit."""
    return frozenset(_SIZE.findall(claim.sentence))


def says_noun(claim: Claim) -> bool:
    """Whether a number is told with what it counts: "700 Personen", and not "700"."""
    return any(word[:1].isupper() for word in claim.quote.split())


def rank_or_age(claim: Claim) -> str | None:
    """The rank or the ages that stand right behind a number, as written."""
    found = _RANK_OR_AGE.match(claim.behind)
    return next(filter(None, found.groups())) if found else None


def years_of_sum(claim: Claim) -> str | None:
    """The words in which a sentence splits a sum over years: "für 2023 rund 31.000 Euro und für 2024 326.000 Euro"."""
    found = _YEARS_OF_SUM.search(claim.sentence)
    return found[0] if found else None


def is_by_area(claim: Claim) -> bool:
    """Whether a sum is the price of each square metre."""
    return bool(_BY_AREA.match(claim.behind))


def names_price_by_area(claim: Claim) -> bool:
    """Whether its sentence states the price of a square metre: then an area in it is that of one room or flat."""
    return bool(re.search(rf"€{_BY_AREA.pattern}", claim.sentence))


def is_of_all(claim: Claim) -> bool:
    """Whether brackets say of a number that it is of the whole land: "(2021 berlinweit: 84; 2022: 4)"."""
    return bool(_OF_ALL.search(claim.before))


def is_so_far(claim: Claim) -> bool:
    """Whether a sentence speaks of a year that is not over: "In diesem Jahr haben schon 3.700 …"."""
    return bool(_SO_FAR.search(claim.sentence))


def is_so_far_counted(claim: Claim) -> bool:
    """Whether the words before a number say that it is what there is so far: "statt bisher drei", "derzeit 27"."""
    return bool(_THERE_IS.search(claim.before))


def is_of_all_there_will_be(claim: Claim) -> bool:
    """Whether a sentence plans for what there is together with what is to come: "mehr als 50 sollen es werden"."""
    return bool(_IN_ALL.search(claim.sentence))


def has_more_besides(claim: Claim) -> bool:
    """Whether what is counted is named once more behind: "in drei Kategorien sowie in der Kategorie Ausbildung"."""
    behind = claim.behind.partition(" sowie ")[2]
    noun = stem(fold(claim.counted or ""))
    return len(noun) > _SHORTEST_NOUN and any(stem(fold(word)).startswith(noun[:-1]) for word in _WORDS.findall(behind))


def whose(claim: Claim) -> str | None:
    """The noun behind a number that tells of whom or what it is: "31 Mio. Euro in den Bezirken"."""
    found = _WHERE.match(claim.behind)
    return found[1] if found else None


def parted(claim: Claim) -> str:
    """What brackets behind a number part it into: "134 Mio. Euro (90 für die Häfen und 44 für die Ufer)"."""
    found = _PARTED.match(claim.behind)
    return found[1] if found else ""


def points_at_its_release(claim: Claim) -> bool:
    """Whether a sentence tells of "the current round", as it is of what its release is about."""
    return bool(_THIS_ONE.search(claim.sentence))


def period(claim: Claim) -> str | None:
    """Over how many years, months or rounds a sentence counts: "in den letzten zwei Jahren", "in zwei Verfahren"."""
    found = _PERIOD.search(claim.sentence)
    return f"{found[1]} {found[2]}" if found else None


def refers_back(claim: Claim) -> bool:
    """Whether a sentence begins with what only the sentence before explains: "Das entspricht …", "Davon …"."""
    return bool(_POINTS_BACK.match(claim.sentence))


def kind_counted(claim: Claim) -> frozenset[str]:
    """Stems of the adjectives of what is counted or shared: "drei viermonatige Stipendien", "9 % der alten Häfen"."""
    if claim.kind == "share":
        found = _KIND_OF_SHARE.match(claim.behind)
        return _stems(found[1]) if found else frozenset()
    return _stems(claim.quote) if claim.kind == "count" else frozenset()


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _KIND.findall(words))


def what_with(claim: Claim) -> str | None:
    """What those that are counted have or lack: "48 Prozent den Abschluss mit Berechtigung", "7 Häfen ohne Gleise"."""
    found = (_SHARE_WITH if claim.kind == "share" else _NOUN_WITH).match(claim.behind)
    return found[1] if found and claim.counted else None


def joined(claim: Claim) -> str | None:
    """The second noun of what is counted together: "4.800 Zulassungen und Erlaubnisse"."""
    found = _JOINED.match(claim.behind) if claim.kind == "count" and says_noun(claim) else None
    return found[1] if found else None


def change_told(claim: Claim) -> float | None:
    """By what factor a number is told to have changed in a year: 1.059 for "stieg um 5,9 % auf 8.416"."""
    if period(claim) is not None:
        return None
    found = _RISEN.search(claim.before) or _ABOVE_LAST.match(claim.behind)
    if found is None:
        return None
    change = float(found[1].replace(",", ".")) / 100
    return 1 - change if _FALLEN.search(claim.sentence) else 1 + change
