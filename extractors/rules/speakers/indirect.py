"""Indirect speech: what the publisher reports that a person said."""

import re
from collections.abc import Sequence

from extractors.german.syntax.structures import FINITE, Clause
from extractors.rules.speakers.coreference import Speaker
from extractors.rules.speakers.patterns import VERBS
from extractors.rules.speakers.speech import Transcript

_TRIGGERS = re.compile(
    r"\b(?:[Ll]aut|zufolge|so|(?:[Nn]ach|[Aa]us|[Ll]aut|[Dd]en(?=\sWorten))\s(?:(?P<owner>[a-zäöü]+(?:en|er|em))\s)?"
    r"(?P<account>" + "|".join(sorted(VERBS.accounts, key=len, reverse=True)) + r"))\b"
)


def find_indirect(transcript: Transcript) -> None:
    """Add to a transcript what is said in reported clauses, with "laut", "so" and the like, and in the Konjunktiv."""
    for match in _TRIGGERS.finditer(transcript.tokens.text):
        _attributed(transcript, match)
    for clause in transcript.clauses:
        verb = clause.verb
        if (
            verb is not None
            and verb.voice == "active"
            and verb.finite is not None
            and not VERBS.saying.isdisjoint(verb.lemmas)
        ):
            _reported(transcript, clause, verb.finite)
    for clause in transcript.clauses:
        verb = clause.verb
        if clause.kind == "main" and verb is not None and verb.finite is not None:
            ambiguous = transcript.tokens.word(verb.finite) in VERBS.reporting_subjunctives
            if ambiguous or verb.mood == "subjunctive1":
                _continued(transcript, clause, verb.finite, ambiguous)
    _headline(transcript)


def _attributed(transcript: Transcript, match: re.Match[str]) -> None:
    """ "laut Muster", "nach Angaben von Muster", "Muster zufolge", "…, so Muster": a phrase that names the speaker."""
    tokens = transcript.tokens
    index, last = tokens.at(match.start()), tokens.at(match.end() - 1)
    word = match[0].lower()
    if transcript.is_quoted(index):
        return
    if word == "so":
        speaker = _so(transcript, index)
    elif word == "zufolge":
        speaker = _zufolge(transcript, index)
    elif match["account"]:
        speaker = _account(transcript, match["owner"] or "", last)
    else:
        speaker = transcript.persons.named_at(index + 1)
    if speaker is None:
        return
    first, stop = _reach(transcript, index)
    transcript.stated_by.setdefault(tokens.sentence[index], speaker)
    transcript.say(speaker, first, stop)


def _so(transcript: Transcript, index: int) -> Speaker | None:
    """ ", so Finanzsenator Muster": set off from its sentence on both sides."""
    tokens = transcript.tokens
    if tokens.before(index) not in (",", "–", "-", "(", "“", "«", '"'):
        return None
    speaker = transcript.persons.named_at(index + 1)
    if speaker is None or speaker.name is None or speaker.first in transcript.attributions:
        return None
    return speaker


def _zufolge(transcript: Transcript, index: int) -> Speaker | None:
    tokens, persons = transcript.tokens, transcript.persons
    person = next((person for person in persons.people if person.last == index - 1), None)
    if person is not None:
        governed = tokens.tag(person.first - 1) == "APPR"
        return Speaker(None, index, index) if governed else Speaker(person.name, person.first, person.last)
    return persons.named_at(index - 1) if tokens.tag(index - 1) == "PPER" else Speaker(None, index, index)


def _account(transcript: Transcript, owner: str, last: int) -> Speaker | None:
    """ "nach Angaben von Muster", "nach ihren Worten", "nach eigenen Angaben"."""
    tokens, persons = transcript.tokens, transcript.persons
    if owner.startswith("eigen"):
        clause = transcript.clause(last)
        return persons.subject(clause.tokens, clause.verb.finite) if clause and clause.verb else None
    if owner.startswith(("sein", "ihr")):
        return persons.last_before(last, feminine=owner.startswith("ihr"))
    following = last + 1
    if following < len(tokens.words) and tokens.words[following] in ("von", "vom"):
        following += 1
    if following >= len(tokens.words):
        return None
    return persons.named_at(following) or Speaker(None, last, last)


def _reach(transcript: Transcript, index: int) -> tuple[int, int]:
    """What a phrase that names the speaker covers: its sentence, or its clause where coordinated or embedded."""
    tokens = transcript.tokens
    first, stop = tokens.sentences[tokens.sentence[index]]
    clause = transcript.clause(index)
    if clause is None:
        return first, stop
    if clause.kind == "relative":
        return clause.start, clause.end
    if clause.kind == "main" and clause.start > first and tokens.tags[clause.tokens[0]] == "KON":
        return clause.start, stop
    return first, stop


def _reported(transcript: Transcript, clause: Clause, finite: int) -> None:
    """ "Ministerin Muster kündigte an, dass …", "…, sagte Muster", "wie Muster erklärte"."""
    tokens = transcript.tokens
    if transcript.is_quoted(finite):
        return
    sentence = tokens.sentence[finite]
    first, stop = tokens.sentences[sentence]
    speaker = transcript.persons.subject(clause.tokens, finite) or _elided(transcript, clause)
    if speaker is None or speaker.name is None:
        if clause.kind == "main":
            transcript.stated_by.setdefault(sentence, speaker or Speaker(None, finite, finite))
        return
    one_of_many = tokens.words[finite].lower().endswith("en") and " und " not in speaker.name
    if speaker.first in transcript.attributions or one_of_many:
        return
    opening = next(token for token in clause.tokens if tokens.tags[token][:1] != "$")
    if tokens.words[opening].lower() == "wie" or (opening == finite and clause.start > first):
        ranges = [(first, clause.start), (clause.end, stop)]
    elif clause.kind == "main":
        ranges = _governed(transcript, clause, finite, speaker)
    else:
        return
    for start, end in ranges:
        transcript.stated_by[sentence] = speaker
        transcript.say(speaker, start, end)


def _elided(transcript: Transcript, clause: Clause) -> Speaker | None:
    """ "Muster lobte das Projekt und kündigte an, …": the subject of the clause before."""
    if clause.vorfeld or transcript.tokens.tags[clause.tokens[0]] != "KON" or not clause.index:
        return None
    before = transcript.clauses[clause.index - 1]
    if before.verb is None or transcript.tokens.sentence[before.start] != transcript.tokens.sentence[clause.start]:
        return None
    return transcript.persons.subject(before.tokens, before.verb.finite)


def _governed(transcript: Transcript, clause: Clause, finite: int, speaker: Speaker) -> list[tuple[int, int]]:
    """The clauses that depend on a verb of saying, or what is stated as its own object."""
    tokens = transcript.tokens
    _, stop = tokens.sentences[tokens.sentence[finite]]
    colon = next((token for token in clause.tokens if token > finite and tokens.words[token] == ":"), None)
    if colon is not None:
        if _is_publisher(transcript, finite, colon):
            return []
        told = any(tag in FINITE for tag in tokens.tags[colon + 1 : stop])
        return [(colon + 1, stop)] if told and "–" not in tokens.words[finite:colon] else []
    stating = _states(transcript, clause, finite)
    later = [
        other
        for other in transcript.clauses_in(tokens.sentence[finite])
        if other.start > finite and other is not clause
    ]
    for place, other in enumerate(later):
        if _is_reported(transcript, other, stating):
            own = _objects(transcript, clause, finite, speaker) if stating else []
            return [*own, (other.start, _end_of_report(transcript, other, later[place + 1 :], stop))]
    return _objects(transcript, clause, finite, speaker) if stating else []


def _is_publisher(transcript: Transcript, finite: int, colon: int) -> bool:
    """ "Die Beauftragte des Senats teilt mit: …": an office without a name above a release is who publishes it."""
    tokens = transcript.tokens
    first, _ = tokens.sentences[tokens.sentence[finite]]
    opens = not tokens.text[tokens.title_end : tokens.starts[first]].strip()
    return opens and tokens.starts[first] >= tokens.title_end and not transcript.persons.any_in(first, colon)


def _states(transcript: Transcript, clause: Clause, finite: int) -> bool:
    """Whether a clause's own objects are what is said: "rechnet mit 120 Millionen Euro"."""
    verb = clause.verb
    if verb is None or verb.tense == "future" or verb.modal is not None:
        return False
    words = transcript.tokens.words
    for lemma in verb.lemmas:
        if lemma in VERBS.stating:
            preposition = VERBS.stating[lemma]
            return preposition is None or any(words[token] == preposition for token in clause.tokens if token > finite)
    return False


def _is_reported(transcript: Transcript, clause: Clause, stating: bool) -> bool:
    """Whether a clause after a verb of saying is what is said."""
    tokens = transcript.tokens
    word = next((token for token in clause.tokens if tokens.tags[token][:1] != "$"), clause.start)
    if clause.kind == "subordinate" or (clause.kind == "fragment" and clause.connector is not None):
        return tokens.words[word].lower() in VERBS.openers
    if clause.kind == "infinitive":
        return stating
    return clause.kind == "main" and tokens.tags[word] != "KON"


def _end_of_report(transcript: Transcript, report: Clause, later: Sequence[Clause], stop: int) -> int:
    """A main clause that "und" joins to the verb of saying, not to what is said, ends the report."""
    if report.kind == "main":
        return stop
    tags = transcript.tokens.tags
    return next((c.start for c in later if c.kind == "main" and tags[c.tokens[0]] == "KON" and c.parent is None), stop)


def _objects(transcript: Transcript, clause: Clause, finite: int, speaker: Speaker) -> list[tuple[int, int]]:
    """ "Muster rechnet mit 120 Millionen Euro", "4.500 Geräte kündigte Muster an": objects of a stating verb."""
    tags = transcript.tokens.tags
    own = [(max(finite, speaker.last) + 1, clause.end)]
    fronted = clause.vorfeld
    if (
        fronted
        and speaker.first > finite
        and any(tags[token] == "NN" for token in fronted)
        and tags[fronted[0]] not in ("APPR", "APPRART", "PROAV", "PPER")
    ):
        own.append((fronted[0], finite))
    return own


def _continued(transcript: Transcript, clause: Clause, finite: int, ambiguous: bool) -> None:
    """ "… Zudem seien zwölf Labore eröffnet worden.": the Konjunktiv goes on reporting the sentence before."""
    tokens = transcript.tokens
    sentence = tokens.sentence[clause.start]
    if sentence == 0 or sentence in transcript.stated_by or transcript.is_quoted(finite):
        return
    first, stop = tokens.sentences[sentence]
    following = zip(tokens.lemmas[first:stop], tokens.words[first + 1 : stop], strict=False)
    if tokens.words[finite + 1 : finite + 2] in (["denn"], ["es"]) or ("heißen", "es") in following:
        return
    if ambiguous and sentence - 1 not in transcript.stated_by:
        return
    before = tokens.sentences[sentence - 1][1] - 1
    if not transcript.same_paragraph(before, finite) or tokens.is_space(before):
        return
    speaker = transcript.teller(sentence - 1)
    if speaker is not None:
        transcript.stated_by[sentence] = speaker
        transcript.say(speaker, first, stop)


def _headline(transcript: Transcript) -> None:
    """ "Muster: 500 neue Plätze": a name and a colon in the headline, up to the next dash."""
    tokens = transcript.tokens
    end = tokens.text.find("\n")
    for colon in range(1, len(tokens.words)):
        if tokens.starts[colon] >= end:
            return
        if tokens.words[colon] != ":" or tokens.words[colon + 1] in ("„", "»", '"', "“"):
            continue
        first = colon - 1
        while first > 0 and tokens.words[first - 1] not in ("–", "-", "—", "//", ".", ":"):
            first -= 1
        speaker = transcript.persons.subject(range(first, colon))
        if speaker is not None and speaker.last == colon - 1 and transcript.persons.any_in(first, colon):
            rest = re.split(r"\s[–—-]\s|//", tokens.text[tokens.ends[colon] : end])[0]
            transcript.say_characters(speaker, tokens.ends[colon], tokens.ends[colon] + len(rest))
