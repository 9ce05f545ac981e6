"""A box with an exercise deployment: its commands, its agent, what its data file says and what a broker got of it."""
import contextlib
import copy
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import threading
import time
import urllib.request
import uuid

HERE = pathlib.Path(__file__).resolve().parent
VAN = "faults-van"


class Broken(Exception):
    """What was expected does not hold."""


def expect(holds, what):
    if not holds:
        raise Broken(what)


def say(text):
    print(text, flush=True)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(condition, seconds, what):
    """What the condition gives once it gives something; Broken if it does not within the time."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > end:
            raise Broken("not within {} s: {}".format(seconds, what))
        time.sleep(0.1)


class Program:
    """The built program, as a user calls it."""

    def __init__(self, home, folder, java_home=None):
        self.command = [str(HERE.parent.parent / "scripts" / "launch")]
        self.cache = folder / "cache"
        self.environment = dict(
            os.environ,
            SIGHTLINE_HOME=str(home),
            SIGHTLINE_MODELS_HOME=str(folder / "models"),
            SIGHTLINE_CACHE=str(self.cache),
        )
        if java_home:
            self.environment["JAVA_HOME"] = str(java_home)

    def on_a_clock_of(self, shift, folder):
        """The same on another wall clock: so many seconds from the machine's as a file says at the time."""
        launcher = folder / "launch"
        text = pathlib.Path(self.command[0]).read_text()
        own = 'exec env -i "${kept[@]}" "$java"'
        expect(own in text, "the launcher starts Java as before")
        clock = "LD_PRELOAD={} FAKETIME_TIMESTAMP_FILE={} FAKETIME_NO_CACHE=1 DONT_FAKE_MONOTONIC=1".format(
            next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), shift)
        launcher.write_text(text.replace(own, 'exec env -i "${kept[@]}" ' + clock + ' "$java"'))
        launcher.chmod(0o755)
        program = copy.copy(self)
        program.command = [str(launcher)]
        return program

    def call(self, *arguments, codes=(0,), seconds=600):
        """Runs a command to its end; gives code and output. Broken with any other exit code."""
        ended = subprocess.run(
            self.command + [str(each) for each in arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            timeout=seconds,
        )
        if codes is not None and ended.returncode not in codes:
            said = (ended.stderr or ended.stdout).strip().splitlines()
            raise Broken("{}: exit code {}, {}".format(" ".join(map(str, arguments[:2])), ended.returncode, said[-1:]))
        return ended

    def start(self, *arguments, log, memory=None):
        environment = dict(self.environment, SIGHTLINE_LOG_LEVEL="INFO")
        if memory:
            environment["SIGHTLINE_JAVA_OPTS"] = memory + " -XX:+UseSerialGC"
        with open(log, "ab") as said:
            return subprocess.Popen(
                self.command + [str(each) for each in arguments], env=environment, stdout=said, stderr=said
            )


class Exercise:
    """What is made once: people, keys, list, authorisation. Each box is a copy of it."""

    def __init__(self, folder, program, models, data):
        self.folder = folder
        self.hours = 3
        self.program = program
        self.real = models is not None
        self.pack, self.calibration = ("retail-0095", "lfw-dev") if self.real else ("builtin", "generated")
        self.models, self.data = models, data

    def make(self):
        self.folder.mkdir(parents=True)
        call = self.program.call
        scene = self.folder / "scene"
        say("making people, keys, a list and an authorisation ({})".format(self.pack))
        options = ["--out", scene, "--seed", 7, "--width", 960, "--height", 540]
        if self.real:
            call("models", "install", self.pack, "--from", self.models)
            options += ["--from", self.data, "--pack", self.pack, "--fps", 10, "--seconds", 30]
            options += ["--people", 12, "--listed", 6, "--fillers", 100]
        else:
            options += ["--fps", 8, "--people", 4, "--listed", 2, "--fillers", 25]
        call("fieldtest", "generate", *options)
        rows = ["subject,category,image,review,source,legal-basis,under18"]
        review = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 3 * 86400))
        for kind in "enrol", "fillers":
            for picture in sorted((scene / kind).iterdir()):
                name = re.sub("-[^-]*$", "", picture.stem) if kind == "enrol" else "filler-" + picture.stem
                rows.append(",".join([name, "exercise", str(picture), review, "exercise", "exercise", "no"]))
        (self.folder / "list.csv").write_text("\n".join(rows) + "\n")
        at = self.folder
        call("device", "init", "--out", at / "device.key", "--identity-out", at / "device.identity")
        call("authority", "init", "--out", at / "authority.key", "--public-out", at / "authority.public")

    def authorise(self):
        """Makes list and authorisation of another deployment, ID.bundle and ID.json, and gives its ID: over is over."""
        call, at, hours = self.program.call, self.folder, self.hours
        deployment = "faults-{}".format(uuid.uuid4())
        bundle = at / (deployment + ".bundle")
        call(
            *("watchlist", "build", "--csv", at / "list.csv", "--pack", self.pack, "--device", at / "device.identity"),
            *("--authority", at / "authority.key", "--deployment", deployment, "--expires", "+PT{}H".format(hours + 1)),
            *("--accept-refusals", "--out", bundle),
        )
        inspected = call("watchlist", "inspect", bundle, "--json", "--authority-public", at / "authority.public")
        entries = json.loads(inspected.stdout)["entries"]
        derived = call(
            *("threshold", "--entries", entries, "--pack", self.pack, "--population", self.calibration, "--json")
        )
        call(
            *("deployment", "authorise", "--authority", at / "authority.key", "--device", at / "device.identity"),
            *("--watchlist", bundle, "--van", VAN, "--class", "exercise", "--start", "now"),
            *("--for", "PT{}H".format(hours), "--officer", "exercise officer", "--purpose", "trial of faults"),
            *("--legal-basis", "exercise on generated footage", "--place", "nowhere"),
            *("--public-notice", "none: nobody is watched"),
            *("--threshold-floor", json.loads(derived.stdout)["threshold"], "--out", at / (deployment + ".json")),
        )
        return deployment

    @property
    def clip(self):
        return self.folder / "scene" / "clip.mp4"

    @property
    def people(self):
        """What must be in no log: the references of those who are listed."""
        return sorted({re.sub("-[^-]*$", "", each.stem) for each in (self.folder / "scene" / "enrol").iterdir()})


class Broker:
    """A Mosquitto of our own on a loopback port, which keeps what an absent receiver has not had."""

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.process = None
        folder.mkdir(parents=True)
        (folder / "kept").mkdir()
        # Mosquitto started by root gives its rights away.
        (folder / "kept").chmod(0o777)

    @property
    def uri(self):
        return "mqtt://127.0.0.1:{}".format(self.port)

    def start(self, *lines):
        settings = self.folder / "mosquitto.conf"
        settings.write_text(
            "listener {} 127.0.0.1\nallow_anonymous true\npersistence true\n"
            "persistence_location {}/\nautosave_on_changes true\nautosave_interval 1\n"
            "max_queued_messages 0\n{}\n".format(self.port, self.folder / "kept", "\n".join(lines))
        )
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(["mosquitto", "-c", str(settings)], stdout=log, stderr=log)
        wait_until(self.answers, 20, "the broker starts")

    def answers(self):
        with socket.socket() as probe:
            probe.settimeout(1)
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
            self.process.wait()
            self.process = None

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)


class Receiver:
    """A control room that keeps ids and times of what arrives and the newest head of the log, and no picture."""

    def __init__(self, broker):
        self.arrivals = []
        self.head = "0:"
        self.lock = threading.Lock()
        self.closing = False
        self.broker = broker
        self.process = None
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        # Again and again: the broker is stopped and started. What it has for this session, it keeps.
        while not self.closing:
            self.process = subprocess.Popen(
                ["mosquitto_sub", "-V", "mqttv5", "-h", "127.0.0.1", "-p", str(self.broker.port)]
                + ["-i", "receiver", "-c", "-x", "86400", "-q", "1"]
                + [each for kind in ("alerts", "status") for each in ("-t", "sightline/v1/{}/{}".format(VAN, kind))],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            for line in self.process.stdout:
                self.take(line)
            self.process.wait()
            time.sleep(0.2)

    def take(self, line):
        message = json.loads(line)
        data = message.get("data", message)
        with self.lock:
            # The newest of all: the broker repeats the status of before to whoever comes.
            self.head = max(self.head, data.get("auditHead", "0:"), key=lambda head: int(head.split(":")[0]))
            if "data" not in message:
                return
            self.arrivals.append(
                {
                    "id": message["id"],
                    "at": time.time(),
                    **{key: seconds(data[key]) for key in ("capturedAt", "decidedAt", "publishedAt")},
                }
            )

    def close(self):
        self.closing = True
        if self.process:
            self.process.terminate()
        self.thread.join(5)

    def now(self):
        with self.lock:
            return list(self.arrivals)

    def ids(self):
        return {each["id"] for each in self.now()}


def seconds(instant):
    """Of 2026-11-23T09:32:11.312Z, since 1970."""
    whole, _, fraction = instant.rstrip("Z").partition(".")
    return time.mktime(time.strptime(whole + " UTC", "%Y-%m-%dT%H:%M:%S %Z")) - time.timezone + float("0." + (fraction or "0"))


class Box:
    """A van's box on footage: its settings and data folder lie in its folder, which may be a disk of its own."""

    def __init__(self, exercise, folder, broker, cameras, program=None):
        self.exercise, self.folder, self.broker = exercise, folder, broker
        self.program = program or exercise.program
        self.agent = None
        self.metrics = free_port()
        self.log = folder.parent / (folder.name + ".log")
        folder.mkdir(parents=True, exist_ok=True)
        for name in "device.key", "authority.public":
            shutil.copy(exercise.folder / name, folder)
        self.bring()
        lines = [
            "van: " + VAN,
            "data: data",
            "models: " + self.program.environment["SIGHTLINE_MODELS_HOME"],
            "deviceKey: device.key",
            "authorities: [authority.public]",
            "authorisation: authorisation.json",
            "watchlist: watchlist.bundle",
            "modelPack: " + exercise.pack,
            "calibration: " + exercise.calibration,
            'broker: {{uri: "{}"}}'.format(broker.uri),
            'metrics: {{listen: "127.0.0.1:{}"}}'.format(self.metrics),
            "inferenceThreads: 1",
            "smallestFacePx: 40",
            "cameras:",
        ]
        for number, camera in enumerate(cameras, 1):
            lines.append("  - {{id: mast-{}, {}}}".format(number, camera))
        self.settings = folder / "agent.yaml"
        self.settings.write_text("\n".join(lines) + "\n")

    def bring(self):
        """Puts another deployment's files where the settings look for them."""
        deployment = self.exercise.authorise()
        shutil.copy(self.exercise.folder / (deployment + ".bundle"), self.folder / "watchlist.bundle")
        shutil.copy(self.exercise.folder / (deployment + ".json"), self.folder / "authorisation.json")
        self.deployment = deployment

    def call(self, *arguments, codes=(0,), seconds=600):
        return self.program.call(*arguments, "--config", self.settings, codes=codes, seconds=seconds)

    def open(self):
        self.call("watchlist", "import", "--by", "4711")
        self.call("deployment", "open", "--by", "4711")

    def start(self, memory=None):
        self.agent = self.program.start("run", "--config", self.settings, log=self.log, memory=memory)
        return self.agent

    def running(self):
        return self.agent is not None and self.agent.poll() is None

    def kill(self, how=signal.SIGKILL):
        """Ends the agent, and gives its exit code."""
        if self.agent is None:
            return None
        if self.running():
            self.agent.send_signal(how)
        code = self.agent.wait(60)
        self.agent = None
        return code

    def figures(self):
        """The agent's own, by name and labels; None while it serves none."""
        try:
            with urllib.request.urlopen("http://127.0.0.1:{}/metrics".format(self.metrics), timeout=5) as page:
                lines = page.read().decode().splitlines()
        except OSError:
            return None
        return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines if line and line[0] != "#")}

    def capturing(self):
        figures = self.figures()
        return bool(figures) and figures.get("sightline_deployment_capturing") == 1

    def alarms(self):
        figures = self.figures() or {}
        return sorted(name.split('"')[1] for name, value in figures.items() if name.startswith("sightline_alarm{") and value)

    def said(self):
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def data_file(self):
        return self.folder / "data" / "sightline.db"

    def rows(self, statement):
        """Of the data file, which is read as it stands beside a running agent."""
        address = "file:{}?mode=ro".format(self.data_file())
        with contextlib.closing(sqlite3.connect(address, uri=True, timeout=30)) as database:
            return database.execute(statement).fetchall()

    def raised(self):
        """Ids of the alerts that the audit log has: each was on disk with its event."""
        if not self.data_file().exists():
            return []
        lines = (json.loads(line) for (line,) in self.rows("SELECT line FROM audit_record ORDER BY sequence"))
        return [line["details"]["alert"] for line in lines if line["event"] == "alert-raised"]

    def check_data_file(self):
        expect(self.rows("PRAGMA integrity_check") == [("ok",)], "the data file is whole")

    def check_log(self, head):
        ended = self.program.call(
            *("audit", "verify", "--data", self.folder / "data", "--json"), *(("--head", head) if head != "0:" else ()), codes=None
        )
        expect(ended.returncode == 0, "the audit log goes on from what was published: " + (ended.stdout + ended.stderr).strip())

    def lists(self):
        """Files of lists that the data folder holds, keys and rows."""
        folder = self.folder / "data" / "lists"
        return sorted(each.name for each in folder.iterdir()) if folder.exists() else []

    def check_delivered(self, receiver, seconds=120):
        """Each alert that was on disk has arrived, and none that was not; how many there are, and how many came again."""
        wait_until(lambda: not set(self.raised()) - receiver.ids(), seconds, "all alerts arrive")
        raised = set(self.raised())
        expect(receiver.ids() <= raised, "no alert was published that was not on disk")
        return len(raised), len(receiver.now()) - len(receiver.ids())

    def check_whole(self, receiver):
        self.check_data_file()
        self.check_log(receiver.head)
        self.check_silent()

    def check_silent(self):
        """Nothing of the list is in the log."""
        said = self.said()
        for name in self.exercise.people:
            expect(name not in said, "the log names nobody")

    def close(self):
        """Ends the deployment; nothing of its list is left, and nothing captures without it."""
        self.call("deployment", "close", "--by", "4711")
        self.check_destroyed()

    def check_destroyed(self):
        expect(self.lists() == [], "no list is left: {}".format(self.lists()))
        expect(not (self.folder / "watchlist.bundle").exists(), "the bundle is gone")
        ended = self.call("run", codes=None, seconds=120)
        expect(ended.returncode == 1, "an agent is refused after the end: exit code {}".format(ended.returncode))


def family(pid):
    """A process and all that it started, by their ids."""
    found, known = [pid], [pid]
    while known:
        parent = known.pop()
        try:
            tasks = list(pathlib.Path("/proc/{}/task".format(parent)).iterdir())
            children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        found += children
        known += children
    return found


class Camera:
    """A real RTSP server, of a looped clip or of a pattern, as a camera that can be killed and started on its port."""

    def __init__(self, fps, clip=None):
        self.options = ["--fps", str(fps)] + (["--file", str(clip)] if clip else [])
        self.port = free_port()
        self.process = None
        self.start()

    @property
    def address(self):
        return "rtsp://127.0.0.1:{}/camera".format(self.port)

    def start(self):
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(HERE.parent / "rtsp-server.py"), "--port", str(self.port)] + self.options,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        expect(self.process.stdout.readline().strip(), "the RTSP server starts")

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None
