"""A clinic that is booked solid: its daemon, and a process of its own that books hour after hour.

    clinic = Clinic(options, folder, env, weeks=16)
    seconds, latencies = clinic.book(10_000, connections=64)
"""
import gc
import json
import os
import re
import selectors
import socket
import subprocess
import sys
import time

import kit

THERAPISTS = 64
# Of a day of which one hour is missing, once a year.
HOURS = [hour for hour in range(24) if hour != 2]
LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
# Of the requests, a few hundred bytes each.
AHEAD_MAX = 60_000


def load(path, bodies, first, count, connections, out):
    """Books hour after hour, each therapist on a connection of their own, so that nobody is in anybody's way. Writes one
    line a booking: when it began, and how long it took."""
    with open(bodies) as file:
        plan = json.load(file)
    selector, waiting, done, failed = selectors.DefaultSelector(), {}, 0, []
    lines, begun = [], 0
    hours = [first] * connections

    def request(lane, hour):
        day = time.strftime("%Y-%m-%d", time.gmtime(plan["epoch"] + hour // len(HOURS) * 86_400))
        body = json.dumps({**plan["lanes"][lane], "start": f"{day}T{HOURS[hour % len(HOURS)]:02}:00"}).encode()
        return (b"POST /v1/commands/BookAppointment HTTP/1.1\r\nHost: d\r\nIdempotency-Key: %s\r\n"
                b"Content-Length: %d\r\n\r\n" % (kit.key().encode(), len(body)) + body)

    # Made ahead: who asks shares two cores with who answers, and is not what is measured.
    ahead = min(count, AHEAD_MAX) * 5 // 4 // connections
    made = [[request(lane, first + hour) for hour in range(ahead)] for lane in range(connections)]

    def send(lane):
        nonlocal begun
        hour = hours[lane]
        hours[lane] += 1
        begun += 1
        text = made[lane][hour - first] if hour - first < ahead else request(lane, hour)
        waiting[lane] = [time.monotonic(), b""]
        sockets[lane].sendall(text)

    sockets, opened = [], time.monotonic()
    for lane in range(connections):
        one = socket.socket(socket.AF_UNIX)
        one.settimeout(60)
        one.connect(path)
        sockets.append(one)
        selector.register(one, selectors.EVENT_READ, lane)
        if begun < count:
            send(lane)
    gc.disable()
    with open(out, "w") as file:
        while done < count:
            ready = selector.select(60)
            if not ready:
                sys.exit("no answer in 60 s")
            for key, _ in ready:
                lane = key.data
                piece = sockets[lane].recv(1 << 16)
                if not piece:
                    sys.exit("the daemon ended a connection")
                waiting[lane][1] += piece
                began, data = waiting[lane]
                head, mark, rest = data.partition(b"\r\n\r\n")
                if not mark:
                    continue
                size = int(LENGTH.search(head).group(1))
                if len(rest) < size:
                    continue
                if not head.startswith(b"HTTP/1.1 201"):
                    failed.append(data[:400].decode(errors="replace"))
                    if len(failed) > 20:
                        sys.exit(f"refused: {failed[0]}")
                done += 1
                lines.append(f"{began} {time.monotonic() - began}\n")
                if begun < count:
                    send(lane)
            if len(lines) > 1_000:
                file.writelines(lines)
                lines = []
        seconds = time.monotonic() - opened
        file.writelines(lines)
    print(json.dumps({"seconds": seconds, "hour": max(hours), "failed": failed[:3], "refused": len(failed)}))


class Clinic:
    """A daemon, and who can be booked."""

    def __init__(self, options, folder, env, weeks):
        os.makedirs(folder)
        self.folder, self.daemon, self.hour, self.env, self.weeks = folder, kit.Daemon(options.bin, folder), 0, env, weeks
        # Months of a practice, so that there are former times to ask for.
        os.rmdir(self.daemon.data)
        subprocess.run([options.bin + "/daybook-demo", "--data", self.daemon.data, "--weeks", str(weeks), "--seed", "1"],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # A map is never smaller than its file.
        self.first_map = os.path.getsize(self.daemon.data + "/log/data.mdb")
        self.daemon.start(env=env)
        make = self.made
        self.someone = self.daemon.ask("GET", "/v1/queries/ListClients?limit=1")[1]["rows"][0]["id"]
        service = make("DefineService", {"code": "i50", "name": "Individual", "minutes": 50, "modalities": ["online"]})
        lanes = []
        for number in range(THERAPISTS):
            staff = make("AddStaff", {"name": f"Therapist {number}", "email": f"t{number}@example.org",
                                      "roles": ["therapist"]})
            make("SetWeeklyHours", {
                "staff": staff, "effectiveFrom": "2026-01-01",
                "blocks": [{"weekday": day, "from": "00:00", "to": "24:00"} for day in range(1, 8)]})
            client = make("RegisterClient", {"givenName": f"Given{number}", "familyName": f"Family{number}",
                                             "dateOfBirth": "1990-02-03", "primaryTherapist": staff})
            lanes.append({"client": client, "staff": staff, "service": service, "modality": "online"})
        # From a midnight a month ahead.
        epoch = (int(time.time()) // 86_400 + 30) * 86_400
        with open(folder + "/plan.json", "w") as file:
            json.dump({"epoch": epoch, "lanes": lanes}, file)

    def made(self, name, body):
        """As the daemon has it; after a start it registers nobody before it knows everybody's name."""
        deadline = time.monotonic() + 60
        while True:
            status, reply = self.daemon.do(name, body)
            if status == 201:
                return reply["id"]
            if status != 503 or time.monotonic() > deadline:
                raise RuntimeError(f"{name}: {status} {reply}")
            time.sleep(0.05)

    def book(self, count, connections=THERAPISTS):
        """(seconds, [(when, how long)]). Ends with the process that books."""
        out = self.folder + "/latencies"
        process = subprocess.Popen(
            [sys.executable, "-B", os.path.abspath(__file__), self.daemon.socket, self.folder + "/plan.json",
             str(self.hour), str(count), str(connections), out], stdout=subprocess.PIPE, text=True)
        try:
            text, _ = process.communicate(timeout=60 + count / 100)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.returncode:
            raise RuntimeError(f"the load ended with {process.returncode}: {self.daemon.told()}")
        said = json.loads(text)
        self.hour = said["hour"]
        if said["refused"]:
            raise RuntimeError(f"{said['refused']} bookings were refused: {said['failed']}")
        with open(out) as file:
            return said["seconds"], [tuple(map(float, line.split())) for line in file]

    def events(self):
        return self.daemon.ask("GET", "/v1/health")[1]["events"]

    def metric(self, name):
        text = self.daemon.ask("GET", "/v1/metrics")[1].decode()
        return int(re.search(rf"^{name} (\d+)$", text, re.MULTILINE).group(1))

    def sizes(self):
        """Bytes on the disk by folder of the data."""
        found = {}
        for root, _, names in os.walk(self.daemon.data):
            top = os.path.relpath(root, self.daemon.data).split("/")[0]
            for name in names:
                try:
                    held = os.lstat(os.path.join(root, name)).st_blocks * 512
                except OSError:
                    continue
                if top != ".":
                    found[top] = found.get(top, 0) + held
        return found

    def settle(self, timeout=120):
        """Until every read model is at the head and the checkpoint covers it."""
        deadline = time.monotonic() + timeout
        while True:
            health = self.daemon.ask("GET", "/v1/health")[1]
            if all(view["position"] == health["events"] for view in health["views"]) \
                    and health["checkpoint"]["size"] == health["events"]:
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"it does not come to rest: {health}")
            time.sleep(0.1)


if __name__ == "__main__":
    path, bodies, first, count, connections, out = sys.argv[1:]
    load(path, bodies, int(first), int(count), int(connections), out)
