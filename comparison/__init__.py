"""What stored claims say when laid side by side: claims in, values out. No database, no words."""
