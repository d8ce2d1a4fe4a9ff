"""How a value is said: words, sentences, records, charts, files."""
