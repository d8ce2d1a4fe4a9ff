"""What a clause's verb and adverbs, the clause that it depends on, and its conditions say of modality."""

from collections.abc import Sequence

from extractors.claims.counted.whole import whole_of
from extractors.claims.found import Found
from extractors.claims.state.assertion import ACTUAL, Assertion, Judged
from extractors.claims.state.patterns import MODALITY
from extractors.german.syntax.structures import Clause
from extractors.quotes import quotations
from extractors.tokens import Tokens
from models.quantity import Quantity

_PAST = frozenset({"past", "perfect", "pluperfect"})
_UNREAL = MODALITY.planning_words | MODALITY.possible_words


def clause_says(assertion: Assertion) -> Judged | None:
    """By the clause's own verb, by what it depends on, by its adverbs, by the condition that it has."""
    if assertion.is_told:
        return None
    found, tokens, clauses, clause = assertion.found, assertion.tokens, assertion.found.clauses, assertion.clause
    parent = None if clause.parent is None else clauses[clause.parent]
    return (
        _supposed(tokens, clause)
        or found.once_in(_doubted, clause.index)
        or (None if _is_beside(assertion) or _is_reported(assertion) else _by_verb(tokens, clause, parent))
        or _disputed(tokens, clauses, clause)
        or (None if _is_granted(assertion) else _by_parent(found, clause))
        or _by_words(found, clause, assertion)
        or _by_condition(tokens, clauses, clause)
    )


def _is_beside(assertion: Assertion) -> bool:
    """ "Kinder können [an 30 Orten] spielen": where something may be done is there already."""
    quantity, verb = assertion.quantity, assertion.clause.verb
    if quantity is None or quantity.kind != "count" or assertion.mention is not None or verb is None:
        return False
    phrase = assertion.found.phrase_of.get(quantity.first)
    if phrase is None or phrase.preposition is None or assertion.clause.kind != "main":
        return False
    if verb.modal != "können" or verb.mood != "indicative":
        return False
    return assertion.tokens.word(phrase.preposition) in MODALITY.where


def _is_reported(assertion: Assertion) -> bool:
    """ "Sie sagte, 30 Kitas hätten geöffnet": the Konjunktiv of what is reported; with a condition it is unreal."""
    found, verb = assertion.found, assertion.clause.verb
    if verb is None or verb.finite is None or found.tokens.word(verb.finite) not in MODALITY.reporting_verbs:
        return False
    if verb.modal is not None or any(other.parent == assertion.clause.index for other in found.clauses):
        return False
    told = any(speech.start <= assertion.start < speech.end for speech in found.speeches)
    return told and not any(q.start <= assertion.start < q.end for q in quotations(found.tokens.text))


def is_condition(tokens: Tokens, clause: Clause) -> bool:
    """Whether a clause states a condition: "wenn drei der fünf Werte zu hoch sind", "sind drei Werte zu hoch, …"."""
    if clause.connector is not None:
        return tokens.word(clause.connector) in MODALITY.conditions
    verb = clause.verb
    if verb is None or verb.tense != "present" or verb.modal is not None:
        return False  # "Waren es einst drei, so sind es heute zehn"; "Sollten drei schließen, …" is possible
    return _verb_first(tokens, clause) is not None


def is_demanded(clause: Clause, quantity: Quantity) -> bool:
    """Whether a clause demands a least, or forbids more: "müssen mindestens 2 haben", "darf 8 nicht überschreiten"."""
    verb = clause.verb
    if verb is None:
        return False
    if verb.modal == "müssen":
        return quantity.kind == "count" and quantity.comparator == ">="
    return verb.modal == "dürfen" and bool(verb.negation) and verb.lemma in MODALITY.exceeding_verbs


def _doubted(found: Found, clause: int) -> Judged | None:
    """ "Angeblich wurden 70 Bäume gefällt"."""
    own, small = found.clauses[clause].tokens, found.tokens.small
    doubting = next((token for token in own if small[token] in MODALITY.doubting_words), None)
    return Judged("possible", (doubting,)) if doubting is not None else None


def _disputed(tokens: Tokens, clauses: Sequence[Clause], clause: Clause) -> Judged | None:
    """ "wies den Vorwurf zurück, die Stadt habe 48 Gärten verkauft": what somebody says and another denies."""
    before = clauses[clause.index - 1] if clause.index else None
    if before is None or before.verb is None or clause.verb is None or clause.verb.mood != "subjunctive1":
        return None
    same = tokens.sentence[before.start] == tokens.sentence[clause.start]
    denies = not MODALITY.denying_verbs.isdisjoint(before.verb.lemmas) and not before.verb.negation
    return Judged("denied", (_carrier(before),)) if same and denies else None


def _supposed(tokens: Tokens, clause: Clause) -> Judged | None:
    """ "ob 12 Schulen schließen", "falls …", "Sollten 12 Schulen schließen, …"; "sobald die Schule fertig ist"."""
    if clause.connector is not None:
        if tokens.word(clause.connector) in MODALITY.suppositions:
            return Judged("possible", (clause.connector,))
        if tokens.word(clause.connector) == "sobald":
            return Judged("planned", (clause.connector,))
    first = _verb_first(tokens, clause)
    if first is not None and clause.verb is not None and clause.verb.modal == "sollen":
        return Judged("possible", (first,))
    return None


def _verb_first(tokens: Tokens, clause: Clause) -> int | None:
    """The finite verb that opens a condition without a conjunction."""
    finite = clause.verb.finite if clause.verb is not None else None
    if finite is None or clause.kind != "subordinate" or clause.connector is not None:
        return None
    first = next((token for token in clause.tokens if tokens.tags[token][0] != "$"), None)
    return finite if first == finite else None


def _by_verb(tokens: Tokens, clause: Clause, parent: Clause | None = None) -> Judged | None:
    """By its own verb; what somebody is glad of is there: "stolz, dass wir 300 Plätze anbieten können"."""
    verb = clause.verb
    if verb is None or verb.finite is None:
        return None
    if verb.lemma in MODALITY.estimating_verbs:
        return Judged("planned", (verb.finite,))
    if verb.modal is not None:
        modality = MODALITY.modals.get(verb.modal)
        past = verb.tense in ("past", "perfect") and verb.mood == "indicative"
        around = (*clause.tokens, *(() if parent is None else parent.tokens))
        at_last = verb.modal == "können" and any(tokens.word(token) in MODALITY.at_last for token in around)
        done = at_last or (past and verb.modal in MODALITY.done_in_past)
        return None if modality is None or done else Judged(modality, (verb.finite,))
    if verb.tense == "future":
        return Judged("planned", (verb.finite,))
    if verb.mood == "subjunctive2" and tokens.word(verb.finite) in MODALITY.unreal_verbs:
        return Judged("possible", (verb.finite,))
    if verb.lemma in MODALITY.planning_verbs and verb.voice in ("active", "passive") and verb.tense == "present":
        return Judged("planned", (verb.finite,))
    if verb.lemma in MODALITY.doubting_verbs and verb.voice == "active":
        return Judged("possible", (verb.finite,))
    if verb.lemma in MODALITY.disputing_verbs and verb.voice == "active" and not verb.negation:
        return Judged("denied", (verb.finite,))
    return None


def _by_parent(found: Found, clause: Clause) -> Judged | None:
    """What depends on a clause takes its modality: "planen, … zu bauen", "schließt aus, dass …".

    So do words without a verb of their own, as in brackets.
    """
    if clause.parent is None:
        return None
    tokens, parent = found.tokens, found.clauses[clause.parent]
    if clause.kind == "infinitive":
        return _of_infinitive(found, clause, parent)
    if clause.kind == "fragment" and clause.verb is None:
        return _by_verb(tokens, parent) or _planned_by(tokens, parent) or _by_words(found, parent)
    if clause.connector is not None and tokens.word(clause.connector) in MODALITY.content_connectors:
        return _of_content(found, clause, parent)
    return None


def _of_infinitive(found: Found, clause: Clause, parent: Clause) -> Judged | None:
    """A plan, a decision, a promise or a task, unless the clause around it says that it succeeded.

    "Das Land ist nicht verpflichtet, … zu bauen": then it is none.
    """
    tokens = found.tokens
    opener = next((token for token in clause.tokens if tokens.tags[token][0] != "$"), clause.start)
    if any(tokens.word(token) in MODALITY.until_now for token in clause.tokens):
        return None
    if tokens.word(opener) in MODALITY.infinitive_openers:
        return Judged(MODALITY.infinitive_openers[tokens.word(opener)], (opener,))
    verb = parent.verb
    denied = _denied_by(tokens, parent)
    if denied is not None:
        return denied
    if clause.verb is not None and _is_done(tokens, clause):
        return None
    succeeds = verb is not None and not MODALITY.success_verbs.isdisjoint(verb.lemmas)
    if succeeds and verb is not None and verb.negation:
        return Judged("denied", verb.negation)
    if succeeds and verb is not None and verb.modal is None and verb.tense != "future":
        return ACTUAL if verb.tense in _PAST else None
    if verb is not None and verb.negation:
        bound = any(tokens.word(token) in MODALITY.bound_words for token in parent.tokens)
        meant = bound or not MODALITY.planning_verbs.isdisjoint(verb.lemmas)
        return Judged("denied" if meant else "possible", verb.negation)
    return _by_verb(tokens, parent) or _by_words(found, parent) or Judged("planned", (_carrier(parent),))


def _is_granted(assertion: Assertion) -> bool:
    """ "hat beschlossen, einen Zuschuss von 7.000 Euro zu gewähren": by the decision it is granted."""
    parent = assertion.clause.parent
    verb = assertion.found.clauses[parent].verb if parent is not None else None
    decided = verb is not None and not MODALITY.deciding_verbs.isdisjoint(verb.lemmas) and verb.modal is None
    return decided and assertion.is_grant and assertion.is_money


def _is_done(tokens: Tokens, clause: Clause) -> bool:
    """ "…, 30 Schulen saniert zu haben"."""
    return any(tokens.word(token) in ("haben", "sein") and tokens.before(token) == "zu" for token in clause.tokens[-4:])


def _of_content(found: Found, clause: Clause, parent: Clause) -> Judged | None:
    """A clause with "dass": what is denied, what is hoped for."""
    tokens = found.tokens
    denied = _denied_by(tokens, parent)
    if denied is not None:
        return denied
    if clause.verb is not None and clause.verb.tense in _PAST:
        return None
    verb = parent.verb
    if verb is not None and not MODALITY.doubting_verbs.isdisjoint(verb.lemmas):
        return Judged("possible", (_carrier(parent),))
    feared = next((token for token in parent.tokens if tokens.words[token] in MODALITY.doubting_nouns), None)
    if feared is not None:
        return Judged("possible", (feared,))
    return _planned_by(tokens, parent) or _by_words(found, parent)


def _denied_by(tokens: Tokens, parent: Clause) -> Judged | None:
    """What somebody disputes or rules out; "nicht ausgeschlossen" leaves it possible."""
    verb = parent.verb
    if verb is not None and not MODALITY.denying_verbs.isdisjoint(verb.lemmas):
        return Judged("possible" if verb.negation else "denied", (_carrier(parent),))
    untrue = next((token for token in parent.tokens if tokens.word(token) in MODALITY.untrue_words), None)
    return Judged("denied", (untrue,)) if untrue is not None else None


def _planned_by(tokens: Tokens, parent: Clause) -> Judged | None:
    """ "rechnet damit, dass", "hat beschlossen, dass", "fordert, dass"."""
    verb = parent.verb
    if verb is None or MODALITY.planning_verbs.isdisjoint(verb.lemmas):
        return None
    return Judged("planned", (_carrier(parent),))


def _carrier(clause: Clause) -> int:
    return clause.verb.finite if clause.verb is not None and clause.verb.finite is not None else clause.start


def _of_others(assertion: Assertion) -> set[int]:
    """The tokens that say something of other numbers alone: "Von [geplanten] 60 [neuen] Bauten sind 25 fertig".

    So does what stands before a part's whole: "90 der [künftig] 220 Plätze sind belegt".
    """
    own = assertion.quantity
    if own is None:
        return set()
    beside = assertion.found.quantities_by_sentence.get(assertion.tokens.sentence[own.first], ())
    phrase_of = assertion.found.phrase_of
    described: set[int] = set()
    for other in (other for other in beside if other is not own):
        phrase = phrase_of.get(other.first)
        apart = phrase is not None and phrase is not phrase_of.get(own.first)
        first = min(phrase.start, other.first) if phrase is not None and apart else other.first
        described.update(range(first, (other.noun or other.last) + 1))
    whole = whole_of(assertion.found, own)
    return described if whole is None else described | set(range(own.last + 1, whole.first))


def _by_words(found: Found, clause: Clause, assertion: Assertion | None = None) -> Judged | None:
    """By an adverb or a noun of the clause, those left out that say nothing of what is asserted."""
    tokens, verb = found.tokens, clause.verb
    if verb is not None and verb.tense in _PAST:
        return None
    told = found.once_in(_unreal, clause.index)
    if told and assertion is not None:
        apart = _of_others(assertion)
        told = [i for i in told if i not in apart]
    for index in told:
        word = tokens.words[index]
        reached = tokens.before(index) in ("am", "ans", "dieses", "diesem") or (
            verb is not None and verb.lemma == "erreichen"
        )
        compared = not {"wie", "als"}.isdisjoint(tokens.small[max(0, index - 2) : index])  # "als ursprünglich geplant"
        if (word == "Ziel" and reached) or compared:
            continue
        if word in MODALITY.planning_words or word.lower() in MODALITY.planning_words:
            return Judged("planned", (index,))
        if word.lower() in MODALITY.possible_words:
            return Judged("possible", (index,))
    return None


def _unreal(found: Found, clause: int) -> list[int]:
    """The tokens of a clause that say that something is not there, or not yet."""
    words, small = found.tokens.words, found.tokens.small
    return [i for i in found.clauses[clause].tokens if words[i] in _UNREAL or small[i] in _UNREAL]


def _by_condition(tokens: Tokens, clauses: Sequence[Clause], clause: Clause) -> Judged | None:
    """ "Sind die Arbeiten abgeschlossen, finden hier 90 Kinder Platz", "Sobald …": they are not there yet."""
    verb = clause.verb
    if verb is None or verb.tense != "present" or clause.kind != "main":
        return None
    for other in clauses[max(0, clause.index - 1) : clause.index + 2]:
        if other.parent != clause.index or other.verb is None:
            continue
        supposed = _supposed(tokens, other)
        if supposed is not None and tokens.word(supposed.cues[0]) != "ob":
            return supposed
        first = _verb_first(tokens, other)
        if first is not None and other.verb.voice == "state" and other.verb.tense == "present":
            return Judged("planned", (first,))
    return None
