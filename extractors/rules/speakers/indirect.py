"""Indirect speech: what the publisher reports that a person said."""

import re
from collections.abc import Sequence

from extractors.german.syntax.structures import FINITE, Clause
from extractors.speakers.reading import Reading
from extractors.speakers.sources import Source, objects_of_saying, verbs

_TRIGGERS = re.compile(
    r"\b(?:[Ll]aut|zufolge|so|(?:[Nn]ach|[Aa]us|[Ll]aut|[Dd]en(?=\sWorten))\s(?:(?P<owner>[a-zäöü]+(?:en|er|em))\s)?"
    r"(?P<account>" + "|".join(sorted(verbs("accounts"), key=len, reverse=True)) + r"))\b"
)
_PLURAL_SUBJUNCTIVES = frozenset(
    {"hätten", "wären", "würden", "kämen", "bekämen", "gäben", "stünden", "lägen", "trügen", "nähmen", "brächten"}
)
"""Forms that stand for a Konjunktiv I that looks like the indicative."""


def find_indirect(reading: Reading) -> None:
    """Add to a reading what is said in reported clauses, with "laut", "so" and the like, and in the Konjunktiv."""
    for match in _TRIGGERS.finditer(reading.tokens.text):
        _attributed(reading, match)
    for clause in reading.clauses:
        verb = clause.verb
        if (
            verb is not None
            and verb.voice == "active"
            and verb.finite is not None
            and not verbs("saying").isdisjoint(verb.lemmas)
        ):
            _reported(reading, clause, verb.finite)
    for clause in reading.clauses:
        verb = clause.verb
        if clause.kind == "main" and verb is not None and verb.finite is not None:
            ambiguous = reading.tokens.words[verb.finite] in _PLURAL_SUBJUNCTIVES
            if ambiguous or verb.mood == "subjunctive1":
                _continued(reading, clause, verb.finite, ambiguous)
    _headline(reading)


def _attributed(reading: Reading, match: re.Match[str]) -> None:
    """ "laut Muster", "nach Angaben von Muster", "Muster zufolge", "…, so Muster": a phrase that names the source."""
    tokens = reading.tokens
    index, last = tokens.at(match.start()), tokens.at(match.end() - 1)
    word = match[0].lower()
    if reading.is_quoted(index):
        return
    if word == "so":
        source = _so(reading, index)
    elif word == "zufolge":
        source = _zufolge(reading, index)
    elif match["account"]:
        source = _account(reading, match["owner"] or "", last)
    else:
        source = reading.sources.named_at(index + 1)
    if source is None:
        return
    first, stop = _reach(reading, index)
    reading.stated_by.setdefault(tokens.sentence[index], source)
    reading.say(source, first, stop)


def _so(reading: Reading, index: int) -> Source | None:
    """ ", so Finanzsenator Muster": set off from its sentence on both sides."""
    tokens = reading.tokens
    if index == 0 or tokens.words[index - 1] not in (",", "–", "-", "(", "“", "«", '"'):
        return None
    source = reading.sources.named_at(index + 1)
    if source is None or source.name is None or source.first in reading.attributions:
        return None
    return source


def _zufolge(reading: Reading, index: int) -> Source | None:
    tokens, sources = reading.tokens, reading.sources
    person = next((person for person in sources.people if person.last == index - 1), None)
    if person is not None:
        before = tokens.tags[person.first - 1] if person.first else ""
        return Source(None, index, index) if before == "APPR" else Source(person.name, person.first, person.last)
    return sources.named_at(index - 1) if tokens.tags[index - 1] == "PPER" else Source(None, index, index)


def _account(reading: Reading, owner: str, last: int) -> Source | None:
    """ "nach Angaben von Muster", "nach ihren Worten", "nach eigenen Angaben"."""
    tokens, sources = reading.tokens, reading.sources
    if owner.startswith("eigen"):
        clause = reading.clause(last)
        return sources.subject(clause.tokens, clause.verb.finite) if clause and clause.verb else None
    if owner.startswith(("sein", "ihr")):
        return sources.last_before(last, feminine=owner.startswith("ihr"))
    following = last + 1
    if following < len(tokens.words) and tokens.words[following] in ("von", "vom"):
        following += 1
    if following >= len(tokens.words):
        return None
    return sources.named_at(following) or Source(None, last, last)


def _reach(reading: Reading, index: int) -> tuple[int, int]:
    """What a phrase that names the source covers: its sentence, or its clause where that is coordinated or embedded."""
    tokens = reading.tokens
    first, stop = tokens.sentences[tokens.sentence[index]]
    clause = reading.clause(index)
    if clause is None:
        return first, stop
    if clause.kind == "relative":
        return clause.start, clause.end
    if clause.kind == "main" and clause.start > first and tokens.tags[clause.tokens[0]] == "KON":
        return clause.start, stop
    return first, stop


def _reported(reading: Reading, clause: Clause, finite: int) -> None:
    """ "Ministerin Muster kündigte an, dass …", "…, sagte Muster", "wie Muster erklärte"."""
    tokens = reading.tokens
    if reading.is_quoted(finite):
        return
    sentence = tokens.sentence[finite]
    first, stop = tokens.sentences[sentence]
    source = reading.sources.subject(clause.tokens, finite) or _elided(reading, clause)
    if source is None or source.name is None:
        if clause.kind == "main":
            reading.stated_by.setdefault(sentence, source or Source(None, finite, finite))
        return
    one_of_many = tokens.words[finite].lower().endswith("en") and " und " not in source.name
    if source.first in reading.attributions or one_of_many:
        return
    opening = next(token for token in clause.tokens if tokens.tags[token][:1] != "$")
    if tokens.words[opening].lower() == "wie" or (opening == finite and clause.start > first):
        ranges = [(first, clause.start), (clause.end, stop)]
    elif clause.kind == "main":
        ranges = _governed(reading, clause, finite, source)
    else:
        return
    for start, end in ranges:
        reading.stated_by[sentence] = source
        reading.say(source, start, end)


def _elided(reading: Reading, clause: Clause) -> Source | None:
    """ "Muster lobte das Projekt und kündigte an, …": the subject of the clause before."""
    if clause.vorfeld or reading.tokens.tags[clause.tokens[0]] != "KON" or not clause.index:
        return None
    before = reading.clauses[clause.index - 1]
    if before.verb is None or reading.tokens.sentence[before.start] != reading.tokens.sentence[clause.start]:
        return None
    return reading.sources.subject(before.tokens, before.verb.finite)


def _governed(reading: Reading, clause: Clause, finite: int, source: Source) -> list[tuple[int, int]]:
    """The clauses that depend on a verb of saying, or what is stated as its own object."""
    tokens = reading.tokens
    _, stop = tokens.sentences[tokens.sentence[finite]]
    colon = next((token for token in clause.tokens if token > finite and tokens.words[token] == ":"), None)
    if colon is not None:
        told = any(tag in FINITE for tag in tokens.tags[colon + 1 : stop])
        return [(colon + 1, stop)] if told and "–" not in tokens.words[finite:colon] else []
    stating = _states(reading, clause, finite)
    later = [
        other for other in reading.clauses_in(tokens.sentence[finite]) if other.start > finite and other is not clause
    ]
    for place, other in enumerate(later):
        if _is_reported(reading, other, stating):
            own = _objects(reading, clause, finite, source) if stating else []
            return [*own, (other.start, _end_of_report(reading, other, later[place + 1 :], stop))]
    return _objects(reading, clause, finite, source) if stating else []


def _states(reading: Reading, clause: Clause, finite: int) -> bool:
    """Whether a clause's own objects are what is said: "rechnet mit 120 Millionen Euro"."""
    verb = clause.verb
    if verb is None or verb.tense == "future" or verb.modal is not None:
        return False
    words = reading.tokens.words
    for lemma in verb.lemmas:
        if lemma in objects_of_saying():
            preposition = objects_of_saying()[lemma]
            return preposition is None or any(words[token] == preposition for token in clause.tokens if token > finite)
    return False


def _is_reported(reading: Reading, clause: Clause, stating: bool) -> bool:
    """Whether a clause after a verb of saying is what is said."""
    tokens = reading.tokens
    word = next((token for token in clause.tokens if tokens.tags[token][:1] != "$"), clause.start)
    if clause.kind == "subordinate":
        return tokens.words[word].lower() in verbs("openers")
    if clause.kind == "infinitive":
        return stating
    return clause.kind == "main" and tokens.tags[word] != "KON"


def _end_of_report(reading: Reading, report: Clause, later: Sequence[Clause], stop: int) -> int:
    """A main clause that "und" joins to the verb of saying, not to what is said, ends the report."""
    if report.kind == "main":
        return stop
    tags = reading.tokens.tags
    return next((c.start for c in later if c.kind == "main" and tags[c.tokens[0]] == "KON" and c.parent is None), stop)


def _objects(reading: Reading, clause: Clause, finite: int, source: Source) -> list[tuple[int, int]]:
    """ "Muster rechnet mit 120 Millionen Euro", "4.500 Geräte kündigte Muster an": objects of a stating verb."""
    tags = reading.tokens.tags
    own = [(max(finite, source.last) + 1, clause.end)]
    fronted = clause.vorfeld
    if (
        fronted
        and source.first > finite
        and any(tags[token] == "NN" for token in fronted)
        and tags[fronted[0]] not in ("APPR", "APPRART", "PROAV", "PPER")
    ):
        own.append((fronted[0], finite))
    return own


def _continued(reading: Reading, clause: Clause, finite: int, ambiguous: bool) -> None:
    """ "… Zudem seien zwölf Labore eröffnet worden.": the Konjunktiv goes on reporting the sentence before."""
    tokens = reading.tokens
    sentence = tokens.sentence[clause.start]
    if sentence == 0 or sentence in reading.stated_by or reading.is_quoted(finite):
        return
    first, stop = tokens.sentences[sentence]
    following = zip(tokens.lemmas[first:stop], tokens.words[first + 1 : stop], strict=False)
    if tokens.words[finite + 1 : finite + 2] in (["denn"], ["es"]) or ("heißen", "es") in following:
        return
    if ambiguous and sentence - 1 not in reading.stated_by:
        return
    before = tokens.sentences[sentence - 1][1] - 1
    if not reading.same_paragraph(before, finite) or tokens.is_space(before):
        return
    source = reading.teller(sentence - 1)
    if source is not None:
        reading.stated_by[sentence] = source
        reading.say(source, first, stop)


def _headline(reading: Reading) -> None:
    """ "Muster: 500 neue Plätze": a name and a colon in the headline, up to the next dash."""
    tokens = reading.tokens
    end = tokens.text.find("\n")
    for colon in range(1, len(tokens.words)):
        if tokens.starts[colon] >= end:
            return
        if tokens.words[colon] != ":" or tokens.words[colon + 1] in ("„", "»", '"', "“"):
            continue
        first = colon - 1
        while first > 0 and tokens.words[first - 1] not in ("–", "-", "—", "//", ".", ":"):
            first -= 1
        source = reading.sources.subject(range(first, colon))
        if source is not None and source.last == colon - 1 and reading.sources.any_in(first, colon):
            rest = re.split(r"\s[–—-]\s|//", tokens.text[tokens.ends[colon] : end])[0]
            reading.say_characters(source, tokens.ends[colon], tokens.ends[colon] + len(rest))
