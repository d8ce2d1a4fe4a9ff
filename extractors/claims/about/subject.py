"""Which named project a statement is about, or none: what speaks for each, weighed.

Rules say which project they would take (`by_rule`); how near each is named, in which role, how much the release is
about it, and what the statement says weigh as well. Weights: extractors/decisions/weights/subject.json.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.about import by_rule
from extractors.claims.about.by_rule import is_survey
from extractors.claims.about.names import heading
from extractors.claims.found import Found, Named
from extractors.decisions import Linear, learned
from extractors.german.words.transparent import TRANSPARENT_NOUNS
from extractors.rules.projects.classes import is_class
from extractors.rules.projects.places import ProjectMention, first_token, last_before
from extractors.rules.statuses.mention import StatusMention
from extractors.tokens import DETERMINERS, Tokens
from models.quantity import Kind

_NONE_AHEAD = -0.6
"""How far none at all must be ahead of the best project to be chosen: a series breaks where a subject is lost."""
_NEAR = 1.0
"""How far behind a report the project may rank that it reports on."""
_SURE = 0.5
"""Probability of being a project from which on one is surely meant by its name."""
_SHORTEST_END = 4
"""Letters of a noun that may stand for a name that ends in it."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What is said of something: a number (`mention` its status words, if any) or a status alone (kind "status")."""

    first: int
    last: int
    kind: Kind
    mention: StatusMention | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a statement (None: no project), what the rules take, and how far it is ahead of none."""

    named: Named | None
    ruled: Named | None
    margin: float


class Subjects:
    """The choice of subjects in one document."""

    def __init__(self, found: Found, weights: Linear | None = None) -> None:
        self._found = found
        self._weights = learned("subject") if weights is None else weights
        self._by_project: dict[int, list[ProjectMention]] = {index: [] for index in range(len(found.projects))}
        for mention in found.mentions:
            self._by_project[mention.project].append(mention)
        self._best_topic = max((standing.topic for standing in found.standings), default=0.0)

    def of(self, statement: Utterance) -> Named | None:
        """The project that a statement is about, with the words that name it or stand for it; None for none."""
        choice = self.choose(statement)
        return choice.named if choice.margin > _NONE_AHEAD else None

    def choose(self, statement: Utterance) -> Choice:
        """The project that fits a statement best, and how far it is ahead of none at all."""
        if not self._found.projects:
            return Choice(None, None, -math.inf)
        ruled = self.by_rule(statement)
        *ranks, none = map(self._weights.score, self.alternatives(statement, ruled))
        if ruled is not None and self._is_plain(ruled.project, statement.first):
            return Choice(ruled, ruled, max(0.0, ranks[ruled.project] - none))
        best = max(range(len(ranks)), key=lambda index: (ranks[index], -index))
        chosen = best if statement.kind == "status" else self._reported_on(best, ranks)
        named = ruled if ruled is not None and ruled.project == chosen else self._named(chosen, statement.first)
        return Choice(named, ruled, ranks[best] - none)

    def _reported_on(self, best: int, ranks: Sequence[float]) -> int:
        """What a report counts is said of what it reports on: "Fortschrittsbericht: 42 Vorhaben der Konferenz …"."""
        reports = self._found.once(_reports)
        if best not in reports:
            return best
        near = [index for index in range(len(ranks)) if index not in reports and ranks[index] > ranks[best] - _NEAR]
        return max(near, key=lambda index: (ranks[index], -index), default=best)

    def _is_plain(self, project: int, token: int) -> bool:
        """Whether a project, surely one, is the only one that a token's clause names: nothing is to be weighed then."""
        found = self._found
        within = found.likely.mentions_by_sentence.get(found.tokens.sentence[token], [])
        named = {mention.project for mention in within if found.clause_of[mention.first] == found.clause_of[token]}
        return named == {project} and found.standings[project].name >= _SURE

    def by_rule(self, statement: Utterance) -> Named | None:
        """The project that the rules take."""
        if statement.kind == "status" and statement.mention is not None:
            return by_rule.of_status(self._found, statement.mention)
        start, end = self._found.sentence_span(statement.first)
        survey = is_survey(self._found.tokens.text[start:end])
        return None if survey else by_rule.of_number(self._found.likely, statement.first)

    def _named(self, project: int, token: int) -> Named | None:
        """The mention of a project that lies nearest to a token."""
        nearest = last_before(self._by_project[project], token)
        return Named(project, (nearest.start, nearest.end)) if nearest is not None else None

    def alternatives(self, statement: Utterance, ruled: Named | None) -> list[dict[str, float]]:
        """Features of each project in their order, then those of none."""
        tokens = self._found.tokens
        sentence = tokens.sentence[statement.first]
        within = self._found.mentions_by_sentence.get(sentence, [])
        kind = {"status": "status", "money": "money"}.get(statement.kind, "number")
        shared = _Shared(
            sentence,
            within,
            abs(_nearest(within, statement.first).first - statement.first) if within else 0,
            _last_named(self._found.mentions, statement.first),
            self._definite(sentence),
            self._heading(statement.first),
        )
        rows = [
            _crossed(self._of_project(project, statement, ruled, shared), kind)
            for project in range(len(self._found.projects))
        ]
        return [*rows, _crossed(self._of_none(statement, ruled, rows), kind)]

    def _heading(self, token: int) -> int | None:
        named = heading(self._found, token)
        return named.project if named is not None else None

    def _definite(self, sentence: int) -> list[tuple[str, int]]:
        """Lemmas of nouns that take something up as known, with their clause: "das Institut", "der Bau"."""
        tokens = self._found.tokens
        first, stop = tokens.sentences[sentence]
        found = []
        for phrase in {
            id(p): p for i in range(first, stop) if (p := self._found.phrase_of.get(i)) is not None
        }.values():
            determined = tokens.tags[phrase.start] in DETERMINERS and not tokens.word(phrase.start).startswith(
                ("ein", "kein")
            )
            merged = phrase.preposition is not None and tokens.tags[phrase.preposition] == "APPRART"
            if tokens.tags[phrase.head] == "NN" and (determined or merged):
                found.append((tokens.lemmas[phrase.head].lower(), self._found.clause_of[phrase.head]))
        return found

    def _of_project(
        self, project: int, statement: Utterance, ruled: Named | None, shared: "_Shared"
    ) -> dict[str, float]:
        found, tokens = self._found, self._found.tokens
        standing, mentions = found.standings[project], self._by_project[project]
        inside = _of_sentence(tokens, mentions, shared.sentence)
        clause = found.clause_of[statement.first]
        in_clause = any(found.clause_of[m.first] == clause for m in inside)
        before = mentions[: bisect_right(mentions, statement.first, key=first_token)]
        name = found.projects[project].name.lower().replace("-", " ").split()
        takes_up = [
            own
            for lemma, own in shared.definite
            if len(lemma) >= _SHORTEST_END and name and any(w.endswith(lemma) for w in name)
        ]
        title = tokens.starts[statement.first] < found.title_end
        row: dict[str, float] = {
            "bias": 1,
            "name": _log_odds(standing.name),
            "topic": _log_odds(standing.topic),
            "best topic": standing.topic == self._best_topic,
            "rule": ruled is not None and ruled.project == project,
            "rule, other": ruled is not None and ruled.project != project,
            "in sentence": bool(inside),
            "in clause": in_clause,
            "name, in clause": in_clause * _log_odds(standing.name),
            "sentence before": bool(_of_sentence(tokens, mentions, shared.sentence - 1)),
            "in paragraph": not inside
            and bool(before)
            and before[-1].start >= found.paragraph_start(tokens.starts[statement.first]),
            "last named": bool(before) and before[-1].first == shared.last_named,
            "not yet named": not before,
            "times named": math.log1p(len(mentions)),
            "in title": bool(mentions) and mentions[0].start < found.title_end,
            "title, in sentence": title and bool(inside),
            "title, best topic": title and standing.topic == self._best_topic,
            "heading": shared.heading == project,
            "taken up": bool(takes_up) and not inside,
            "taken up in clause": clause in takes_up and not inside,
        }
        if before:
            row["sentences ago"] = -math.log1p(shared.sentence - tokens.sentence[before[-1].first])
        if inside:
            row |= self._of_nearest(_nearest(inside, statement.first), statement, shared)
        return {name: float(value) for name, value in row.items() if value}

    def _of_nearest(self, mention: ProjectMention, statement: Utterance, shared: "_Shared") -> dict[str, float]:
        found, tokens = self._found, self._found.tokens
        distance = abs(mention.first - statement.first)
        row: dict[str, float] = {
            "near": -math.log1p(distance),
            "nearest": distance == shared.nearest,
            "before": mention.first < statement.first,
            "overlaps": mention.first <= statement.last and statement.first <= mention.last,
        }
        phrase = found.phrase_of.get(mention.first)
        if phrase is not None:
            row["genitive"] = phrase.parent is not None
            if phrase.preposition is not None:
                row["prepositional"] = 1
                row[f"after {tokens.word(phrase.preposition)}"] = 1
            if phrase.parent is not None:
                row["of a deed"] = tokens.lemmas[found.noun_phrases[phrase.parent].head] in TRANSPARENT_NOUNS
        clause = found.clause_of[mention.first]
        row["vorfeld"] = clause >= 0 and mention.first in found.clauses[clause].vorfeld
        return row

    def _of_none(self, statement: Utterance, ruled: Named | None, rows: Sequence[dict[str, float]]) -> dict[str, float]:
        start, end = self._found.sentence_span(statement.first)
        sentence = self._found.tokens.text[start:end]
        row: dict[str, float] = {
            "none": 1,
            "none, rule too": ruled is None,
            "none, best topic": _log_odds(self._best_topic),
            "none in sentence": not any("in sentence" in row for row in rows),
            "none, name in clause": max((row.get("name", 0.0) for row in rows if "in clause" in row), default=-2.0),
            "none, survey": is_survey(sentence),
            "none, share": statement.kind == "share",
            "none, people": sentence.count(" Prozent") > 1,
        }
        return {name: float(value) for name, value in row.items() if value}


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all alternatives of a statement have in common."""

    sentence: int
    within: Sequence[ProjectMention]
    nearest: int
    last_named: int
    definite: Sequence[tuple[str, int]]
    heading: int | None


def _reports(found: Found) -> frozenset[int]:
    """The projects that are reports."""
    words = {index: re.split(r"[\s-]", project.name) for index, project in enumerate(found.projects)}
    return frozenset(index for index, own in words.items() if any(is_class(word, "reports") for word in own))


def _of_sentence(tokens: Tokens, mentions: Sequence[ProjectMention], sentence: int) -> Sequence[ProjectMention]:
    """Those of the mentions, which stand in the order of the text, that lie in a sentence."""
    if sentence < 0:
        return []
    first, stop = tokens.sentences[sentence]
    return mentions[bisect_left(mentions, first, key=first_token) : bisect_left(mentions, stop, key=first_token)]


def _nearest(mentions: Sequence[ProjectMention], token: int) -> ProjectMention:
    """The mention that begins nearest to a token."""
    place = bisect_left(mentions, token, key=first_token)
    return min(mentions[max(0, place - 1) : place + 1], key=lambda mention: abs(mention.first - token))


def _last_named(mentions: Sequence[ProjectMention], token: int) -> int:
    """First token of the last mention that begins before a token or with it; -1 where there is none."""
    place = bisect_right(mentions, token, key=first_token)
    return mentions[place - 1].first if place else -1


def _crossed(row: dict[str, float], kind: str) -> dict[str, float]:
    """Each feature once for all statements and once for those of a kind."""
    return row | {f"{kind}: {name}": value for name, value in row.items()}


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, 0.001), 0.999)
    return math.log(bounded / (1 - bounded)) / 3
