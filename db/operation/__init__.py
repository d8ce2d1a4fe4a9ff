"""Runs, leases and due times: what must hold between processes."""
