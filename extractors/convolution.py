"""Layers of convolution, as numpy computes them fastest: each sees a word between its neighbours.

A layer is a matrix product, the largest of several pieces, normalised, added to what came in. The tagger and the
network of `extractors.decisions` are rows of such layers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

_AT_ONCE = 1024
"""Words that are looked at together: what they need fits into the processor's cache, however long a text is."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer's weights."""

    weights: Vectors
    """Of the word before, the word and the word behind, one below the other; the first piece of all outputs first."""
    bias: Vectors
    scale: Vectors
    shift: Vectors
    epsilon: float
    """What the normalisation adds to the variance."""
    dilation: int = 1
    """How far off the neighbours stand."""

    def __call__(self, words: Vectors, windows: Vectors, pieces: Vectors) -> Vectors:
        """The words as the layer sees them.

        Args:
            words: one row each.
            windows: where each may be written between its neighbours.
            pieces: where the products may be written.
        """
        length, far = len(words), min(self.dilation, len(words))
        windows[:far, 0], windows[far:, 0] = 0, words[: length - far]
        windows[:, 1] = words
        windows[: length - far, 2], windows[length - far :, 2] = words[far:], 0
        np.matmul(windows.reshape(length, -1), self.weights, out=pieces)
        pieces += self.bias
        seen = normalised(largest(pieces, words.shape[1]), self.scale, self.shift, self.epsilon)
        seen += words
        return seen


def through(layers: Sequence[Layer], words: Vectors) -> Vectors:
    """The words as they come out of the last of the layers."""
    # As many words around as all layers together see: what stands farther off changes nothing.
    reach = sum(layer.dilation for layer in layers)
    seen = np.empty_like(words)
    for begin in range(0, len(words), _AT_ONCE):
        first = max(0, begin - reach)
        piece = _through(layers, words[first : begin + _AT_ONCE + reach])
        seen[begin : begin + _AT_ONCE] = piece[begin - first :][:_AT_ONCE]
    return seen


def _through(layers: Sequence[Layer], words: Vectors) -> Vectors:
    windows = np.empty((len(words), 3, words.shape[1]), np.float32)
    pieces = np.empty((len(words), layers[0].bias.size), np.float32)
    for layer in layers:
        words = layer(words, windows, pieces)
    return words


def largest(pieces: Vectors, width: int) -> Vectors:
    """Of the pieces that stand side by side, each `width` wide, the largest."""
    best: Vectors = np.maximum(pieces[:, :width], pieces[:, width : 2 * width])
    for begin in range(2 * width, pieces.shape[1], width):
        np.maximum(best, pieces[:, begin : begin + width], out=best)
    return best


def normalised(words: Vectors, scale: Vectors, shift: Vectors, epsilon: float) -> Vectors:
    """Each row with mean 0 and variance 1, then scaled and shifted; it is written where the words stood."""
    width = words.shape[1]
    words -= np.add.reduce(words, axis=1, keepdims=True) / width
    variance = np.einsum("ij,ij->i", words, words) / width + epsilon
    words *= (variance**-0.5)[:, None]
    words *= scale
    words += shift
    return words
