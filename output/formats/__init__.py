"""Formats of output, one file each; commands and the API offer those that stand here."""

from typing import TYPE_CHECKING, Literal, TypeAlias

from output.citation import CitationFormat
from output.formats import bibtex, csv, csv_german, json, jsonl, parquet, ris, table
from output.formats.result import Format

FORMATS: dict[str, Format] = {each.FORMAT.name: each.FORMAT for each in (table, json, csv, csv_german, jsonl, parquet)}
CITATION_FORMATS: dict[str, CitationFormat] = {each.FORMAT.suffix: each.FORMAT for each in (ris, bibtex)}

# Which there are is known when the program runs; to the type checker each is a word.
if TYPE_CHECKING:
    ListFormat: TypeAlias = str
    DataFormat: TypeAlias = str
    AnswerFormat: TypeAlias = str
    CitationSuffix: TypeAlias = str
else:
    ListFormat = Literal[tuple(name for name, each in FORMATS.items() if not each.framed)]
    """Of every list."""
    DataFormat = Literal[tuple(FORMATS)]
    """Of what has a frame."""
    AnswerFormat = Literal[tuple(name for name, each in FORMATS.items() if each.media_type)]
    """Of the API."""
    CitationSuffix = Literal[tuple(CITATION_FORMATS)]
