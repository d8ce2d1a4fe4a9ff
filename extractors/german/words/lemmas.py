"""Lemmas by form and tag: a table for the closed classes, ending rules learned from lexicons for the rest."""

import lzma
import re
from functools import lru_cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extractors.german.words import columns, lexicon
from extractors.german.words.compounds import SHORTEST, nouns
from extractors.german.words.tokenizer import mended

SHORTEST_HEAD = 5
"""Letters of a compound's head that is looked up: shorter ends are found by chance ("Rasen", "Asen")."""
MODEL = Path(__file__).parents[1] / "model"
RULES = MODEL / "lemma-rules.xz"

PARTICLES = (
    "auseinander|gegenüber|hintereinander|zusammen|hinterher|entgegen|aneinander|herunter|hinunter|hervor|heraus|hinaus|"
    "herein|hinein|herbei|herum|herab|hinab|herauf|hinauf|herüber|hinüber|überein|zurecht|zurück|zuvor|wieder|weiter|"
    "voraus|voran|vorbei|vorher|vorweg|umher|unter|statt|nieder|nahe|hinzu|hinweg|heim|gerade|fort|frei|fest|fertig|fehl|"
    "empor|einher|dazu|davon|daran|darauf|dar|da|bevor|bereit|bei|auf|aus|an|ab|ein|durch|hin|her|hoch|los|mit|nach|offen|"
    "rück|sicher|still|teil|um|über|vor|weg|wett|wahr|zu"
)
GE = re.compile(rf"((?:{PARTICLES})?)ge(?=.{{3}})")
ZU = re.compile(rf"(.*?(?:{PARTICLES}))zu(?=.{{3}})")
TYPESET_HYPHEN = re.compile(r"([^\W\d_]{3,})-([a-zäöüß]{4,})")
GENDER = re.compile(r"(.*[^\W\d_](?:[:*_]|/-?)?[Ii]n)nen|(.*\([Ii]n)nen\)")
DECLINED = re.compile(r"e[nrms]?", re.IGNORECASE)
"""How an adjective that is used as a noun ends."""
LATIN = re.compile(r"(?<![ae])us$")
"""Ends of nouns that have the same form in the genitive: "Campus", "Virus"; not "Neubaus"."""
CLASSES = {"NN": "N", "TRUNC": "N", "NE": "E", "ADJA": "A", "ADJD": "D", "VVPP": "P", "VVIZU": "Z"}
"""Classes of tags that share ending rules; all other V* tags are class V."""


def rule_class(tag: str) -> str | None:
    """The class of ending rules for a tag, None where a form is its own lemma."""
    return CLASSES.get(tag) or ("V" if tag[:2] == "VV" else None)


def rule_key(form: str, group: str) -> str:
    """The form as the rules see it: in lower case, "^" before it (so that a rule can hold for a whole word only),
    "+" for the ge of participles and the zu of infinitives."""
    return "^" + _marked(form.lower(), group)


def _marked(lower: str, group: str) -> str:
    if group == "P":
        return GE.sub(r"\1+", lower, count=1) if GE.match(lower) else lower
    if group == "Z":
        return ZU.sub(r"\1+", lower, count=1)
    return lower


@lru_cache(maxsize=1)
def _rules() -> dict[str, dict[str, tuple[int, str]]]:
    """By class and ending: how many characters to cut, and what to add."""
    rules: dict[str, dict[str, tuple[int, str]]] = {}
    with lzma.open(RULES, "rt", encoding="utf-8") as lines:
        for line in lines:
            group, ending, cut, add = line.rstrip("\n").split("\t")
            rules.setdefault(group, {})[ending] = (int(cut), add)
    return rules


@lru_cache(maxsize=1)
def _closed() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for line in lexicon.lines("closed_lemmas"):
        tags, lemma, *forms = line.split()
        for tag in tags.split("|"):
            for form in forms:
                table.setdefault((tag, form), lemma)
    return table


@lru_cache(maxsize=1)
def _nominalised() -> tuple[str, ...]:
    return tuple(word.lower() for word in lexicon.words("nominalised"))


def ending_rule(key: str, group: str) -> tuple[int, str]:
    """The rule of the longest known ending of a key."""
    rules = _rules()[group]
    for begin in range(max(0, len(key) - 16), len(key)):
        rule = rules.get(key[begin:])
        if rule is not None:
            return rule
    return rules.get("", (0, ""))


def mend_hyphen(form: str) -> str:
    """The word without a hyphen that typesetting left in it ("Jahr-gangsstufen")."""
    if "-" in form and TYPESET_HYPHEN.fullmatch(form) and form.split("-")[1] not in lexicon.words("hyphen_parts"):
        return form.replace("-", "")
    return form


@lru_cache(maxsize=60_000)
def lemma(form: str, tag: str) -> str:
    """The dictionary form of a word of running text, given its STTS tag."""
    form = mended(form)
    closed = _closed().get((tag, form.lower()))
    if closed is not None:
        return closed
    if tag in ("NN", "NE"):
        return _noun_lemma(mend_hyphen(form), tag)
    group = rule_class(tag)
    if group is None or not form[-1].isalpha():
        return form.lower() if tag not in ("FM", "XY") else form
    key = rule_key(mend_hyphen(form), group)
    cut, add = ending_rule(key, group)
    return (key[1 : len(key) - cut] + add).replace("+", "")


def _noun_lemma(form: str, tag: str) -> str:
    gender = GENDER.fullmatch(form) if form.endswith(("nen", "nen)")) else None
    if gender and not form.islower() and re.search(r"[:*_/(]|[a-zäöüß]I", form):
        return gender[1] or f"{gender[2]})"
    stem = form[:-1] if form.endswith(("e", "E")) else form[:-2]
    if tag == "NN" and DECLINED.fullmatch(form[len(stem) :]) and stem.lower().endswith(_nominalised()):
        return stem + "er"
    first, hyphen, last = form.rpartition("-")
    if hyphen and len(last) > 2 and last.isalpha() and first:
        return first + hyphen + _noun_lemma(last, tag)
    plain = _by_ending(form, tag)
    if tag == "NN" and plain.lower() not in nouns():
        return _by_head(form) or plain
    return plain


def _by_ending(form: str, tag: str) -> str:
    if form.endswith("ss") or (tag == "NE" and LATIN.search(form)):
        return form  # no ending: "Anschluss", "AquaPlus"
    cut, add = ending_rule(rule_key(form, CLASSES[tag]), CLASSES[tag])
    if cut >= len(form):
        return add.capitalize() if form[0].isupper() else add
    return form[: len(form) - cut] + add


def _by_head(form: str) -> str | None:
    """The lemma of an unseen compound by its head, the longest known noun at its end: "Vollanträge", "Antrag".

    An infinitive that no release uses as a noun is none ("Bücherhallen": no "Erhallen").
    """
    for place in range(SHORTEST, len(form) - SHORTEST_HEAD + 1):
        head = _by_ending(form[place:].capitalize(), "NN").lower()
        infinitive = head.endswith("en") and head == form[place:].lower() and nouns().get(head, 0.0) < 0
        if head in nouns() and not infinitive:
            return form[:place] + head
    return None


@Language.factory("bilanz_lemmas", requires=["token.tag"], assigns=["token.lemma"])
def create_lemmas(nlp: Language, name: str) -> "Lemmas":
    """The registered factory of the lemmatizer."""
    return Lemmas()


class Lemmas:
    """Sets the lemma of each token by `lemma`."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets the lemmas."""
        columns.set_lemmas(doc, [*map(lemma, columns.forms(doc), columns.tags(doc))])
        return doc
