"""The disk of the box: power is cut, and it is full, read-only, slow, or out of inodes. Needs root, and mounts of its own."""
import fcntl
import os
import pathlib
import pwd
import random
import re
import signal
import struct
import subprocess
import time

from box import Box, Broker, Receiver, expect, say, wait_until

SIZE_MIB = 96
# EXT4_IOC_SHUTDOWN, without writing out the journal: what was not synced is lost, and nothing is written any more.
SHUTDOWN, WITHOUT_FLUSH = 0x8004587D, struct.pack("I", 2)


class Disk:
    """A file system in a file, mounted where a box has its files and notes of ended deployments."""

    def __init__(self, image, folder, inodes=None):
        self.image, self.folder = image, folder
        self.state = folder / "state"
        folder.mkdir(parents=True)
        with open(image, "wb") as file:
            file.truncate(SIZE_MIB << 20)
        run("mkfs.ext4", "-q", "-F", "-m", "0", *(("-N", str(inodes)) if inodes else ()), image)
        self.mount()
        self.state.mkdir()
        self.mount_state()

    def mount(self):
        run("mount", "-o", "loop,errors=remount-ro", self.image, self.folder)

    def mount_state(self):
        run("mount", "--bind", self.state, place_of_state())

    def unmount(self):
        for mounted in place_of_state(), self.folder:
            # What killed processes had open is closed a moment later.
            wait_until(lambda: subprocess.run(["umount", str(mounted)]).returncode == 0, 10, "the disk can be unmounted")

    def cut_power(self, running):
        """Ends the processes too; none of them sees the disk fail."""
        for process in running:
            process.send_signal(signal.SIGSTOP)
        at = os.open(self.folder, os.O_RDONLY)
        fcntl.ioctl(at, SHUTDOWN, WITHOUT_FLUSH)
        os.close(at)
        for process in running:
            process.kill()
            process.wait()
        self.unmount()
        self.mount()
        self.mount_state()

    def fill(self):
        with open(self.folder / "ballast", "wb") as ballast:
            for block in 1 << 20, 4096:
                try:
                    while True:
                        ballast.write(bytes(block))
                        ballast.flush()
                except OSError:
                    continue

    def use_up_inodes(self):
        (self.folder / "many").mkdir()
        try:
            for number in range(1 << 20):
                (self.folder / "many" / str(number)).touch()
        except OSError:
            return

    def free(self):
        (self.folder / "ballast").unlink(missing_ok=True)
        if (self.folder / "many").exists():
            run("rm", "-r", self.folder / "many")

    def fail(self):
        """The kernel meets an error of the file system, and mounts it for reading alone."""
        device = subprocess.run(
            ["findmnt", "-n", "-o", "SOURCE", str(self.folder)], stdout=subprocess.PIPE, text=True, check=True
        ).stdout.strip()
        pathlib.Path("/sys/fs/ext4/{}/trigger_fs_error".format(pathlib.Path(device).name)).write_text("1")

    def repair(self):
        self.unmount()
        subprocess.run(["fsck.ext4", "-f", "-y", str(self.image)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        self.mount()
        self.mount_state()

    def freeze(self):
        run("fsfreeze", "--freeze", self.folder)

    def thaw(self):
        run("fsfreeze", "--unfreeze", self.folder)


def run(*command):
    subprocess.run([str(each) for each in command], check=True)


def place_of_state():
    """Where ended deployments are noted (EndedFolder), without its last name."""
    service = pathlib.Path("/var/lib/sightline")
    if service.is_dir():
        return service
    own = pathlib.Path(pwd.getpwuid(os.getuid()).pw_dir) / ".local" / "state" / "sightline"
    own.mkdir(parents=True, exist_ok=True)
    return own


class Trial:
    """A box on a disk of its own, with a broker and a receiver elsewhere."""

    def __init__(self, exercise, folder, inodes=None):
        self.broker = Broker(folder / "broker")
        self.broker.start()
        self.receiver = Receiver(self.broker)
        self.disk = Disk(folder / "disk.img", folder / "box", inodes)
        source = 'source: "{}", pace: fastest, loop: true'.format(exercise.clip)
        self.box = Box(exercise, folder / "box", self.broker, [source])
        # The people who bring the files take the stick out when that is done.
        os.sync()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.box.kill()
        self.receiver.close()
        self.broker.stop()
        self.disk.unmount()

    def flowing(self):
        """Until an alert has arrived that was not there before."""
        had = len(self.receiver.ids())
        wait_until(lambda: len(self.receiver.ids()) > had, 120, "alerts flow")

    def end(self):
        """Everything that was recorded arrives, all is whole, the deployment can be ended."""
        self.flowing()
        self.box.kill(signal.SIGTERM)
        raised, again = self.box.check_delivered(self.receiver)
        self.box.check_whole(self.receiver)
        self.box.close()
        return "{} alerts on disk, all received, {} of them twice; log and data file whole; list destroyed".format(raised, again)


def cuts(exercise, folder, times):
    """Of five cuts one comes as soon as a deployment is open, three while alerts flow, one at its close."""
    chance = random.Random(times)
    seen = {"opened": 0, "alerts": 0, "closing": 0, "closed": 0}
    with Trial(exercise, folder) as trial:
        box, disk, receiver = trial.box, trial.disk, trial.receiver

        def check():
            box.check_data_file()
            box.check_log(receiver.head)
            expect(receiver.ids() <= set(box.raised()), "what was published is on the disk")

        for number in range(times):
            step = number % 5
            if step == 0:
                if number:
                    box.bring()
                    os.sync()
                box.open()
                disk.cut_power([])
                check()
                shown = box.call("deployment", "status", codes=None).stdout
                expect(box.deployment + " " in shown and " open" in shown, "what was opened is open: " + shown.strip())
                seen["opened"] += 1
            elif step < 4:
                box.start()
                wait_until(box.capturing, 120, "the agent captures after {} cuts".format(number))
                time.sleep(chance.uniform(0.2, 6))
                disk.cut_power([box.agent])
                box.agent = None
                check()
                seen["alerts"] += 1
            else:
                closing = box.program.start("deployment", "close", "--by", "4711", "--config", box.settings, log=box.log)
                if number % 2:
                    expect(closing.wait(120) == 0, "the deployment is closed")
                    disk.cut_power([])
                    seen["closed"] += 1
                else:
                    time.sleep(chance.uniform(0.5, 4))
                    disk.cut_power([closing])
                    seen["closing"] += 1
                    box.call("deployment", "close", "--by", "4711", codes=(0, 1))
                check()
                box.check_destroyed()
            say("{} cuts, {} alerts received".format(number + 1, len(receiver.ids())))
        box.call("deployment", "tidy", codes=(0, 1))
        raised, again = box.check_delivered(receiver)
        box.check_whole(receiver)
    return (
        "{} cuts: {opened} just after a deployment was opened, {alerts} while alerts flowed, {closed} just after a close, {closing} during one; "
        "{} alerts on disk, all received, {} of them twice; log and data file whole each time, no list left"
    ).format(times, raised, again, **seen)


def full(exercise, folder):
    return without_room(exercise, folder, Disk.fill)


def inodes(exercise, folder):
    return without_room(exercise, folder, Disk.use_up_inodes, inodes=256)


def without_room(exercise, folder, use_up, inodes=None):
    with Trial(exercise, folder, inodes) as trial:
        box, disk = trial.box, trial.disk
        box.open()
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        trial.flowing()
        use_up(disk)
        time.sleep(20)
        alarms = box.alarms()
        expect(box.running(), "the agent runs on")
        disk.free()
        trial.flowing()
        wait_until(lambda: "alerts-in-memory" not in box.alarms(), 60, "the alarm is over")
        use_up(disk)
        closed = box.call("deployment", "close", "--by", "4711", codes=None, seconds=180)
        # Whatever could be noted: cameras are closed, and an agent is refused.
        wait_until(lambda: not box.capturing(), 60, "the cameras are closed")
        said = closed.stderr.strip().splitlines()[-1:]
        ended = box.agent.wait(120)
        box.agent = None
        again = box.call("run", codes=None, seconds=120).returncode
        expect(again != 0, "no agent runs after the close")
        disk.free()
        box.call("deployment", "tidy", codes=(0, 1))
        raised, twice = box.check_delivered(trial.receiver)
        box.check_whole(trial.receiver)
        box.check_destroyed()
    return (
        "alarms {}; the agent ran on, {} alerts on disk, all received, {} of them twice; a close without room: exit code {} {}, "
        "the agent ended with {}, and one that was started with {}; {} alerts were in memory alone then; "
        "with room again the list was destroyed"
    ).format(
        *(", ".join(alarms) or "none", raised, twice, closed.returncode, said, ended, again),
        sum(int(number) for number in re.findall(r"(\d+) alerts are lost", box.said())),
    )


def readonly(exercise, folder):
    with Trial(exercise, folder) as trial:
        box = trial.box
        box.open()
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        trial.flowing()
        trial.disk.fail()
        time.sleep(20)
        alarms, ran = box.alarms(), box.running()
        published = len(trial.receiver.ids())
        raised = len(set(box.raised()))
        code = box.kill(signal.SIGTERM)
        trial.disk.repair()
        box.check_data_file()
        box.start()
        wait_until(box.capturing, 120, "the agent captures when the disk is repaired")
        ended = trial.end()
    return "alarms {}; the agent {}, {} of {} alerts on disk were out meanwhile; stopped with exit code {}; after a repair: {}".format(
        ", ".join(alarms) or "none", "ran on" if ran else "had ended", published, raised, code, ended
    )


def slow(exercise, folder):
    with Trial(exercise, folder) as trial:
        box = trial.box
        box.open()
        box.start()
        wait_until(box.capturing, 120, "the cameras are open")
        trial.flowing()
        alarms = set()
        for _ in range(6):
            trial.disk.freeze()
            try:
                time.sleep(10)
                alarms.update(box.alarms())
            finally:
                trial.disk.thaw()
            time.sleep(1)
            expect(box.running(), "the agent runs on")
            expect(box.capturing(), "the cameras stay open")
        delays = [each["publishedAt"] - each["decidedAt"] for each in trial.receiver.now()]
        ended = trial.end()
    return "six times 10 s without an answer: alarms {}; the agent ran on; decided to published at most {:.1f} s; {}".format(
        ", ".join(sorted(alarms)) or "none", max(delays), ended
    )
