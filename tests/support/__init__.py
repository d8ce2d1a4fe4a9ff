"""What tests share: databases, press offices, receivers, releases made by hand, marked sentences."""
