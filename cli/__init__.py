"""The command line."""

import atexit
import gc
import os

# One sentence makes small matrices: threads that share them wait for each other, the more so beside other processes.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# What a command loads stays: to look through it for cycles every few hundred objects takes a tenth of its start.
gc.set_threshold(50_000)
# Nor is it looked through when the process ends, which takes as long again; what must be closed closes itself before.
atexit.register(gc.freeze)
