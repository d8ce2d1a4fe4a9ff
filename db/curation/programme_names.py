"""Which names are listed as programmes, and which of them are plainly one.

Releases name much: places, people, companies, buildings. Whatever is named can be looked up; the list of programmes has
what its own words tell to be one: "Schlaglochprogramm", "Masterplan Seen", "Sanierung der Hafenbrücke"; not "Berlin",
"Pilotprojekt" or "Müller". What is left out by mistake is found by its name, and people may list it.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from importlib.resources import files

from models.keys import fold, name_key

_AMENDMENT = re.compile(r"-[Ää]nderungs(?:gesetz|staatsvertrag|verordnung)")
_LONGEST, _MOST_WORDS = 80, 9
"""Characters and words of a name; longer ones are sentences."""
_SHORTEST = 5
_SHORT_NAME, _ACRONYM = (
    re.compile(r"[A-ZÄÖÜ]{4}"),
    re.compile(r"^(?:[A-Z][A-Za-z]*[A-Z\d][A-Za-z\d]*-|\d+-)+(?=[A-ZÄÖÜ][a-zäöüß]{15})"),
)
"""An acronym that is a name by itself; and one that stands before a long word: "SARS-CoV-2-Verordnung"."""
_YEAR = re.compile(r"[\s-]*\b(?:19|20)\d\d(?:\s*[/–-]\s*(?:20)?\d\d)?\b")
_PERIOD = re.compile(r"\s+in der (?:Förder|Programm)periode\b.*$")
_FUNDING = re.compile(r"(?<=\w)förder(?:ungs)?programm(?:s|es)?\b")
_BROKEN = re.compile(r"[„“”\"»«;:?]|\w-\s|\s-|\d{5}|^\d|\(|\)|\.\s?[A-ZÄÖÜ]|[,.-]$|\bsowie\b")
_PLACES = ("straße", "allee", "platz", "brücke", "schule", "gymnasium", "halle", "bad", "park", "haus", "bahnhof")
_PLURALS = (
    "projekte", "projekten", "programme", "programmen", "konzepte", "preise", "wettbewerbe", "gesetze", "gesetzen",
    "verordnungen", "förderungen", "verträge", "verträgen", "initiativen", "kampagnen", "strategien",
)  # fmt: skip
_ENDINGS, _GENITIVE = ("er", "es", "en", "s", "n", "e"), ("es", "s")
_CUT_END = re.compile(r"[a-zäöü]|\d{1,3}")
"""A last word at which a name was cut off: "Infrastrukturprojekt i", "Kampagne 16"."""
_ORDINAL = re.compile(r"(?:\w*zehn|\w*zigs|ers|zwei|drit|vier|fünf|sechs|sieb|ach|neun|elf|zwölf)te?[nrs]?")
_OF_A_LAND = ("ischer", "ische", "er", "s")
_GLUED = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{3,}")
_WORD, _SOFT_HYPHEN = re.compile(r"[\w-]+"), "\u00ad"
_OF = frozenset({"der", "des"})
_ARTICLES = _OF | {"die", "das", "den", "dem"}


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    from models.checked_yaml import content_of

    content = content_of(files("db").joinpath("data/programme_words.yaml").read_text("utf-8"))
    return {kind: frozenset(map(str, words)) for kind, words in content.items()}


@lru_cache(maxsize=65536)
def is_programme(name: str) -> bool:
    """Whether a name tells by itself that it is that of a programme, prize, law or measure."""
    words = [word.strip(",.!") for word in name.split()]
    if not words or len(words) > _MOST_WORDS or len(name) > _LONGEST or _BROKEN.search(name):
        return False
    if words[-1].lower() in _words()["cut"] or _CUT_END.fullmatch(words[-1]) or not words[-1][:1].isalnum():
        return False
    if words[0].lower() in _words()["beside"] or _is_prize_won(words):
        return False
    place = next((place for place, word in enumerate(words) if word.lower() in _words()["joints"]), len(words))
    core, behind = words[:place], words[place:]
    if not core or any(word.lower().endswith(_PLURALS) for word in core) or words[-1].lower() in _words()["no_ends"]:
        return False
    ends = [word for word in behind if word[:1].isupper() and word.lower() not in _words()["light"]]
    if behind and (not ends or (len(ends) == 1 and ends[0].lower().endswith(tuple(_words()["cut_deeds"])))):
        return False
    if len(core) == 1 and _ends_in(core[0], "deeds"):
        at_place = [word for word in ends if word.lower().endswith(_PLACES)]
        named = [word for word in at_place if word.lower() not in _PLACES] or (at_place and len(ends) > 1)
        return bool(named) or (bool(ends) and behind[0].lower() in _OF and any("-" in word for word in ends))
    if not _ends_in(core[-1], "kinds") and not (_ends_in(core[0], "kinds") and len(core) > 1):
        return False
    if len(core) == 1 and _AMENDMENT.search(core[0]):
        return False  # of "3. Hafenrecht-Änderungsgesetz" and the fourth, which one?
    own = [word for word in core if not _is_class(word) and not _is_light(word) and not _YEAR.fullmatch(word)]
    if len(own) == 1 and not ends and _is_class(core[0]) and own[0].lower().endswith("ung"):
        return False  # "Programm Stärkung", cut off before what it makes strong
    return bool(own) or (bool(ends) and _ends_in(core[-1], "known_by_end"))


def _is_light(word: str) -> bool:
    return word.lower() in _words()["light"] or bool(_ORDINAL.fullmatch(word.lower()))


def _is_prize_won(words: list[str]) -> bool:
    """ "(1.) Preis Müller Architekten", "Preis für die Fahrt": nor what a prize is called, as "Preis der Seen" is."""
    return words[0].lower() == "preis" and (len(words) < 2 or words[1].lower() not in _OF)


def needs_much(name: str) -> bool:
    """Whether a programme's name is one word that might be anybody's: "Festprogramm", "Berliner Medienkampagne"."""
    words = [word for word in name.split() if word.lower() not in _words()["light"]]
    return len(words) == 1 and _ends_in(words[0], "weak")


def _ends_in(word: str, kind: str) -> bool:
    plain = _singular(word.lower().rsplit("-", 1)[-1])
    return plain.endswith(tuple(_words()[kind]))


def _is_class(word: str) -> bool:
    """Whether a word is one for a kind of programme and no name: "Programm", "Förderprogramm", "Jurypreis"."""
    plain = _singular(word.lower())
    end = max((end for end in _words()["kinds"] | _words()["deeds"] if plain.endswith(end)), key=len, default=None)
    return end is not None and plain.removesuffix(end).strip("-") in _words()["generic"] | {""}


@lru_cache(maxsize=1)
def _telling() -> tuple[str, ...]:
    """Ends of words that tell a programme or what one does."""
    return tuple(sorted(_words()["kinds"] | _words()["deeds"]))


def _singular(word: str) -> str:
    if word.endswith(_telling()):
        return word
    return next((word.removesuffix(end) for end in _ENDINGS if word.removesuffix(end).endswith(_telling())), word)


@lru_cache(maxsize=65536)
def plain_key(name: str) -> str:
    """A name without class words and land before it, years and endings; names that have it in common are one.

    "Förderprogramm SolarPlus", "SolarPLUS-Programm"; "Berliner Schulbauoffensive", "Schulbauoffensive".
    """
    words = _FUNDING.sub("förderung", _YEAR.sub("", _PERIOD.sub("", name))).split()
    while len(words) > 1 and _is_of_all(words[0]):
        words = words[1:]
    while len(words) > 1 and _is_of_all(words[-1]):
        words = words[:-1]
    head, _, last = words[-1].rpartition("-")
    if head and _singular(last.lower()) in _words()["classes"]:
        words[-1] = head
    plain = " ".join(_stem(word) for word in words)
    return name_key(plain) if len(name_key(plain)) >= _SHORTEST or _SHORT_NAME.fullmatch(words[-1]) else name_key(name)


@lru_cache(maxsize=1)
def _unspelt() -> frozenset[str]:
    return _words()["of_land"] | _ARTICLES | {"für"}


@lru_cache(maxsize=65536)
def spelt_key(name: str) -> str:
    """A name without land, years, hyphens and endings: "Startchancen-Programm", "Berliner Startchancenprogramms".

    Nor are articles and "für" of it ("Masterplan (für den) Hafen"), or an acronym before a long word that is a name.
    """
    words = [word for word in uninflected(_YEAR.sub("", name)).split() if word.lower() not in _unspelt()]
    if len(words) == 1:
        words = [_ACRONYM.sub("", words[0])]
    return stems(" ".join(words or [name]).replace("-", "")).replace(" ", "")


@lru_cache(maxsize=65536)
def stems(text: str) -> str:
    """The words of a text without their endings, with a space around each."""
    return f" {' '.join(map(_stem, _WORD.findall(text.replace(_SOFT_HYPHEN, ''))))} "


def uninflected(name: str) -> str:
    """A name with its word for a programme as it stands in a list: "Neubaus der Seebrücke" is "Neubau der Seebrücke".

    Hyphens that only divide at the end of a line are gone.
    """
    words = name.replace(_SOFT_HYPHEN, "").split()
    end = next((place for place, word in enumerate(words) if word.lower() in _words()["joints"]), len(words))
    return " ".join([*map(_nominative, words[:end]), *words[end:]])


def of_all_years(name: str, others: Collection[str]) -> str:
    """A name without the year at its end where others of the same thing have another: "Uferpreis" of 2020 and 2022.

    What is named by a span of years, "Uferplan 2024 bis 2027", is of that.
    """
    years = {year.strip(" -") for each in (name, *others) for year in _YEAR.findall(each)}
    own = _YEAR.findall(name)
    return name.removesuffix(own[0]) if len(years) > 1 and len(own) == 1 else name


def unglued(name: str, others: Collection[str]) -> str:
    """That of the other names which a name is but for one plain word behind it: "Seenpass" for "Seenpass Idee"."""
    begin, _, last = name.rpartition(" ")
    glued = _GLUED.fullmatch(last) is not None and last.lower() not in _words()["of_land"]
    return begin if glued and begin in others and is_programme(begin) else name


def _nominative(word: str) -> str:
    singular = _singular(word.lower())
    german = not singular.endswith(tuple(_words()["plural_in_s"]))
    inflected = word.lower().startswith(singular) and word[len(singular) :] in _GENITIVE
    return word[: len(singular)] if german and inflected else word


def land_of(name: str) -> str | None:
    """Of which land a name says that its programme is: "brandenburg" for "Brandenburger Seenplan"."""
    words = name.lower().split()
    said = next((word for word in (words[0], words[-1]) if word in _words()["of_land"]), None) if words else None
    return said and next((said.removesuffix(end) for end in _OF_A_LAND if said.endswith(end)), said)


def _is_of_all(word: str) -> bool:
    return bool({word.lower(), _singular(word.lower())} & (_words()["classes"] | _words()["of_land"]))


def _stem(word: str) -> str:
    folded = fold(word)
    while len(folded) > 5 and (end := next((each for each in _ENDINGS if folded.endswith(each)), None)):
        folded = folded.removesuffix(end)  # "Masterplans" and "Masterplan" both end in an ending
    return folded
