"""Bytes from press offices, politely: robots.txt is obeyed, hosts are spared, errors are typed."""
