"""Reads the verb forms of a clause as one verb complex: tense, mood, voice, polarity, lemma."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.german.syntax.segments import Words
from extractors.german.syntax.structures import INFINITIVES, PARTICIPLES, Mood, Tense, VerbComplex, Voice
from extractors.german.words import lexicon
from extractors.german.words.lemmas import PARTICLES

NEGATIONS = frozenset(
    {"nie", "niemals", "nirgends", "nirgendwo", "keinesfalls", "keineswegs", "weder", "niemand", "nichts"}
)
NOT_NEGATING = frozenset({"nur", "zuletzt", "allein", "bloß"})
"""After "nicht" these words deny nothing: "nicht nur", "nicht zuletzt"."""
COMPARING = frozenset({"mehr", "weniger", "ganz", "einmal", "unter", "über", "länger", "höher"})
"""Between "nicht" and a number they make a comparator of it."""
_TO_NUMBER = 4
_TO_SONDERN = 8
"""Tokens between "nicht" and its number, and between that and "sondern"."""
PAST_IN_T = re.compile(
    r"(?!(?:.*[^s])?tritt$).*(?:hielt|galt|riet|bat|bot|trat|tat|litt|schritt|stritt|glitt|ritt|focht)"
)
PARTICLE = re.compile(rf"(?:{PARTICLES})(?=.{{3}})")


def verb_complex(
    words: Words, tokens: Sequence[int], own_finite: int | None, finite: int | None, nonfinite: Sequence[int]
) -> VerbComplex | None:
    """The verb complex of a clause, None where it has no verb form.

    Args:
        words: the document's tokens.
        tokens: the clause's own tokens.
        own_finite: its finite verb, if it stands among them.
        finite: the finite verb that counts for it, which may stand in another clause.
        nonfinite: participles and infinitives in order, those of the other clause that it shares included.
    """
    if finite is None and not nonfinite:
        return None
    tags, lemmas = words.tags, words.lemmas
    particle = next((token for token in tokens if tags[token] == "PTKVZ"), None)
    auxiliary = lemmas[finite] if finite is not None and tags[finite][:2] == "VA" else None
    modal = lemmas[finite] if finite is not None and tags[finite][:2] == "VM" else None
    voice = _voice(words, tokens, finite, auxiliary, nonfinite)
    tense, mood = _tense_and_mood(words, tokens, finite, auxiliary, voice, nonfinite)
    main = _main_verbs(words, finite, particle if own_finite == finite else None, nonfinite)
    return VerbComplex(
        finite=finite,
        nonfinite=tuple(nonfinite),
        particle=particle,
        negation=negation(words, tokens),
        modal=modal or next((lemmas[token] for token in nonfinite if tags[token][:2] == "VM"), None),
        tense=tense,
        mood=mood,
        voice=voice,
        lemma=main[0],
        lemmas=main,
    )


def negation(words: Words, tokens: Sequence[int]) -> tuple[int, ...]:
    """The tokens that deny the clause; "nicht" before an attribute ("nicht geförderte Orte") denies only that."""
    found = []
    for place, token in enumerate(tokens):
        form = words.forms[token]
        if form == "nicht" or words.tags[token] == "PTKNEG":
            following = tokens[place + 1 :]
            denies = _denies_clause(words, following[:2]) and not _denies_number(words, following)
        else:
            denies = form in NEGATIONS or (form.startswith("kein") and words.lemmas[token] == "kein")
            denies = denies and not (form == "nie" and _compares(words, token))
        if denies:
            found.append(token)
    return tuple(found)


def _compares(words: Words, token: int) -> bool:
    """ "so viele wie noch nie", "mehr als je zuvor und nie zuvor": a record, and no denial."""
    before = words.forms[max(0, token - 2) : token]
    return "wie" in before or "als" in before


def _denies_clause(words: Words, following: Sequence[int]) -> bool:
    """Whether "nicht" before these words denies more than the next attribute or adverb."""
    if following and words.forms[following[0]] in NOT_NEGATING:
        return False
    heads = [token for token in following if words.tags[token] != "ADV"]
    return not heads or words.tags[heads[0]] != "ADJA"


def _denies_number(words: Words, following: Sequence[int]) -> bool:
    """Whether "nicht" belongs to a number alone: "nicht mehr als 30", "nicht ganz 60", "nicht 12, sondern 18"."""
    number = next((place for place, token in enumerate(following[:_TO_NUMBER]) if words.tags[token] == "CARD"), None)
    if number is None:
        return False
    between = [words.forms[token] for token in following[:number]]
    if any(form in COMPARING for form in between):
        return True
    behind = range(following[number] + 1, min(following[number] + 1 + _TO_SONDERN, len(words.forms)))
    tags = [words.tags[token] for token in following[:number]]
    return "sondern" in (words.forms[token] for token in behind) and not any(tag[0] == "V" for tag in tags)


def _main_verbs(words: Words, finite: int | None, particle: int | None, nonfinite: Sequence[int]) -> tuple[str, ...]:
    tags, lemmas = words.tags, words.lemmas
    if finite is not None and tags[finite][:2] == "VV":
        lemma = lemmas[finite]
        if lemma == "lassen" and any(tags[token] == "VVINF" for token in nonfinite):
            return tuple(lemmas[token] for token in nonfinite if tags[token] == "VVINF")
        return (words.forms[particle] + lemma if particle is not None else lemma,)
    full = [token for token in nonfinite if tags[token][:2] == "VV"]
    if full:
        participle = tags[full[0]] == "VVPP"
        return tuple(dict.fromkeys(lemmas[token] for token in full if (tags[token] == "VVPP") == participle))
    if finite is not None and not (nonfinite and tags[finite][:2] == "VM"):
        lemma = lemmas[finite]
        return (words.forms[particle] + lemma if particle is not None else lemma,)
    return (lemmas[nonfinite[0]],)


def forms_perfect_with_sein(lemma: str) -> bool:
    """Whether a verb's perfect takes "sein": verbs of motion and change, by list."""
    verbs = lexicon.sections("sein_perfect")
    return lemma in verbs["whole"] or lemma in verbs["base"] or PARTICLE.sub("", lemma, count=1) in verbs["base"]


def _voice(
    words: Words, tokens: Sequence[int], finite: int | None, auxiliary: str | None, nonfinite: Sequence[int]
) -> Voice:
    participles = [token for token in nonfinite if words.tags[token] == "VVPP"]
    if not participles:
        became = bool(nonfinite) and finite is not None and _is_past_become(words, finite)
        is_modal = auxiliary == "sein" and _is_modal_passive(words, tokens, nonfinite)
        return "passive" if became or is_modal else "active"
    helpers = {words.forms[token] for token in nonfinite if words.tags[token] in ("VAINF", "VAPP", "VVIZU")}
    if "worden" in helpers or "werden" in helpers or (auxiliary == "werden" and not helpers):
        return "passive"
    intransitive = forms_perfect_with_sein(words.lemmas[participles[0]])
    if finite is None:
        return _voice_without_finite(helpers, intransitive=intransitive)
    with_sein = auxiliary == "sein" or "sein" in helpers or "gewesen" in helpers
    return "state" if with_sein and not intransitive else "active"


def _is_past_become(words: Words, finite: int) -> bool:
    """ "wurde beraten": no future, so what looks like an infinitive behind it is a participle."""
    return words.forms[finite] in ("wurde", "wurden", "ward")


def _is_modal_passive(words: Words, tokens: Sequence[int], nonfinite: Sequence[int]) -> bool:
    """ "ist zu sanieren": what "sein" and an infinitive with "zu" say."""
    tags = [words.tags[token] for token in tokens]
    zu = "PTKZU" in tags or any(words.tags[token] == "VVIZU" for token in nonfinite)
    return zu and "VVFIN" not in tags


def _voice_without_finite(helpers: set[str], *, intransitive: bool) -> Voice:
    """ "saniert zu haben", "saniert zu sein"; a participle alone is passive ("gefördert vom Land")."""
    if "haben" in helpers:
        return "active"
    if "sein" in helpers:
        return "active" if intransitive else "state"
    return "active" if intransitive else "passive"


def _tense_and_mood(
    words: Words,
    tokens: Sequence[int],
    finite: int | None,
    auxiliary: str | None,
    voice: Voice,
    nonfinite: Sequence[int],
) -> tuple[Tense, Mood]:
    if finite is None:
        return "none", "indicative"
    past, mood = finite_tense(words, tokens, finite)
    tags, forms = words.tags, words.forms
    participle = any(tags[token] in PARTICIPLES for token in nonfinite)
    tense: Tense = "past" if past else "present"
    if auxiliary == "werden" and not past and any(tags[token] in INFINITIVES for token in nonfinite):
        tense = "present" if mood == "subjunctive2" else "future"
    elif auxiliary == "haben" and (participle or _double_infinitive(words, nonfinite)):
        tense = "pluperfect" if past else "perfect"
    elif auxiliary == "sein" and participle:
        done = voice == "active" or any(forms[token] in ("worden", "gewesen", "geworden") for token in nonfinite)
        if done:
            tense = "pluperfect" if past else "perfect"
    elif tags[finite][:2] == "VM" and participle and any(forms[token] in ("haben", "sein") for token in nonfinite):
        tense = "perfect" if voice == "active" else tense
    return tense, mood


def _double_infinitive(words: Words, nonfinite: Iterable[int]) -> bool:
    """ "hat bauen müssen", "hat bauen lassen": an infinitive stands for the participle."""
    infinitives = [token for token in nonfinite if words.tags[token] in INFINITIVES]
    return len(infinitives) > 1


def finite_tense(words: Words, tokens: Sequence[int], finite: int) -> tuple[bool, Mood]:
    """Whether a finite form is past, and its mood. Forms that may be either are taken as indicative."""
    known = lexicon.sections("verb_forms")
    form, lemma, tag = words.forms[finite], words.lemmas[finite], words.tags[finite]
    if tag in ("VVIMP", "VAIMP"):
        return False, "imperative"
    if form in known["subjunctive2"]:
        return False, "subjunctive2"
    if form in known["past"]:
        return True, "indicative"
    first_person = any(words.forms[token] == "ich" for token in tokens)
    if form in known["subjunctive1"]:
        return False, "indicative" if first_person else "subjunctive1"
    if tag[:2] != "VV":
        return False, "indicative"
    return _full_verb_tense(form, lemma, first_person)


@lru_cache(maxsize=20_000)
def _full_verb_tense(form: str, lemma: str, first_person: bool) -> tuple[bool, Mood]:
    stem = lemma.removesuffix("n").removesuffix("e")
    if form in (lemma, stem + "t", stem + "et", stem + "st"):
        return False, "indicative"
    if form in (stem + "te", stem + "ten", stem + "ete", stem + "eten") or re.fullmatch(r".*[^aeiou]te[nt]?", form):
        return (False, "indicative") if form == stem + "e" else (True, "indicative")
    if form == stem + "e":
        return False, "indicative" if first_person else "subjunctive1"
    if form.endswith("t"):
        return bool(PAST_IN_T.fullmatch(form)), "indicative"
    if form.endswith("e"):
        return False, "subjunctive2"
    return True, "indicative"
