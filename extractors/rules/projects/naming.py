"""Whether a thing is a project that the release names and reports on: what speaks for it, weighed.

    Der [Spielplatz Schützenstraße] ist fertig saniert. || in the headline, taken up again, put into a state

The features are about the form of the name, how the text takes it up, where it stands and what is said there.
Weights: extractors/decisions/weights/name.json and topic.json, made by `make train`.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, repeat

from extractors.contexts import Contexts
from extractors.decisions import ends
from extractors.german.syntax.structures import Clause
from extractors.german.words.compounds import split
from extractors.german.words.persons import is_first_name, is_role
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.quotes import Quotation, quotations
from extractors.rules.projects.classes import (
    SHORTEST_COMPOUND,
    is_class,
    is_institutional,
    kind_of,
)
from extractors.rules.projects.patterns import NAMING, NOUNS
from extractors.rules.projects.phrases import (
    CAMEL,
    STREET,
    introducing_noun,
    is_indefinite,
    is_place_adjective,
    is_plural,
)
from extractors.rules.projects.things import Thing, ThingPlace
from extractors.tokens import Tokens
from models.quantity import Quantity

_LEAD = 300
"""Characters of the body in which a release says what it is about."""
_SHORTEST_END, _SHORTEST_PART = 4, 5
"""Letters of a noun that takes up the end of a name, and of a part of one that is taken up."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_LINE_END = re.compile(r"[“”»\"]?(?: \([^\n)]{1,20}\))?:?(?:\n|$)")
_MEANT_FOR = frozenset({"für", "zum", "zur"})
_GENITIVES = frozenset({"der", "des"})
_PURPOSES = frozenset({"für", "zur", "zum", "gegen"})
_PLACES = frozenset({"in", "im", "am", "an", "auf"})
_CAPITALS = re.compile(r"[A-ZÄÖÜ]{2,}\d*")


@dataclass(frozen=True, slots=True)
class Standing:
    """How likely a thing is a named project of the release, and what the release is about (probabilities)."""

    name: float
    topic: float


class Naming:
    """Weighs the things of one document."""

    def __init__(
        self,
        tokens: Tokens,
        clauses: Sequence[Clause],
        clause_of: Sequence[int],
        states: Mapping[int, Collection[str]],
        quantities: Sequence[Quantity],
        things: Sequence[Thing],
        contexts: Callable[[], Contexts],
    ) -> None:
        self._tokens, self._clauses, self._clause_of, self._things = tokens, clauses, clause_of, things
        self._sources, self._contexts = states, contexts
        self._counted = {quantity.noun for quantity in quantities}
        self._with_numbers = {clause_of[quantity.first] for quantity in quantities}
        self._quotations: tuple[Quotation, ...] = tuple(q for q in quotations(tokens.text) if q.closed)
        self._opened = [quotation.start for quotation in self._quotations]
        self._farthest_end = [*accumulate((quotation.end for quotation in self._quotations), max)]
        title_end = tokens.title_end
        inside = [thing for thing in things if tokens.starts[thing.places[0].first] < title_end]
        self._title_order = {id(thing): order for order, thing in enumerate(inside)}
        self._body_nouns = Counter(
            lemma.lower()
            for lemma, tag, start in zip(tokens.lemmas, tokens.tags, tokens.starts, strict=True)
            if tag in ("NN", "NE") and start >= title_end
        )
        parts = {part[:_SHORTEST_PART]: set[str]() for thing in things for part in _parts(thing.project.name)}
        for noun in self._body_nouns:
            for piece in parts.keys() & _pieces(noun):
                parts[piece].add(noun)
        self._nouns_with = parts

    def features(self, thing: Thing) -> dict[str, float]:
        """All that speaks for or against a thing, by name; what does not hold is left out."""
        form = self._form(thing)
        place = {**self._grammar(thing), **self._position(thing), **self._title(thing), **self._said(thing)}
        place |= self._in_context(thing)
        found = {**form, **{name: float(value) for name, value in place.items() if value}}
        if "in title" in found:
            if thing.found_by == "rule":
                found["rule, in title"] = 1.0
            if "kind" in found:
                found["kind, in title"] = 1.0
            if "in body" in found:
                found["title and body"] = 1.0
                if "kind" in found:
                    found["title and body, kind"] = 1.0
        return found

    def _form(self, thing: Thing) -> dict[str, float]:
        tokens, place = self._tokens, thing.places[0]
        words = tuple(tokens.words[place.first : place.last + 1])
        tags = tuple(tokens.tags[place.first : place.last + 1])
        form = {**_form(words, tags, tokens.lemmas[place.head], tokens.tags[place.head]), f"by {thing.found_by}": 1.0}
        if thing.project.aliases:
            form["alias"] = 1.0
            if any(alias.isupper() for alias in thing.project.aliases):
                form["acronym"] = 1.0
        return form

    def _in_context(self, thing: Thing) -> dict[str, float]:
        contexts = self._contexts()
        seen = [contexts.name(place.first, place.last) for place in thing.places]
        return {"by context, at best": max(seen), "by context": sum(seen) / len(seen)}

    def _grammar(self, thing: Thing) -> dict[str, float]:
        tokens, places = self._tokens, thing.places
        count = len(places)
        phrases = [place.phrase for place in places if place.phrase is not None]
        articles = [tokens.word(phrase.start) for phrase in phrases]
        prepositions = [tokens.word(phrase.preposition) if phrase.preposition is not None else "" for phrase in phrases]
        following = {tokens.word(place.last + 1) for place in places}
        head = places[0].head
        nouns_before = [introducing_noun(tokens, place.first) for place in places]
        found: dict[str, float] = {
            "plural": tokens.tags[head] == "NN" and is_plural(tokens, head),
            "indefinite": sum(is_indefinite(tokens, place.first) for place in places) / count,
            "definite": sum(
                a in NOUNS.definite_articles or p in NOUNS.definite for a, p in zip(articles, prepositions, strict=True)
            )
            / count,
            "this": any(article.startswith("dies") for article in articles),
            "prepositional": sum(map(bool, prepositions)) / count,
            "placing": sum(preposition in NAMING.placing for preposition in prepositions) / count,
            "meant for": not _MEANT_FOR.isdisjoint(prepositions),
            "genitive": sum(phrase.parent is not None for phrase in phrases) / count,
            "genitive follows": not _GENITIVES.isdisjoint(following),
            "für follows": not _PURPOSES.isdisjoint(following),
            "place follows": not _PLACES.isdisjoint(following),
            "bracket follows": "(" in following,
            "place adjective": any(is_place_adjective(tokens.words[p.first - 1]) for p in places if p.first),
            "after class noun": any(is_class(noun, "generic") for noun in nouns_before if noun),
            "within quotation": all(self._within_quotation(place) for place in places),
            "is quotation": any(self._is_quotation(place) for place in places),
        }
        kind = kind_of(nouns_before[0]) if nouns_before[0] else None
        if kind is not None:
            found[f"after {kind}"] = 1
        return found

    def _within_quotation(self, place: ThingPlace) -> bool:
        start = self._tokens.starts[place.first]
        begun = bisect_right(self._opened, start)
        return begun > 0 and start < self._farthest_end[begun - 1]

    def _is_quotation(self, place: ThingPlace) -> bool:
        start, end = self._tokens.span(place.first, place.last)
        near = slice(bisect_left(self._opened, start - 2), bisect_right(self._opened, start + 2))
        return any(abs(end - quotation.end) <= 2 for quotation in self._quotations[near])

    def _position(self, thing: Thing) -> dict[str, float]:
        tokens, places = self._tokens, thing.places
        title_end = tokens.title_end
        starts = [tokens.starts[place.first] for place in places]
        body = [start for start in starts if start >= title_end]
        return {
            "times": math.log(len(places)),
            "twice": len(places) > 1,
            "thrice": len(places) > 2,
            "in title": starts[0] < title_end,
            "in body": bool(body),
            "in lead": any(start < title_end + _LEAD for start in body),
            "position": starts[0] / max(1, len(tokens.text)),
            "own line": any(self._is_line(place) for place in places if tokens.starts[place.first] >= title_end),
            "late": starts[0] > 0.7 * len(tokens.text),
            "taken up by end": self._taken_up(tokens.lemmas[places[0].head].lower()),
            "taken up by part": math.log1p(sum(map(self._within_nouns, _parts(thing.project.name)))),
        }

    def _is_line(self, place: ThingPlace) -> bool:
        """Whether a name is a line of its own, as sub-headings are; an acronym in brackets and a colon may follow."""
        start, end = self._tokens.span(place.first, place.last)
        text = self._tokens.text
        while start and text[start - 1] in '„“»"':
            start -= 1
        return start > 0 and text[start - 1] == "\n" and _LINE_END.match(self._tokens.text, end) is not None

    def _taken_up(self, lemma: str) -> float:
        """How often the body uses a noun in which the name ends: "das Institut" for "Weizenbaum-Institut"."""
        return math.log1p(sum(map(self._body_nouns.get, _inner_ends(lemma), repeat(0))))

    def _within_nouns(self, part: str) -> int:
        """How often the body uses nouns that hold a part of a name: "Moore" in "Moorebene"."""
        return sum(self._body_nouns[noun] for noun in self._nouns_with[part[:_SHORTEST_PART]] if part in noun)

    def _title(self, thing: Thing) -> dict[str, float]:
        order = self._title_order.get(id(thing))
        if order is None:
            return {}
        tokens, place = self._tokens, thing.places[0]
        phrase, clause = place.phrase, self._clause_of[place.first]
        preposition = tokens.word(phrase.preposition) if phrase is not None and phrase.preposition is not None else "-"
        return {
            "title order": min(5, order) / 5,
            "first in title": order == 0,
            "last in title": order == len(self._title_order) - 1,
            "only in title": len(self._title_order) == 1,
            "begins title": tokens.starts[phrase.start if phrase is not None else place.first] == 0,
            "after dash": place.first > 0 and tokens.words[place.first - 1] in ("-", "–", ":"),
            "before dash": tokens.word(place.last + 1) in ("-", "–", ":"),
            "title genitive": phrase is not None and phrase.parent is not None,
            "title vorfeld": clause >= 0 and place.first in self._clauses[clause].vorfeld,
            f"title {preposition}": 1,
        }

    def _said(self, thing: Thing) -> dict[str, float]:
        places = thing.places
        clauses = [self._clause_of[place.first] for place in places]
        with_state = sum(clause in self._sources for clause in clauses)
        found: dict[str, float] = {
            "state": with_state > 0,
            "states": math.log1p(with_state),
            "number": any(clause in self._with_numbers for clause in clauses),
            "counted": any(i in self._counted for place in places for i in range(place.first, place.last + 1)),
            "with number": any(place.phrase is not None and place.phrase.numbers for place in places),
            "vorfeld": any(
                clause >= 0 and place.first in self._clauses[clause].vorfeld
                for place, clause in zip(places, clauses, strict=True)
            ),
        }
        for clause in clauses:
            found |= {f"state by {source}": 1 for source in self._sources.get(clause, ())}
        return found


@lru_cache(maxsize=20_000)
def _form(words: tuple[str, ...], tags: tuple[str, ...], lemma: str, tag: str) -> Mapping[str, float]:
    """What the form of a name says; `lemma` and `tag` are those of its head."""
    kind = kind_of(lemma)
    marks = frozenset[str]().union(*map(_marks, words))
    found: dict[str, float] = {f"tag {tag}": 1 for tag in tags}
    found |= {
        "words": min(5, len(words)),
        "several words": len(words) > 1,
        "hyphen": "hyphen" in marks,
        "camel case": "camel case" in marks,
        "capitals": "capitals" in marks,
        "year": "year" in marks,
        "letters": min(30, len(lemma)) / 10,
        "compound": len(lemma) > SHORTEST_COMPOUND and tag == "NN" and split(lemma) is not None,
        "kind": kind is not None,
        "bare kind": kind is not None and lemma.lower() == kind,
        "institution": "institution" in marks or is_institutional(lemma),
        "deed": lemma in TRANSPARENT_NOUNS,
        "role": "role" in marks or is_role(lemma),
        "person": "person" in marks,
        "street": "street" in marks,
        "known place": "known place" in marks,
        "only place": all("known place" in _marks(word) for word in words),
    }
    if kind is not None:
        found[f"kind {kind}"] = 1
    for name in ("generic", "named", "topics", "never_topics"):
        found[f"class {name}"] = is_class(lemma, name)
    found |= {f"ends {end}": 1 for end in ends(lemma)}
    found |= {f"word {word.lower()}": 1 for word in words}
    return {name: float(value) for name, value in found.items() if value}


@lru_cache(maxsize=50_000)
def _marks(word: str) -> frozenset[str]:
    """What the form of a single word of a name says, by the feature's name."""
    marks = {
        "hyphen": "-" in word,
        "camel case": CAMEL.fullmatch(word),
        "capitals": _CAPITALS.fullmatch(word),
        "year": _YEAR.fullmatch(word),
        "institution": is_institutional(word),
        "role": is_role(word),
        "person": is_first_name(word),
        "street": STREET.fullmatch(word),
        "known place": word.removesuffix("s") in NOUNS.known_places,
    }
    return frozenset(name for name, holds in marks.items() if holds)


@lru_cache(maxsize=50_000)
def _inner_ends(lemma: str) -> tuple[str, ...]:
    """The ends of a noun that may be nouns themselves, the longest first."""
    return tuple(lemma[begin:] for begin in range(1, len(lemma) - _SHORTEST_END + 1))


@lru_cache(maxsize=50_000)
def _pieces(noun: str) -> frozenset[str]:
    """All pieces of a noun as long as the shortest part of a name."""
    return frozenset(noun[begin : begin + _SHORTEST_PART] for begin in range(len(noun) - _SHORTEST_PART + 1))


@lru_cache(maxsize=20_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\W_]+", name.lower()) if len(part) >= _SHORTEST_PART)
