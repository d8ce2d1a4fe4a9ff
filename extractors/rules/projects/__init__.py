"""Named projects, programmes, initiatives, funds, laws and facilities: names, aliases, mentions."""
