"""The vocabulary of Zwischenbilanz: frozen, typed values. Only `settings` reads anything, the environment."""
