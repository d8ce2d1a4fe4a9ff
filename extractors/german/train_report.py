from pathlib import Path
def write_card(*a, **k): pass
