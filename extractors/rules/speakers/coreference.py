"""Who is meant: the person whom a subject, a role ("die Ministerin") or a pronoun names."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.german.words.persons import is_feminine, is_role, is_title
from extractors.rules.speakers.persons import Person
from extractors.tokens import PREPOSITIONS, Tokens

_APPOSITION = 14
"""Tokens between a role and its name: "die Senatorin für Wissenschaft, Gesundheit und Pflege, Ina Muster"."""
_INSIDE = frozenset(
    {"ART", "ADJA", "ADJD", "APPR", "APPRART", "NN", "NE", "KON", "TRUNC", "FM", "XY", "CARD", "PPOSAT", "$,", "$("}
)
_OBLIQUE = frozenset({"des", "dem", "den", "einem", "eines"})
_RECENT = 4
"""Sentences after which a pronoun no longer refers to a person named before."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Where a statement comes from: tokens `first` to `last`; `name` is None for an organisation or someone unnamed."""

    name: str | None
    first: int
    last: int


class Persons:
    """The persons of a document, and what else refers to them."""

    def __init__(self, tokens: Tokens, people: Sequence[Person]) -> None:
        self._tokens = tokens
        self.people = people
        self._firsts = [person.first for person in people]
        self._by_first = {person.first: person for person in people}
        self._roles = [self._role_of(person) for person in people]

    def any_in(self, first: int, stop: int) -> bool:
        """Whether a person is named in a range of tokens."""
        place = bisect_left(self._firsts, first)
        return place < len(self._firsts) and self._firsts[place] < stop

    def subject(self, indices: Sequence[int], verb: int | None = None) -> Speaker | None:
        """The first person among tokens who may be a subject; `verb` is the finite verb, which tells number."""
        tokens, last = self._tokens, -1
        plural = verb is not None and tokens.words[verb].lower().endswith(("en", "sind"))
        speaking = next(
            (i for i in indices if tokens.tags[i] == "PPER" and tokens.words[i].lower() in ("ich", "wir")), None
        )
        if speaking is not None:
            return Speaker(None, speaking, speaking)
        for index in indices:
            if index <= last:
                continue
            person = self._by_first.get(index)
            if person is not None:
                if not self._is_oblique(self._phrase_start(index)) and not self._is_genitive(person):
                    return self._joined(person, plural)
                last = person.last
            elif is_role(tokens.words[index]) and tokens.tags[index] in ("NN", "NE", "XY"):
                found = self._apposed(index)
                last = found.last if found else index
                if not self._is_oblique(self._phrase_start(index)):
                    return self._joined(found, plural) if found else self._known_by_role(index)
            elif tokens.tags[index] == "PPER" and self._is_singular_pronoun(index, verb):
                return self._pronoun(index)
        return None

    def named_at(self, first: int) -> Speaker | None:
        """Whom the phrase names that begins at a token: "[laut] Ministerin Muster"; None where none begins."""
        tokens = self._tokens
        index, stop = first, min(len(tokens.words), first + _APPOSITION)
        while index < stop:
            person = self._by_first.get(index)
            if person is not None:
                return self._joined(person)
            word, tag = tokens.words[index], tokens.tags[index]
            if is_title(word):
                index += 1
            elif is_role(word):
                found = self._apposed(index)
                return self._source(found) if found else self._known_by_role(index)
            elif tag == "PPER":
                return self._pronoun(index)
            elif tag in ("ART", "ADJA", "PPOSAT"):
                index += 1
            else:
                return Speaker(None, first, index) if tag in ("NN", "NE", "FM", "XY") else None
        return None

    def ending_at(self, index: int) -> Speaker | None:
        """ "…, Dr. Ina Muster: „…": the person whose name ends at a token, unless a preposition governs it."""
        place = bisect_left(self._firsts, index + 1) - 1
        if place < 0 or self.people[place].last != index:
            return None
        person = self.people[place]
        return None if self._is_oblique(self._phrase_start(person.first)) else self._source(person)

    def last_before(self, index: int, feminine: bool | None = None) -> Speaker | None:
        """The person named last before a token, in the sentences just before."""
        place = bisect_left(self._firsts, index)
        sentence = self._tokens.sentence[index]
        for number in range(place - 1, -1, -1):
            person = self.people[number]
            if sentence - self._tokens.sentence[person.first] > _RECENT:
                return None
            if feminine is None or self._gender(person) in (None, feminine):
                return Speaker(person.name, index, index)
        return None

    def _source(self, person: Person) -> Speaker:
        return Speaker(person.name, person.first, person.last)

    def _joined(self, person: Person, plural: bool = False) -> Speaker:
        """ "Senatorin A und Senator B": two who speak with one voice."""
        tokens = self._tokens
        reach = _APPOSITION if plural else 0
        for other in self.people[bisect_left(self._firsts, person.last) :]:
            start = self._phrase_start(other.first)
            if start - person.last - 2 > reach or tokens.sentence[other.first] != tokens.sentence[person.first]:
                break
            if tokens.before(start) in ("und", "sowie") and other.name != person.name:
                return Speaker(f"{person.name} und {other.name}", person.first, other.last)
        return self._source(person)

    def _phrase_start(self, index: int) -> int:
        """First token of the noun phrase of a name or role: roles, titles, adjectives and the article before it."""
        tokens = self._tokens
        while index > 0:
            word, tag = tokens.words[index - 1], tokens.tags[index - 1]
            if not (is_role(word) or is_title(word) or tag in ("ART", "ADJA", "PPOSAT", "PDAT", "PRELAT")):
                break
            index -= 1
            if tag in ("ART", "PPOSAT", "PDAT", "PRELAT"):
                break
        return index

    def _is_oblique(self, start: int) -> bool:
        """Whether a noun phrase is no subject: it follows a preposition, or its article is no nominative."""
        tokens = self._tokens
        if tokens.tag(start - 1) in PREPOSITIONS:
            return True
        if start > 1 and tokens.words[start - 1] in ("und", "sowie"):
            before = (
                self.people[bisect_left(self._firsts, start) - 1] if self._firsts and self._firsts[0] < start else None
            )
            if before is not None and before.last == start - 2:
                return self._is_oblique(self._phrase_start(before.first))
        if self._has_governed_noun(start - 1):
            return True
        article = tokens.words[start].lower()
        if article in _OBLIQUE:
            return True
        following = (w for w in tokens.words[start + 1 : start + 4] if is_role(w))
        role = next(following, None)
        # "der Vorsitzende" is masculine, whatever the noun may be elsewhere.
        return article in ("der", "einer") and role is not None and is_feminine(role) and not role.endswith("e")

    def _has_governed_noun(self, index: int) -> bool:
        """ "an den Maler und Grafiker [Ernst Muster]": a preposition and an article before nouns and a name."""
        tokens, last = self._tokens, index
        while index > 0 and tokens.tags[index] in ("NN", "KON", "ADJA"):
            index -= 1
        return 0 < index < last and tokens.words[index] in ("den", "dem") and tokens.tags[index - 1] == "APPR"

    def _is_genitive(self, person: Person) -> bool:
        """ "Wendlandts Sprecher": the name is no subject."""
        word = self._tokens.words[person.last]
        following = self._tokens.tags[person.last + 1 : person.last + 2]
        return word.endswith("s") and not person.name.endswith("s") and following == ["NN"]

    def _apposed(self, role: int) -> Person | None:
        """ "die Senatorin für Kultur, Ina Muster": the name that a role is given in the same phrase."""
        tokens = self._tokens
        stop = min(len(tokens.words), role + _APPOSITION)
        for index in range(role + 1, stop):
            person = self._by_first.get(index)
            if person is not None:
                start = self._phrase_start(index)
                before = tokens.words[start - 1] if start > role else ""
                oblique = start > role + 1 and self._is_oblique(start) and before != ","
                return None if oblique else person
            if tokens.tags[index] not in _INSIDE or tokens.words[index] in ("–", ":", "„", "“", "»", '"'):
                return None
        return None

    def _known_by_role(self, index: int) -> Speaker:
        """ "die Ministerin": the person named last who has this role; nobody where the text names none."""
        tokens, role = self._tokens, self._tokens.words[index].lower()
        place = bisect_left(self._firsts, index)
        for number in range(place - 1, -1, -1):
            if any(held.endswith(role) or role.endswith(held) for held in self._roles[number]):
                return Speaker(self.people[number].name, index, index)
        if tokens.tags[index - 1 : index] == ["ART"] and tokens.tags[index + 1 : index + 2] not in (["ART"], ["APPR"]):
            after = [n for n in range(place, len(self.people)) if any(h.endswith(role) for h in self._roles[n])]
            if after and place == 0:
                return Speaker(self.people[after[0]].name, index, index)
        return Speaker(None, index, index)

    def _role_of(self, person: Person) -> tuple[str, ...]:
        """The roles that stand beside a name: before it, or in apposition on either side."""
        tokens, found = self._tokens, []
        index = person.first - 1
        while index >= 0 and (is_role(tokens.words[index]) or is_title(tokens.words[index])):
            found.append(tokens.words[index].lower())
            index -= 1
        if not found:
            sentence = tokens.sentences[tokens.sentence[person.first]][0]
            for place in range(index, max(sentence, index - _APPOSITION), -1):
                if tokens.tags[place] not in _INSIDE or (place < index - 1 and tokens.tags[place] == "$("):
                    break
                if is_role(tokens.words[place]):
                    found.append(tokens.words[place].lower())
                    break
        if tokens.words[person.last + 1 : person.last + 2] == [","]:
            found += [word.lower() for word in tokens.words[person.last + 2 : person.last + 6] if is_role(word)][:1]
        return tuple(word for word in found if not is_title(word.capitalize()))

    def _gender(self, person: Person) -> bool | None:
        """True for a woman, False for a man, None where the text does not say."""
        for number, other in enumerate(self.people):
            if other.name == person.name and self._roles[number]:
                return is_feminine(self._roles[number][0])
        return True if person.name.split(" ")[0].endswith("a") else None

    def _is_singular_pronoun(self, index: int, verb: int | None) -> bool:
        word = self._tokens.words[index].lower()
        if word == "er":
            return True
        return word == "sie" and verb is not None and not self._tokens.words[verb].lower().endswith("n")

    def _pronoun(self, index: int) -> Speaker | None:
        word = self._tokens.words[index].lower()
        found = self.last_before(index, feminine=word in ("sie", "ihr"))
        return found if found is not None else Speaker(None, index, index)
