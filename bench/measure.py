"""Runs a command and says how long it took and how much memory it had at its peak."""

import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median


REST_SECONDS = 0.1


class BenchError(Exception):
    """A command did not do what is measured."""


@dataclass
class Sample:
    seconds: float
    peak_mib: float


def run_once(argv, environment, accepted):
    """The command's standard output is thrown away; errors are kept for the message when it fails."""
    with tempfile.NamedTemporaryFile("r") as report:
        helper = [sys.executable, "-S", "-E", Path(__file__).with_name("spawn.py"), report.name, *map(str, argv)]
        done = subprocess.run(helper, env=environment, stderr=subprocess.PIPE)
        words = report.read().split()
    errors = done.stderr.decode(errors="replace").strip()[-2000:]
    if done.returncode != 0 or int(words[0]) not in accepted:
        raise BenchError(f"`{' '.join(map(str, argv))}` ended with {words[0] if words else 'no report'}: {errors}")
    return Sample(float(words[1]), int(words[2]) / 1024)


def interleaved(runs, commands, environment):
    """Runs all commands, `runs` times, each time in another order, so that whatever else the machine does, and what a
    command leaves behind for the next one, meets all of them alike; one more round before warms the caches. Before each is
    a rest: the server's process ends some milliseconds after its client. commands: {name: (argv, accepted exit codes)}.
    Gives {name: [Sample]}."""
    samples = {name: [] for name in commands}
    orders = random.Random(runs)
    for turn in range(runs + 1):
        for name in orders.sample(list(commands), len(commands)):
            time.sleep(REST_SECONDS)
            argv, accepted = commands[name]
            sample = run_once(argv, environment, accepted)
            if turn:
                samples[name].append(sample)
    return samples


def middle(samples):
    return median(s.seconds for s in samples)


def ratio(samples, base):
    """The median of the ratios of the pairs, not the ratio of the medians: both of a pair ran in one round."""
    return median(s.seconds / b.seconds for s, b in zip(samples, base, strict=True))


def peak(samples):
    return max(s.peak_mib for s in samples)
