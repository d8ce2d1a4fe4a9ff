"""Finding releases: feeds, lists, sitemaps, JSON."""
