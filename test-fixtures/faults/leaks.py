"""What lies in the memory of a running agent, and what is left there once it may not have it any more."""
import json
import os
import pathlib
import signal
import struct
import subprocess
import time

import numpy

from box import HERE, Box, Broker, Receiver, expect, say, wait_until

# Freed memory goes back to the system once a minute (scripts/launch).
SETTLED_SECONDS = 70
# A template is found by four of its numbers that follow one another, or by one of its numbers among those of the three people
# listed behind: so they lie for the comparison (TemplateMatrix), people side by side.
TOGETHER = 4
PLACES = 16
MOST_ROWS = 4000
ROW_BYTES = 24
LEAST_VALUES = 14


def needles(exercise, box):
    """By kind: for each thing, any of the bytes by which it is found."""
    (key,) = (box.folder / "data" / "lists").glob("*.key")
    home = pathlib.Path(box.program.environment["SIGHTLINE_HOME"])
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java"
    printed = subprocess.run(
        [str(java), "-cp", str(home / "lib" / "*"), str(HERE / "Needles.java")]
        + [str(each) for each in (box.folder / "watchlist.bundle", box.folder / "device.key", exercise.folder / "authority.public", key)],
        stdout=subprocess.PIPE, text=True, check=True,
    ).stdout
    found = {"templates": [], "portraits": [], "list key": [], "strangers' faces": strangers(exercise)}
    templates = []
    for line in printed.splitlines():
        word, digits = line.split()
        content = bytes.fromhex(digits)
        if word == "template":
            templates.append(struct.unpack("<{}f".format(len(content) // 4), content))
        elif word == "portrait":
            middle = len(content) // 2
            found["portraits"].append([content[middle : middle + 64]])
        else:
            found["list key"].append([content])
    found["templates"] = [parts(templates[number : number + TOGETHER]) for number in range(len(templates))]
    return found


def parts(people):
    """Of the first one's template some parts, in both byte orders and as doubles, and numbers beside the others'."""
    own, pieces = people[0], []
    for first in range(0, len(own) - TOGETHER, len(own) // PLACES):
        some = own[first : first + TOGETHER]
        # The lower half of what was a float is zeros in a double, and those are everywhere.
        pieces += [struct.pack("<4f", *some), struct.pack(">4f", *some), struct.pack("<4d", *some)[4:]]
        if len(people) == TOGETHER:
            pieces.append(struct.pack("<4f", *(each[first] for each in people)))
    return pieces


def strangers(exercise):
    """Rows of pixels of the faces of those who are not listed, as the decoder gives them."""
    truth = json.loads((exercise.folder / "scene" / "truth.json").read_text())
    width, height = truth["widthPx"], truth["heightPx"]
    unlisted = {each["pass"] for each in truth["passes"] if each["subject"] is None}
    decoded = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", str(exercise.clip), "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"],
        stdout=subprocess.PIPE, check=True,
    ).stdout
    size = width * height * 3 // 2
    rows = []
    for frame in truth["frames"]:
        for face in frame["faces"]:
            if face["pass"] in unlisted and face["visible"] and face["width"] > 1.5 * ROW_BYTES:
                y, x = int(face["y"] + face["height"] / 2), int(face["x"] + face["width"] / 2) - ROW_BYTES // 2
                at = frame["frame"] * size + y * width + x
                row = decoded[at : at + ROW_BYTES]
                if 0 <= y < height and 0 <= x <= width - ROW_BYTES and len(set(row)) >= LEAST_VALUES:
                    rows.append([row])
    step = max(1, len(rows) // MOST_ROWS)
    return rows[::step]


def memory(pid):
    """All that a process can write, region by region; it is held meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    try:
        with open("/proc/{}/maps".format(pid)) as maps, open("/proc/{}/mem".format(pid), "rb", 0) as content:
            for line in maps:
                bounds, rights = line.split()[:2]
                if rights.startswith("rw"):
                    first, end = (int(each, 16) for each in bounds.split("-"))
                    try:
                        content.seek(first)
                        yield content.read(end - first)
                    except (OSError, ValueError):
                        continue
    finally:
        os.kill(pid, signal.SIGCONT)


class Search:
    """For many things at once: their first four bytes, less the first of these, are looked up for each place of the memory."""

    def __init__(self, wanted):
        self.kinds = list(wanted)
        self.first = numpy.zeros(1 << 24, bool)
        self.pieces = {}
        for kind, things in wanted.items():
            for number, pieces in enumerate(things):
                for piece in pieces:
                    expect(len(set(piece[:4])) > 1, "what is looked for is not everywhere")
                    self.first[int.from_bytes(piece[1:4], "little")] = True
                    self.pieces.setdefault(piece[:4], []).append((piece, kind, number))

    def of(self, regions):
        """How many of each kind are there."""
        there = {kind: set() for kind in self.kinds}
        for region in regions:
            for shift in range(4):
                words = numpy.frombuffer(region, "<u4", offset=shift, count=(len(region) - shift) // 4)
                for place in (4 * numpy.flatnonzero(self.first[words >> 8]) + shift).tolist():
                    for piece, kind, number in self.pieces.get(region[place : place + 4], ()):
                        if region[place : place + len(piece)] == piece:
                            there[kind].add(number)
        return {kind: len(found) for kind, found in there.items()}


def after_the_close(box):
    """Ends the deployment, and gives what the agent's memory holds when the list is destroyed and it is about to end."""
    closing = box.program.start("deployment", "close", "--by", "4711", "--config", box.settings, log=box.folder.parent / "close.log")
    pid = box.agent.pid
    end = time.monotonic() + 120
    while "is destroyed" not in box.said():
        expect(time.monotonic() < end, "the list is destroyed")
        time.sleep(0.002)
    regions = list(memory(pid))
    expect(regions, "the memory after the close can be read")
    expect(closing.wait(120) == 0, "the deployment is closed")
    box.agent.wait(60)
    box.agent = None
    return regions


def leaks(exercise, folder):
    broker = Broker(folder / "broker")
    broker.start()
    receiver = Receiver(broker)
    box = Box(exercise, folder / "box", broker, ['source: "{}", loop: true'.format(exercise.clip)])
    try:
        box.open()
        wanted = needles(exercise, box)
        search = Search(wanted)
        say("looked for: " + ", ".join("{} {}".format(len(things), kind) for kind, things in wanted.items()))
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        wait_until(lambda: len(receiver.ids()) >= 2, 180, "alerts flow")
        open_ = search.of(memory(box.agent.pid))
        say("while it captures: {}".format(open_))
        # Otherwise the search would show nothing.
        for kind in wanted:
            expect(open_[kind], "the search finds {} while the agent has them".format(kind))
        box.call("deployment", "pause", "--by", "4711", "--reason", "officers-away")
        wait_until(lambda: not box.capturing(), 60, "the cameras are closed")
        time.sleep(SETTLED_SECONDS)
        paused = search.of(memory(box.agent.pid))
        say("paused: {}".format(paused))
        box.call("deployment", "resume", "--by", "4711")
        wait_until(box.capturing, 60, "the cameras are open again")
        ended = search.of(after_the_close(box))
        say("after the close: {}".format(ended))
        box.check_delivered(receiver)
        box.check_whole(receiver)
        box.check_destroyed()
    finally:
        box.kill()
        receiver.close()
        broker.stop()
    for when, found in ("paused", paused), ("closed", ended):
        expect(not any(found.values()), "nothing is left when it is {}: {}".format(when, found))
    return "found while it captures {}, and nothing of it when paused and after the close".format(open_)
