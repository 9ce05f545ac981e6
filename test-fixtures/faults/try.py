"""Tries one fault: the program's folder, a folder to work in, the fault, and how often."""
import argparse
import pathlib
import sys
import time

import deaths
import disks
import endurance
import leaks
import surroundings
from box import Broken, Exercise, Program, say

TIMES = {"endurance": 60, "kills": 100, "reconnects": 1000, "cuts": 30}


def main():
    reader = argparse.ArgumentParser()
    reader.add_argument("home", type=pathlib.Path)
    reader.add_argument("out", type=pathlib.Path)
    reader.add_argument("fault")
    reader.add_argument("times", type=int, nargs="?")
    reader.add_argument("--models")
    reader.add_argument("--data")
    asked = reader.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    program = Program(asked.home, asked.out)
    exercise = Exercise(asked.out / "exercise", program, asked.models, asked.data)
    folder = asked.out / "run-{:.0f}".format(time.time())
    times = asked.times or TIMES.get(asked.fault)
    try:
        if not (exercise.folder / "authority.public").exists():
            exercise.make()
        if asked.fault == "endurance":
            exercise.hours = times // 60 + 2
            seen = endurance.run(exercise, folder, times, asked.out)
        elif asked.fault in ("kills", "reconnects"):
            seen = getattr(deaths, asked.fault)(exercise, folder, times)
        elif asked.fault == "leaks":
            seen = leaks.leaks(exercise, folder)
        elif asked.fault in ("broker", "clock", "descriptors", "memory"):
            seen = getattr(surroundings, asked.fault)(exercise, folder)
        elif asked.fault == "cuts":
            seen = disks.cuts(exercise, folder, times)
        else:
            seen = getattr(disks, asked.fault)(exercise, folder)
    except Broken as e:
        say("NOT AS IT HAS TO BE: {} ({})".format(e, folder))
        return 1
    say("{}: {}".format(asked.fault, seen))
    return 0


if __name__ == "__main__":
    sys.exit(main())
