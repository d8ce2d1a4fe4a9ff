"""What runs and when: thin Prefect flows over plain functions."""
