import pytest
from spacy.language import Language

from extractors.german import load


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load()
