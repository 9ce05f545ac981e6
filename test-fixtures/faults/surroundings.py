"""What a box depends on fails: the broker, its clock, its descriptors, its memory."""
import pathlib
import resource
import socket
import threading
import time

from box import Box, Broker, Receiver, expect, say, wait_until

FAULT_SECONDS = 30
PUBACK = 0x40
# CONNACK of MQTT 5: not authorized.
REFUSAL = bytes([0x20, 3, 0, 0x87, 0])


class Between:
    """Stands between a box and its broker: passes on, keeps every PUBACK to itself, or refuses each that comes."""

    def __init__(self, broker):
        self.broker = broker
        self.silent = self.refusing = False
        self.refused = self.swallowed = 0
        self.ends = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def uri(self):
        return "mqtt://127.0.0.1:{}".format(self.listener.getsockname()[1])

    def accept(self):
        while True:
            box, _ = self.listener.accept()
            if self.refusing:
                box.recv(4096)
                box.sendall(REFUSAL)
                box.close()
                self.refused += 1
                continue
            try:
                far = socket.create_connection(("127.0.0.1", self.broker.port), 5)
            except OSError:
                box.close()
                continue
            self.ends += [box, far]
            threading.Thread(target=self.pass_on, args=(box, far, False), daemon=True).start()
            threading.Thread(target=self.pass_on, args=(far, box, True), daemon=True).start()

    def pass_on(self, one, other, answers):
        try:
            stream = one.makefile("rb")
            while True:
                packet = packet_of(stream)
                if not packet:
                    break
                if answers and self.silent and packet[0] & 0xF0 == PUBACK:
                    self.swallowed += 1
                    continue
                other.sendall(packet)
        except OSError:
            pass
        for end in one, other:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        ends, self.ends = self.ends, []
        for end in ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def packet_of(stream):
    """A whole packet of MQTT; nothing at the end."""
    head = stream.read(1)
    length, place = 0, 0
    while head:
        byte = stream.read(1)
        if not byte:
            return b""
        head += byte
        length |= (byte[0] & 0x7F) << (7 * place)
        place += 1
        if byte[0] < 0x80:
            return head + stream.read(length)
    return b""


class Street:
    """A box with a broker that can be reached through something in between."""

    def __init__(self, exercise, folder, program=None):
        self.broker = Broker(folder / "broker")
        self.broker.start()
        self.receiver = Receiver(self.broker)
        self.between = Between(self.broker)
        source = 'source: "{}", pace: fastest, loop: true'.format(exercise.clip)
        self.box = Box(exercise, folder / "box", self.between, [source], program)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.box.kill()
        self.receiver.close()
        self.broker.stop()

    def begin(self, memory=None):
        self.box.start(memory)
        wait_until(self.box.capturing, 120, "the cameras are open")
        self.flowing()

    def flowing(self):
        """Until an alert has arrived that was not there before."""
        had = len(self.receiver.ids())
        wait_until(lambda: len(self.receiver.ids()) > had, 120, "alerts flow")

    def raised_meanwhile(self, words):
        """Waits; the box goes on raising alerts, and keeps them. Gives its alarms."""
        before = len(self.box.raised())
        time.sleep(FAULT_SECONDS)
        wait_until(lambda: len(self.box.raised()) > before, 60, "alerts are raised: " + words)
        expect(self.box.running(), "the agent runs on: " + words)
        return self.box.alarms()

    def end(self):
        raised, again = self.box.check_delivered(self.receiver)
        self.box.kill(15)
        self.box.check_whole(self.receiver)
        self.box.close()
        return "{} alerts on disk, all received, {} of them again; log and data file whole; list destroyed".format(raised, again)


def broker(exercise, folder):
    """Away, refusing, and never acknowledging, one after the other."""
    with Street(exercise, folder) as street:
        street.box.open()
        street.begin()
        alarms = {}
        street.broker.stop()
        alarms["away"] = street.raised_meanwhile("broker away")
        street.broker.start()
        street.flowing()
        street.between.refusing = True
        street.between.cut()
        alarms["refusing"] = street.raised_meanwhile("broker refuses")
        refused = street.between.refused
        street.between.refusing = False
        street.flowing()
        street.between.silent = True
        alarms["silent"] = street.raised_meanwhile("nothing is acknowledged")
        swallowed = street.between.swallowed
        expect(refused and swallowed, "the broker refused, and acknowledged nothing")
        street.between.silent = False
        street.flowing()
        ended = street.end()
    return "alarms {}; refused {} times, {} acknowledgements kept back; {}".format(alarms, refused, swallowed, ended)


def descriptors(exercise, folder):
    """None is left, while the broker goes and comes, and when the deployment is closed."""
    with Street(exercise, folder) as street:
        box = street.box
        box.open()
        street.begin()

        def take():
            # Below every one that is free: none can be made.
            _, most = resource.prlimit(box.agent.pid, resource.RLIMIT_NOFILE)
            resource.prlimit(box.agent.pid, resource.RLIMIT_NOFILE, (3, most))

        take()
        street.between.cut()
        # It cannot read its authorisation, and permits itself nothing meanwhile; its unit starts it again.
        ended = box.agent.wait(120)
        box.agent = None
        expect(ended == 75, "the agent ends so that its unit starts it again: {}".format(ended))
        street.begin()
        take()
        closed = box.call("deployment", "close", "--by", "4711", codes=None, seconds=180)
        code = box.agent.wait(120)
        box.agent = None
        again = box.call("run", codes=None, seconds=120).returncode
        expect(again == 1, "an agent is refused after the close: {}".format(again))
        # What waits goes out by the timer.
        box.call("deployment", "tidy", codes=(0, 1))
        raised, twice = box.check_delivered(street.receiver)
        box.check_whole(street.receiver)
        box.check_destroyed()
    return (
        "the agent ended with {}, which its unit starts again; started again, alerts flowed; a close without any: exit code {}, the agent ended with {}; "
        "{} alerts on disk, all received, {} of them again; log and data file whole; list destroyed"
    ).format(ended, closed.returncode, code, raised, twice)


def memory(exercise, folder):
    """The process gets no more, by a limit on its addresses; then a heap that is too small."""
    with Street(exercise, folder) as street:
        box = street.box
        box.open()
        street.begin()
        size = next(
            int(line.split()[1]) << 10
            for line in pathlib.Path("/proc/{}/status".format(box.agent.pid)).read_text().splitlines()
            if line.startswith("VmSize:")
        )
        resource.prlimit(box.agent.pid, resource.RLIMIT_AS, (size, size))
        street.between.cut()
        end = time.monotonic() + FAULT_SECONDS
        while box.running() and time.monotonic() < end:
            time.sleep(0.5)
        ran = box.running()
        code = box.kill(15)
        box.check_data_file()
        street.begin()
        box.kill(15)
        box.start("-Xmx24m")
        small = box.agent.wait(120)
        box.agent = None
        expect(small != 0, "an agent without memory ends: {}".format(small))
        box.check_data_file()
        street.begin()
        ended = street.end()
    return "without more memory the agent {}, exit code {}; with a heap of 24 MiB exit code {}; started again: {}".format(
        "ran on" if ran else "ended", code, small, ended
    )


def clock(exercise, folder):
    """The wall clock of the agent jumps: an hour back, an hour on, and past the authorised end; then back again."""
    folder.mkdir(parents=True)
    shift = folder / "shift"
    shift.write_text("+0\n")
    program = exercise.program.on_a_clock_of(shift, folder)
    with Street(exercise, folder, program) as street:
        box = street.box
        box.open()
        street.begin()
        for words, seconds in ("back", -3600), ("on", 3600):
            shift.write_text("{:+d}\n".format(seconds))
            street.flowing()
            expect(box.capturing(), "the cameras stay open when the clock goes {}".format(words))
            say("an hour {}: alerts flow, alarms {}".format(words, box.alarms()))
        shift.write_text("{:+d}\n".format((exercise.hours + 1) * 3600))
        code = box.agent.wait(120)
        box.agent = None
        shift.write_text("+0\n")
        box.check_destroyed()
        raised, again = box.check_delivered(street.receiver)
        box.check_whole(street.receiver)
    return (
        "an hour back and an hour on: alerts flow; past the end: the agent ended with {}, the list was destroyed, and with the clock set back no agent runs; "
        "{} alerts on disk, all received, {} of them again; log and data file whole"
    ).format(code, raised, again)
