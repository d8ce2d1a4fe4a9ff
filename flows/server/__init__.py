"""Where flows run: Prefect's server, its settings, threads and processes."""
