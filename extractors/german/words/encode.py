"""The tagger's view of words in their context, computed without what training would need to remember.

A trained encoder is a row of layers, each of which sees a word between its neighbours: a matrix product, the largest
of several pieces, normalised, added to what came in. thinc computes each of these steps as a layer of its own that
can learn; reading takes half the time without that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from thinc.api import Model

from extractors.german.words.embed import Vectors

_AT_ONCE = 1024
"""Words that are looked at together: what they need fits into the processor's cache, however long a text is."""
_EPSILON = 1e-8
"""Of thinc's layer normalisation."""

Backprop = Callable[[list[Vectors]], list[Vectors]]


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer's weights, as numpy multiplies them fastest."""

    weights: Vectors
    """Of the word before, the word and the word behind, one below the other; the first piece of all outputs first."""
    bias: Vectors
    scale: Vectors
    shift: Vectors

    def __call__(self, words: Vectors, windows: Vectors, pieces: Vectors) -> Vectors:
        """The words as the layer sees them.

        Args:
            words: one row each.
            windows: where each may be written between its neighbours; zero where the first and last have none.
            pieces: where the products may be written.
        """
        length, width = words.shape
        windows[1:, 0], windows[:, 1], windows[:-1, 2] = words[:-1], words, words[1:]
        np.matmul(windows.reshape(length, -1), self.weights, out=pieces)
        pieces += self.bias
        best: Vectors = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
        for begin in range(2 * width, pieces.shape[1], width):
            np.maximum(best, pieces[:, begin : begin + width], out=best)
        best -= np.add.reduce(best, axis=1, keepdims=True) / width
        variance = np.einsum("ij,ij->i", best, best) / width + _EPSILON
        best *= (variance**-0.5)[:, None]
        best *= self.scale
        best += self.shift
        best += words
        return best


class _Encoding:
    """Forward pass over texts. Outside of training the layers' weights are laid out once and kept."""

    def __init__(self, trained: Model[list[Vectors], list[Vectors]]) -> None:
        self._trained = trained
        self._layers: list[_Layer] = []

    def __call__(
        self, model: Model[list[Vectors], list[Vectors]], texts: list[Vectors], is_train: bool
    ) -> tuple[list[Vectors], Backprop]:
        if is_train:
            self._layers = []
            return self._trained(texts, is_train=True)
        layers = self._layers = self._layers or [_layer(residual) for residual in model.layers[0].layers]
        return [_encode(words, layers, model.attrs["pad"]) for words in texts], lambda gradients: gradients


def reading(encoder: Model[list[Vectors], list[Vectors]]) -> Model[list[Vectors], list[Vectors]]:
    """The same model, faster where it does not learn; it is saved, and learns, as what it was made of.

    Args:
        encoder: spaCy's `MaxoutWindowEncoder` of window size 1 with the weights that it is to have.
    """
    return Model(encoder.name, _Encoding(encoder), layers=encoder.layers, attrs=encoder.attrs)


def _layer(residual: Model[Any, Any]) -> _Layer:
    parts = {part.name: part for part in residual.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
    by_piece = weights.transpose(1, 0, 2).reshape(bias.size, -1)
    scale, shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
    return _Layer(np.ascontiguousarray(by_piece.T), bias.T.ravel(), scale, shift)


def _encode(words: Vectors, layers: list[_Layer], pad: int) -> Vectors:
    # thinc puts empty words around each text, so that the last word has the same neighbours in any batch.
    length, width = words.shape
    padded = np.zeros((length + 2 * pad, width), dtype="f")
    padded[pad : pad + length] = words
    encoded = np.empty_like(words)
    for begin in range(0, len(words), _AT_ONCE):
        # As many words around as all layers together see: what stands farther off changes nothing.
        piece = padded[begin : begin + _AT_ONCE + 2 * pad]
        windows = np.zeros((len(piece), 3, width), dtype="f")
        pieces = np.empty((len(piece), layers[0].bias.size), dtype="f")
        for layer in layers:
            piece = layer(piece, windows, pieces)
        encoded[begin : begin + _AT_ONCE] = piece[pad : len(piece) - pad]
    return encoded
