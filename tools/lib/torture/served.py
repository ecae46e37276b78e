"""Whether somebody else was served meanwhile, and how soon; and whether this machine is one on which that can be told."""
import os

import kit

SERVED_MAX_MS = 100
BUSY_SHARE = 0.05
"""Of all processors, what others may take before a delay can be theirs as well."""


def ticks(path):
    """User and system time of a process; 0 when it is no more."""
    try:
        with open(path) as file:
            fields = file.read().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    except OSError:
        return 0


class Machine:
    """What others than these processes take of the machine's processors, from now on: daemon, witness, and this one."""

    def __init__(self, pids):
        self.pids = [*pids, os.getpid()]
        self.began = self.now()

    def now(self):
        with open("/proc/stat") as file:
            # user nice system idle iowait irq softirq steal
            all_of = [int(field) for field in file.readline().split()[1:9]]
        return sum(all_of), sum(all_of) - all_of[3] - all_of[4], sum(ticks(f"/proc/{pid}/stat") for pid in self.pids)

    def share_of_others(self):
        whole, busy, own = (now - then for now, then in zip(self.now(), self.began))
        return max(0.0, busy - own) / max(1, whole)


def verdict(trial, seen, watch=None, others=0.0):
    """`others` as Machine has it. What daemon and client waited for a processor is not the daemon's doing: on a machine that
    is busy with something else that is taken off. On one that is not, the time as it was decides."""
    tally, short = trial.tally, trial.options.short
    worst = {}
    for began, took, _, _ in seen:
        name = next((name for name, start, end in trial.phases if start <= began < end), "waiting")
        worst[name] = max(worst.get(name, 0), took)
    kit.say("     at worst, by phase: " + ", ".join(f"{name} {took * 1000:.0f} ms" for name, took in worst.items()))
    bad = [entry for entry in seen if entry[2] != 200]
    tally.check(f"somebody else asked {len(seen):,} times and was always served", len(seen) > 100 and not bad,
                (len(seen), bad[:3]))
    if not seen:
        return
    times = sorted(entry[1] * 1000 for entry in seen)
    at = lambda share: times[min(len(times) - 1, int(len(times) * share))]  # noqa: E731
    late = []
    for began, took, _, own in seen:
        kept = own + (watch.kept(began, began + took) if watch else 0)
        if took * 1000 >= SERVED_MAX_MS:
            late.append((took - kept, took, kept, max(((when, name) for when, name in trial.marks
                                                       if when <= began + took), default=(0, "-"))[1]))
    for rest, took, kept, mark in sorted(late, reverse=True)[:5]:
        kit.say(f"     {took * 1000:.0f} ms, {kept * 1000:.0f} of them waiting for a processor, at: {mark}")
    late_anyway = [one for one in late if one[0] * 1000 >= SERVED_MAX_MS]
    kit.say(f"     median {at(0.5):.1f} ms, p99 {at(0.99):.1f} ms, at worst {times[-1]:.1f} ms; over {SERVED_MAX_MS} ms: "
            f"{len(late)}, and {len(late_anyway)} but for what they waited for a processor")
    is_busy = others > BUSY_SHARE
    kit.say(f"     others took {others:.0%} of this machine's {os.cpu_count()} processors: "
            + ("it is busy, and waiting for a processor is taken off" if is_busy else "it is quiet, and the times are as they are"))
    decided = late_anyway if is_busy else late
    tally.check(f"and within {SERVED_MAX_MS} ms" + (", but for what they waited for a processor" if is_busy else "")
                + (" (printed only)" if short else ""), short or not decided, f"{len(decided)} were not")
