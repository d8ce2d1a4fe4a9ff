"""Tags that the form alone decides, whatever the tagger says."""

import re
from functools import lru_cache

from spacy.attrs import ORTH, TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.bracket_repairs import bracket_repairs
from extractors.german.syntax.sentences import column, forms
from extractors.german.words import lexicon
from extractors.german.words.lemmas import GENDER
from extractors.german.words.tokenizer import mended

FIGURES = re.compile(r"[-+−]?\d[\d.,:/\u00a0\u2009\u202f -]*[\d-]|\d")
ORDINAL = re.compile(r"\d{1,3}\.")
DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?")
RELATIVES = frozenset({"PRELS", "PRELAT"})
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
    for tag, members in lexicon.sections("form_tags").items():
        if plain in members:
            return tag
    if GENDER.fullmatch(form) and GENDER_MARK.search(form):
        return "NN"
    if not any(char.isalnum() for char in form) and form not in ("+", "=", "<", ">", "≥", "≤", "~"):
        return "$("
    return None


@Language.factory("bilanz_tags", requires=["token.tag"], assigns=["token.tag"])
def create_tags(nlp: Language, name: str) -> "Tags":
    """The registered factory of the tag rules."""
    return Tags()


class Tags:
    """Sets the tags that `form_tag` knows, and those that `bracket_repairs` finds."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets the tags."""
        strings = doc.vocab.strings
        rows = doc.to_array([ORTH, TAG]).tolist()
        known = {orth: form_tag(strings[orth]) for orth in {row[0] for row in rows}}
        fixed = {orth: strings.add(tag) for orth, tag in known.items() if tag is not None}
        keys = [fixed.get(orth, tag) for orth, tag in rows]
        names = {key: strings[key] if key else "" for key in set(keys)}
        tags = [names[key] for key in keys]
        for place, tag in bracket_repairs(tags, forms(doc)):
            keys[place] = strings.add(tag)
        doc.from_array([TAG], column(keys))
        return doc
