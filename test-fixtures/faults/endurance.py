"""Two cameras for as long as wanted: what the agent takes, every ten seconds, and whether that grows."""
import csv
import os
import pathlib
import signal
import statistics
import time

from box import Box, Broker, Camera, Receiver, expect, family, say, wait_until
from plot import draw

EVERY_SECONDS = 10
WARM_UP_SECONDS = 300
COLUMNS = [
    *("seconds", "rssMib", "heapMib", "descriptors", "threads", "processes", "diskMib", "framesPerSecond"),
    *("alertsRaised", "alertsReceived", "decisionMillis", "publishMillis"),
]
FPS = 10


def run(exercise, folder, minutes, out):
    broker = Broker(folder / "broker")
    broker.start()
    receiver = Receiver(broker)
    cameras = [Camera(FPS, exercise.clip) for _ in range(2)]
    box = Box(exercise, folder / "box", broker, ["source: \"{}\"".format(each.address) for each in cameras])
    path = out / "endurance.csv"
    try:
        box.open()
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        begun = time.monotonic()
        with open(path, "w", newline="") as file:
            rows = csv.DictWriter(file, COLUMNS)
            rows.writeheader()
            seen, frames = 0, None
            while time.monotonic() - begun < minutes * 60:
                time.sleep(max(0, EVERY_SECONDS - (time.monotonic() - begun) % EVERY_SECONDS))
                expect(box.running(), "the agent runs on")
                row, seen, frames = sample(box, receiver, seen, frames)
                row["seconds"] = round(time.monotonic() - begun)
                rows.writerow(row)
                file.flush()
        box.kill(signal.SIGTERM)
        raised, repeated = box.check_delivered(receiver)
        box.check_whole(receiver)
        box.close()
    finally:
        box.kill()
        receiver.close()
        broker.stop()
        for camera in cameras:
            camera.stop()
    draw(path, out / "endurance.svg")
    return summary(path, raised, repeated)


def sample(box, receiver, seen, frames):
    pids = family(box.agent.pid)
    figures = box.figures() or {}
    arrivals = receiver.now()
    latest = arrivals[seen:]
    read = figures.get("sightline_frames_read_total", 0)
    row = {
        "rssMib": round(sum(resident(pid) for pid in pids), 1),
        "heapMib": round(figures.get("sightline_heap_used_bytes", float("nan")) / 2**20, 1),
        "descriptors": sum(count("/proc/{}/fd".format(pid)) for pid in pids),
        "threads": sum(count("/proc/{}/task".format(pid)) for pid in pids),
        "processes": len(pids),
        "diskMib": round(size(box.folder / "data") / 2**20, 2),
        "framesPerSecond": "" if frames is None else round((read - frames) / EVERY_SECONDS, 1),
        "alertsRaised": len(box.raised()),
        "alertsReceived": len({each["id"] for each in arrivals}),
        "decisionMillis": median([each["decidedAt"] - each["capturedAt"] for each in latest]),
        "publishMillis": median([each["at"] - each["decidedAt"] for each in latest]),
    }
    return row, len(arrivals), read


def median(values):
    return round(1000 * statistics.median(values)) if values else ""


def resident(pid):
    try:
        for line in pathlib.Path("/proc/{}/status".format(pid)).read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0


def count(folder):
    try:
        return len(os.listdir(folder))
    except OSError:
        return 0


def size(folder):
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_blocks * 512
        except OSError:
            continue  # gone meanwhile, as a write-ahead log may
    return total


def summary(path, raised, repeated):
    with open(path, newline="") as file:
        rows = [{key: float(value) for key, value in row.items() if value} for row in csv.DictReader(file)]
    steady = [row for row in rows if row["seconds"] >= WARM_UP_SECONDS]
    expect(len(steady) >= 10, "it ran for longer than the first five minutes")
    growth = {key: grown(steady, key) for key in ("rssMib", "descriptors", "threads", "diskMib")}
    decided = [row["decisionMillis"] for row in rows if "decisionMillis" in row]
    published = [row["publishMillis"] for row in rows if "publishMillis" in row]
    say("resident memory {:.0f} MiB after five minutes, {:.0f} MiB at the end: {:+.2f} %".format(*growth["rssMib"]))
    for key in "descriptors", "threads", "diskMib":
        say("{} {:.1f}, at the end {:.1f}".format(key, *growth[key][:2]))
    say("{} alerts, {} of them received again".format(raised, repeated))
    say("captured to decided {:.0f} ms, decided to received {:.0f} ms (medians)".format(
        statistics.median(decided), statistics.median(published)))
    expect(growth["rssMib"][2] < 2, "resident memory grows by less than 2 % after the first five minutes")
    return "{} alerts, all received; resident memory {:+.2f} % after the first five minutes".format(raised, growth["rssMib"][2])


def grown(rows, key):
    """Medians of the first and the last tenth, and the growth in per cent: one sample more or less decides nothing."""
    tenth = max(1, len(rows) // 10)
    first = statistics.median(row[key] for row in rows[:tenth])
    last = statistics.median(row[key] for row in rows[-tenth:])
    return first, last, 100 * (last - first) / first
