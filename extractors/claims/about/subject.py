"""Which named project a statement is about, or none: what speaks for each, weighed.

Rules say which project they would take (`by_rule`); how near each is named, in which role, how much the release is
about it, and what the statement says weigh as well (`alternatives`), then what the statements around it are about
(`neighbours`). Weights: extractors/decisions/weights/subject.json and neighbours.json.
"""

import math
import re
from dataclasses import dataclass
from functools import cached_property

from extractors.claims.about import by_rule
from extractors.claims.about.alternatives import Alternatives, Utterance
from extractors.claims.about.by_rule import is_survey
from extractors.claims.about.columns import Column
from extractors.claims.about.money_roles import receiver
from extractors.claims.about.names import heading
from extractors.claims.about.neighbours import FIRST_SIGHT, Neighbours
from extractors.claims.about.others import in_own_part, is_of_another
from extractors.claims.about.weights import weight_for
from extractors.claims.found import Found, Named
from extractors.decisions import Linear, heaviest, learned
from extractors.rules.projects.classes import is_class, names_any_work
from extractors.rules.projects.places import ProjectMention, last_before

_NONE_AHEAD = -0.3
"""How far none at all may be ahead of the best project, which is chosen all the same; beyond, one in four is right."""
_NEAR = 1.0
"""How far behind a report the project may rank that it reports on."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for a statement (None: no project), what the rules take, and how far it is ahead of none."""

    named: Named | None
    ruled: Named | None
    margin: float


class Subjects:
    """The choice of subjects in one document.

    Args:
        found: the document.
        subject: weights of the first sight, the learned ones if None.
        neighbours: weights of it with what stands around.
    """

    def __init__(self, found: Found, subject: Linear | None = None, neighbours: Linear | None = None) -> None:
        self._found = found
        self.alternatives = Alternatives(found, learned("subject") if subject is None else subject)
        self._weights = learned("neighbours") if neighbours is None else neighbours
        self._seen: dict[Utterance, Column] = {}
        self._ruled: dict[Utterance, Named | None] = {}
        self._by_project: dict[int, list[ProjectMention]] = {index: [] for index in range(len(found.projects))}
        for mention in found.mentions:
            self._by_project[mention.project].append(mention)

    def of(self, statement: Utterance) -> Named | None:
        """The project that a statement is about, with the words that name it or stand for it; None for none."""
        choice = self.choose(statement)
        if choice.named is None or choice.margin <= _NONE_AHEAD or self._is_anybody_s(choice.named, statement):
            return None
        if statement.kind == "status":
            return choice.named
        of_another = is_of_another(self._found, choice.named.project, statement.first)
        return None if of_another or self._is_finding(choice.named, statement) else choice.named

    def _is_finding(self, named: Named, statement: Utterance) -> bool:
        """Whether a number is what a survey found of people at large, and the sentence does not name the project."""
        start, end = self._found.sentence_span(statement.first)
        named_here = any(start <= each.start < end for each in self._by_project[named.project])
        return not named_here and is_survey(self._found.tokens.text[start:end])

    def _is_anybody_s(self, named: Named, statement: Utterance) -> bool:
        """Whether a number is of a work that names no place of its own ("Ausbau der Gehwege"), told elsewhere."""
        if statement.kind == "status" or not names_any_work(self._found.projects[named.project].name):
            return False
        clause = self._found.clause_of[statement.first]
        return all(self._found.clause_of[each.first] != clause for each in self._by_project[named.project])

    def choose(self, statement: Utterance) -> Choice:
        """The project that fits a statement best, and how far it is ahead of none at all."""
        if not self._found.projects:
            return Choice(None, None, -math.inf)
        ruled = self.by_rule(statement)
        *_, none = scores = self.neighbours.scores(statement, self._weights)
        best = self._in_own_clause(int(scores[:-1].argmax()), ruled, statement)
        if statement.kind != "status":
            best = in_own_part(self._found, best, statement.first)
        best = self._in_section(best, statement)
        chosen = best if statement.kind == "status" else self._reported_on(best, scores[:-1])
        if statement.kind == "money":
            chosen = receiver(self._found, chosen, statement.first)
        named = ruled if ruled is not None and ruled.project == chosen else self._named(chosen, statement.first)
        return Choice(named, ruled, float(scores[:-1].max() - none))

    def _in_own_clause(self, best: int, ruled: Named | None, statement: Utterance) -> int:
        """The best project; what the rules take instead where each stands in a clause of its own.

        "Das Programm „Mut“ wurde [verlängert], der Waldfonds eingestellt."
        """
        found, clause = self._found, self._found.clause_of[statement.first]
        beside = found.mentions_by_sentence.get(found.tokens.sentence[statement.first], ())
        places = {(mention.project, found.clause_of[mention.first] == clause) for mention in beside}
        apart = (best, False) in places and (best, True) not in places
        return ruled.project if ruled is not None and apart and (ruled.project, True) in places else best

    def _in_section(self, best: int, statement: Utterance) -> int:
        """The best project; that of the section's heading where the section does not name the best one."""
        above = heading(self._found, statement.first)
        if above is None or above.project == best:
            return best
        _, end = self._found.sentence_span(statement.first)
        within = any(above.span[0] <= mention.start < end for mention in self._by_project[best])
        return best if within else above.project

    def reasons(self, statement: Utterance, chosen: int | None) -> tuple[tuple[str, float], ...]:
        """What weighed most for a project, or for none: of the first sight, and of what stands around."""
        if not self._found.projects:
            return ()
        place = -1 if chosen is None else chosen
        again = self._weights.parts(self.neighbours.rows(statement)[place])
        first = self.alternatives.parts(statement, self.by_rule(statement), place)
        weight = weight_for(self._weights, statement.weighed_as, FIRST_SIGHT)
        rest = {name: part for name, part in again.items() if not name.endswith(FIRST_SIGHT)}
        return heaviest({name: weight * part for name, part in first.items()} | rest)

    @cached_property
    def neighbours(self) -> Neighbours:
        """What the statements of the document are about at first sight. Asked where there are projects."""
        return Neighbours(self._found, self._at_first_sight)

    def _at_first_sight(self, statement: Utterance) -> Column:
        if statement not in self._seen:
            self._seen[statement] = self.alternatives.scores(statement, self.by_rule(statement))
        return self._seen[statement]

    def _reported_on(self, best: int, scores: Column) -> int:
        """What a report counts is said of what it reports on: "Fortschrittsbericht: 42 Vorhaben der Konferenz …"."""
        reports = self._found.once(_reports)
        if best not in reports:
            return best
        near = [i for i in range(len(scores)) if i not in reports and scores[i] > scores[best] - _NEAR]
        return max(near, key=lambda index: (scores[index], -index), default=best)

    def by_rule(self, statement: Utterance) -> Named | None:
        """The project that the rules take."""
        if statement not in self._ruled:
            self._ruled[statement] = self._by_rule(statement)
        return self._ruled[statement]

    def _by_rule(self, statement: Utterance) -> Named | None:
        if statement.kind == "status" and statement.mention is not None:
            return by_rule.of_status(self._found, statement.mention)
        start, end = self._found.sentence_span(statement.first)
        survey = is_survey(self._found.tokens.text[start:end])
        return None if survey else by_rule.of_number(self._found.likely, statement.first)

    def _named(self, project: int, token: int) -> Named | None:
        """The mention of a project that lies nearest to a token."""
        nearest = last_before(self._by_project[project], token)
        return Named(project, (nearest.start, nearest.end)) if nearest is not None else None


def _reports(found: Found) -> frozenset[int]:
    """The projects that are reports."""
    words = {index: re.split(r"[\s-]", project.name) for index, project in enumerate(found.projects)}
    return frozenset(index for index, own in words.items() if any(is_class(word, "reports") for word in own))
