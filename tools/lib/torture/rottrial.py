"""One damage on a copy of the clinic: who reports it, what dies of it, and how what can be made again comes back."""
import collections
import concurrent.futures
import json
import shutil
import subprocess
import threading
import time

import disks
import kit
from rotclinic import PATIENCE
from rotdamage import plan


class Trial:
    def __init__(self, template, folder, number, damage, chance):
        self.template, self.damage, self.chance = template, damage, chance
        self.folder = f"{folder}/{number}"
        self.faults, self.notes = [], []

    def run(self):
        disks.copy_clinic(self.template.folder, self.folder)
        self.damage.apply(self.folder)
        reported = self.offline() if self.damage.place in ("log", "tiles", "anchors", "keys") else False
        daemon = self.daemon = kit.Daemon(self.template.options.bin, self.folder)
        try:
            reported = self.running(daemon) or reported or self.is_put_aside(daemon)
            if self.damage.must and not reported and self.damage.place in ("state", "views"):
                # Every key and value equals those of a rebuild: what was damaged has been made anew.
                self.notes.append("made anew unasked")
            elif self.damage.must and not reported:
                self.fault("nobody reports it")
            elif not reported:
                self.notes.append("not reported")
            if self.damage.place in ("state", "views"):
                self.come_back(daemon)
            elif self.damage.place == "scratch":
                self.write_on(daemon)
        finally:
            daemon.kill()
            kit._daemons.remove(daemon)

    def is_put_aside(self, daemon):
        """A start has told that drafts are begun anew."""
        told = daemon.told(100_000) if self.damage.place == "scratch" else ""
        is_told = "put aside as scratch/damaged.mdb" in told or "is damaged, and so is whose it was" in told
        if is_told:
            self.notes.append("put aside")
        return is_told

    def fault(self, kind, detail=""):
        self.faults.append((f"{self.damage.place}: {kind}", str(detail)))

    def offline(self):
        """The copy, by the program that needs no daemon."""
        ended = kit.verified_offline(self.template.options.bin, self.folder)
        told = (ended.stdout + ended.stderr).decode(errors="replace")
        if ended.returncode not in (0, 5) and self.damage.place == "log":
            self.fault(f"verify --offline ends with {ended.returncode}", told[:400])
        if ended.returncode == 0 and self.damage.must and self.damage.place == "log":
            self.fault("verify --offline finds it sound", told[:300])
        if ended.returncode == 5 and self.damage.place == "log" and not any(
                word in told for word in ("page", "position", "record", "node", "checkpoint", "log", "meta")):
            self.fault("verify --offline names no place", told[:300])
        self.notes.append(f"offline {ended.returncode}")
        return ended.returncode != 0

    def running(self, daemon):
        """Whether the damage is reported: by a start that is refused, by errors, by verify."""
        if not self.begin(daemon):
            return True
        if self.died_at_start and self.damage.place in ("state", "views"):
            self.notes.append("made anew after a death")
        asked_first = self.chance.random() < 0.5
        answers = self.template.ask(daemon) if asked_first else None
        if daemon.process.poll() is not None:
            return self.dead_of_a_question(daemon)
        self.quieten(daemon)
        if daemon.process.poll() is not None:
            return self.dead_of_a_question(daemon)
        reported = self.verify(daemon) or self.is_put_aside(daemon)
        if daemon.process.poll() is None and answers is None:
            answers = self.template.ask(daemon)
            if daemon.process.poll() is not None:
                return self.dead_of_a_question(daemon)
        return self.judge(answers, reported) if answers else reported

    def begin(self, daemon):
        """Starts it, again and again where it dies, as whoever supervises it does. Whether it runs in the end; a refusal
        must name what is damaged, and what can be made again is no reason for one."""
        self.died_at_start = 0
        for _ in range(4):
            try:
                daemon.start(timeout=PATIENCE)
                return True
            except RuntimeError as error:
                code = daemon.process.poll()
                told = daemon.told(600)
                if code is None:
                    self.fault("the start hangs", str(error)[-400:])
                    daemon.kill()
                    return False
            if code >= 0 and code != 70:
                self.notes.append("start refused" + (" after a death" if self.died_at_start else ""))
                if self.damage.place in ("state", "views", "scratch"):
                    self.fault("what the log can do without keeps it from starting", f"exit {code}: {told}")
                elif self.damage.place in ("log", "vault") and not any(
                        word in told for word in ("page", "position", "damaged", "log", "vault")):
                    self.fault("the refusal names no place", told)
                return False
            self.died_at_start += 1
            self.notes.append(f"start died ({code})")
        self.fault("it dies at each start", f"exit {code}: {told}")
        return False

    @staticmethod
    def quieten(daemon):
        """Waits for what the daemon reads of the log by itself after a start: names, and what it publishes. What it dies of
        then is the verify."""
        deadline = time.monotonic() + 3
        while time.monotonic() < deadline:
            try:
                found = daemon.ask("POST", "/v1/queries/FindClients", {"text": "Given"}, timeout=10)[0]
                health = daemon.ask("GET", "/v1/health", timeout=10)[1]
            except kit.LOST:
                return
            if found != 503 and health.get("checkpoint", {}).get("size") == health["events"]:
                return
            time.sleep(0.1)

    def dead_of_a_question(self, daemon):
        """It may die of a question, once: the next start refuses, says what it makes anew, or its verify reports."""
        self.notes.append(f"died of a question ({daemon.process.poll()})")
        if not self.begin(daemon):
            return True
        if self.damage.place in ("state", "views"):
            return False
        if self.is_put_aside(daemon):
            return True
        reported = self.verify(daemon)
        if not reported and self.damage.must:
            self.fault("it dies of a question, and afterwards nobody reports it")
        return True

    def judge(self, answers, reported):
        differing = self.template.compare(answers)
        withheld = [name for name, answer in answers.items() if answer is None]
        if withheld:
            self.notes.append("errors for questions")
        if differing and reported and any(
                word in self.damage.kind for word in ("key", "link", "slot", "page", "table", "header")):
            # A damaged key or branch page is found by verify, not by every look-up: the handbook says so.
            self.notes.append("an answer differs by a damaged page, which verify reports")
        elif differing and self.damage.place == "scratch" and reported and all(name.startswith("draft") for name in differing):
            self.notes.append("drafts go on from their revisions")
        elif differing and self.damage.place == "tiles":
            self.fault("a damaged tile is given out", list(differing))
        elif differing:
            self.fault("it answers from damage", json.dumps(differing)[:700])
        if withheld and not reported:
            reported = True
        if self.damage.place == "vault" and any(
                answer is not None and answer != self.template.answers[name] for name, answer in answers.items()):
            reported = True
            self.notes.append("sealed fields do not open")
        return reported

    def verify(self, daemon):
        try:
            job = self.verified(daemon)
        except (RuntimeError, *kit.LOST) as error:
            # Given a moment to die of it.
            time.sleep(0.2)
            code = daemon.process.poll()
            if code is not None and code != 70:
                self.fault(f"it dies of a verify with {code}", daemon.told(700))
            elif code is None:
                self.fault("verify does not end", repr(error))
            else:
                self.notes.append("ended with 70")
            return True
        if job["state"] != "done":
            self.notes.append("verify " + job["state"])
            return True
        result = job["result"]
        if self.damage.place == "log" and not result["log"]["isSound"] and not result["log"]["faults"]:
            self.fault("verify names no place", json.dumps(result)[:400])
        if result["isSound"]:
            self.notes.append("verify sound")
            if self.damage.place == "log" and self.damage.must and "table" not in self.damage.kind:
                self.fault("the running verify finds it sound")
        return not result["isSound"]

    def come_back(self, daemon):
        """By rebuild or restart. What only the removal of the folder mends is told as such."""
        told = ""
        for step in ("rebuild", "restart", "second restart", "removal"):
            try:
                if step == "rebuild":
                    if daemon.process.poll() is not None or self.damage.place != "views":
                        continue
                    daemon.job("rebuild", {}, timeout=PATIENCE)
                else:
                    self.restart(daemon, is_removing=step == "removal")
                job = self.verified(daemon)
            except (RuntimeError, *kit.LOST) as error:
                time.sleep(0.2)
                told += f"; {step}: {error!r}, exit {daemon.process.poll()}"[:300]
                continue
            if job["state"] == "done" and job["result"]["isSound"]:
                self.notes.append(f"back by {step}")
                if step == "removal":
                    self.fault("comes back by nothing but the removal of the folder", told)
                differing = self.template.compare(self.template.ask(daemon, patient=True))
                if differing:
                    self.fault("it is back, and answers otherwise", f"{step}: {json.dumps(differing)[:500]}")
                return
            told += f"; {step}: {json.dumps(job)[:300]}"
        self.fault("it does not come back", told)

    def write_on(self, daemon):
        """Whatever has become of the text outside the log, its author goes on from what is shown, and all is sound again."""
        paper, told = self.template.paperwork, ""
        for step in ("at once", "restart", "second restart"):
            try:
                if step != "at once" or daemon.process.poll() is not None:
                    self.restart(daemon, is_removing=False)
                for draft in self.template.drafts:
                    told = self.written(daemon, paper, draft) or told
                job = self.verified(daemon)
            except (RuntimeError, *kit.LOST) as error:
                time.sleep(0.2)
                told = f"{step}: {error!r}, exit {daemon.process.poll()}"
                continue
            if job["state"] == "done" and job["result"]["isSound"]:
                self.notes.append(f"written on {step}")
                return
            told = f"{step}: {told} {json.dumps(job)[:400]}"
        self.fault("the drafts are not gone on with", told)

    @staticmethod
    def written(daemon, paper, draft):
        """None, or why the draft could not be saved."""
        _, answer = daemon.ask("GET", f"/v1/queries/ShowNote?note={draft.note}")
        if not isinstance(answer, dict) or "row" not in answer:
            return f"note {draft.note} is shown as {answer}"
        name, body = paper.save(draft)
        body |= {"base": answer["row"]["revision"], "baseAutosave": answer.get("autosave", 0)}
        status, reply = daemon.do(name, body)
        return None if status == 201 else f"note {draft.note}: {status} {reply}"

    def restart(self, daemon, is_removing):
        if daemon.process.poll() is None:
            try:
                daemon.stop()
            except subprocess.TimeoutExpired:
                self.fault("SIGTERM does not end it")
                daemon.kill()
        if is_removing:
            shutil.rmtree(f"{daemon.data}/{self.damage.path.split('/')[1]}")
        daemon.start(timeout=PATIENCE)

    @staticmethod
    def verified(daemon):
        """A verify that did not fail since something was still being made."""
        deadline = time.monotonic() + 5
        while True:
            job = daemon.job("verify", timeout=PATIENCE)
            if job["state"] != "failed" or time.monotonic() > deadline:
                return job
            time.sleep(0.2)


def try_damage(template, folder, count, tally, seconds, workers=2):
    chance = template.options.random
    kinds = collections.Counter()
    sums, lock = collections.defaultdict(collections.Counter), threading.Lock()
    deadline, began = time.monotonic() + seconds, time.monotonic()

    def one(trial):
        try:
            trial.run()
        except Exception as error:
            trial.fault(f"the harness met {type(error).__name__}", repr(error))
        finally:
            shutil.rmtree(trial.folder, ignore_errors=True)
        with lock:
            mine = sums[trial.damage.place]
            mine["tried"] += 1
            mine.update(set(trial.notes))
            for kind, detail in trial.faults:
                kinds[kind] += 1
                if kinds[kind] <= 2:
                    kit.say(f"     {kind}: {trial.damage}: {detail[-700:]}")
            if trial.faults:
                tally.broken += 1
            else:
                tally.held += 1
            tried = sum(mine["tried"] for mine in sums.values())
            if tried % 500 == 0:
                kit.say(f"     {tried} damages tried, {sum(kinds.values())} with a fault")
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        running = set()
        for number, damage in enumerate(plan(template, count, chance)):
            if time.monotonic() > deadline:
                break
            while len(running) >= workers:
                _, running = concurrent.futures.wait(running, return_when="FIRST_COMPLETED")
            running.add(pool.submit(one, Trial(template, folder, number, damage, kit.random.Random(chance.getrandbits(64)))))
    for place in sorted(sums):
        kit.say(f"{place}: " + ", ".join(f"{note} {number}" for note, number in sums[place].most_common()))
    for kind, number in kinds.most_common():
        kit.say(f"FAIL {kind}: {number} times")
    kit.say(f"{sum(mine['tried'] for mine in sums.values())} damages in {time.monotonic() - began:.0f} s")
