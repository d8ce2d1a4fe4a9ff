"""The command line."""

import os

# One sentence makes small matrices: threads that share them wait for each other, the more so beside other processes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
