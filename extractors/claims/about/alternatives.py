"""What speaks for each project of a document as what a statement is about, and for none of them.

Features are columns with a value for each project: a release may name hundreds of projects and state hundreds of
numbers, and all projects are weighed for all statements.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from extractors.claims.about.by_rule import is_survey
from extractors.claims.about.columns import Column, Columns
from extractors.claims.about.names import heading
from extractors.claims.about.pairs import crossed, is_step, marks, pairs
from extractors.claims.about.weights import paired, weights_for
from extractors.claims.found import Found, Named
from extractors.decisions import Linear, ends, log_odds
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.places import ProjectMention, first_token
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import DETERMINERS
from models.quantity import Kind, Quantity

_SURE = math.log(999)
"""Log-odds of 999 to 1, beyond which nothing more is said."""
_NO_NAME = -2.0
"""Instead of the log-odds of names in the statement's clause where it has none."""
_SHORTEST_END = 4
"""Letters of a noun that may stand for a name that ends in it."""

_SHORTEST_STEM = 6
"""Letters at the beginning of a noun by which names are known that have to do with it."""

_WORD = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said of something: a number, with its noun (`counted`), or a status, with its words (`mention`)."""

    first: int
    last: int
    kind: Kind
    mention: StatusMention | None
    counted: str | None = None

    @classmethod
    def of_number(cls, quantity: Quantity) -> "Utterance":
        """What is said of a number."""
        return cls(quantity.first, quantity.last, quantity.kind, None, quantity.counted)

    @classmethod
    def of_status(cls, mention: StatusMention) -> "Utterance":
        """A status alone."""
        return cls(mention.first, mention.last, "status", mention)

    @property
    def weighed_as(self) -> str:
        """The kind by which features weigh differently."""
        return self.kind if self.kind in ("status", "money") else "number"


class Alternatives:
    """The features of a document's projects, and what they weigh."""

    def __init__(self, found: Found, weights: Linear) -> None:
        self._found = found
        self._weights = weights
        self._pairs = paired(weights)
        self._count = len(found.projects)
        self._owner = np.array([mention.project for mention in found.mentions], dtype=int)
        self._start = np.array([mention.start for mention in found.mentions], dtype=int)
        self._first = np.array([mention.first for mention in found.mentions], dtype=int)
        self._sentence = np.array([found.tokens.sentence[mention.first] for mention in found.mentions], dtype=int)
        topics = np.array([standing.topic for standing in found.standings])
        self._log_odds = np.array([_weighed(standing.name) for standing in found.standings])
        self._is_best_topic = (topics == topics.max(initial=0.0)).astype(float)
        self._best_topic = float(topics.max(initial=0.0))
        self._own: dict[str, Column] = {
            "bias": np.ones(self._count),
            "name": self._log_odds,
            "topic": np.array([_weighed(topic) for topic in topics]),
            "best topic": self._is_best_topic,
            "times named": np.log1p(np.bincount(self._owner, minlength=self._count)),
            "in title": self._marked(self._owner[self._start < found.title_end]),
            **self._called(),
        }
        self._held = self._pairs.marked(self._own, self._count)
        self._of_own: dict[str, Column] = {}
        self._definite: dict[int, list[tuple[str, int]]] = {}

    def scores(self, statement: Utterance, ruled: Named | None) -> Column:
        """How well each project and, at the end, none of them fits a statement.

        Args:
            statement: what is said.
            ruled: the project that the rules take.
        """
        kind = statement.weighed_as
        weights = weights_for(self._weights, kind)
        if kind not in self._of_own:
            self._of_own[kind] = weights.own(self._own)
        columns = self._columns(statement, ruled)
        scores: Column = np.empty(self._count + 1)
        scores[:-1] = self._of_own[kind] + weights.scores(columns, self._pairs.marked_too(self._held, columns))
        scores[-1] = weights.score(self._of_none(statement, ruled, columns))
        return scores

    def rows(self, statement: Utterance, ruled: Named | None) -> list[dict[str, float]]:
        """The same features by name: of each project in their order, then of none; what is not there is left out."""
        columns = self._columns(statement, ruled)
        kind = statement.weighed_as
        named = self._own | columns.named()
        own = [{n: float(c[index]) for n, c in named.items() if c[index]} for index in range(self._count)]
        return [_row(each, kind) for each in (*own, self._of_none(statement, ruled, columns))]

    def parts(self, statement: Utterance, ruled: Named | None, place: int) -> dict[str, float]:
        """What each feature of an alternative adds or takes, by its place among `rows`."""
        return self._weights.parts(self.rows(statement, ruled)[place])

    def _called(self) -> dict[str, Column]:
        """The projects by what kind of thing their names call them."""
        called: dict[str, list[int]] = {}
        for index, project in enumerate(self._found.projects):
            for end in ends(name_head(project.name)):
                called.setdefault(f"called {end}", []).append(index)
        return {name: self._marked(projects) for name, projects in called.items()}

    def _marked(self, projects: Sequence[int] | npt.NDArray[np.int_]) -> Column:
        column = np.zeros(self._count)
        column[projects] = 1
        return column

    def _columns(self, statement: Utterance, ruled: Named | None) -> Columns:
        """The features that depend on the statement."""
        found, tokens = self._found, self._found.tokens
        sentence, clause = tokens.sentence[statement.first], found.clause_of[statement.first]
        within = found.mentions[self._mentions_of(sentence)]
        in_clause = [mention.project for mention in within if found.clause_of[mention.first] == clause]
        columns = Columns(self._count)
        columns["in sentence"][[mention.project for mention in within]] = 1
        columns["in clause"][in_clause] = 1
        columns["name, in clause"][in_clause] = self._log_odds[in_clause]
        if sentence:
            columns["sentence before"][self._owner[self._mentions_of(sentence - 1)]] = 1
        self._put_named_before(columns, statement.first)
        self._put_taken_up(columns, sentence, clause)
        if ruled is not None:
            columns["rule, other"][:] = 1
            columns["rule, other"][ruled.project] = 0
            columns["rule"][ruled.project] = 1
        if tokens.starts[statement.first] < found.title_end:
            columns["title, in sentence"][:] = columns["in sentence"]
            columns["title, best topic"][:] = self._is_best_topic
        if statement.counted is not None:
            columns["counted in name"][self._named_after(statement.counted)] = 1
        above = heading(found, statement.first)
        if above is not None:
            columns["heading"][above.project] = 1
        nearest = min((abs(mention.first - statement.first) for mention in within), default=0)
        for project in {mention.project for mention in within}:
            own = [mention for mention in within if mention.project == project]
            self._put_nearest(columns, _nearest(own, statement.first), statement, nearest)
        return columns

    def _named_after(self, counted: str) -> list[int]:
        """The projects whose name has a word in common with what is counted: "Wohnungen", "Wohnungsbauprogramm"."""
        stem = counted.split()[-1].lower()[:_SHORTEST_STEM]
        return [index for index, project in enumerate(self._found.projects) if stem in project.name.lower()]

    def _mentions_of(self, sentence: int) -> slice:
        """Which of the document's mentions lie in a sentence."""
        first, stop = self._found.tokens.sentences[sentence]
        return slice(
            bisect_left(self._found.mentions, first, key=first_token),
            bisect_left(self._found.mentions, stop, key=first_token),
        )

    def _put_named_before(self, columns: Columns, token: int) -> None:
        """How long ago each project was named last, seen from a token."""
        found = self._found
        stop = bisect_right(found.mentions, token, key=first_token)
        if not stop:
            columns["not yet named"][:] = 1
            return
        last = np.full(self._count, -1)
        last[self._owner[:stop]] = np.arange(stop)  # where a project comes several times, its last place stays
        named = last >= 0
        paragraph = found.paragraph_start(found.tokens.starts[token])
        ago = np.log1p(np.maximum(0, found.tokens.sentence[token] - self._sentence[last]))
        columns["not yet named"][:] = ~named
        columns["sentences ago"][:] = -ago * named
        columns["in paragraph"][:] = named & (columns["in sentence"] == 0) & (self._start[last] >= paragraph)
        columns["last named"][:] = named & (self._first[last] == self._first[stop - 1])

    def _put_taken_up(self, columns: Columns, sentence: int, clause: int) -> None:
        """Which projects the nouns of a sentence may stand for that take something up as known."""
        if sentence not in self._definite:
            self._definite[sentence] = _definite(self._found, sentence)
        for lemma, own in self._definite[sentence]:
            for project in self._by_end.get(lemma, ()):
                if not columns["in sentence"][project]:
                    columns["taken up"][project] = 1
                    if own == clause:
                        columns["taken up in clause"][project] = 1

    @cached_property
    def _by_end(self) -> dict[str, set[int]]:
        """The projects by the ends of the words of their names."""
        projects: dict[str, set[int]] = {}
        for index, project in enumerate(self._found.projects):
            for word in project.name.lower().replace("-", " ").split():
                for begin in range(len(word) - _SHORTEST_END + 1):
                    projects.setdefault(word[begin:], set()).add(index)
        return projects

    def _put_nearest(self, columns: Columns, mention: ProjectMention, statement: Utterance, nearest: int) -> None:
        """What the mention of a project in the statement's sentence that is nearest to it says."""
        found, tokens, project = self._found, self._found.tokens, mention.project
        distance = abs(mention.first - statement.first)
        columns["near"][project] = -math.log1p(distance)
        columns["nearest"][project] = distance == nearest
        columns["before"][project] = mention.first < statement.first
        columns["overlaps"][project] = mention.first <= statement.last and statement.first <= mention.last
        phrase = found.phrase_of.get(mention.first)
        if phrase is not None and phrase.parent is not None:
            columns["genitive"][project] = 1
            columns["of a deed"][project] = tokens.lemmas[found.noun_phrases[phrase.parent].head] in TRANSPARENT_NOUNS
        if phrase is not None and phrase.preposition is not None:
            columns["prepositional"][project] = 1
            columns.words.setdefault(f"after {tokens.word(phrase.preposition)}", {})[project] = 1
        clause = found.clause_of[mention.first]
        columns["vorfeld"][project] = clause >= 0 and mention.first in found.clauses[clause].vorfeld

    def _of_none(self, statement: Utterance, ruled: Named | None, columns: Columns) -> dict[str, float]:
        start, end = self._found.sentence_span(statement.first)
        sentence = self._found.tokens.text[start:end]
        row: dict[str, float] = {
            "none": 1,
            "none, rule too": ruled is None,
            "none, best topic": _weighed(self._best_topic),
            "none in sentence": not columns["in sentence"].any(),
            "none, name in clause": self._log_odds[columns["in clause"] > 0].max(initial=_NO_NAME),
            "none, survey": is_survey(sentence),
            "none, share": statement.kind == "share",
            "none, people": sentence.count(" Prozent") > 1,
        }
        if statement.counted is not None:
            row |= {f"none, counted {end}": 1 for end in ends(statement.counted.split()[-1])}
        if statement.mention is not None:
            row[f"none, status {statement.mention.status}"] = 1
        clause = self._found.clause(statement.first)
        if clause is not None and clause.verb is not None:
            row[f"none, verb {clause.verb.lemma}"] = 1
        row[f"none, after {self._found.tokens.before(statement.first)}"] = 1
        return {name: float(value) for name, value in row.items() if value}


def _nearest(mentions: Sequence[ProjectMention], token: int) -> ProjectMention:
    """The mention that begins nearest to a token."""
    return min(mentions, key=lambda mention: abs(mention.first - token))


def _definite(found: Found, sentence: int) -> list[tuple[str, int]]:
    """Lemmas of nouns that take something up as known, with their clause: "das Institut", "der Bau"."""
    tokens = found.tokens
    result = []
    phrases = {id(p): p for i in range(*tokens.sentences[sentence]) if (p := found.phrase_of.get(i)) is not None}
    for phrase in phrases.values():
        article = tokens.tags[phrase.start] in DETERMINERS
        determined = article and not tokens.word(phrase.start).startswith(("ein", "kein"))
        merged = phrase.preposition is not None and tokens.tags[phrase.preposition] == "APPRART"
        if tokens.tags[phrase.head] == "NN" and (determined or merged):
            result.append((tokens.lemmas[phrase.head].lower(), found.clause_of[phrase.head]))
    return result


def _row(own: Mapping[str, float], kind: str) -> dict[str, float]:
    """The features of one alternative: each once for all statements and once for those of a kind, and the pairs."""
    held = marks(own)
    row = {**own, **{mark: 1.0 for mark in held if is_step(mark)}}
    return row | {crossed(name, kind): value for name, value in row.items()} | pairs(held)


@lru_cache(maxsize=20_000)
def name_head(name: str) -> str:
    """The word of a name that says what it names: its last one, or the last before a small word."""
    words: list[str] = _WORD.findall(name) or [name]
    small = next((index for index, word in enumerate(words) if index and word[0].islower()), len(words))
    return words[small - 1]


def _weighed(probability: float) -> float:
    return log_odds(probability, _SURE) / 3
