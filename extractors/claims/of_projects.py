"""Claims without a number: the status of a named project."""

from collections.abc import Iterator

from extractors.claims.about.alternatives import Utterance
from extractors.claims.about.roles import is_agent
from extractors.claims.about.subject import Subjects
from extractors.claims.evidence import cues, speaker_of, status_quote
from extractors.claims.found import Found, Named
from extractors.claims.state.announced import judge
from extractors.claims.state.assertion import Assertion
from extractors.claims.state.stated import StatusCandidate, is_stated
from extractors.claims.when.dating import of_statement
from extractors.claims.when.event_day import of_event
from extractors.claims.when.reporting import Reporting, reported_at
from extractors.german.syntax.structures import NounPhrase
from extractors.rules.projects.classes import is_class
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import NOUNS, VERBS
from models.claim import Claim


def status_claims(found: Found, reporting: Reporting, used: frozenset[StatusMention]) -> Iterator[Claim]:
    """One claim a clause and status, for what is named and not counted there."""
    seen: set[tuple[int, str]] = set()
    for candidate in candidates(found, found.once(Subjects), used):
        mention, named = candidate.mention, candidate.choice.named
        key = (mention.clause, mention.status)
        if named is not None and key not in seen and is_stated(found, candidate):
            seen.add(key)
            yield _claim(found, mention, named, reporting)


def candidates(found: Found, subjects: Subjects, used: frozenset[StatusMention]) -> Iterator[StatusCandidate]:
    """Status words that no number has used, with the project that they would be about."""
    for mention in found.statuses:
        if mention in used or mention.clause < 0 or mention.states == "numbers" or _plans_an_event(found, mention):
            continue
        if _is_counted(found, mention) or _is_in_name(found, mention):
            continue
        choice = subjects.choose(Utterance.of_status(mention))
        named = choice.named
        if named is None or _is_meant_for(found, mention, named) or _is_reported_on(found, mention, named):
            continue
        if _presents_another(found, mention, named):
            continue
        yield StatusCandidate(mention, choice)


def _is_counted(found: Found, mention: StatusMention) -> bool:
    """Whether the clause's predicate belongs to a number: its claim carries the status then."""
    return mention.noun in found.counted_nouns


def _is_in_name(found: Found, mention: StatusMention) -> bool:
    """ "Sanierung der Halle", "Spartenoffene Förderung": a doing that is a project's name and not its state."""
    if mention.source != "event" or NOUNS.events[mention.lemma].kind != "action":
        return False
    named = found.mentions_by_sentence.get(found.tokens.sentence[mention.first], [])
    return any(name.first <= mention.first <= name.last for name in named)


def _plans_an_event(found: Found, mention: StatusMention) -> bool:
    """ "Die Fertigstellung ist für Mai geplant": the event itself is the status, the planning its modality."""
    events = (other for other in found.statuses_by_clause.get(mention.clause, []) if other.source == "event")
    return mention.status == "planned" and mention.source == "verb" and any(events)


def _is_meant_for(found: Found, mention: StatusMention, named: Named) -> bool:
    """ "Der Fonds ist für alle Schulen vorgesehen" says whom it serves; "für 2027 vorgesehen", when it comes."""
    if mention.lemma != "vorsehen" or mention.source != "verb":
        return False
    tokens = found.tokens
    whom = [
        phrase
        for phrase in found.noun_phrases
        if phrase.preposition is not None
        and tokens.words[phrase.preposition].lower() == "für"
        and found.clause_of[phrase.head] == mention.clause
    ]
    is_time = any(_is_time(found, phrase) for phrase in whom)
    return not is_time and any(not phrase.start <= tokens.at(named.span[0]) < phrase.end for phrase in whom)


def _is_reported_on(found: Found, mention: StatusMention, named: Named) -> bool:
    """ "Die Zwischenbilanz des Programms liegt vor": the report is there, not what it reports on."""
    phrase = found.phrase_of.get(found.tokens.at(named.span[0]))
    of = None if phrase is None or phrase.parent is None else found.noun_phrases[phrase.parent]
    if of is None or found.clause_of[of.head] != mention.clause:
        return False
    return of.preposition is None and is_class(found.tokens.lemmas[of.head], "reports")


def _presents_another(found: Found, mention: StatusMention, named: Named) -> bool:
    """ "Das Elbe-Forum legt den Bericht vor": the state that the object decides is the object's, not of who acts."""
    verb = VERBS.get(mention.lemma) if mention.source == "verb" else None
    phrase = found.phrase_of.get(found.tokens.at(named.span[0]))
    if verb is None or not verb.by_object or phrase is None or found.clause_of[phrase.head] != mention.clause:
        return False
    clause = found.clauses[mention.clause]
    active = clause.verb is not None and clause.verb.voice == "active"
    return active and phrase.preposition is None and is_agent(found, clause, phrase, mention.theme)


def _is_time(found: Found, phrase: NounPhrase) -> bool:
    periods = found.periods_by_sentence.get(found.tokens.sentence[phrase.head], [])
    within = any(period.first < phrase.end and phrase.start <= period.last for period in periods)
    return within or found.tokens.words[phrase.head] == "Uhr"


def _claim(found: Found, mention: StatusMention, named: Named, reporting: Reporting) -> Claim:
    dates = of_statement(found, mention.first, mention.last, carry=False)
    judged = judge(Assertion.of(found, found.clauses[mention.clause], mention, dates.all()))
    if judged.modality == "planned" and not dates.all():
        dates = of_event(found, mention)
    sentence_start, sentence_end = found.sentence_span(mention.first)
    start, end = status_quote(found, mention, named)
    speech = speaker_of(found, start)
    as_at = reported_at(found, mention.first, dates, reporting, counts=False)
    return Claim(
        kind="status",
        quote=found.tokens.text[start:end],
        start=start,
        end=end,
        sentence=found.tokens.text[sentence_start:sentence_end],
        sentence_start=sentence_start,
        rule=f"status/{mention.source}",
        status=mention.told_as(judged.modality),
        subject=found.projects[named.project].name,
        since=dates.since.date if dates.since else None,
        until=dates.until.date if dates.until else None,
        as_of=dates.as_of.date if dates.as_of else None,
        modality=judged.modality,
        speaker=speech.speaker if speech else None,
        reporting_date=as_at.date,
        reporting_basis=as_at.basis,
        cues=cues(found, mention, judged, dates, named, speech, None),
    )
