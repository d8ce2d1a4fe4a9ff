"""The schema, its migrations, moving a database, and proving that it is sound."""
