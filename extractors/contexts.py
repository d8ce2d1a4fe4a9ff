"""What a document's words are by their context, as the network of `extractors.decisions` judges them: read once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from extractors.convolution import Vectors
from extractors.decisions.linear import log_odds
from extractors.decisions.network import HEADS, ContextNetwork, network, place
from extractors.tokens import Tokens, tokens

_SURE = 6.0
"""Log-odds beyond which nothing more is said."""
_ENOUGH = 40
"""Words from which on a text is context enough to be judged by."""
_KEPT = "bilanz_contexts"


@dataclass(frozen=True, slots=True, eq=False)
class Contexts:
    """Judgements of words by their context, as log-odds for those from `first` to `last`, both included.

    `answers` has for each of `HEADS` a row a word and a column an answer: probabilities.
    """

    answers: Mapping[str, Vectors]
    trust: float
    """How much they count: less than 1 where there is little context."""
    _columns: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    """Columns that were asked for, as lists: of a few words numbers are summed faster by themselves than as arrays."""

    def name(self, first: int, last: int) -> float:
        """Of being a project's name."""
        return -self._mean("name", first, last, "outside")

    def state(self, first: int, last: int, statuses: Collection[str]) -> float:
        """Of telling that something named is in one of some states: of the word that tells it most."""
        return self._of_status("state", first, last, statuses)

    def number(self, first: int, last: int, statuses: Collection[str | None]) -> float:
        """Of being a number of things that are in one of some states; None is none."""
        return self._of_status("number", first, last, statuses)

    def plan(self, first: int, last: int) -> float:
        """Of stating what is planned."""
        return self._mean("modality", first, last, "planned")

    def _mean(self, head: str, first: int, last: int, answer: str) -> float:
        asked = self._column(head, answer)[first : last + 1]
        return self.trust * log_odds(sum(asked) / len(asked), _SURE)

    def _of_status(self, head: str, first: int, last: int, statuses: Collection[str | None]) -> float:
        columns = [self._column(head, status)[first : last + 1] for status in statuses]
        return self.trust * log_odds(max(map(sum, zip(*columns, strict=True))), _SURE)

    def _column(self, head: str, answer: str | None) -> list[float]:
        place = head, HEADS[head].index(answer)
        if place not in self._columns:
            self._columns[place] = self.answers[head][:, place[1]].tolist()
        return self._columns[place]


def contexts(doc: Doc) -> Contexts:
    """The contexts of a document that has words, read at the first call."""
    kept: Any = doc.user_data.get(_KEPT)
    if kept is None:
        kept = read_by(doc, network())
    result: Contexts = kept
    return result


def read_by(doc: Doc, judge: ContextNetwork) -> Contexts:
    """The same as a given network reads them, kept for all that ask for them from now on."""
    listed = tokens(doc)
    answers = judge.read(listed.words, listed.tags, places(listed))
    made = doc.user_data[_KEPT] = Contexts(answers, min(1.0, len(listed.words) / _ENOUGH))
    return made


def places(listed: Tokens) -> list[int]:
    """Where each word stands, as the network is told it."""
    begins = {start for start, _ in listed.sentences}
    return [place(start < listed.title_end, index in begins) for index, start in enumerate(listed.starts)]
