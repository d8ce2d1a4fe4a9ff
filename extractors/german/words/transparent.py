"""Nouns that one looks through: "die Umsetzung des Programms läuft" tells of the programme."""

from extractors.german.words import lexicon

TRANSPARENT_NOUNS = lexicon.words("transparent_nouns")
"""Nouns of doing (lemmas), whose genitive is what is put into a state ("Umsetzung", "Bau")."""
