"""Tags that the next words rule out, whatever stands around them."""

from extractors.german.syntax.structures import FINITE
from extractors.german.words.lemmas import ZU, lemma
from extractors.german.words.persons import is_first_name

Repairs = list[tuple[int, str]]

REPAIRED = frozenset({"APPR", "VVINF", "VVFIN", "VVIMP", "VAFIN", "VMFIN", "NE", "ART", "PDS"})
"""Tags that may be wrong, but for those of single words."""
DETERMINERS = frozenset({"ART", "APPRART", "PDAT", "PPOSAT", "PIAT", "APPR"})
INSIDE_PHRASE = frozenset({"CARD", "ADV", "ADJD", "PTKNEG"})
ADJECTIVE_ENDINGS = ("te", "ten", "ter", "tes", "tem", "ene", "enen", "ener", "enes", "enem")
RELATIVE_FORMS = frozenset({"der", "die", "das", "dem", "den", "denen", "dessen", "deren"})
NEVER_AFTER_ARTICLE = frozenset({"ich", "wir", "er", "es", "man", "sich"})
STOPS = frozenset({".", ":", ",", "!", "?", ";", "“", "«"})
VERB_PARTICLES = frozenset({"an", "auf", "aus", "bei", "mit", "nach", "vor", "zu", "ab", "um", "durch"})
"""Before a stop these are no prepositions: "teilte mit:"."""
WITH_ZU = ("hinzu", "dazu", "herzu", "zuzu")
"""Beginnings of infinitives whose "zu" is their own: "hinzufügen"."""
ADJECTIVAL_PARTICLES = frozenset({"bereit", "bekannt", "fest", "frei", "offen", "fertig", "still", "sicher", "weg"})


def local_repairs(tags: list[str], words: list[str]) -> Repairs:
    """The places whose tag cannot stand before the word that follows, with the right one.

    Args:
        tags: STTS tags of the tokens.
        words: their forms in lower case.
    """
    found: Repairs = []
    for place, (tag, word, following) in enumerate(zip(tags, words, [*words, ""][1:], strict=True)):
        if tag not in REPAIRED and word not in ("falls", "ob", "so"):
            continue
        ends = following in STOPS or "\n" in following
        stranded = tag == "APPR" and ends and word in VERB_PARTICLES and "VVFIN" in tags[:place]
        supposes = word in ("falls", "ob") and tag == "NN" and (not place or tags[place - 1] not in DETERMINERS)
        if supposes or (word == "so" and following in ("dass", "daß")):
            right = "KOUS"
        elif stranded:
            right = "PTKVZ"
        elif tag == "VVINF" and ZU.match(word) and not word.startswith(WITH_ZU):
            right = "VVIZU"
        elif tag == "VVFIN" and word.endswith(ADJECTIVE_ENDINGS) and _in_noun_phrase(tags, place):
            right = "ADJA"
        elif tag in ("VVFIN", "VAFIN", "VMFIN") and place and tags[place - 1] == "PTKZU" and word.endswith("n"):
            right = tag[:2] + "INF"
        elif (tag == "VVIMP" and place and tags[place - 1] in ("CARD", "ADJA")) or (
            tag == "NE" and place and tags[place - 1] == "CARD" and _counted(words[place - 1], word)
        ):
            right = "NN"
        elif tag == "VVIMP" and place and tags[place - 1] == "NE" and is_first_name(words[place - 1].capitalize()):
            right = "NE"  # "Minister Karl Moser"
        elif tag in ("ART", "PDS") and word in RELATIVE_FORMS and following in NEVER_AFTER_ARTICLE:
            right = "PRELS" if tag == "ART" and place and tags[place - 1] in ("$,", "APPR", "NN", "NE") else tag
        else:
            continue
        if right != tag:
            found.append((place, right))
    return found


def _counted(number: str, word: str) -> bool:
    """Whether a noun in the plural follows a number ("elf Kioske"), not a name a year ("1860 München")."""
    year = len(number) == 4 and number.isdigit()
    return not year and lemma(word.capitalize(), "NN").lower() != word


def _in_noun_phrase(tags: list[str], place: int) -> bool:
    """Whether what looks like a verb stands between determiner and noun: "die 2018 erarbeiteten 73 Pläne"."""
    if place + 1 == len(tags) or tags[place + 1] not in ("NN", "NE", "ADJA", "CARD"):
        return False
    before = place - 1
    while before >= 0 and tags[before] in INSIDE_PHRASE:
        before -= 1
    if before >= 0 and tags[before] in DETERMINERS:
        return True
    # "die vom Land geförderten Höfe": only an attribute can begin with a preposition after the article.
    while before > 0 and tags[before] not in FINITE and tags[before][0] not in "$K":
        if tags[before] in ("APPR", "APPRART") and tags[before - 1] in ("ART", "PDAT", "PPOSAT"):
            return True
        before -= 1
    return False


def particle_repairs(tags: list[str], words: list[str]) -> Repairs:
    """A separated particle where the stretch has no verb that it could belong to: "ist bereit"."""
    finites = [tag for tag in tags if tag in FINITE]
    if finites != ["VAFIN"] or any(tag[:2] == "VV" for tag in tags):
        return []
    return [
        (place, "ADJD" if words[place] in ADJECTIVAL_PARTICLES else "ADV")
        for place, tag in enumerate(tags)
        if tag == "PTKVZ"
    ]
