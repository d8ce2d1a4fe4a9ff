"""The tagger's view of words in their context, computed without what training would need to remember.

A trained encoder is a row of layers, each of which sees a word between its neighbours: a matrix product, the largest
of several pieces, normalised, added to what came in. thinc computes each of these steps as a layer of its own that
can learn; reading takes half the time without that.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
from thinc.api import Model

from extractors.german.words.embed import Vectors

_AT_ONCE = 1024
"""Words that are looked at together: what they need fits into the processor's cache, however long a text is."""
_EPSILON = 1e-8
"""Of thinc's layer normalisation."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer's weights, as numpy multiplies them fastest."""

    weights: Vectors
    """Of the word before, the word and the word behind, one below the other; the first piece of all outputs first."""
    bias: Vectors
    scale: Vectors
    shift: Vectors

    def __call__(self, words: Vectors) -> Vectors:
        length, width = words.shape
        windows = np.zeros((length, 3, width), dtype="f")
        windows[1:, 0], windows[:, 1], windows[:-1, 2] = words[:-1], words, words[1:]
        pieces = windows.reshape(length, -1) @ self.weights
        pieces += self.bias
        best: Vectors = reduce(np.maximum, np.split(pieces, pieces.shape[1] // width, axis=1))
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / width + _EPSILON
        best *= (variance**-0.5)[:, None]
        best *= self.scale
        best += self.shift
        best += words
        return best


def reading(encoder: Model[Any, Any]) -> Model[list[Vectors], list[Vectors]]:
    """A model that gives for each text what a trained encoder gives, and cannot be trained.

    Args:
        encoder: spaCy's `MaxoutWindowEncoder` of window size 1, loaded.
    """
    layers = [_layer(residual) for residual in encoder.layers[0].layers]
    return Model("bilanz_encode", _forward, attrs={"layers": layers, "pad": encoder.attrs["pad"]})


def _layer(residual: Model[Any, Any]) -> _Layer:
    parts = {part.name: part for part in residual.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
    by_piece = weights.transpose(1, 0, 2).reshape(bias.size, -1)
    scale, shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
    return _Layer(np.ascontiguousarray(by_piece).T, bias.T.ravel(), scale, shift)


def _forward(
    model: Model[list[Vectors], list[Vectors]], texts: list[Vectors], is_train: bool
) -> tuple[list[Vectors], Callable[[list[Vectors]], list[Vectors]]]:
    return [_encode(words, model.attrs["layers"], model.attrs["pad"]) for words in texts], _no_training


def _encode(words: Vectors, layers: list[_Layer], pad: int) -> Vectors:
    # thinc puts empty words around each text, so that the last word has the same neighbours in any batch.
    padded = np.pad(words, ((pad, pad), (0, 0)))
    encoded = np.empty_like(words)
    for begin in range(0, len(words), _AT_ONCE):
        # As many words around as all layers together see: what stands farther off changes nothing.
        piece = padded[begin : begin + _AT_ONCE + 2 * pad]
        for layer in layers:
            piece = layer(piece)
        encoded[begin : begin + _AT_ONCE] = piece[pad : len(piece) - pad]
    return encoded


def _no_training(_gradients: list[Vectors]) -> list[Vectors]:
    raise NotImplementedError("a loaded pipeline is not trained: begin with `untrained`")
