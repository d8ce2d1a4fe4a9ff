"""Whether status words state what has become of a named project: what speaks for it, weighed.

    Der Spielplatz ist [saniert]. || stated, of the playground
    Seit der [Eröffnung] kamen 300 Gäste. || only dates something else

Weights: extractors/decisions/weights/stated.json.
"""

import math
from dataclasses import dataclass

from extractors.claims.about.alternatives import name_head
from extractors.claims.about.reference import stands_for
from extractors.claims.about.roles import has_complement, is_agent, is_complement, themes
from extractors.claims.about.subject import Choice
from extractors.claims.found import Found
from extractors.claims.state.announced import words_of
from extractors.claims.state.governed import is_condition
from extractors.decisions import ends, learned
from extractors.german.words.persons import is_role
from extractors.rules.projects.classes import is_institutional
from extractors.rules.statuses.mention import StatusMention

_ENOUGH = 0.5
"""Probability from which a status counts as stated."""
_WITH_WORD = ("by ", "voice ", "tense ", "clause ", "in title", "number in clause", "in clause", "in sentence")
"""Features that say something else of each verb and noun: "ist beschlossen", "beschlossen in der Überschrift"."""


@dataclass(frozen=True, slots=True)
class StatusCandidate:
    """Status words and the project that they may tell of."""

    mention: StatusMention
    choice: Choice


def is_stated(found: Found, candidate: StatusCandidate) -> bool:
    """Whether the status words state something of the project."""
    return learned("stated").probability(features(found, candidate)) >= _ENOUGH


def features(found: Found, candidate: StatusCandidate) -> dict[str, float]:
    """All that speaks for or against it, by name; what does not hold is left out."""
    mention, choice = candidate.mention, candidate.choice
    row = {
        **_words(found, mention),
        **_clause(found, mention),
        **_place(found, mention),
        **_about(found, mention, choice),
        **(_role(found, mention, choice.named.project) if choice.named is not None else {}),
    }
    row |= {f"{name}, {mention.lemma}": 1 for name, value in row.items() if value and name.startswith(_WITH_WORD)}
    row["by context"] = found.contexts.state(mention.first, mention.last, mention.may_tell)
    for name in ("rule agrees", "in clause", "in sentence", "topic"):
        if row.get(name):
            row[f"{mention.source}: {name}"] = row[name]
    return {name: float(value) for name, value in row.items() if value}


def _words(found: Found, mention: StatusMention) -> dict[str, float]:
    tokens = found.tokens
    following = tokens.word(mention.last + 1)
    noun = tokens.tags[mention.first] == "NN"
    phrase = found.phrase_of.get(mention.first)
    preposition = tokens.word(phrase.preposition) if phrase is not None and phrase.preposition is not None else ""
    return {
        f"before {tokens.before(mention.first)}": 1,
        f"after {following}": 1,
        f"tag before {tokens.tag(mention.first - 1)}": 1,
        f"tag after {tokens.tag(mention.last + 1)}": 1,
        f"by {mention.source}": 1,
        f"status {mention.status}": 1,
        f"lemma {mention.lemma}": 1,
        f"theme {mention.theme}": 1,
        "noun": noun,
        f"noun after {preposition}": noun and bool(preposition),
        "genitive follows": following in ("der", "des", "eines", "einer"),
        "für follows": following in ("für", "zum", "zur", "von"),
        "several words": mention.last > mention.first,
        "denied": bool(mention.negations),
    }


def _clause(found: Found, mention: StatusMention) -> dict[str, float]:
    clause = found.clauses[mention.clause]
    tokens, verb = found.tokens, clause.verb
    row: dict[str, float] = {
        f"clause {clause.kind}": 1,
        "condition": is_condition(tokens, clause),
        "number in clause": mention.clause in found.clauses_with_numbers,
        "other states": len(found.statuses_by_clause.get(mention.clause, ())) > 1,
        "no verb": verb is None,
    }
    if verb is not None:
        row |= {
            f"voice {verb.voice}": 1,
            f"tense {verb.tense}": 1,
            "modal": verb.modal is not None,
            f"{mention.source}, voice {verb.voice}": 1,
        }
    heads = [
        p.head
        for i in clause.tokens
        if (p := found.phrase_of.get(i)) is not None and p.start == i and p.preposition is None
    ]
    if verb is not None and mention.source != "verb":
        row[f"verb {verb.lemma}"] = 1
    row |= {f"phrase {end}": 1 for head in heads for end in ends(tokens.lemmas[head])}
    row["person acts"] = any(is_role(tokens.lemmas[head]) for head in heads)
    row["office acts"] = any(is_institutional(tokens.words[head]) for head in heads)
    row["bare phrases"] = min(3, len(heads)) / 3
    row["we"] = any(tokens.word(i) in ("wir", "ich") for i in clause.tokens)
    return row | found.once_in(words_of, clause.index)


def _place(found: Found, mention: StatusMention) -> dict[str, float]:
    tokens = found.tokens
    in_title = mention.start < found.title_end
    return {
        "in title": in_title,
        "sentence": math.log1p(tokens.sentence[mention.first]) / 3,
        "in lead": not in_title and mention.start < found.title_end + 400,
        "in speech": any(speech.start <= mention.start < speech.end for speech in found.speeches),
        "in heading or list": tokens.sentences[tokens.sentence[mention.first]][1]
        - tokens.sentences[tokens.sentence[mention.first]][0]
        < 6,
    }


def _about(found: Found, mention: StatusMention, choice: Choice) -> dict[str, float]:
    row: dict[str, float] = {
        "rule agrees": choice.ruled is not None and choice.ruled == choice.named,
        "rule takes another": choice.ruled is not None and choice.ruled != choice.named,
        "margin to none": max(-3.0, min(3.0, choice.margin)) / 3,
        "no project": choice.named is None,
    }
    if choice.named is not None:
        standing = found.standings[choice.named.project]
        sentence = found.tokens.sentence[mention.first]
        within = [m for m in found.mentions_by_sentence.get(sentence, ()) if m.project == choice.named.project]
        row |= {
            "name": standing.name,
            "topic": standing.topic,
            "in sentence": bool(within),
            "in clause": any(found.clause_of[m.first] == mention.clause for m in within),
            **{f"called {end}": 1 for end in ends(name_head(found.projects[choice.named.project].name))},
            "near": 1 / (1 + min(abs(m.first - mention.first) for m in within)) if within else 0,
        }
    return row


def _role(found: Found, mention: StatusMention, project: int) -> dict[str, float]:
    """Whether the words' own noun, complement or antecedent is the project, or something else.

    "das eingestellte [Vorhaben]", "Abschluss [der Gespräche]", "[Bauten], die fertiggestellt sind".
    """
    clause = found.clauses[mention.clause]
    own = [theme for theme in themes(found, clause) if theme.named.project == project]
    row = {"it acts": any(is_agent(found, clause, theme.phrase, mention.theme) for theme in own)}
    if mention.noun is not None:
        modified = any(theme.phrase.start <= mention.noun < theme.phrase.end for theme in own)
        row |= {"noun: it": modified, "noun: else": not modified}
    if mention.theme == "attribute" and has_complement(found, mention):
        of_it = any(is_complement(found, theme.phrase, mention) for theme in own)
        row |= {"complement: it": of_it, "complement: else": not of_it}
    if clause.kind == "relative":
        followed = _antecedent(found, clause.start) == project
        row |= {"antecedent: it": followed, "antecedent: else": not followed}
    return {name: float(value) for name, value in row.items()}


def _antecedent(found: Found, start: int) -> int | None:
    """The project that the noun before a relative clause names or stands for."""
    noun = next((index for index in range(start - 1, max(-1, start - 4), -1) if found.tokens.is_noun(index)), None)
    if noun is None:
        return None
    beside = found.mentions_by_sentence.get(found.tokens.sentence[noun], ())
    mention = next((mention for mention in beside if mention.first <= noun <= mention.last), None)
    if mention is not None:
        return mention.project
    phrase = found.phrase_of.get(noun)
    named = stands_for(found, phrase) if phrase is not None else None
    return None if named is None else named.project
