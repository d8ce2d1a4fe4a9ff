"""What people decide: names, nouns, reviews, and who reviews."""
