"""Numbers with what they count or measure: exact values, ranges, comparators, units, head nouns."""
