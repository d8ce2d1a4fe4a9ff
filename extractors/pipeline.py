"""The whole pipeline: German, then the rules in their order, each reading what those before it have found."""

import gc
from functools import lru_cache

from spacy.language import Language

from extractors import VERSION
from extractors.german import load
from extractors.rules.periods import component as periods
from extractors.rules.projects import component as projects
from extractors.rules.quantities import component as quantities
from extractors.rules.speakers import component as speakers
from extractors.rules.statuses import component as statuses

RULES = (quantities, periods, statuses, projects, speakers)


@lru_cache(maxsize=2)
def pipeline(tagger: str | None = None) -> Language:
    """German with all rules, once a process.

    Args:
        tagger: see `extractors.german.load`.

    Raises:
        InputError: no such pipeline is installed, or it sets no tags.
    """
    german = load(tagger)
    nlp = type(german)(german.vocab)
    nlp.tokenizer = german.tokenizer
    for name in german.pipe_names:
        nlp.add_pipe(name, source=german)
    for rule in RULES:
        nlp.add_pipe(rule.NAME)
    # All of this stays: the collector of cycles need not walk it again for every few texts.
    gc.collect()
    gc.freeze()
    return nlp


def version(tagger: str | None = None) -> str:
    """The version that is stored with every claim: the same text and version give the same claims.

    It is that of the rules; another tagger than our own adds its name and version.
    """
    if tagger is None:
        return VERSION
    meta = load(tagger).meta
    return f"{VERSION}+{meta['lang']}_{meta['name']}-{meta['version']}"
