"""Tags of forms that look alike, told apart by the stretch between two punctuation marks that they stand in.

Taggers that see a few words around err where the deciding word stands far off: the infinitive that is a finite
verb because a conjunction opens the clause, the article that is a relative pronoun because the verb stands last.
"""

from extractors.german.lemmas import GE, lemma
from extractors.german.structures import FINITE, RELATIVES

Repairs = list[tuple[int, str]]

INFINITIVE_TO_FINITE = {"VVINF": "VVFIN", "VAINF": "VAFIN", "VMINF": "VMFIN"}
RELATIVE_FORMS = frozenset({"der", "die", "das", "dem", "den", "denen", "dessen", "deren"})
NOT_AFTER_ARTICLE = frozenset(
    {"APPR", "APPRART", "ADV", "PPER", "PRF", "ART", "PPOSAT", "PTKNEG", "PIS", "PROAV", "PDAT"}
)
NEW_PHRASE = frozenset({"ART", "PPOSAT", "PDAT", "CARD", "PRF", "PPER", "PIAT"})
GENITIVES = frozenset({"der", "des", "einer", "eines", "ihrer", "seiner", "dieser"})
INFINITIVE_OPENERS = frozenset({"um", "ohne", "statt", "anstatt"})


def bracket_repairs(tags: list[str], words: list[str]) -> Repairs:
    """The places whose tag cannot be right, with the right one.

    Args:
        tags: STTS tags of the tokens, white space tagged "_SP".
        words: their forms.
    """
    found: Repairs = []
    begin = 0
    pending = False
    for end, tag in enumerate([*tags, "$."]):
        if tag[:1] != "$":
            continue
        stretch = [place for place in range(begin, end) if tags[place] != "_SP"]
        if stretch:
            stretch_tags = [tags[place] for place in stretch]
            dependent = pending or _opens_dependent(stretch_tags, words[stretch[0]])
            repairs = _verb_repairs(stretch_tags, [words[place] for place in stretch], dependent)
            if not repairs and not dependent and (begin == 0 or tags[begin - 1] == "$."):
                repairs = _second_place(stretch_tags)
            if not repairs and not pending:
                repairs = _opener_repairs(stretch_tags, [words[place].lower() for place in stretch])
            found.extend((stretch[place], right) for place, right in repairs)
            # An enumeration may part the conjunction from its verb: "dass Bund, Land und Kreis zahlen".
            pending = dependent and tag == "$," and not any(kind[0] == "V" for kind in stretch_tags)
        else:
            pending = pending and tag == "$,"
        begin = end + 1
    return found


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
    if not dependent and len(finites) == 2 and finites[1] == last and "KON" not in tags and "KOUS" not in tags:
        first = tags[finites[0]]
        if first == "VMFIN" and tags[last] == "VVFIN" and words[last].endswith("n"):
            return [(last, "VVINF")]
        if first == "VAFIN" and tags[last] == "VMFIN" and tags[last - 1] == "VVINF":
            return [(last, "VMINF")]
    return []


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
    amid = place < len(tags) - 1 or (place == 1 and tags[0] == "PPER")
    return [(place, "VVFIN")] if subject and amid and tags[place - 1] != "APPRART" else []


def _opener_repairs(tags: list[str], words: list[str]) -> Repairs:
    finites = [place for place, tag in enumerate(tags) if tag in FINITE]
    if words[0] in INFINITIVE_OPENERS and tags[0] == "APPR" and not finites and ("PTKZU" in tags or "VVIZU" in tags):
        return [(0, "KOUI")]
    place = 1 if tags[0] == "APPR" else 0
    if not finites or finites[0] < place + 2 or words[place] not in RELATIVE_FORMS:
        return []
    last = finites[0]
    verb_last = all(tags[after] == "KON" for after in range(last + 1, min(last + 2, len(tags))))
    if verb_last and tags[place] in ("ART", "PDS") and _is_relative(tags[: last + 1], words, place):
        return [(place, "PRELS")]
    return []


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
