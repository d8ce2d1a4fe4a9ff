"""From bytes to claims: pure functions, without network and database."""

VERSION = "0.7.0"
"""Version of the claim rules; stored with every claim. A change that reads any text differently changes it."""
