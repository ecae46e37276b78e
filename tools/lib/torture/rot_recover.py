"""Rot, the last resort: the log is lost, and `daybook recover --from TILES` brings it back from the published bundles.

What it writes is the log that was signed, or nothing: bundles, hash tiles, checkpoint and verifier key are damaged one at
a time, and every outcome is held against the undamaged clinic.
"""
import collections
import json
import os
import shutil
import subprocess
import time

import disks
import kit


def recover(options, place, *more):
    """The exit status and what it said, as decoded JSON where it is JSON."""
    ended = subprocess.run(
        [options.bin + "/daybook", "recover", "--json", "--from", place + "/data/tiles", *more],
        capture_output=True, timeout=120)
    try:
        return ended.returncode, json.loads(ended.stdout)
    except ValueError:
        return ended.returncode, {"problem": (ended.stdout + ended.stderr).decode(errors="replace")}


def digests(daemon, position):
    job = daemon.job("digest", {"position": position})
    return job.get("result") or job


def lost(template, folder, name):
    """A copy of the clinic without its log."""
    place = f"{folder}/{name}"
    disks.copy_clinic(template.folder, place)
    shutil.rmtree(place + "/data/log")
    return place


def bundles(place):
    """The published files, by what they are: of the last tile the one that belongs to the checkpoint."""
    found = collections.defaultdict(list)
    for root, _, names in os.walk(place + "/data/tiles"):
        if root.endswith(".p"):
            names = [max(names, key=int)]
        for name in names:
            kind = "bundle" if "/tile/entries/" in root + "/" else "tile" if "/tile/" in root + "/" else name
            found[kind].append(os.path.relpath(f"{root}/{name}", place))
    return {kind: sorted(paths) for kind, paths in found.items()}


def try_recover(template, folder, tally):
    options = template.options
    whole(template, folder, tally)
    killed(template, folder, tally)
    refused(template, folder, tally)
    damages(template, folder, tally, 12 if options.short else 600)


def whole(template, folder, tally):
    """The log is gone: the daemon says what to do, does not begin another, and all is as before once that is done."""
    options, size = template.options, template.size
    reference = f"{folder}/reference"
    disks.copy_clinic(template.folder, reference)
    daemon = kit.Daemon(options.bin, reference)
    daemon.start()
    before = digests(daemon, size)
    daemon.stop()
    shutil.rmtree(reference)

    place = lost(template, folder, "lost")
    daemon = kit.Daemon(options.bin, place)
    try:
        daemon.start(timeout=30)
        tally.check("without its log the daemon does not start", False)
    except RuntimeError:
        tally.check("without its log the daemon does not start, and says how to get it back",
                    "daybook recover --from" in daemon.told() and not os.path.exists(place + "/data/log"), daemon.told())
    daemon.kill()
    status, report = recover(options, place)
    tally.check("the log is brought back", status == 0 and report.get("size", 0) >= size and not report["wanting"], report)
    ended = kit.verified_offline(options.bin, place)
    tally.check("what is brought back verifies with the keys of before", ended.returncode == 0, ended)
    daemon.start(timeout=30)
    tally.check("digests of state and read models are those of before", digests(daemon, size) == before)
    template.settle(daemon)
    answers = template.ask(daemon, patient=True)
    tally.check("every question is answered as before", not template.compare(answers) and None not in answers.values(),
                template.compare(answers) or answers)
    tally.check("verify is sound", daemon.job("verify")["result"]["isSound"] is True)
    status, reply = daemon.do("BookAppointment", template.clinic.booking(7, 0, f"{kit.day(53)}T08:00"))
    tally.check("the clinic goes on", status == 201, reply)
    tally.check("and ends in order", daemon.stop() == 0, daemon.told())
    ended = kit.verified_offline(options.bin, place)
    tally.check("the next checkpoint goes on from the former", ended.returncode == 0, ended)
    shutil.rmtree(place)


def killed(template, folder, tally):
    """kill -9 in the midst of bookings, then the log is lost: back comes what was signed, and it says that there was more."""
    options = template.options
    place = f"{folder}/killed"
    disks.copy_clinic(template.folder, place)
    daemon = kit.Daemon(options.bin, place)
    daemon.start()
    template.settle(daemon)
    booked, began = [], time.monotonic()
    # Past the next checkpoint, so that some are behind it.
    for number in range(2_000):
        key = kit.key(options.random)
        body = template.clinic.booking(number % 20, number % 2, f"{kit.day(60 + number // 24)}T{number % 24:02d}:00")
        status, reply = daemon.do("BookAppointment", body, key)
        if status == 201:
            booked.append((reply["position"], body, key))
        if time.monotonic() > began + 2:
            break
    daemon.kill()
    shutil.rmtree(place + "/data/log")
    status, report = recover(options, place)
    size = report.get("size", 0)
    tally.check("after a kill what was signed is brought back", status == 0 and size >= template.size, report)
    tally.check("and what was not is told of", any("after event" in text for text in report.get("notRecovered", [])), report)
    daemon.start(timeout=30)
    template.settle(daemon)
    events = {event["position"] for event in daemon.events()}
    tally.check("every event up to the checkpoint is there", set(range(size)) <= events)
    kept = [one for one in booked if one[0] < size]
    again = [daemon.do("BookAppointment", body, key) for _, body, key in kept[-5:]]
    tally.check("what was acknowledged before it is found again by its key",
                [reply.get("position") for _, reply in again] == [position for position, _, _ in kept[-5:]], again)
    gone = [one for one in booked if one[0] >= size]
    statuses = [daemon.do("BookAppointment", body, key)[0] for _, body, key in gone[:5]]
    tally.check(f"and what came after it can be done again ({len(gone)} of {len(booked)} were lost)",
                all(status == 201 for status in statuses), statuses)
    tally.check("all of it is sound", daemon.job("verify")["result"]["isSound"] is True)
    daemon.kill()
    shutil.rmtree(place)


def refused(template, folder, tally):
    options = template.options
    place = f"{folder}/there"
    disks.copy_clinic(template.folder, place)
    with open(place + "/data/log/data.mdb", "rb") as file:
        before = file.read()
    status, report = recover(options, place)
    with open(place + "/data/log/data.mdb", "rb") as file:
        tally.check("a log that is there is not written over", status == 2 and file.read() == before
                    and "move it aside" in report["problem"], report)
    daemon = kit.Daemon(options.bin, place)
    daemon.start()
    status, report = recover(options, place)
    tally.check("nor is a running daemon's folder touched", status == 2 and "in use" in report["problem"], report)
    daemon.kill()
    shutil.rmtree(place)

    place = lost(template, folder, "small")
    small = disks.mount_memory(folder + "/tiny", 1)
    status, report = recover(options, place, "--to", small + "/data", "--keys", place + "/data.keys")
    tally.check("a disk without room is said to be", status == 2 and "MiB" in report["problem"]
                and not os.path.exists(small + "/data/log"), report)
    disks.unmount(small)
    status, report = recover(options, place, "--from", place + "/data", "--to", place + "/data")
    tally.check("a folder with nothing published is said to be", status == 2 and "nothing published" in report["problem"], report)
    shutil.rmtree(place)

    # Bundles of before, keys of today: the daemon would refuse so short a log.
    place = f"{folder}/older"
    shutil.copytree(template.older + "/data", place + "/data")
    shutil.copytree(template.folder + "/data.keys", place + "/data.keys")
    shutil.rmtree(place + "/data/log")
    status, report = recover(options, place)
    tally.check("bundles older than what was signed are refused", status == 5 and "newer copy" in report["problem"]
                and not os.path.exists(place + "/data/log"), report)
    shutil.rmtree(place)


def damages(template, folder, tally, count):
    """One published file damaged at a time: the signed log or none, and a bundle that is missing or damaged is named."""
    options, chance = template.options, template.options.random
    outcomes = collections.Counter()
    for number in range(count):
        place = lost(template, folder, f"damaged-{number}")
        kinds = bundles(place)
        kind = chance.choice(["bundle", "bundle", "bundle", "tile", "checkpoint", "vkey"])
        path = chance.choice(kinds[kind])
        how = damage(f"{place}/{path}", chance)
        status, report = recover(options, place)
        is_there = os.path.exists(place + "/data/log/data.mdb")
        name = f"{path} {how}: exit {status}"
        outcomes[f"{kind} {'back' if status == 0 else 'refused'}"] += 1
        if status == 0:
            ended = verified_apart(options, template, place)
            tally.check(f"{name}: what was written is what was signed", is_there and ended.returncode == 0, ended, quiet=True)
        else:
            tally.check(f"{name}: no log is written", not is_there and not os.path.exists(place + "/data/recovered.new"),
                        os.listdir(place + "/data"), quiet=True)
        if kind == "bundle":
            tally.check(f"{name}: the bundle is named", status == 5 and any(
                path in fault for fault in report.get("faults", [])), report, quiet=True)
        else:
            # Neither hash tiles nor the checkpoint, of which there are two more, are needed for it.
            tally.check(f"{name}: the bundles are enough", status == 0, report, quiet=True)
        shutil.rmtree(place)
    kit.say("recover: " + ", ".join(f"{what} {number}" for what, number in sorted(outcomes.items())))


def damage(path, chance):
    with open(path, "rb") as file:
        content = file.read()
    at = chance.randrange(len(content))
    how = chance.choice(["a bit flips", "a bit flips", "the file ends", "zeros", "is gone"])
    if how == "is gone":
        os.unlink(path)
        return how
    if how == "a bit flips":
        changed = content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1:]
    elif how == "the file ends":
        changed = content[:at]
    else:
        changed = content[:at] + bytes(min(64, len(content) - at)) + content[at + 64:]
        if changed == content:
            changed = content[:at]
    with open(path, "wb") as file:
        file.write(changed)
    return f"{how} at {at}"


def verified_apart(options, template, place):
    """The recovered log beside the undamaged published files."""
    shutil.rmtree(place + "/data/tiles")
    shutil.copytree(template.folder + "/data/tiles", place + "/data/tiles")
    return kit.verified_offline(options.bin, place)


def control(template, folder, forge, expect):
    """That another log than the signed one would be seen."""
    options = template.options
    place = lost(template, folder, "recovered")
    status, report = recover(options, place)
    expect("the undamaged bundles are brought back", status == 0, report)
    expect("and verify", verified_apart(options, template, place).returncode == 0)
    forge(place + "/data/log/data.mdb", template.size // 2)
    expect("a recovered log with a record of another's making would be seen",
           verified_apart(options, template, place).returncode == 5)
    shutil.rmtree(place)
