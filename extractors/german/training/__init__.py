"""Training the pipeline's model."""
