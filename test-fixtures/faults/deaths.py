"""The agent is killed, and its cameras are lost, over and over while alerts flow."""
import random
import socket
import threading
import time

from box import Box, Broker, Camera, Receiver, expect, family, say, wait_until
from endurance import count, resident

CUT_CAMERAS = 4


def kills(exercise, folder, times):
    broker = Broker(folder / "broker")
    broker.start()
    receiver = Receiver(broker)
    box = Box(exercise, folder / "box", broker, ['source: "{}", pace: fastest, loop: true'.format(exercise.clip)])
    chance = random.Random(times)
    early = 0
    try:
        box.open()
        for number in range(times):
            box.start()
            if chance.random() < 0.2:
                # While it starts.
                time.sleep(chance.uniform(0, 4))
                early += not box.capturing()
            else:
                wait_until(box.capturing, 120, "the agent captures again after {} kills".format(number))
                time.sleep(chance.uniform(0, 6))
            box.kill()
            if number % 10 == 9:
                box.check_data_file()
                say("{} kills, {} alerts received".format(number + 1, len(receiver.ids())))
        box.start()
        wait_until(box.capturing, 120, "the agent captures after the last kill")
        left = len(list((exercise.program.cache / "tmp").glob("run.*")))
        box.kill(15)
        raised, again = box.check_delivered(receiver)
        expect(raised > times / 4, "alerts flowed: {}".format(raised))
        expect(again <= times, "no more than one alert a kill came again: {}".format(again))
        expect(left == 1, "killed agents left no temporary folder: {}".format(left - 1))
        box.check_whole(receiver)
        box.close()
    finally:
        box.kill()
        receiver.close()
        broker.stop()
    return "{} kills, {} of them while it started: {} alerts on disk, all received, {} of them twice; log and data file whole".format(
        times, early, raised, again
    )


class Cable:
    """Passes a connection on to a camera, and can be cut."""

    def __init__(self, camera):
        self.camera = camera
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.ends = []
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def address(self):
        return "rtsp://127.0.0.1:{}/camera".format(self.listener.getsockname()[1])

    def accept(self):
        while True:
            viewer, _ = self.listener.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self.camera.port), 5)
            except OSError:
                viewer.close()
                continue
            self.ends = [viewer, far]
            for one, other in (viewer, far), (far, viewer):
                threading.Thread(target=pump, args=(one, other), daemon=True).start()

    def cut(self):
        """Whether there was a connection to cut."""
        ends, self.ends = self.ends, []
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            end.close()
        return bool(ends)


def pump(one, other):
    try:
        while True:
            some = one.recv(65536)
            if not some:
                break
            other.sendall(some)
    except OSError:
        pass
    for end in one, other:
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def reconnects(exercise, folder, times):
    broker = Broker(folder / "broker")
    broker.start()
    receiver = Receiver(broker)
    servers = [Camera(10) for _ in range(CUT_CAMERAS)]
    cables = [Cable(each) for each in servers]
    people = 'source: "{}", loop: true'.format(exercise.clip)
    box = Box(exercise, folder / "box", broker, [people] + ['source: "{}"'.format(each.address) for each in cables])
    cuts, restarts, first = 0, 0, None
    due = [0.0] * CUT_CAMERAS
    chance = random.Random(times)
    try:
        box.open()
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        stuck = time.monotonic()
        while cuts < times:
            figures = box.figures() or {}
            now = time.monotonic()
            for number, cable in enumerate(cables):
                if now < due[number] or not figures.get('sightline_camera_open{{camera="mast-{}"}}'.format(number + 2)):
                    continue
                if cuts % 50 == 49:
                    servers[number].stop()
                    servers[number].start()
                    restarts += 1
                if cable.cut():
                    cuts, stuck = cuts + 1, now
                    # The page is a second old.
                    due[number] = now + 1.2 + chance.random()
                if cuts == times // 10 and first is None:
                    first = measured(box)
                if cuts % 100 == 0:
                    say("{} cuts".format(cuts))
            expect(box.running(), "the agent runs on after {} cuts".format(cuts))
            expect(now - stuck < 60, "the cameras are open again after {} cuts".format(cuts))
            time.sleep(0.2)
        wait_until(
            lambda: all((box.figures() or {}).get('sightline_camera_open{{camera="mast-{}"}}'.format(each + 2)) for each in range(CUT_CAMERAS)),
            30,
            "all cameras are open after the last cut",
        )
        last = measured(box)
        opened = sum(value for name, value in box.figures().items() if name.startswith("sightline_camera_stalls_total"))
        expect(last["descriptors"] <= first["descriptors"] + 8, "no descriptors are left: {} {}".format(first, last))
        expect(last["threads"] <= first["threads"] + 4, "no threads are left: {} {}".format(first, last))
        box.kill(15)
        raised, again = box.check_delivered(receiver)
        box.check_whole(receiver)
        box.close()
    finally:
        box.kill()
        receiver.close()
        broker.stop()
        for server in servers:
            server.stop()
    return (
        "{} cuts, {} of them by a camera that went and came, {:.0f} connections made again; {} alerts of another camera, all received; "
        "resident {:.0f} MiB after a tenth of them, {:.0f} MiB at the end, descriptors {} and {}, threads {} and {}"
    ).format(
        *(cuts, restarts, opened, raised, first["rss"], last["rss"]),
        *(first["descriptors"], last["descriptors"], first["threads"], last["threads"]),
    )


def measured(box):
    pids = family(box.agent.pid)
    return {
        "rss": sum(resident(pid) for pid in pids),
        "descriptors": sum(count("/proc/{}/fd".format(pid)) for pid in pids),
        "threads": sum(count("/proc/{}/task".format(pid)) for pid in pids),
    }
