"""Learns clusters of words from releases without annotations, and writes them.

    python -m extractors.training.clusters RELEASES.jsonl.gz

A word is known by the words that stand one and two places before and behind it: positive pointwise mutual information
with the most frequent ones, reduced by a singular value decomposition, clustered by k-means. The same releases give
the same clusters.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2, vq
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from extractors.decisions.clusters import CLUSTERS

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[.,:;!?()„“]")
_PLACES = (-2, -1, 1, 2)
_LEAST = 8
"""Times that a word has to occur."""
_BESIDE, _DIMENSIONS, _CLUSTERS = 3_000, 64, 200
_FREQUENT = 12_000
"""Words by which the clusters' centres are found; the rarer ones go to the nearest."""
_SEED = 0


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("releases", type=Path, help="JSON lines with `title` and `text`, packed by gzip")
    with gzip.open(parser.parse_args().releases, "rt", encoding="utf-8") as lines:
        releases = [json.loads(line) for line in lines]
    texts = [words(f"{release['title']}\n{release['text']}") for release in releases]
    vocabulary = [word for word, count in Counter(w for text in texts for w in text).most_common() if count >= _LEAST]
    numbers = clustered(placed(texts, vocabulary))
    by_number: list[list[str]] = [[] for _ in range(_CLUSTERS)]
    for word, number in zip(vocabulary, numbers, strict=True):
        if word.isalpha():
            by_number[number].append(word)
    CLUSTERS.write_text("".join(" ".join(sorted(own)) + "\n" for own in by_number), "utf-8")


def words(text: str) -> list[str]:
    """The words and marks of a text in small letters; all figures are one word."""
    return ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]


def placed(texts: Sequence[Sequence[str]], vocabulary: Sequence[str]) -> csr_matrix:
    """How much more often than by chance each word (a row) stands at each place beside a frequent word (a column)."""
    index = {word: number for number, word in enumerate(vocabulary)}
    rows, columns = [], []
    for text in texts:
        known = np.array([index.get(word, -1) for word in text], dtype=int)
        for block, place in enumerate(_PLACES):
            step = abs(place)
            own, other = (known[:-step], known[step:]) if place > 0 else (known[step:], known[:-step])
            kept = (own >= 0) & (other >= 0) & (other < _BESIDE)
            rows.append(own[kept])
            columns.append(other[kept] + block * _BESIDE)
    at = (np.concatenate(rows), np.concatenate(columns))
    shape = (len(vocabulary), _BESIDE * len(_PLACES))
    counts = csr_matrix((np.ones(len(at[0])), at), shape=shape).tocoo()
    total = counts.data.sum()
    of_word = np.asarray(counts.sum(axis=1)).ravel() / total
    of_place = np.asarray(counts.sum(axis=0)).ravel() ** 0.75
    of_place /= of_place.sum()
    ratio = np.log(counts.data / total / (of_word[counts.row] * of_place[counts.col]))
    matrix = coo_matrix((np.maximum(ratio, 0.0), (counts.row, counts.col)), shape=shape).tocsr()
    matrix.eliminate_zeros()
    return matrix


def clustered(matrix: csr_matrix) -> NDArray[np.int_]:
    """The cluster of each row."""
    left, singular, _ = svds(matrix, k=_DIMENSIONS, random_state=_SEED)
    points = left * np.sqrt(singular)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    centres, _ = kmeans2(points[:_FREQUENT], _CLUSTERS, iter=30, minit="++", seed=_SEED)
    numbers: NDArray[np.int_] = vq(points, centres)[0]
    return numbers


if __name__ == "__main__":
    main()
