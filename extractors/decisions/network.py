"""A small network that judges each word by the words around it.

Features named by hand see what somebody thought of. The network has read the annotated releases word by word, and
says of each word how likely it belongs to a project's name, tells a state, or states what is planned. That is one
feature among the others, no decision. Hashed parts of a word are embedded and mixed; layers of convolution
then see each word between its neighbours, farther off from layer to layer; the mean of all words says what the
release is about. Trained by extractors/training/network.py, run with numpy alone.
"""

import re
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from extractors.convolution import Layer, Vectors, largest, normalised, through
from extractors.shape import shape
from models.statuses import STATUSES

WEIGHTS = Path(__file__).parent / "weights" / "network.npz"
ROWS = (12_000, 3_000, 3_000, 8_000, 300)
"""Rows of the tables in which a form, its beginning, two ends and its shape are looked up, by their hash."""
DILATIONS = (1, 1, 2, 4, 8, 1)
"""How far off the neighbours stand that a layer sees."""
PIECES = 2
"""Of which a layer takes the largest."""
NAME = ("outside", "begins", "inside")
STATES = (None, *STATUSES)
MODALITY = ("actual", "planned", "possible", "denied")
HEADS = {"name": NAME, "state": STATES, "number": STATES, "modality": MODALITY}
"""What is judged of each word, and the answers in their order: whether it belongs to a project's name, tells a state,
is a number of things in a state, states what is planned."""

_MOST_REMEMBERED = 50_000
_EPSILON = 1e-5
_UNKNOWN = -1
"""The row of a tag that was never seen: nothing."""
_DIGIT = re.compile(r"\d")


def rows(form: str) -> tuple[int, ...]:
    """The rows of a form in the tables of `ROWS`."""
    lower = _DIGIT.sub("0", form.lower())
    parts = ("f" + lower, "p" + lower[:4], "s" + lower[-3:], "e" + lower[-6:], shape(form))
    hashed = (zlib.crc32(part.encode("utf-8", "surrogatepass")) for part in parts)
    return tuple(number % size for number, size in zip(hashed, ROWS, strict=True))


def place(in_title: bool, begins: bool) -> int:
    """The row of a word's place: whether it stands in the title, and whether it begins a sentence."""
    return in_title + 2 * begins


class ContextNetwork:
    """A trained network."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            content = {name: file[name] for name in file.files}
        # Tables are kept in a byte a number: what is lost by that is far below what they know.
        self._tables = [content[f"table {i}"] * content[f"unit {i}"] for i in range(len(ROWS))]
        self._mix = content["mix"].astype(np.float32), content["mix bias"]
        self._norm = content["norm scale"], content["norm shift"]
        self._tag_rows = {tag: row for row, tag in enumerate(content["tags"].tolist())}
        self._tags = np.vstack([content["tag"], np.zeros_like(content["tag"][:1])])
        self._places: Vectors = content["place"]
        self._layers = [
            Layer(
                content[f"layer {i}"].astype(np.float32),
                content[f"layer {i} bias"],
                content[f"layer {i} scale"],
                content[f"layer {i} shift"],
                _EPSILON,
                dilation,
            )
            for i, dilation in enumerate(DILATIONS)
        ]
        self._heads = {name: (content[name], content[f"{name} bias"]) for name in HEADS}
        self._forms: dict[str, Vectors] = {}

    def read(self, forms: Sequence[str], tags: Sequence[str], places: Sequence[int]) -> dict[str, Vectors]:
        """For each word how likely each answer of each of `HEADS` is: one row a word, one column an answer.

        Args:
            forms: the words of a whole release.
            tags: their tags (STTS).
            places: see `place`.
        """
        words = self._embedded(forms)
        words += self._tags[[self._tag_rows.get(tag, _UNKNOWN) for tag in tags]]
        words += self._places[list(places)]
        words = through(self._layers, words)
        about = words.mean(axis=0)
        width = len(about)
        answers = {}
        for name, (weights, bias) in self._heads.items():
            # Answers by words, turned at the end: along rows numpy compares and adds many words at once.
            score = weights[:width].T @ words.T + (about @ weights[width:] + bias)[:, None]
            odds = np.exp(score - score.max(axis=0))
            answers[name] = (odds / odds.sum(axis=0)).T
        return answers

    def _embedded(self, forms: Sequence[str]) -> Vectors:
        """A vector for each form; they are kept, for most words come again in the next release."""
        # Pages are read in threads side by side: what one of them has in hands is left behind, never emptied.
        known = self._forms = self._forms if len(self._forms) < _MOST_REMEMBERED else {}
        if new := sorted(set(forms).difference(known)):
            looked_up = np.array([rows(form) for form in new])
            parts = np.hstack([table[column] for table, column in zip(self._tables, looked_up.T, strict=True)])
            weights, bias = self._mix
            mixed = parts @ weights + bias
            vectors = normalised(largest(mixed, mixed.shape[1] // PIECES), *self._norm, _EPSILON)
            known.update(zip(new, vectors, strict=True))
        return np.concatenate([known[form] for form in forms]).reshape(len(forms), -1)


@cache
def network() -> ContextNetwork:
    """The trained network, read once a process."""
    return ContextNetwork(WEIGHTS)
