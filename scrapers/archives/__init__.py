"""Web archives: what they hold of an address, and the bytes as the office sent them."""
