"""Ending rules for lemmas, learned from simplemma's dictionary and the teacher's lemmas of the releases."""

import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from extractors.german.training.data import Sentence
from extractors.german.words.lemmas import GE, rule_class, rule_key

LONGEST_ENDING = 16
_SHORT_VOWEL = re.compile(
    r"((?:schl|fl|sch)[uü]|proze|schlo|ongre|(?<!s)pa|(?<!b)la|(?<!g)ri|(?<![gt])ro|bi|(?<!r)gu|nu|fa|(?<!g)ha|bewu|adre"
    r"|promi|verdru|ku)ß"
)
"""Where "ss" is written since 1996: "Beschluß", "Prozeß"; not "Maß", "Spaß"."""
_SHORT = 9
"""Letters of a noun that may be part of a compound, though no release uses it alone."""
_OFTEN = 20
"""How often releases use a short noun that the dictionary lacks ("Halle") for it to be known."""
Pairs = dict[str, dict[str, str]]


def _dictionary_groups(form: str, lemma: str) -> Iterable[str]:
    """The classes to which an entry of the dictionary (which knows no tags) can belong."""
    if form[0].isupper():
        return ("N",) if lemma[0].isupper() else ()
    if lemma.endswith("n") and lemma[-2:] in ("en", "ln", "rn"):
        if form == lemma:
            return ("V",)
        if GE.match(form) and not GE.match(lemma):
            return ("P",)
        return ("V", "P") if form.endswith(("t", "en")) else ("V",)
    if lemma[0].islower():
        return ("A", "D") if form.endswith(("e", "em", "en", "er", "es")) else ("D",)
    return ()


def collect(silver: Iterable[Sentence], gold: Iterable[Sentence]) -> tuple[Pairs, dict[str, Counter[str]]]:
    """Lemmas by class and form (lower case), and how often each form was met.

    The dictionary goes before the teacher, who guesses at words; gold goes before both. Only the teacher
    tells participles from finite verbs and proper from common nouns.
    """
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    met: dict[str, Counter[str]] = defaultdict(Counter)
    for weight, sentences in ((1, silver), (50, gold)):
        for sentence in sentences:
            for form, tag, lemma in zip(sentence.forms, sentence.tags, sentence.lemmas, strict=True):
                group = rule_class(tag)
                if group and lemma and form[-1].isalpha() and (lemma != lemma.upper() or form == form.upper()):
                    votes[group, form.lower()][lemma.lower()] += weight
                    met[group][form.lower()] += weight
    pairs: Pairs = defaultdict(dict)
    for form, lemma in DefaultDictionaryFactory().get_dictionary("de").items():
        word, base = _text(form), _text(lemma)
        if word and base and word.isalpha():
            for group in _dictionary_groups(word, base):
                pairs[group].setdefault(word.lower(), base.lower())
                met[group][word.lower()] += 1
    for (group, form), counts in votes.items():
        lemma, count = counts.most_common(1)[0]
        # The dictionary has rare words and names that look like a frequent form: Eichen, Dörfer.
        unchanged = pairs[group].get(form) == form and count >= 3
        if form not in pairs[group] or count >= 40 or group == "P" or unchanged:
            pairs[group][form] = lemma
    for entries in pairs.values():
        for form, lemma in entries.items():
            if lemma.endswith("ß") and "ß" not in form:
                entries[form] = lemma[:-1] + "ss"  # Anschluß, as written before 1996
    return pairs, met


def _text(entry: str | bytes) -> str:
    return entry.decode() if isinstance(entry, bytes) else entry


def _rule(marked: str, lemma: str) -> tuple[int, str]:
    key = plain = marked.removeprefix("^")
    common = 0
    while common < min(len(plain), len(lemma)) and plain[common] == lemma[common]:
        common += 1
    if "+" in key:
        before, after = key.split("+")
        if lemma.startswith(before):
            rest, common = lemma[len(before) :], 0
            while common < min(len(after), len(rest)) and after[common] == rest[common]:
                common += 1
            return len(after) - common, rest[common:]
        common = 0
    return len(key) - common, lemma[common:]


def learn(pairs: dict[str, str], met: Counter[str], group: str, least: float) -> dict[str, tuple[int, str]]:
    """The endings whose rule differs from that of the next shorter ending and pays off.

    Args:
        pairs: form to lemma, both in lower case.
        met: weight of each form.
        group: the class of tags.
        least: how much more weight an ending's own rule must get right than the shorter ending's.
    """
    by_ending: dict[str, Counter[tuple[int, str]]] = defaultdict(Counter)
    for form, lemma in pairs.items():
        key = rule_key(form, group)
        rule = _rule(key, lemma)
        weight = 1 + min(met[form], 200)
        # A rule may only be learned from an ending that holds all that it cuts.
        for length in range(min(len(key), LONGEST_ENDING) + 1):
            if length >= rule[0]:
                by_ending[key[len(key) - length :]][rule] += weight
    kept: dict[str, tuple[int, str]] = {}
    inherited: dict[str, tuple[int, str]] = {}
    for ending in sorted(by_ending, key=len):
        counts = by_ending[ending]
        rule, count = counts.most_common(1)[0]
        shorter = inherited.get(ending[1:]) if ending else None
        if shorter is None or (rule != shorter and count - counts[shorter] >= least):
            kept[ending] = rule
            inherited[ending] = rule
        else:
            inherited[ending] = shorter
    return kept


def write(pairs: Pairs, met: dict[str, Counter[str]], path: Path, least: float) -> int:
    """Learns and writes the rules of all classes, returns their number."""
    total = 0
    with lzma.open(path, "wt", encoding="utf-8") as file:
        for group in sorted(pairs):
            for ending, (cut, add) in sorted(learn(pairs[group], met[group], group, least).items()):
                file.write(f"{group}\t{ending}\t{cut}\t{add}\n")
                total += 1
    return total


def write_nouns(silver: Iterable[Sentence], path: Path) -> int:
    """Writes the lexicon for compounds: the dictionary's nouns, with their frequency in the releases.

    Long words that no release uses are left out: they are compounds themselves, and parts are wanted.
    """
    used: Counter[str] = Counter()
    for sentence in silver:
        for form, tag, lemma in zip(sentence.forms, sentence.tags, sentence.lemmas, strict=True):
            if tag == "NN" and lemma and form.isalpha() and form[0].isupper():
                used[lemma.lower()] += 1
    known = {
        lemma.lower()
        for form, entry in DefaultDictionaryFactory().get_dictionary("de").items()
        if (lemma := _text(entry)).isalpha() and lemma[0].isupper() and lemma == _text(form) and not lemma.isupper()
    }
    known |= {noun for noun, count in used.items() if len(noun) <= _SHORT and count >= _OFTEN}
    kept = {noun: used[noun] for noun in known if len(noun) >= 3 and (used[noun] >= 2 or len(noun) <= _SHORT)}
    for noun, count in list(kept.items()):
        now = _SHORT_VOWEL.sub(r"\1ss", noun)
        kept[now] = max(count, kept.get(now, 0))
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{noun}\t{count}\n" for noun, count in sorted(kept.items()))
    return len(kept)
