"""What reading computes is what the trained layers compute."""

import numpy as np
import spacy

from extractors.german import load
from extractors.german.pipeline import MODEL

TEXTS = (
    "Ruhr-Konferenz: Zwischenbilanz\n\nVon den 73 Projektvorschlägen sind 42 abgeschlossen und 16 in Umsetzung.",
    "Ja",
    "Die Ministerin sagte: „Wir haben 2,5 Mio. Euro bewilligt.“ Kontakt: presse@example.de",
)


def test_vectors_are_those_of_the_trained_layers() -> None:
    trained = spacy.load(MODEL).get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    ours = load().get_pipe("tagger").model.get_ref("tok2vec")  # type: ignore[attr-defined]
    docs = [load().make_doc(text) for text in TEXTS]
    for batch in ([docs[0]], docs):
        for expected, vectors in zip(trained.predict(batch), ours.predict(batch), strict=True):
            np.testing.assert_allclose(vectors, expected, atol=1e-4)
