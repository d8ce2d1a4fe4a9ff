"""Tags that the form alone decides, whatever the tagger says."""

import re
from functools import lru_cache

from spacy.attrs import TAG
from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.syntax.bracket_repairs import bracket_repairs
from extractors.german.words import columns, lexicon
from extractors.german.words.lemmas import GENDER
from extractors.german.words.tokenizer import mended

FIGURES = re.compile(r"[-+−]?\d[\d.,:/'’\u00a0\u2009\u202f -]*[\d-]|\d")
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
        words = columns.forms(doc)
        tagged = zip(words, columns.read(doc, TAG), strict=True)
        tags = [tag if word.isalpha() else form_tag(word) or tag for word, tag in tagged]
        for place, tag in bracket_repairs(tags, columns.small(doc)):
            tags[place] = tag
        columns.set_tags(doc, tags)
        return doc
