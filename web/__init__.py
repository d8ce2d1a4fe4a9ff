"""The JSON API and the pages: searching, checking, comparing and citing claims in a browser."""
