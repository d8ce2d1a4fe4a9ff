"""What a number is about: level or change, per what, said how, of which span of time, restricted to what."""
