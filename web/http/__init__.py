"""What every request passes: address, language, limits, headers, who it is."""
