"""Claims without a number: the status of a named project."""

from collections.abc import Iterator

from extractors.claims import subjects
from extractors.claims.context import Context, Named
from extractors.claims.dating import of_statement
from extractors.claims.evidence import cues, speaker_of, status_quote
from extractors.claims.reporting import Reporting, reported_at
from extractors.german.syntax.structures import NounPhrase
from extractors.modality.rule import is_condition, judge
from extractors.statuses.component import StatusMention
from models.claim import Claim


def status_claims(context: Context, reporting: Reporting, used: frozenset[StatusMention]) -> Iterator[Claim]:
    """One claim a clause and status, for what is named and not counted there."""
    seen: set[tuple[int, str]] = set()
    for mention in context.statuses:
        key = (mention.clause, mention.status)
        if mention in used or key in seen or mention.clause < 0 or _is_counted(context, mention):
            continue
        if is_condition(context.tokens, context.clauses[mention.clause]) or _plans_an_event(context, mention):
            continue
        named = subjects.of_status(context, mention)
        if named is not None and not _is_meant_for(context, mention, named):
            seen.add(key)
            yield _claim(context, mention, named, reporting)


def _is_counted(context: Context, mention: StatusMention) -> bool:
    """Whether the clause's predicate belongs to a number: its claim carries the status then."""
    return mention.noun in context.counted_nouns


def _plans_an_event(context: Context, mention: StatusMention) -> bool:
    """ "Die Fertigstellung ist für Mai geplant": the event itself is the status, the planning its modality."""
    events = (
        other
        for other in context.statuses_by_clause.get(mention.clause, [])
        if other.source == "phrase" and other.first == other.last and context.tokens.tags[other.first] == "NN"
    )
    return mention.status == "planned" and mention.source == "verb" and any(events)


def _is_meant_for(context: Context, mention: StatusMention, named: Named) -> bool:
    """ "Der Fonds ist für alle Schulen vorgesehen" says whom it serves; "für 2027 vorgesehen", when it comes."""
    if mention.lemma != "vorsehen" or mention.source != "verb":
        return False
    tokens = context.tokens
    whom = [
        phrase
        for phrase in context.noun_phrases
        if phrase.preposition is not None
        and tokens.words[phrase.preposition].lower() == "für"
        and context.clause_of[phrase.head] == mention.clause
    ]
    is_time = any(_is_time(context, phrase) for phrase in whom)
    return not is_time and any(not phrase.start <= tokens.at(named.span[0]) < phrase.end for phrase in whom)


def _is_time(context: Context, phrase: NounPhrase) -> bool:
    periods = context.periods_by_sentence.get(context.tokens.sentence[phrase.head], [])
    within = any(period.first < phrase.end and phrase.start <= period.last for period in periods)
    return within or context.tokens.words[phrase.head] == "Uhr"


def _claim(context: Context, mention: StatusMention, named: Named, reporting: Reporting) -> Claim:
    clause = context.clauses[mention.clause]
    dates = of_statement(context, mention.first, mention.last, carry=False)
    judged = judge(context.tokens, context.clauses, clause, mention, dates.all(), context.published)
    sentence_start, sentence_end = context.sentence_span(mention.first)
    start, end = status_quote(context, mention, named)
    speech = speaker_of(context, start)
    as_at = reported_at(context, mention.first, dates, reporting, counts=False)
    return Claim(
        kind="status",
        quote=context.tokens.text[start:end],
        start=start,
        end=end,
        sentence=context.tokens.text[sentence_start:sentence_end],
        sentence_start=sentence_start,
        rule=f"status/{mention.source}",
        status=mention.told_as(judged.modality),
        subject=context.projects[named.project].name,
        since=dates.since.date if dates.since else None,
        until=dates.until.date if dates.until else None,
        as_of=dates.as_of.date if dates.as_of else None,
        modality=judged.modality,
        speaker=speech.speaker if speech else None,
        reporting_date=as_at.date,
        reporting_basis=as_at.basis,
        cues=cues(context, mention, judged, dates, named, speech, None),
    )
