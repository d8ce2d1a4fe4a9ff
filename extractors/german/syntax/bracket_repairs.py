"""Tags of forms that look alike, told apart by the stretch between two punctuation marks that they stand in.

Taggers that see a few words around err where the deciding word stands far off: the infinitive that is a finite
verb because a conjunction opens the clause, the article that is a relative pronoun because the verb stands last.
"""

from extractors.german.syntax.structures import FINITE, RELATIVES
from extractors.german.words.lemmas import GE, lemma
from extractors.german.words.local_repairs import RELATIVE_FORMS, Repairs, local_repairs, particle_repairs

INFINITIVE_TO_FINITE = {"VVINF": "VVFIN", "VAINF": "VAFIN", "VMINF": "VMFIN"}
NOT_AFTER_ARTICLE = frozenset(
    {"APPR", "APPRART", "ADV", "PPER", "PRF", "ART", "PPOSAT", "PTKNEG", "PIS", "PROAV", "PDAT"}
)
NEW_PHRASE = frozenset({"ART", "PPOSAT", "PDAT", "CARD", "PRF", "PPER", "PIAT"})
GENITIVES = frozenset({"der", "des", "einer", "eines", "ihrer", "seiner", "dieser"})
NOT_QUITE_CONJUNCTION = {"wie": ("KOKOM",), "bis": ("KON", "APPR"), "wenn": ("KON",)}
"""Words that are conjunctions, whatever else they may be, where the verb stands last."""
BETWEEN_CLAUSES = frozenset({"KON", "KOUS", "PTKZU", "PWS", "PWAV", "PRELS"})
_LONGEST_NAME = 8
"""Tokens between quotation marks in which no clause is looked for."""
INFINITIVE_OPENERS = frozenset({"um", "ohne", "statt", "anstatt"})


def bracket_repairs(tags: list[str], words: list[str]) -> Repairs:
    """The places whose tag cannot be right, with the right one.

    Args:
        tags: STTS tags of the tokens, white space tagged "_SP".
        words: their forms in lower case.
    """
    found = local_repairs(tags, words)
    if found:
        tags = tags.copy()
        for place, right in found:
            tags[place] = right
    begin = 0
    pending = False
    # The empty line behind a paragraph parts as well: headlines have no full stop.
    ends = ["$." if tag == "_SP" and "\n\n" in word else tag for tag, word in zip(tags, words, strict=True)]
    names = _marks_of_names(tags, words)
    for end, tag in enumerate([*ends, "$."]):
        if tag[:1] != "$" or end in names:
            continue
        stretch = [place for place in range(begin, end) if tags[place] != "_SP" and place not in names]
        if stretch:
            stretch_tags = [tags[place] for place in stretch]
            dependent = pending or _opens_dependent(stretch_tags, words[stretch[0]])
            stretch_words = [words[place] for place in stretch]
            repairs = _verb_repairs(stretch_tags, stretch_words, dependent)
            if not repairs and not dependent and (begin == 0 or ends[begin - 1] == "$."):
                repairs = _second_place(stretch_tags)
            if not repairs and not pending:
                repairs = _opener_repairs(stretch_tags, stretch_words)
            if "PTKVZ" in stretch_tags:
                repairs = repairs + particle_repairs(stretch_tags, stretch_words)
            found.extend((stretch[place], right) for place, right in repairs)
            # An enumeration may part the conjunction from its verb: "dass Bund, Land und Kreis zahlen".
            pending = dependent and tag == "$," and not any(kind[0] == "V" for kind in stretch_tags)
        else:
            pending = pending and tag == "$,"
        begin = end + 1
    return found


def _marks_of_names(tags: list[str], words: list[str]) -> set[int]:
    """The quotation marks around names, which part no clause: "Im Mai soll „Starke Quartiere“ beginnen"."""
    marks: set[int] = set()
    if "„" not in words:
        return marks
    for opening in (place for place, word in enumerate(words) if word == "„"):
        inside = range(opening + 1, min(len(words), opening + _LONGEST_NAME))
        closing = next((place for place in inside if words[place] in ("“", "”", '"')), None)
        if closing is not None and not any(
            tags[place] in FINITE or tags[place][0] == "$" for place in inside[: closing - opening - 1]
        ):
            marks |= {opening, closing}
    return marks


def _opens_dependent(tags: list[str], first: str) -> bool:
    """Whether the stretch has to have a finite verb at its end."""
    if "KOUS" in tags[:2] or tags[0] in RELATIVES or first in ("doch", "denn"):
        return True
    return tags[0] == "APPR" and len(tags) > 1 and tags[1] in RELATIVES


def _verb_repairs(tags: list[str], words: list[str], dependent: bool) -> Repairs:
    last = len(tags) - 1
    if tags[last][0] != "V":
        return []
    finites = [place for place, tag in enumerate(tags) if tag in FINITE]
    if dependent and not finites and "PTKZU" not in tags:
        return _missing_finite(tags, words, last)
    if len(finites) == 1:
        return _after_auxiliary(tags, words, finites[0], last)
    if not dependent and len(finites) == 2 and finites[1] == last:
        joined = any(tag in BETWEEN_CLAUSES for tag in tags[finites[0] : last])
        return [] if joined else _second_finite(tags, words, finites[0], last)
    return []


def _second_finite(tags: list[str], words: list[str], first: int, last: int) -> Repairs:
    """A main clause has one finite verb: a second one at its end is the infinitive or participle that goes with it."""
    auxiliary = lemma(words[first], tags[first]) if tags[first] == "VAFIN" else tags[first]
    word, tag = words[last], tags[last]
    if auxiliary == "VMFIN" or (auxiliary == "werden" and not GE.match(word)):
        right = {"VVFIN": "VVINF", "VAFIN": "VAINF", "VMFIN": "VMINF"}[tag] if word.endswith("n") else tag
    elif auxiliary == "haben" and tag == "VMFIN" and tags[last - 1] == "VVINF":
        right = "VMINF"
    elif auxiliary in ("haben", "sein", "werden") and tag == "VVFIN" and word.endswith(("t", "en")):
        right = "VVPP"
    else:
        right = tag
    return [(last, right)] if right != tag else []


def _after_auxiliary(tags: list[str], words: list[str], finite: int, last: int) -> Repairs:
    """Participles that look like infinitives: after haben stands no bare infinitive ("hat … beraten")."""
    alone = sum(tag[0] == "V" for tag in tags) == 2 and "KON" not in tags[finite:]
    if tags[last] not in ("VVINF", "VVPP") or not alone or tags[last - 1] == "PTKZU" or GE.match(words[last]):
        return []
    auxiliary = lemma(words[finite], "VAFIN") if tags[finite] == "VAFIN" else ""
    if tags[last] == "VVINF" and auxiliary == "haben" and words[last].endswith("n"):
        return [(last, "VVPP")]
    # With an accusative object it is no passive: "wird einen Platz erhalten".
    if tags[last] == "VVPP" and auxiliary == "werden" and words[last].endswith("n") and _accusative(tags, words):
        return [(last, "VVINF")]
    return []


def _accusative(tags: list[str], words: list[str]) -> bool:
    """Whether a phrase without preposition is accusative by its form: einen, or den before a noun not in -n."""
    for place, word in enumerate(words):
        if word in ("einen", "den") and (place == 0 or tags[place - 1] not in ("APPR", "KOKOM")):
            noun = next((index for index in range(place + 1, len(tags)) if tags[index] in ("NN", "NE")), None)
            if word == "einen" or (noun is not None and not words[noun].endswith("n")):
                return True
    return False


def _missing_finite(tags: list[str], words: list[str], last: int) -> Repairs:
    """A dependent clause without a finite verb: its last verb is one, and its fellows before "und" with it."""
    if tags[last] in INFINITIVE_TO_FINITE:
        repairs = [(last, INFINITIVE_TO_FINITE[tags[last]])]
        if tags[last] == "VVINF":
            repairs += [
                (place, "VVFIN") for place in range(1, last) if tags[place] == "VVINF" and tags[place + 1] == "KON"
            ]
        return repairs
    alone = sum(tag[0] == "V" for tag in tags) == 1
    elliptic = words[last - 1] in ("als", "wie")  # "weniger, als geplant"
    like_finite = words[last].endswith("t") or not GE.match(words[last])
    return [(last, "VVFIN")] if tags[last] == "VVPP" and alone and like_finite and not elliptic else []


def _second_place(tags: list[str]) -> Repairs:
    """A sentence without a finite verb, but with an infinitive amid nominal words: "Neun Orte zahlen mehr"."""
    verbs = [place for place, tag in enumerate(tags) if tag[0] == "V"]
    if len(verbs) != 1 or tags[verbs[0]] != "VVINF" or "PTKZU" in tags or tags[0] in ("KOUI", "KOUS"):
        return []
    place = verbs[0]
    subject = any(tag in ("NN", "NE", "PPER", "PIS", "CARD") for tag in tags[:place])
    amid = place < len(tags) - 1 or (place == 1 and tags[0] in ("PPER", "CARD"))  # "16 laufen"
    return [(place, "VVFIN")] if subject and amid and tags[place - 1] != "APPRART" else []


def _opener_repairs(tags: list[str], words: list[str]) -> Repairs:
    """What opens the stretch; the first repair that fits is made."""
    if len(tags) < 3:
        return []
    finites = [place for place, tag in enumerate(tags) if tag in FINITE]
    return next((repairs for repair in _OPENERS if (repairs := repair(tags, words, finites))), [])


def _has_zu(tags: list[str]) -> bool:
    return "PTKZU" in tags or "VVIZU" in tags


def _infinitive_opener(tags: list[str], words: list[str], finites: list[int]) -> Repairs:
    """ "um die Stadt zu begrünen": no preposition."""
    opens = words[0] in INFINITIVE_OPENERS and tags[0] == "APPR"
    return [(0, "KOUI")] if opens and not finites and _has_zu(tags) else []


def _verb_last_opener(tags: list[str], words: list[str], finites: list[int]) -> Repairs:
    """ "wie die Stadt mitteilt": a conjunction, since the verb stands last."""
    degree = words[0] == "wie" and tags[1] in ("PIAT", "PIS", "ADJD", "ADV")  # "wie viele", "wie schnell"
    verb_last = finites == [len(tags) - 1]
    return [(0, "KOUS")] if verb_last and tags[0] in NOT_QUITE_CONJUNCTION.get(words[0], ()) and not degree else []


def _preposition_bis(tags: list[str], words: list[str], finites: list[int]) -> Repairs:
    """ "bis Ende 2024": without a verb no conjunction."""
    return [(0, "APPR")] if words[0] == "bis" and tags[0] == "KOUS" and not finites else []


def _article(tags: list[str], words: list[str], finites: list[int]) -> Repairs:
    """ "die Schulen zu sanieren": without a finite verb no relative pronoun."""
    place = _behind_preposition(tags)
    before_noun = tags[place] == "PRELS" and tags[place + 1] in ("NN", "NE", "ADJA", "CARD")
    return [(place, "ART")] if before_noun and not finites and _has_zu(tags) else []


def _relative_pronoun(tags: list[str], words: list[str], finites: list[int]) -> Repairs:
    """ "die die Stadt baut": the verb stands last, but for a conjunction behind it."""
    place = _behind_preposition(tags)
    if not finites or finites[0] < place + 2 or words[place] not in RELATIVE_FORMS or tags[place] not in ("ART", "PDS"):
        return []
    last = finites[0]
    verb_last = all(tag == "KON" for tag in tags[last + 1 : last + 2])
    return [(place, "PRELS")] if verb_last and _is_relative(tags[: last + 1], words, place) else []


def _behind_preposition(tags: list[str]) -> int:
    return 1 if tags[0] == "APPR" else 0


_OPENERS = (_infinitive_opener, _verb_last_opener, _preposition_bis, _article, _relative_pronoun)


def _is_relative(tags: list[str], words: list[str], place: int) -> bool:
    """Whether der, die, das … before a clause with its verb last is a relative pronoun, no article."""
    last = len(tags) - 1
    if tags[place] == "PDS" or place == 1 or tags[last - 1] in ("VVINF", "VVPP", "VAINF", "VMINF"):
        return True  # a main clause would have its subject, or these forms, after the finite verb
    if tags[place + 1] in NOT_AFTER_ARTICLE:
        return "ADJA" not in tags
    noun = next((index for index in range(place + 1, last) if tags[index] in ("NN", "NE")), None)
    if noun is None:
        return False
    if tags[noun + 1] in NEW_PHRASE and words[noun + 1] not in GENITIVES:
        return True  # two phrases before the verb: "die Jugendlichen ein Studium ermöglichen"
    plural = words[place] == "die" and lemma(words[noun].capitalize(), "NN").lower() != words[noun]
    return plural and noun + 1 == last and words[last].endswith("t")  # "die Kommunen berät"
