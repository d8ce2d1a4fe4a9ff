"""Into which state a text puts something: verbs, participles, adjectives, nouns and set phrases."""
