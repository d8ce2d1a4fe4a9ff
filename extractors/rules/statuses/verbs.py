"""Full verbs: "42 Projekte sind [abgeschlossen]", "Der Kreis [baut] derzeit drei Brücken"."""

from collections.abc import Iterator

from extractors.german.syntax.structures import VerbComplex
from extractors.rules.statuses.mention import StatusMention
from extractors.rules.statuses.patterns import VERBS, States, StatusVerb, ThemeRole
from extractors.rules.statuses.setting import Setting
from extractors.tokens import Tokens
from models.statuses import Status

_BY_PARTICIPLE = {entry.participle: verb for verb, entry in VERBS.items() if entry.participle}


def verbs(setting: Setting) -> Iterator[StatusMention]:
    """What the main verbs of a clause say."""
    clause, verb, tokens = setting.clause, setting.clause.verb, setting.tokens
    if verb is None:
        return
    for lemma in (*setting.lemmas, *_predicatives(setting, verb)):
        entry = VERBS.get(lemma)
        if entry is None or not _holds(setting, verb, entry):
            continue
        status, negations = _status(setting, verb, entry, lemma)
        if status is None:
            continue
        span = _carrier(setting, verb, lemma)
        if status == "completed" and (setting.is_partly or setting.is_nearly(span[0])):
            status = "in_progress"
        yield StatusMention(
            status,
            *tokens.span(*span),
            *span,
            clause.index,
            "verb",
            lemma,
            negations,
            theme=_theme(setting, verb, entry),
            underway=entry.progressive if status == entry.status and _goes_on(setting, verb, entry) else None,
            states=_states(setting, entry),
        )


def _predicatives(setting: Setting, verb: VerbComplex) -> tuple[str, ...]:
    """ "wurde [entfristet]", "ist [saniert]": participles that were taken for adjectives."""
    if verb.lemma not in ("sein", "werden"):
        return ()
    words = (setting.tokens.words[i] for i in setting.clause.tokens if setting.tokens.tags[i] == "ADJD")
    return tuple(_BY_PARTICIPLE[word] for word in words if word in _BY_PARTICIPLE)


def _holds(setting: Setting, verb: VerbComplex, entry: StatusVerb) -> bool:
    """Whether the verb's conditions are met in its clause."""
    counted = any(noun.endswith(entry.numbers_of) for noun in setting.counted) if entry.numbers_of else False
    paid = entry.with_money is not None and setting.has_money
    if entry.voice and _voice(setting, verb) not in entry.voice:
        return False
    if entry.needs and not counted and not setting.has_needed(entry.needs):
        return False
    told = setting.has_noun(entry.objects) or setting.is_followed_by(entry.clause_objects)
    if entry.objects and not told and not setting.is_elided:
        return False
    if entry.not_objects and setting.has_theme(entry.not_objects):
        return False
    if entry.not_subject and _is_subject(setting, verb, entry.not_subject):
        return False
    if entry.not_persons and not paid and setting.has_person:
        return False
    if (entry.not_reflexive and setting.is_reflexive) or (entry.facilities_only and not setting.has_facility):
        return False
    return not (entry.present_only and verb.tense not in ("present", "future"))


def _states(setting: Setting, entry: StatusVerb) -> States | None:
    """Names alone where the clause tells of other things than those that the verb says something of."""
    told = not entry.counted or not setting.themes or setting.has_noun(entry.counted)
    return entry.states if told or setting.is_followed_by(entry.clause_objects) else "names"


def _voice(setting: Setting, verb: VerbComplex) -> str:
    return "reflexive" if setting.is_reflexive and verb.voice == "active" else verb.voice


def _is_subject(setting: Setting, verb: VerbComplex, nouns: tuple[str, ...]) -> bool:
    """Whether "es" or one of some nouns is the subject of the active: "Das Gesetz sieht vor", "es gibt"."""
    if any(word in setting.words for word in nouns if word[0].islower()):
        return True
    return verb.voice == "active" and setting.has_theme(tuple(noun for noun in nouns if noun[0].isupper()))


def _status(
    setting: Setting, verb: VerbComplex, entry: StatusVerb, lemma: str
) -> tuple[Status | None, tuple[int, ...]]:
    """The status with the clause's polarity, tense and objects, and the negation that is left over."""
    negations = _own_negations(setting.tokens, verb, lemma)
    if negations and entry.negated:
        return entry.negated, ()
    if entry.with_money and setting.has_money:
        return entry.with_money, negations
    if entry.reflexive and _voice(setting, verb) == "reflexive":
        return entry.reflexive, negations
    if entry.perfect and verb.tense in ("perfect", "past", "pluperfect"):
        return entry.perfect, negations
    by_object = next((status for status, nouns in entry.by_object.items() if setting.has_theme(nouns)), None)
    if by_object is not None:
        return by_object, negations
    if verb.modal in entry.with_modal:
        return entry.with_modal[verb.modal or ""], negations
    return entry.status, negations


def _own_negations(tokens: Tokens, verb: VerbComplex, lemma: str) -> tuple[int, ...]:
    """ "sind genehmigt, aber nicht errichtet": of coordinated participles each has the negation before it."""
    carriers = [i for i in verb.nonfinite if tokens.tags[i][:2] == "VV"]
    if len(verb.lemmas) < 2 or len(carriers) < 2:
        return verb.negation
    own = next((i for i in carriers if tokens.lemmas[i] == lemma), None)
    if own is None:
        return verb.negation
    if any(tokens.words[i].lower() == "weder" for i in verb.negation):
        return verb.negation
    if "oder" in tokens.words[carriers[0] : carriers[-1]]:
        return tuple(i for i in verb.negation if i < own)  # "nicht genehmigt oder errichtet"
    before = max((i for i in carriers if i < own), default=-1)
    return tuple(i for i in verb.negation if before < i < own)


def _is_present(verb: VerbComplex) -> bool:
    return verb.tense == "present" and verb.modal is None and not verb.negation and verb.voice != "state"


def _theme(setting: Setting, verb: VerbComplex, entry: StatusVerb) -> ThemeRole:
    if _is_headline_participle(setting, verb, entry):
        return "subject"
    if verb.voice in ("passive", "state") or verb.lemma in ("sein", "werden"):
        return "subject"
    if setting.is_reflexive or entry.subjects_only:
        return "subject"
    return "either" if entry.intransitive else "object"


def _goes_on(setting: Setting, verb: VerbComplex, entry: StatusVerb) -> bool:
    return _is_present(verb) and not _is_headline_participle(setting, verb, entry)


def _is_headline_participle(setting: Setting, verb: VerbComplex, entry: StatusVerb) -> bool:
    """ "50 Spielplätze saniert": what looks like a finite verb and ends a title is a participle."""
    tokens, last = setting.tokens, setting.clause.tokens[-1]
    in_title = tokens.ends[last] <= tokens.title_end
    return in_title and verb.finite == last and tokens.words[last] == entry.participle


def _carrier(setting: Setting, verb: VerbComplex, lemma: str) -> tuple[int, int]:
    """First and last token of the word that carries the status: participle, infinitive or finite verb."""
    tokens = setting.tokens
    carriers = [index for index in verb.nonfinite if tokens.lemmas[index] == lemma]
    carriers = carriers or [i for i in setting.clause.tokens if tokens.words[i] == VERBS[lemma].participle]
    if carriers:
        return carriers[-1], carriers[-1]
    full_finite = verb.finite is not None and tokens.tags[verb.finite] == "VVFIN"
    if verb.nonfinite and not full_finite and tokens.tags[verb.nonfinite[0]][:2] == "VV":
        return verb.nonfinite[0], verb.nonfinite[0]
    finite = verb.finite if verb.finite is not None else verb.nonfinite[0]
    return finite, finite
