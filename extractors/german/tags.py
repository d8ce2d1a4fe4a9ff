"""Tags that the form alone decides, and repairs of verb tags that the clause's brackets decide."""

import re
from functools import lru_cache

import numpy as np
from spacy.attrs import ORTH, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractors.german import lexicon
from extractors.german.lemmas import GE, GENDER
from extractors.german.sentences import forms
from extractors.german.tokenizer import mended

FIGURES = re.compile(r"[-+−]?\d[\d.,:/\u00a0\u2009\u202f -]*[\d-]|\d")
ORDINAL = re.compile(r"\d{1,3}\.")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
RELATIVES = frozenset({"PRELS", "PRELAT"})
FINITE = frozenset({"VVFIN", "VAFIN", "VMFIN"})
RELATIVE_FORMS = frozenset({"der", "die", "das", "dem", "den", "denen", "dessen", "deren"})
NOT_AFTER_ARTICLE = frozenset({"APPR", "APPRART", "ADV", "PPER", "PRF", "ART", "PPOSAT", "PTKNEG", "PIS", "PROAV", "PDAT"})
GENDER_MARK = re.compile(r"[:*_/(]|[a-zäöüß]I")


@lru_cache(maxsize=50_000)
def form_tag(form: str) -> str | None:
    """The STTS tag of forms that have only one: punctuation, figures, abbreviations, gender forms."""
    if form.isspace():
        return "_SP"
    if form.isalpha():
        return None
    if form == ",":
        return "$,"
    if form in (".", "!", "?", ":", ";"):
        return "$."
    if form[0].isdigit() and FIGURES.fullmatch(form):
        return "CARD"
    if ORDINAL.fullmatch(form):
        return "ADJA"
    if DATE.fullmatch(form):
        return "CARD"
    plain = mended(form).lower()
    for tag, forms in lexicon.sections("form_tags").items():
        if plain in forms:
            return tag
    if GENDER.fullmatch(form) and GENDER_MARK.search(form):
        return "NN"
    if not any(char.isalnum() for char in form) and form not in ("+", "=", "<", ">", "≥", "≤", "~"):
        return "$("
    return None


def bracket_repairs(tags: list[str], words: list[str]) -> list[tuple[int, str]]:
    """Forms that look alike, told apart by the stretch between two punctuation marks that they stand in.

    A dependent clause that has no finite verb has one at its end, though it look like an infinitive or
    participle; the last verb after a modal verb is an infinitive; what stands like an article or
    demonstrative before a verb-last clause is a relative pronoun.
    """
    found: list[tuple[int, str]] = []
    begin = 0
    dependent = False
    for end, tag in enumerate([*tags, "$."]):
        if tag[:1] != "$" and tag != "_SP":
            continue
        stretch = [place for place in range(begin, end) if tags[place] != "_SP"]
        if stretch:
            dependent = _dependent(tags, stretch, dependent)
            repair = _verb_repair(tags, words, stretch, dependent)
            if repair is not None:
                found.append(repair)
            elif begin and tags[begin - 1] == "$,":
                found.extend(_pronoun_repair(tags, words, stretch))
            if any(tags[place][0] == "V" for place in stretch):
                dependent = False
        if tag != "$,":
            dependent = False
        begin = end + 1
    return found


def _dependent(tags: list[str], stretch: list[int], pending: bool) -> bool:
    """Whether the stretch opens a verb-last clause, or goes on with one that has no verb yet."""
    opening = [tags[place] for place in stretch[:3]]
    if "KOUS" in opening[:2]:
        return True
    return pending or opening[0] in RELATIVES or (opening[0] == "APPR" and opening[1:2] in (["PRELS"], ["PRELAT"]))


def _verb_repair(tags: list[str], words: list[str], stretch: list[int], dependent: bool) -> tuple[int, str] | None:
    verbs = [place for place in stretch if tags[place][0] == "V"]
    if not verbs or verbs[-1] != stretch[-1]:
        return None
    last = verbs[-1]
    finites = [place for place in verbs if tags[place] in FINITE]
    if dependent and not finites and "PTKZU" not in (tags[place] for place in stretch):
        if tags[last] in ("VVINF", "VAINF", "VMINF"):
            return last, tags[last][:2] + "FIN"
        elliptic = words[last - 1] in ("als", "wie")  # "weniger, als geplant"
        like_finite = words[last].endswith("t") or not GE.match(words[last])
        if tags[last] == "VVPP" and len(verbs) == 1 and like_finite and not elliptic:
            return last, "VVFIN"
    if not dependent and tags[last] == "VVFIN" and words[last].endswith("n") and len(finites) == 2:
        if tags[finites[0]] == "VMFIN" and not any(tags[place] in ("KON", "KOUS") for place in stretch):
            return last, "VVINF"
    return None


def _pronoun_repair(tags: list[str], words: list[str], stretch: list[int]) -> list[tuple[int, str]]:
    place = 1 if tags[stretch[0]] == "APPR" else 0
    if len(stretch) < place + 3:
        return []
    pronoun, following, last = stretch[place], stretch[place + 1], stretch[-1]
    finites = [token for token in stretch if tags[token] in FINITE]
    if words[pronoun].lower() not in RELATIVE_FORMS or finites != [last]:
        return []
    attributive = any(tags[token] == "ADJA" for token in stretch)
    if tags[pronoun] == "PDS" or (tags[pronoun] == "ART" and tags[following] in NOT_AFTER_ARTICLE and not attributive):
        return [(pronoun, "PRELS")]
    return []


@Language.factory("bilanz_tags", requires=["token.tag"], assigns=["token.tag"])
def create_tags(nlp: Language, name: str) -> "Tags":
    """The registered factory of the tag rules."""
    return Tags()


class Tags:
    """Sets the tags that `form_tag` knows, whatever the tagger said."""

    def __call__(self, doc: Doc) -> Doc:
        strings = doc.vocab.strings
        rows = doc.to_array([ORTH, TAG]).tolist()
        known = {orth: form_tag(strings[orth]) for orth in {row[0] for row in rows}}
        fixed = {orth: strings.add(tag) for orth, tag in known.items() if tag is not None}
        keys = [fixed.get(orth, tag) for orth, tag in rows]
        names = {key: strings[key] if key else "" for key in set(keys)}
        tags = [names[key] for key in keys]
        for place, tag in bracket_repairs(tags, forms(doc)):
            keys[place] = strings.add(tag)
        doc.from_array([TAG], np.array([[key] for key in keys], dtype="uint64"))
        return doc
