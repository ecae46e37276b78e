"""Disks for the harnesses that break them: a recorded trace as a disk that has lost what was never synced, calls that
fail on purpose, file systems and a boot of one's own.
"""
import mmap
import os
import random
import re
import shutil
import struct
import subprocess
import sys
import time


HERE = os.path.dirname(os.path.abspath(__file__))
BOOT_ID = "/proc/sys/kernel/random/boot_id"


# --- a mount namespace of one's own ---------------------------------------------------------------------------------

def own_mounts():
    """Runs the harness again where what it mounts is seen by nobody else and is gone with it."""
    if os.environ.pop("DISKS_OWN_MOUNTS", None):
        return
    how = ["unshare", "-m"] if os.getuid() == 0 else ["unshare", "-r", "-m"]
    os.environ["DISKS_OWN_MOUNTS"] = "yes"
    os.execvp(how[0], [*how, sys.executable, os.path.abspath(sys.argv[0]), *sys.argv[1:]])


def mount_memory(folder, megabytes):
    os.makedirs(folder, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=700", "daybook", folder], check=True)
    return folder


def unmount(folder):
    subprocess.run(["umount", "-l", folder], check=False, stderr=subprocess.DEVNULL)


class Boot:
    """Another boot of the machine, for all who read its id in this namespace."""

    def __init__(self, folder):
        self.folder, self.count = folder, 0

    def another(self):
        self.count += 1
        path = f"{self.folder}/boot-{self.count}"
        with open(path, "w") as file:
            file.write(f"{random.getrandbits(32):08x}-0000-4000-8000-{self.count:012x}\n")
        self.same()
        subprocess.run(["mount", "--bind", path, BOOT_ID], check=True)

    def same(self):
        """The real one again."""
        subprocess.run(["umount", BOOT_ID], check=False, stderr=subprocess.DEVNULL)


# --- the shim ---------------------------------------------------------------------------------------------------------

def shim(folder):
    path = folder + "/disks.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", path, HERE + "/disks.c", "-ldl"], check=True)
    return path


OPS = ["pwrite", "write", "writev", "pwritev", "fsync", "fdatasync", "rename", "ftruncate", "unlink", "create",
       "fallocate"]
VARIANTS = {"not done": 0, "done": 1, "short": 2, "swallowed": 3}


class Faults:
    """`struct control` of disks.c, shared with a daemon that was started with `env`."""
    HEAD = struct.Struct("<IIIIIiII16Q256s256s")

    def __init__(self, path, library):
        with open(path, "wb") as file:
            file.write(bytes(4096))
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), 4096)
        self.env = {"LD_PRELOAD": library, "DISKS_FAULTS": path}

    def arm(self, match, ops, nth, error, variant, repeats=False):
        mask = sum(1 << OPS.index(op) for op in ops)
        text = self.HEAD.pack(0, mask, error, VARIANTS[variant], repeats, nth, 0, 0, *[0] * 16, match.encode(), b"")
        self.memory[:len(text)] = text
        self.memory[0:4] = struct.pack("<I", 1)

    def disarm(self):
        self.memory[0:4] = struct.pack("<I", 0)

    @property
    def hits(self):
        return struct.unpack_from("<I", self.memory, 24)[0]

    @property
    def hit(self):
        """The call that failed, and on what."""
        path = self.memory[32 + 128 + 256:32 + 128 + 512].split(b"\0")[0].decode(errors="replace")
        return OPS[struct.unpack_from("<I", self.memory, 28)[0]], path

    @property
    def seen(self):
        return dict(zip(OPS, struct.unpack_from("<16Q", self.memory, 32)))


# --- recording --------------------------------------------------------------------------------------------------------

CALLS = ("openat,open,creat,pwrite64,pwritev,pwritev2,write,writev,lseek,ftruncate,truncate,fallocate,fsync,fdatasync,"
         "sync,syncfs,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,link,linkat,symlink,"
         "symlinkat,copy_file_range,sendfile,splice,dup,dup2,dup3,mmap,close,sendto,sendmsg")


def strace(output, preload=None, env=None):
    """What to put before the daemon's command so that its calls are written to `output`."""
    command = ["strace", "-f", "-y", "-xx", "-s", "4194304", "--seccomp-bpf", "-e", "trace=" + CALLS, "-o", output]
    for name, value in {**({"LD_PRELOAD": preload} if preload else {}), **(env or {})}.items():
        command += ["-E", f"{name}={value}"]
    return command


def traced(daemon, timeout=10):
    """The process that strace has started for the daemon."""
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        with open(f"/proc/{daemon.process.pid}/task/{daemon.process.pid}/children") as file:
            children = file.read().split()
        if children:
            return int(children[0])
        time.sleep(0.01)
    raise RuntimeError("strace has started nothing: " + daemon.told())


def end_traced(daemon, how, timeout=60):
    os.kill(traced(daemon), how)
    return daemon.process.wait(timeout=timeout)


# --- from a trace to steps --------------------------------------------------------------------------------------------

TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
PATHED = re.compile(r"^(-?\d+|AT_FDCWD)(?:<([^>]*)>)?")


def plain(text):
    return bytes.fromhex(text.replace("\\x", ""))


class Trace:
    """The steps of one recorded clinic, over all starts of its daemon.

    A step is (kind, …); a call that takes effect between its entry and its exit is two steps, so that a cut can come
    in between: ("write", id, inode, offset, bytes) … ("written", id, is durable at once).
    """

    def __init__(self, root):
        self.root = root.encode()
        self.steps, self.labels = [], []
        self.number = 0
        self.inodes = 0
        # What the names lead to, for the parser alone: path → inode. The disk itself is Disk's.
        self.names = {self.root: self.new_inode()}
        self.folders = {self.names[self.root]}

    def new_inode(self):
        self.inodes += 1
        return self.inodes

    def step(self, label, *what):
        self.steps.append(what)
        self.labels.append(label)

    def label(self, path):
        name = path[len(self.root):].decode(errors="replace")
        if self.phase != "run":
            return self.phase
        if "/data/log" in name:
            return "log"
        if "/vault" in name:
            return "spare keys"
        if "saved.mdb" in name:
            return "saved copy"
        if name.endswith(("/anchor", "/anchor.new")):
            return "anchor"
        if "/tiles" in name:
            return "checkpoint"
        if "/state" in name:
            return "state"
        if "/scratch" in name:
            return "scratch"
        if "/views" in name:
            return "switch" if self.rebuilding else "views"
        return "other"

    def power_cycle(self):
        """Everything reached the disk: an orderly end of the machine between two starts."""
        self.step("other", "sync")

    def read(self, path, phase="run", rebuilt=()):
        """Takes in the trace of one start. `phase` names its steps until the first answer to a command."""
        self.fds, self.pending = {}, {}
        self.phase, self.rebuilding = phase, False
        with open(path, encoding="ascii", errors="replace") as lines:
            for line in lines:
                pid, _, rest = line.partition(" ")
                rest = rest.lstrip()
                if rest.startswith("<... "):
                    name, _, tail = rest[5:].partition(" resumed>")
                    begun = self.pending.pop(pid, None)
                    if begun:
                        self.exit(name, begun[0], begun[1], tail.rpartition(") = ")[2] if ") = " in tail
                                  else tail.rpartition("= ")[2])
                    continue
                name, parenthesis, arguments = rest.partition("(")
                if not parenthesis or not name.isidentifier():
                    continue
                if arguments.endswith("<unfinished ...>\n"):
                    arguments = arguments[:-len("<unfinished ...>\n")]
                    self.pending[pid] = (arguments, self.enter(name, arguments))
                else:
                    arguments, _, result = arguments.rpartition(" = ")
                    self.exit(name, arguments, self.enter(name, arguments), result)
        for _, begun in self.pending.values():
            self.cut_short(begun)

    def cut_short(self, begun):
        """A call in which the process was killed. The files, which nobody has changed since, tell what came of a write."""
        if begun and len(begun) == 3:
            open_file, number, count = begun
            step = self.write_step(number)
            try:
                with open(open_file["path"], "rb") as file:
                    file.seek(step[3])
                    is_done = file.read(count) == step[4]
            except OSError:
                is_done = False
            self.step(self.label(open_file["path"]), *(("written", number, False) if is_done else ("undone", number)))

    def write_step(self, number):
        return next(step for step in reversed(self.steps) if step[0] == "write" and step[1] == number)

    # Each call: `enter` when it began, `exit` when it has ended.

    def enter(self, name, arguments):
        if name in ("pwrite64", "pwritev", "pwritev2", "write", "writev", "sendto", "sendmsg"):
            return self.enter_write(name, arguments)
        if name in ("fsync", "fdatasync"):
            open_file = self.fds.get(self.fd(arguments))
            if open_file:
                self.number += 1
                self.step(self.label(open_file["path"]), "syncing", self.number, open_file["inode"])
                return open_file, self.number
        if name == "close":
            # Another thread may be given the number before this call is seen to end.
            self.fds.pop(self.fd(arguments), None)
        return None

    def enter_write(self, name, arguments):
        number = self.fd(arguments)
        open_file = self.fds.get(number)
        if open_file is None:
            if arguments.partition("<")[2].startswith("\\x73\\x6f\\x63\\x6b\\x65\\x74\\x3a"):
                self.answer(b"".join(plain(text) for text in TEXT.findall(arguments)))
            return None
        data = b"".join(plain(text) for text in TEXT.findall(arguments.partition(",")[2]))
        if name == "pwrite64":
            at = int(arguments.rstrip(") \n").rpartition(", ")[2])
        elif name.startswith("pwritev"):
            at = int(arguments.rpartition("], ")[2].split(", ")[1].rstrip(") \n"))
        else:
            at = open_file["size"]() if open_file["append"] else open_file["at"]
            open_file["at"] = at + len(data)
        self.number += 1
        self.step(self.label(open_file["path"]), "write", self.number, open_file["inode"], at, data)
        return open_file, self.number, len(data)

    def answer(self, data):
        if data.startswith(b"HTTP/1.1 201"):
            found = re.search(rb'"position":(\d+)', data)
            if found:
                if self.phase in ("creation", "start"):
                    self.phase = "run"
                # Of a draft: the note, its revision, and which saving since, which is outside the log.
                kept = [re.search(rb'"%s":(\d+)' % name, data) for name in (b"id", b"revision", b"autosave")]
                draft = [int(number[1]) if number else 0 for number in kept] if kept[1] or kept[2] else None
                self.step("acknowledged", "ack", int(found[1]), draft)
        if data.startswith(b"HTTP/1.1 202"):
            self.rebuilding = True
        elif b'"state":"done"' in data:
            self.rebuilding = False

    def exit(self, name, arguments, begun, result):
        value = result.split(" ")[0].split("<")[0].strip()
        try:
            code = int(value, 0)
        except ValueError:
            return self.cut_short(begun)
        if code < 0:
            if begun and ("(errno " in result or "ERESTART" in result or "EINTR" in result):
                return self.cut_short(begun)
            if begun:
                raise RuntimeError(f"a recorded call failed: {name} {result.strip()}")
            return
        handler = getattr(self, "exit_" + name.rstrip("0123456789"), None)
        if handler:
            handler(arguments, begun, code)

    @staticmethod
    def fd(arguments):
        return int(PATHED.match(arguments)[1])

    def path(self, arguments, skip=0):
        """The path that is the argument's text, absolute; of `…at` calls the folder is before it."""
        text = plain(TEXT.findall(arguments)[skip])
        if not text.startswith(b"/"):
            folder = re.match(r"(?:AT_FDCWD|\d+)<([^>]*)>", arguments)
            text = plain(folder[1]) + b"/" + text if folder else text
        while b"//" in text:
            text = text.replace(b"//", b"/")
        return text.rstrip(b"/")

    def inside(self, path):
        return path.startswith(self.root + b"/") or path == self.root

    def exit_openat(self, arguments, begun, code):
        path = self.path(arguments)
        if not self.inside(path):
            return
        inode = self.names.get(path)
        flags = arguments.rpartition('"')[2]
        if inode is None:
            if "O_CREAT" not in flags:
                return
            inode = self.new_inode()
            self.link(path, inode, "create")
        elif "O_TRUNC" in flags:
            self.step(self.label(path), "truncate", inode, 0)
        self.fds[code] = {"inode": inode, "path": path, "at": 0, "append": "O_APPEND" in flags, "size": lambda: 0,
                          "sync": "O_DSYNC" in flags or "O_SYNC" in flags}

    exit_open = exit_creat = exit_openat

    def link(self, path, inode, kind):
        folder, _, name = path.rpartition(b"/")
        if folder in self.names:
            self.names[path] = inode
            self.step(self.label(path), "names", [self.names[folder]], [(self.names[folder], name, inode)], kind)

    def exit_pwrite(self, arguments, begun, code):
        if begun:
            open_file, number, count = begun
            if code < count:
                self.shorten(open_file, number, code)
            elif code > count:
                raise RuntimeError("a recorded write was longer than what the trace shows of it")
            self.step(self.label(open_file["path"]), "written", number, open_file["sync"])
            if open_file["path"].endswith((b"/trust.new",)):
                self.mark(open_file, number)

    exit_pwritev = exit_write = exit_writev = exit_pwrite

    def shorten(self, open_file, number, count):
        """A write that took `count` bytes only, as the kernel leaves one when the process is killed in the midst of it."""
        for i in range(len(self.steps) - 1, -1, -1):
            if self.steps[i][:2] == ("write", number):
                at, data = self.steps[i][3:]
                self.steps[i] = (*self.steps[i][:3], at, data[:count])
                break
        if open_file["at"] == at + len(data):
            open_file["at"] = at + count

    def mark(self, open_file, number):
        """A mark of trust names the file it was made for by numbers of the disk it was made on."""
        data = self.write_step(number)[4]
        fields = dict(line.split(b" ", 1) for line in data.split(b"\n") if b" " in line)
        inode = self.names.get(open_file["path"].rpartition(b"/")[0] + b"/data.mdb")
        if inode and b"file" in fields:
            self.step("other", "identity", inode, fields[b"file"])

    def exit_lseek(self, arguments, begun, code):
        open_file = self.fds.get(self.fd(arguments))
        if open_file:
            open_file["at"] = code

    def exit_fsync(self, arguments, begun, code):
        if begun:
            self.step(self.label(begun[0]["path"]), "synced", begun[1])

    exit_fdatasync = exit_fsync

    def exit_sync(self, arguments, begun, code):
        self.step("other", "sync")

    exit_syncfs = exit_sync

    def exit_ftruncate(self, arguments, begun, code):
        open_file = self.fds.get(self.fd(arguments))
        if open_file:
            count = int(arguments.rpartition(", ")[2].rstrip(") \n"))
            self.step(self.label(open_file["path"]), "truncate", open_file["inode"], count)

    def exit_fallocate(self, arguments, begun, code):
        open_file = self.fds.get(self.fd(arguments))
        if open_file:
            numbers = [int(text) for text in arguments.rstrip(") \n").split(", ")[2:]]
            self.step("other", "extend", open_file["inode"], sum(numbers))

    def exit_mkdir(self, arguments, begun, code):
        path = self.path(arguments)
        if self.inside(path):
            inode = self.new_inode()
            self.folders.add(inode)
            self.step("other", "folder", inode)
            self.link(path, inode, "mkdir")

    exit_mkdirat = exit_mkdir

    def exit_unlink(self, arguments, begun, code):
        path = self.path(arguments)
        if self.names.pop(path, None) is not None:
            folder, _, name = path.rpartition(b"/")
            self.step(self.label(path), "names", [self.names[folder]], [(self.names[folder], name, None)], "unlink")

    exit_unlinkat = exit_rmdir = exit_unlink

    def exit_rename(self, arguments, begun, code):
        texts = [plain(text) for text in TEXT.findall(arguments)]
        old, new = (text.rstrip(b"/") for text in texts[:2])
        if old not in self.names:
            return
        inode = self.names.pop(old)
        below = [path for path in self.names if path.startswith(old + b"/")]
        for path in below:
            self.names[new + path[len(old):]] = self.names.pop(path)
        for open_file in self.fds.values():
            if open_file["path"] == old or open_file["path"].startswith(old + b"/"):
                open_file["path"] = new + open_file["path"][len(old):]
        self.names[new] = inode
        (from_folder, _, from_name), (to_folder, _, to_name) = old.rpartition(b"/"), new.rpartition(b"/")
        changes = [(self.names[from_folder], from_name, None), (self.names[to_folder], to_name, inode)]
        self.step(self.label(new), "names", sorted({change[0] for change in changes}), changes, "rename")

    exit_renameat = exit_rename

    def exit_copy_file_range(self, arguments, begun, code):
        numbers = re.findall(r"(?:^|, )(\d+)<", arguments)
        source, target = self.fds.get(int(numbers[0])), self.fds.get(int(numbers[1]))
        if target:
            if not source or "NULL" not in arguments:
                raise RuntimeError("copy_file_range from elsewhere is not understood")
            self.copy(source, target, code)

    def exit_sendfile(self, arguments, begun, code):
        numbers = re.findall(r"(?:^|, )(\d+)<", arguments)
        target, source = self.fds.get(int(numbers[0])), self.fds.get(int(numbers[1]))
        if target:
            self.copy(source, target, code)

    def copy(self, source, target, count):
        if count:
            self.step(self.label(target["path"]), "copy", source["inode"], source["at"], target["inode"], target["at"],
                      count)
            source["at"] += count
            target["at"] += count

    def refuse(self, arguments, begun, code):
        raise RuntimeError("a call on the disk that this harness does not understand: " + arguments[:200])

    def exit_dup(self, arguments, begun, code):
        if self.fd(arguments) in self.fds:
            self.fds[code] = self.fds[self.fd(arguments)]

    def exit_mmap(self, arguments, begun, code):
        if "MAP_SHARED" in arguments and "PROT_WRITE" in arguments:
            found = re.search(r", (\d+)<([^>]*)>", arguments)
            path = plain(found[2]) if found else b""
            # Which record is in hand counts for the same boot alone; a cut may leave any of it.
            if self.inside(path) and not path.endswith((b"/lock.mdb", b"/in-hand", b"/in-hand-aside")):
                raise RuntimeError(f"{path} is written through memory, where no trace sees it")

    def exit_splice(self, arguments, begun, code):
        if any(int(number) in self.fds for number in re.findall(r"(?:^|, )(\d+)<", arguments)):
            self.refuse(arguments, begun, code)

    exit_linkat = exit_link = exit_symlink = exit_symlinkat = refuse


# --- the disk -----------------------------------------------------------------------------------------------------------

SECTOR = 512


class File:
    __slots__ = ("durable", "size", "volatile_size", "sectors", "identity", "is_hollow")

    def __init__(self):
        self.durable = bytearray()
        self.size = self.volatile_size = 0
        # Sector → what was written to it since it was last on the disk: (number, offset in it, bytes), in order.
        self.sectors = {}
        self.identity = None
        self.is_hollow = False

    def write(self, number, at, data):
        end = at + len(data)
        self.volatile_size = max(self.volatile_size, end)
        done = 0
        while done < len(data):
            sector, offset = divmod(at + done, SECTOR)
            part = data[done:done + SECTOR - offset]
            self.sectors.setdefault(sector, []).append((number, offset, part))
            done += len(part)

    def put(self, into, sector, patches):
        for _, offset, part in patches:
            start = sector * SECTOR + offset
            if len(into) < start + len(part):
                into.extend(bytes(start + len(part) - len(into)))
            into[start:start + len(part)] = part

    def settle(self, may):
        """On the disk is from now on, of every sector, all up to the last write that `may` be there."""
        for sector in list(self.sectors):
            patches = self.sectors[sector]
            count = 0
            while count < len(patches) and may(patches[count][0]):
                count += 1
            if count:
                self.put(self.durable, sector, patches[:count])
                if count == len(patches):
                    del self.sectors[sector]
                else:
                    self.sectors[sector] = patches[count:]

    def truncate(self, count):
        # Kept simple: as if it had reached the disk, in order. Only files that are written anew are ever truncated.
        self.volatile_size = count
        self.size = min(self.size, count)
        del self.durable[count:]
        for sector in [sector for sector in self.sectors if sector * SECTOR >= count]:
            del self.sectors[sector]

    def whole(self):
        content = bytearray(self.durable)
        for sector, patches in self.sectors.items():
            self.put(content, sector, patches)
        content.extend(bytes(max(0, self.volatile_size - len(content))))
        return content


class Disk:
    """What is on the disk for certain, and what may be there, as the steps are taken one after the other."""

    def __init__(self, trace):
        self.trace = trace
        self.files, self.folders = {}, {1: {}}
        self.names = []  # changes of names whose folders were not synced since: (number, folders, changes)
        self.flying = {}  # writes that have begun: number → inode
        self.syncs = {}
        self.number = 0
        self.acknowledged = -1
        # Note → (revision, saving since) as its author was told.
        self.kept = {}

    def file(self, inode):
        if inode not in self.files:
            self.files[inode] = File()
        return self.files[inode]

    def take(self, step):
        kind = step[0]
        if kind == "write":
            _, number, inode, at, data = step
            self.number = number
            self.file(inode).write(number, at, data)
            self.flying[number] = inode
        elif kind == "written":
            inode = self.flying.pop(step[1])
            if step[2]:
                # O_DSYNC: this write is on the disk, and with it what its sectors held.
                file = self.file(inode)
                mine = {sector for sector, patches in file.sectors.items() if any(p[0] == step[1] for p in patches)}
                for sector in mine:
                    patches = file.sectors[sector]
                    last = max(i for i, patch in enumerate(patches) if patch[0] == step[1]) + 1
                    file.put(file.durable, sector, patches[:last])
                    if patches[last:]:
                        file.sectors[sector] = patches[last:]
                    else:
                        del file.sectors[sector]
                file.size = max(file.size, len(file.durable))
        elif kind == "undone":
            file = self.file(self.flying.pop(step[1]))
            for sector in list(file.sectors):
                file.sectors[sector] = [patch for patch in file.sectors[sector] if patch[0] != step[1]]
                if not file.sectors[sector]:
                    del file.sectors[sector]
        elif kind == "syncing":
            _, number, inode = step
            self.number = number
            self.syncs[number] = (inode, set(self.flying), len(self.names) and self.names[-1][0], number)
        elif kind == "synced":
            inode, flying, last_name, number = self.syncs.pop(step[1])
            if inode in self.folders:
                self.sync_names({inode}, last_name)
            elif inode in self.files:
                file = self.files[inode]
                file.settle(lambda n: n < number and n not in flying)
                file.size = max(file.size, len(file.durable))
                if not file.sectors:
                    file.size = file.volatile_size
        elif kind == "names":
            self.names.append((self.next_name(), set(step[1]), step[2]))
        elif kind == "folder":
            self.folders[step[1]] = {}
        elif kind == "truncate":
            self.file(step[1]).truncate(step[2])
        elif kind == "extend":
            file = self.file(step[1])
            file.is_hollow, file.volatile_size = True, max(file.volatile_size, step[2])
        elif kind == "copy":
            _, source, at, target, to, count = step
            self.file(target).write(self.number, to, bytes(self.file(source).whole()[at:at + count]))
        elif kind == "identity":
            self.file(step[1]).identity = step[2]
        elif kind == "ack":
            self.acknowledged = max(self.acknowledged, step[1])
            if step[2]:
                note, *saving = step[2]
                self.kept[note] = max(self.kept.get(note, (0, 0)), tuple(saving))
        elif kind == "sync":
            self.sync_names(set(self.folders), float("inf"))
            for file in self.files.values():
                file.settle(lambda n: True)
                file.size = file.volatile_size

    def next_name(self):
        self.name_count = getattr(self, "name_count", 0) + 1
        return self.name_count

    def sync_names(self, folders, last):
        rest = []
        for number, waiting, changes in self.names:
            if number <= last:
                waiting = waiting - folders
            if waiting:
                rest.append((number, waiting, changes))
            else:
                self.apply(self.folders, changes)
        self.names = rest

    @staticmethod
    def apply(folders, changes):
        for folder, name, inode in changes:
            if inode is None:
                folders[folder].pop(name, None)
            else:
                folders[folder][name] = inode

    def image(self, target, chance, words):
        """Makes in `target` what a cut at this moment may leave, and says in `words` how it was chosen.

        Answers how many folders are marked as closed in order, and hold the very file that was.
        """
        folders = {inode: dict(names) for inode, names in self.folders.items()}
        # A journal keeps the order of names; a stricter reading of POSIX keeps none.
        ordered = chance.random() < 0.6
        reached = chance.choice([0, 0.1, 0.5, 0.9, 1, 1])
        kept = 0
        if ordered:
            kept = chance.randint(0, len(self.names))
            for _, _, changes in self.names[:kept]:
                self.apply(folders, changes)
        else:
            for _, _, changes in self.names:
                if chance.random() < 0.5:
                    kept += 1
                    self.apply(folders, changes)
        words.append(f"{kept} of {len(self.names)} names {'in order' if ordered else 'in any order'}, "
                     f"sectors by chance {reached}")
        grown = chance.random() < 0.25
        marks = []
        if chance.random() < 0.5:
            words[-1] += ", of each file differently"
            reached = None
        self.lay(folders, 1, target, chance, reached, grown, marks)
        return sum(self.fit_mark(mark) for mark in marks)

    def lay(self, folders, inode, target, chance, reached, grown, marks):
        for name, child in sorted(folders[inode].items()):
            path = f"{target}/{name.decode()}"
            if child in folders:
                os.mkdir(path, 0o700)
                self.lay(folders, child, path, chance, reached, grown, marks)
                continue
            if name in (b"ballast", b"lock", b"daemon.log"):
                continue
            file = self.files.get(child) or File()
            content = bytearray(file.durable)
            size = file.size
            likely = chance.choice([0, 0.1, 0.5, 0.9, 1, 1]) if reached is None else reached
            if name == b"lock.mdb":
                # Written through memory: anything may be in it.
                content, size = bytearray(chance.randbytes(file.volatile_size) if chance.random() < 0.5 else b""), 0
            for sector in sorted(file.sectors):
                patches = file.sectors[sector]
                count = len(patches) if chance.random() < likely else chance.randint(0, len(patches) - 1)
                file.put(content, sector, patches[:count])
                if count:
                    last = patches[count - 1]
                    size = max(size, sector * SECTOR + max(p[1] + len(p[2]) for p in patches[:count]))
            if grown:
                size = max(size, min(file.volatile_size, 64 << 20))
            if len(content) < size:
                content.extend(bytes(size - len(content)))
            with open(path, "wb") as out:
                out.write(content)
            os.chmod(path, 0o600)
            if name == b"trust":
                marks.append((target, folders[inode].get(b"data.mdb")))

    def fit_mark(self, mark):
        """The same mark for the file in the image, when it is the file that the mark was made for; whether it is clean."""
        folder, inode = mark
        path = folder + "/trust"
        with open(path, "rb") as file:
            text = file.read()
        named = re.search(rb"^file (.*)$", text, re.M)
        if not named:
            return False
        identity = b"0:0"
        if inode and self.files[inode].identity == named[1]:
            status = os.stat(folder + "/data.mdb")
            identity = f"{status.st_dev}:{status.st_ino}".encode()
        with open(path, "wb") as file:
            file.write(text[:named.start(1)] + identity + text[named.end(1):])
        return identity != b"0:0" and b"clean 1" in text


def refit_marks(old, new):
    """After a copy of a data folder: its marks of trust name the copies, where they named what was copied."""
    for folder, _, names in os.walk(new):
        if "trust" in names and "data.mdb" in names:
            with open(folder + "/trust") as file:
                text = file.read()
            was = os.stat(old + folder[len(new):] + "/data.mdb")
            now = os.stat(folder + "/data.mdb")
            with open(folder + "/trust", "w") as file:
                file.write(text.replace(f"file {was.st_dev}:{was.st_ino}\n", f"file {now.st_dev}:{now.st_ino}\n"))


def copy_clinic(old, new):
    """`data` and `data.keys` of a stopped clinic; without the ballast, which says nothing."""
    os.makedirs(new, exist_ok=True)
    for name in ("data", "data.keys"):
        shutil.copytree(f"{old}/{name}", f"{new}/{name}", ignore=shutil.ignore_patterns("ballast", "lock", "daybook.sock*"))
    refit_marks(old, new)
