"""Runs one command and reports its time and peak memory; a process of its own, `python3 -S spawn.py OUTPUT COMMAND...`.

Linux counts the memory of the process that starts a command into the command's ru_maxrss: this one is kept small, so
that what is reported below about 10 MiB is the floor, and what is above it is the command's own.
"""

import os
import sys
import time


def main(output, *argv):
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0)]
    started = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, os.environ, file_actions=nowhere)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - started
    with open(output, "w") as file:
        file.write(f"{os.waitstatus_to_exitcode(status)} {seconds} {usage.ru_maxrss}")


main(*sys.argv[1:])
