"""Learning the weights of the decisions from annotated releases."""
