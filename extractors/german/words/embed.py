"""The tagger's view of words: hashed features of a form, embedded, and remembered form by form."""

from collections.abc import Callable
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from spacy.attrs import ORTH
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate

from extractors.convolution import Vectors
from extractors.german.words.columns import numbers
from extractors.german.words.tokenizer import mended
from extractors.shape import shape

MAX_REMEMBERED = 50_000
_LEARNING = Lock()
"""Pages are read in threads side by side, and two that met new forms at once would take each other's vectors."""

Rows = npt.NDArray[np.uint64]
DocsBackprop = Callable[[list[Vectors]], list[Doc]]


def features(form: str) -> tuple[str, ...]:
    """What the tagger sees of a form: itself, its beginning, two endings, its shape."""
    plain = mended(form)
    lower = plain.lower()
    if lower[:1].isdigit():
        lower = "".join("0" if char.isdigit() else char for char in lower)
    return lower, "p" + lower[:3], "s" + lower[-3:], "e" + lower[-5:], shape(plain)


class _Words:
    """Forward pass over docs. Outside of training the vector of a form is computed once and kept."""

    def __init__(self) -> None:
        self._features: dict[int, list[int]] = {}
        self._forget()

    def _forget(self) -> None:
        self._places: dict[int, int] = {}
        self._vectors: Vectors = np.zeros((0, 0), dtype=np.float32)

    def _rows(self, forms: list[int], docs: list[Doc]) -> Rows:
        strings = docs[0].vocab.strings
        for form in forms:
            if form not in self._features:
                self._features[form] = [*map(hash_string, features(strings[form]))]
        return np.array([self._features[form] for form in forms], "uint64")

    def __call__(
        self, model: Model[list[Doc], list[Vectors]], docs: list[Doc], is_train: bool
    ) -> tuple[list[Vectors], DocsBackprop]:
        inner: Model[Rows, Vectors] = model.layers[0]
        forms = [numbers(doc, ORTH) for doc in docs]
        if is_train:
            return self._train(inner, docs, forms)
        with _LEARNING:
            self._learn(inner, docs, {form for doc in forms for form in doc})
            places, vectors = self._places, self._vectors
        return [vectors[[places[form] for form in doc]] for doc in forms], lambda _: []

    def _learn(self, inner: Model[Rows, Vectors], docs: list[Doc], forms: set[int]) -> None:
        if len(self._places) > MAX_REMEMBERED:
            self._forget()
            self._features.clear()
        new = sorted(forms.difference(self._places))
        if not new:
            return
        computed = inner.predict(self._rows(new, docs))
        self._features.clear()
        known = len(self._places)
        if known + len(new) > len(self._vectors):
            grown = np.zeros((2 * (known + len(new)), computed.shape[1]), dtype="f")
            if known:
                grown[:known] = self._vectors[:known]
            self._vectors = grown
        self._vectors[known : known + len(new)] = computed
        self._places.update(zip(new, range(known, known + len(new)), strict=True))

    def _train(
        self, inner: Model[Rows, Vectors], docs: list[Doc], forms: list[list[int]]
    ) -> tuple[list[Vectors], DocsBackprop]:
        self._forget()
        flat, backprop = inner(self._rows([form for doc in forms for form in doc], docs), is_train=True)
        ends = np.cumsum([len(doc) for doc in forms])[:-1]

        def finish(gradients: list[Vectors]) -> list[Doc]:
            backprop(np.concatenate(gradients))
            return []

        return np.split(flat, ends), finish


@spacy.registry.architectures("bilanz_word_embed")  # type: ignore[untyped-decorator]
def word_embed(width: int, rows: list[int]) -> Model[list[Doc], list[Vectors]]:
    """A layer from docs to one vector of `width` for each token.

    Args:
        width: length of the vectors.
        rows: size of the hash table for each of `features`.
    """
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, size, column=column, seed=17 + column, dropout=0.0) for column, size in enumerate(rows)
    ]
    mix = Maxout(width, width * len(rows), nP=3, normalize=True, dropout=0.0)
    inner: Model[Rows, Vectors] = chain(concatenate(*tables), mix)
    return Model("bilanz_word_embed", _Words(), init=_initialize, layers=[inner], dims={"nO": width})


def _initialize(
    model: Model[list[Doc], list[Vectors]],
    X: list[Doc] | None = None,  # noqa: N803  (thinc passes both by these names)
    Y: list[Vectors] | None = None,  # noqa: N803
) -> None:
    columns = len(model.layers[0].layers[0].layers)
    model.layers[0].initialize(X=np.zeros((2, columns), dtype="uint64"))
