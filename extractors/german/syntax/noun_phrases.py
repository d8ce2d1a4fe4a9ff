"""Noun phrases: a noun with determiner, numbers and premodifiers, participial ones with all they carry."""

from collections.abc import Sequence

from extractors.german.syntax.segments import Words
from extractors.german.syntax.structures import NounPhrase

DETERMINERS = frozenset({"ART", "PDAT", "PPOSAT", "PIAT", "PRELAT", "PWAT"})
NOUNS = frozenset({"NN", "NE"})
PRONOUNS = frozenset({"PPER", "PIS", "PDS", "PRELS", "PRF"})
PREPOSITIONS = frozenset({"APPR", "APPRART"})
PREMODIFIERS = frozenset({"ADJA", "CARD", "ADJD", "ADV", "PIAT", "PIS", "TRUNC", "PTKNEG", "FM", "XY", "PTKA"})
MODIFIED = NOUNS | {"CARD"}
"""What a genitive or von-attribute stands behind."""
BEFORE_NOUN = DETERMINERS | {"ADJA", "CARD"}
BEHIND_COUNT = NOUNS | {"ADJA", "VVPP", "VVINF", "VVIZU"}
"""What stands behind a number that counts, and is no year of the noun before."""
BEFORE_PARTICIPLE = NOUNS | PRONOUNS | {"ADV", "ADJD", "CARD"}
MEASURES = frozenset(
    {"million", "millionen", "milliarde", "milliarden", "billion", "billionen", "mio.", "mrd.", "tsd.", "tausend"}
)
GENITIVE_FORMS = frozenset(
    {"des", "der", "eines", "einer", "dieser", "dieses", "jener", "ihrer", "ihres", "seiner", "seines", "unserer"}
    | {"unseres", "aller", "beider", "mehrerer", "einiger", "deren"}
)


def noun_phrases(words: Words, sentences: Sequence[Sequence[int]]) -> tuple[NounPhrase, ...]:
    """The noun phrases of all sentences, an inner one before the one around it; `parent` counts in the tuple."""
    found: list[NounPhrase] = []
    for tokens in sentences:
        finder = _Finder(words, tokens, found)
        position = 0
        while position < len(tokens):
            position = finder.take(position)
    return tuple(found)


class _Finder:
    """Adds the noun phrases of a sentence to those of the sentences before."""

    def __init__(self, words: Words, tokens: Sequence[int], found: list[NounPhrase]) -> None:
        self.forms = words.forms
        self.tokens = tokens
        self.kinds = [words.tags[token] for token in tokens]
        self.found = found

    def take(self, position: int) -> int:
        """Adds the phrase that begins at `position`, if one does; returns where to go on."""
        kind = self.kinds[position]
        if kind in PREPOSITIONS or kind[0] in "$VK":
            return position + 1
        span = self._phrase(position)
        if span is None:
            return position + 1
        head, end = span
        self._inner(position, head)
        self._add(position, head, end)
        return end

    def _inner(self, begin: int, head: int) -> None:
        """The phrases within a premodifier ("die [vom Land] geförderten Orte")."""
        position = begin + 1
        while position < head:
            if self.kinds[position] in PREPOSITIONS and position + 1 < head:
                span = self._phrase(position + 1, head)
                if span is not None and self.kinds[span[0]] in NOUNS and span[1] <= head:
                    self._add(position + 1, *span)
                    position = span[1]
                    continue
            position += 1

    def _add(self, begin: int, head: int, end: int) -> None:
        tokens = self.tokens
        preposition, numbers, parent = self._preposition(begin, end), self._numbers(begin, end), self._parent(begin)
        # By position: by name it would take twice the time, and there are hundreds in a release.
        phrase = NounPhrase(tokens[head], tokens[begin], tokens[end - 1] + 1, preposition, numbers, parent)
        self.found.append(phrase)

    def _numbers(self, begin: int, end: int) -> tuple[int, ...]:
        kinds = self.kinds[begin:end]
        if "CARD" not in kinds:
            return ()
        return tuple(self.tokens[begin + place] for place, kind in enumerate(kinds) if kind == "CARD")

    def _preposition(self, begin: int, end: int) -> int | None:
        before = begin - 1
        while before >= 0 and self.kinds[before] in ("ADV", "ADJD"):
            before -= 1  # "in rund 40 Städten"
        if before >= 0 and self.kinds[before] in PREPOSITIONS:
            return self.tokens[before]
        if end < len(self.tokens) and self.kinds[end] == "APPO":
            return self.tokens[end]
        return None

    def _parent(self, begin: int) -> int | None:
        before = begin - 1
        if before >= 0 and self.forms[self.tokens[before]] in ("von", "vom"):
            before -= 1
        elif not self._genitive(begin):
            return None
        for index in range(len(self.found) - 1, max(-1, len(self.found) - 4), -1):
            adjacent = before >= 0 and self.found[index].end == self.tokens[before] + 1
            if adjacent and self.kinds[before] in MODIFIED:
                return index
        return None

    def _genitive(self, begin: int) -> bool:
        form, kind = self.forms[self.tokens[begin]], self.kinds[begin]
        if kind in DETERMINERS:
            return form in GENITIVE_FORMS
        return kind == "ADJA" and form.endswith("er")

    def _phrase(self, position: int, limit: int | None = None) -> tuple[int, int] | None:
        """Head and end (exclusive) of the phrase that begins at `position`."""
        kinds = self.kinds
        limit = len(kinds) if limit is None else limit
        kind = kinds[position]
        if kind in PRONOUNS and not (position + 1 < limit and kinds[position + 1] in ("ADJA", "NN") and kind == "PIS"):
            return position, position + 1
        if kind in ("ADV", "ADJD", "PTKNEG", "PTKA"):
            # Adverbs open a phrase only as part of an attribute: "sonst schwer erreichbare Jugendliche".
            ahead = position
            while ahead < limit and kinds[ahead] in ("ADV", "ADJD", "PTKNEG", "PTKA"):
                ahead += 1
            if ahead >= limit or kinds[ahead] != "ADJA" or kinds[ahead - 1] not in ("ADJD", "PTKNEG", "PTKA"):
                return None
        elif kind not in DETERMINERS and kind not in NOUNS and kind not in ("ADJA", "CARD", "TRUNC", "PIS", "FM", "XY"):
            return None
        return self._walk(position, limit)

    def _walk(self, begin: int, limit: int) -> tuple[int, int] | None:
        kinds = self.kinds
        position = begin
        bare = begin
        while position < limit:
            kind = kinds[position]
            if kind in NOUNS:
                return self._head(position, limit)
            if position > begin and kind not in PREMODIFIERS and kind not in DETERMINERS:
                if kind in ("$,", "KON") and self._joined(position, limit):
                    position += 1
                    continue
                nested = self._nested(position, limit)
                if nested is None:
                    break
                position = nested
                continue
            if kind in DETERMINERS and position > begin and kinds[begin] in DETERMINERS and kind != "PIAT":
                nested = self._nested(position, limit)
                if nested is None:
                    break
                position = nested
                continue
            if kind in ("CARD", "ADJA", "PIS", "PIAT") or kind in DETERMINERS:
                bare = position
            position += 1
        return self._headless(begin, bare)

    def _joined(self, position: int, limit: int) -> bool:
        """Whether a comma or conjunction joins two attributes or a truncated word with the next."""
        kinds = self.kinds
        if position + 1 >= limit:
            return False
        before, after = kinds[position - 1], kinds[position + 1]
        if before == "TRUNC":
            return after in ("NN", "ADJA", "TRUNC", "NE")
        if before == "CARD" and after == "CARD" and kinds[position] == "KON":
            return True
        ahead = position + 1
        while ahead < limit and kinds[ahead] in ("ADV", "ADJD"):
            ahead += 1
        return before == "ADJA" and ahead < limit and kinds[ahead] == "ADJA" and self._noun_follows(ahead, limit)

    def _noun_follows(self, position: int, limit: int) -> bool:
        while position < limit and self.kinds[position] in ("ADJA", "CARD", "TRUNC", "KON"):
            position += 1
        return position < limit and self.kinds[position] in NOUNS

    def _nested(self, position: int, limit: int) -> int | None:
        """The end of phrases within a participial attribute, if the attribute follows on them."""
        kinds = self.kinds
        start = position
        while position < limit and position - start < 14:
            kind = kinds[position]
            if kind == "ADJA" and position > start and kinds[position - 1] in BEFORE_PARTICIPLE:
                return position if self._noun_follows(position, limit) else None
            if kind in PREPOSITIONS or kind in ("ADV", "ADJD", "PTKNEG", "PRF", "CARD", "PROAV"):
                position += 1
                continue
            if kind in DETERMINERS or kind in NOUNS or kind == "ADJA":
                span = self._simple(position, limit)
                if span is None:
                    return None
                position = span
                continue
            return None
        return None

    def _simple(self, position: int, limit: int) -> int | None:
        """The end of a phrase of determiner, attributes and noun."""
        while position < limit and self.kinds[position] in BEFORE_NOUN:
            position += 1
        return self._head(position, limit)[1] if position < limit and self.kinds[position] in NOUNS else None

    def _head(self, position: int, limit: int) -> tuple[int, int]:
        """The head among adjacent nouns: what a measure measures, else the first; names belong to it."""
        head = position
        if self.forms[self.tokens[position]] in MEASURES and position + 1 < limit and self.kinds[position + 1] == "NN":
            head = position + 1
        end = head + 1
        while end < limit and self.kinds[end] in ("NE", "NN", "FM"):
            end += 1
        if self.kinds[head] == "NE":
            head = end - 1
        elif end < limit and self.kinds[end] == "CARD":
            counting = end + 1 < limit and self.kinds[end + 1] in BEHIND_COUNT
            end += not counting  # "Ruhr-Konferenz 2024", but "im Mai 12 Vorhaben"
        return head, end

    def _headless(self, begin: int, bare: int) -> tuple[int, int] | None:
        """Numbers and attributes that stand for a noun: "16 weitere", "42", "die meisten"."""
        kinds = self.kinds
        elliptic = bare > begin and kinds[bare] in ("ADJA", "CARD", "PIS")
        if elliptic or kinds[begin] in ("CARD", "PIS", "PIAT", "ADJA", "FM", "XY"):
            numbers = [place for place in range(begin, bare + 1) if kinds[place] == "CARD"]
            return (numbers[-1] if numbers else bare), bare + 1
        return None
