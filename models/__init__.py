"""The vocabulary of Zwischenbilanz: frozen, typed values. No input or output happens here."""
