"""Who is said to have done something, and whether a stored sentence says it of the same body.

"Das Land Berlin hat 220 Ladepunkte installiert" is not told by "Es wurden 220 Ladepunkte installiert", and told
otherwise by "Die Stadtwerke haben 220 Ladepunkte installiert". Of organisations, as of these, the name must be told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from comparison.alike import ActorTold
from comparison.likeness import stem
from db.claims.families import families
from db.claims.search_terms import dictionary_form, stopwords
from inquiries.around import parted_verbs
from models.claim import Claim
from models.keys import fold

_LAND, _ORGANISATION = 0, -1
"""Place of a Land among the bodies of `families()`, and what stands for the place of what is no public body."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = r"(?:,?\s+(?:(?:für|und|des|der|von)\s+)*[A-ZÄÖÜ][\w-]+)*"
"""What follows the noun of a body: "Senatsverwaltung [für Bildung, Jugend und Familie]"."""

_OF_HER = re.compile(r"der\s.*(?:ung|ei|in|stadt)$", re.IGNORECASE)
_PLURAL = re.compile(r"(?:e|er)$")
_BEGIN = re.compile(r"(?:^|[.!?:;–„\"]\s*)$")
_CONJUNCTION = re.compile(r"\b(?:dass|weil|wie|obwohl|nachdem)\s+$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[.!?;:](?=\s|$)|,(?!\d)")
_ARTICLES = frozenset({"der", "die", "das", "ein", "eine"})
_WHERE = re.compile(
    r"\b(?:im|in|am|an|bei|beim|für|nach|über|gegen|ins)\s+(?:\w+e[rmns]?\s+|das\s+){0,2}$", re.IGNORECASE
)
_JOINT = re.compile(r",(?!\d)|;|\b(?:und|sowie|oder|während)\b")
_TOGETHER = re.compile(r"(?:\s+\w+)?\s*(?:,|und|sowie|mit)\s+(?:(?:der|die|das|dem)\s+)?")
_AUXILIARIES = frozenset({"haben", "werden", "sein", "wollen", "sollen", "können", "müssen", "dürfen", "mögen"})
_PASSIVE = re.compile(r"\b(?:wurden?|worden|wird|werden|sind|ist|waren?|seien?)\b")
_PERFECT = re.compile(r"\bha(?:t|ben|tten?|be)\b")
_PARTICIPLE = re.compile(r"ge\w+|\w+(?=\s*(?:[.,;:!?–)]|$))")
_WE = re.compile(r"\b[Ww]ir\b")
_Place = tuple[int, int]
"""Where something begins and ends in a sentence."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A public body or another organisation that does something in a statement.

    Attributes:
        text: as the statement calls it.
        body: place of the body among those of `families()`.
        deed: the verb, in its dictionary form.
        name: the stems of what an organisation is called; of a public body nothing.
    """

    text: str
    body: int
    deed: str
    name: frozenset[str] = frozenset()


def actor_of(claim: Claim) -> Actor | None:
    """Who does what a statement tells in one of its claims, if it names a body or an organisation as the subject."""
    if claim.kind == "status":
        return None
    number = _place(claim)
    found = sorted(_actors(claim.sentence), key=lambda each: _clauses_between(claim.sentence, each[1], number))
    return found[0][0] if found else None


def actor_told(actor: Actor, claim: Claim, headline: str) -> ActorTold:
    """Whether a stored claim's sentence or its headline says that the same body did it, or that another did."""
    sentence = claim.sentence
    if actor.body == _LAND and _WE.search(sentence):
        return "told"  # an office that says "we" is of the Land
    if actor.body == _ORGANISATION:
        return _organisation_told(actor, sentence, f"{headline} {claim.subject or ''}")
    if own := _named(actor.body, sentence):
        return "other" if _is_of_another(actor.body, claim, own) else "told"
    if _is_deed_of_another(actor, sentence):
        return "other"
    return "told" if _named(actor.body, headline) else "unsaid"


def _organisation_told(actor: Actor, sentence: str, beside: str) -> ActorTold:
    """The same of an organisation, of which the sentence or what stands beside it must have all words of its name."""
    doing = [each for each, _ in _actors(sentence) if each.deed in _meant(actor)]
    alike = [each for each in doing if each.name and (each.name <= actor.name or actor.name <= each.name)]
    if doing and not alike:
        return "other"
    if actor.name <= _stems(f"{sentence} {beside}"):
        return "told"
    return "other" if not alike and _is_deed_of_another(actor, sentence) else "unsaid"


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in _WORD.findall(text))


def _place(claim: Claim) -> _Place:
    return claim.start - claim.sentence_start, claim.end - claim.sentence_start


def _actors(sentence: str) -> Iterator[tuple[Actor, _Place]]:
    """The bodies that do something in a sentence, and where they are named."""
    verbs = _verbs(sentence)
    known = families()
    for body in _bodies():
        for match in _subjects(body, sentence):
            finite = _finite_verb(sentence, match, verbs)
            deed = None if finite is None else _deed(sentence, finite, verbs)
            if deed is not None and fold(deed) not in known.soft | known.light | known.no_deeds:
                yield _doing(deed, body, match), match.span("name")


def _bodies() -> Iterator[int]:
    """The places of all public bodies, and what stands for that of an organisation."""
    yield from range(len(families().bodies))
    yield _ORGANISATION


def _doing(deed: str, body: int, match: re.Match[str]) -> Actor:
    if body != _ORGANISATION:
        return Actor(match["name"], body, deed)
    words = [word for word in _WORD.findall(match[0]) if not word.islower() and fold(word) not in _ARTICLES]
    return Actor(match[0], body, deed, _stems(" ".join(words)))


def _finite_verb(sentence: str, subject: re.Match[str], verbs: dict[int, str]) -> int | None:
    """Where the verb stands whose subject a body surely is: right behind it, before it, or at the end."""
    before, end = sentence[: subject.start()], subject.end()
    words, behind = list(_WORD.finditer(before)), _WORD.search(sentence, end)
    at = None
    if _CONJUNCTION.search(before):
        stop = _CLAUSE_END.search(sentence, end)
        at = max((each for each in verbs if end < each < (stop.start() if stop else len(sentence))), default=None)
    elif _BEGIN.search(before) and behind and not sentence[end : behind.start()].strip():
        at = behind.start()
    elif words and not sentence[words[-1].end() : subject.start()].strip() and _opens_adverb(before, subject):
        at = words[-1].start()
    return at if at in verbs and _agrees(subject["name"], sentence, at) else None


def _opens_adverb(before: str, subject: re.Match[str]) -> bool:
    """Whether no other subject can stand before the verb: "Vattenfall unterstützt [das Land Berlin]"."""
    clause = before[max((each.end() for each in _CLAUSE_END.finditer(before)), default=0) :]
    first = re.match(r"\s*([^\W\d_]+)", clause)
    is_small = first is None or (fold(first[1]) not in _ARTICLES and dictionary_form(first[1]).islower())
    return is_small or subject["name"].casefold().startswith("der ")


def _agrees(name: str, sentence: str, at: int) -> bool:
    """Whether a verb is of the number of its subject: "Berlin entstehen Nachteile" tells of no deed of Berlin."""
    verb = _WORD.match(sentence, at)
    return verb is None or not verb[0].endswith("en") or _PLURAL.search(name) is not None


def _deed(sentence: str, finite: int, verbs: dict[int, str]) -> str | None:
    """What the subject of a verb does; None where something is done to it, or it is nothing but there."""
    if verbs[finite] not in _AUXILIARIES:
        return verbs[finite]
    others = [at for at, verb in verbs.items() if verb not in _AUXILIARIES]
    at = next((each for each in reversed(others) if each > finite), others[-1] if others else None)
    if at is None:
        return None
    is_infinitive = sentence.startswith(verbs[at], at)
    return None if verbs[finite] in ("werden", "sein") and not is_infinitive else verbs[at]


def _verbs(sentence: str) -> dict[int, str]:
    """The verbs of a sentence in their dictionary forms, by where they stand."""
    parted, found = parted_verbs(sentence), {}
    for match in _WORD.finditer(sentence):
        verb = parted.get(match.start()) or dictionary_form(match[0])
        is_form = verb != match[0] or verb.endswith("en")
        if (
            match[0].islower()
            and verb.endswith("n")
            and is_form
            and (verb in _AUXILIARIES or fold(verb) not in stopwords())
        ):
            found[match.start()] = verb
    return found


def _named(body: int, text: str) -> list[_Place]:
    """Where a text names a body, other than as where something is, or for whom."""
    found = [match.span() for match in _words_of(body).finditer(text) if not _WHERE.search(text, 0, match.start())]
    verbs = _verbs(text) if body == _LAND else {}
    return found + [each.span("name") for each in _subjects(body, text) if verbs and _finite_verb(text, each, verbs)]


def _subjects(body: int, text: str) -> Iterator[re.Match[str]]:
    """Where a text names a body as a subject may be named; not "der Senatsverwaltung"."""
    found = _subject(body).finditer(text)
    # The articles of organisations tell that.
    return found if body == _ORGANISATION else (match for match in found if not _OF_HER.match(match["name"]))


def _is_of_another(body: int, claim: Claim, own: list[_Place]) -> bool:
    """Whether another body stands nearer to a number: "der Bund mit 5 Millionen und [das Land] mit 2 Millionen"."""
    sentence, number = claim.sentence, _place(claim)
    apart = min(_clauses_between(sentence, place, number) for place in own)
    others = (each for other in _bodies() if other != body for each in _subjects(other, sentence))
    return any(
        _clauses_between(sentence, other.span("name"), number) < apart
        and " " in other["name"]
        and not _WHERE.search(sentence, 0, other.start())
        and not any(_act_together(sentence, other.span("name"), place) for place in own)
        for other in others
    )


def _act_together(sentence: str, one: _Place, other: _Place) -> bool:
    first, last = sorted((one, other))
    return _TOGETHER.fullmatch(sentence, first[1], last[0]) is not None


def _clauses_between(sentence: str, one: _Place, other: _Place) -> int:
    first, last = sorted((one, other))
    return len(_JOINT.findall(sentence, first[1], last[0]))


def _is_deed_of_another(actor: Actor, sentence: str) -> bool:
    """Whether a sentence that does not name the actor tells the deed as that of its own subject."""
    done = [at for at, verb in _verbs(sentence).items() if verb in _meant(actor)]
    if not done or _PASSIVE.search(sentence):
        return False
    return bool(_PERFECT.search(sentence)) or any(not _PARTICIPLE.match(sentence, at) for at in done)


def _meant(actor: Actor) -> frozenset[str]:
    """The deed in all words that may stand for it."""
    return families().of(actor.deed) | {actor.deed}


@lru_cache
def _words_of(body: int) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_nouns(body)})(?![\w-])")


@lru_cache
def _subject(body: int) -> re.Pattern[str]:
    """A body with its article; of a Land and some organisations the name is enough."""
    if body == _ORGANISATION:
        return _organisation()
    lands = "|".join(name for name in families().land_names if name[:1].isupper() and not name.endswith("er"))
    article = r"(?:[Dd]er|[Dd]ie|[Dd]as)\s+(?:\w+\s+)?"
    alone = rf"|(?:{lands})(?!\w)" if body == _LAND else ""
    named = rf"{article}(?:{_nouns(body)})(?![\w-])(?:\s+(?:{lands})(?!\w))?"
    return re.compile(rf"(?<![\w-])(?P<name>{named}{alone}){_NAME}")


def _organisation() -> re.Pattern[str]:
    known = families().organisations
    with_article = (
        rf"{article}\s+(?:\w+\s+)?(?:{_any_of(words)})" for article, words in known.items() if article != "alone"
    )
    named = "|".join([*with_article, _any_of(known["alone"])])
    return re.compile(rf"(?<![\w-])(?P<name>(?i:{named})(?![\w-])){_NAME}")


def _nouns(body: int) -> str:
    return _any_of(families().bodies[body])


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\*", r"[\w-]*") for word in words)
