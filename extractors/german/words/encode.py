"""The tagger's view of words in their context, computed without what training would need to remember.

A trained encoder is a row of layers of convolution. thinc computes each of their steps as a layer of its own that can
learn; reading takes half the time without that.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from thinc.api import Model

from extractors.convolution import Layer, Vectors, through

_EPSILON = 1e-8
"""Of thinc's layer normalisation."""

Backprop = Callable[[list[Vectors]], list[Vectors]]


class _Encoding:
    """Forward pass over texts. Outside of training the layers' weights are laid out once and kept."""

    def __init__(self, trained: Model[list[Vectors], list[Vectors]]) -> None:
        self._trained = trained
        self._layers: list[Layer] = []

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


def _layer(residual: Model[Any, Any]) -> Layer:
    parts = {part.name: part for part in residual.walk()}
    maxout, norm = parts["maxout"], parts["layernorm"]
    weights, bias = np.asarray(maxout.get_param("W")), np.asarray(maxout.get_param("b"))
    by_piece = weights.transpose(1, 0, 2).reshape(bias.size, -1)
    scale, shift = np.asarray(norm.get_param("G")), np.asarray(norm.get_param("b"))
    return Layer(np.ascontiguousarray(by_piece.T), bias.T.ravel(), scale, shift, _EPSILON)


def _encode(words: Vectors, layers: list[Layer], pad: int) -> Vectors:
    # thinc puts empty words around each text, so that the last word has the same neighbours in any batch.
    length, width = words.shape
    padded = np.zeros((length + 2 * pad, width), dtype="f")
    padded[pad : pad + length] = words
    return through(layers, padded)[pad : pad + length]
