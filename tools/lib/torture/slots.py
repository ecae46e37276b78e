"""LMDB from outside: a log whose map begins small, processes that read and do not end, and who has a reader's slot."""
import glob
import signal
import subprocess

# A log whose map begins small: the real one is so large that it takes years to fill.
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <lmdb.h>
#include <stdlib.h>
#include <string.h>
int mdb_env_open(MDB_env *env, const char *path, unsigned int flags, mdb_mode_t mode) {
    int (*real)(MDB_env *, const char *, unsigned int, mdb_mode_t) = dlsym(RTLD_NEXT, "mdb_env_open");
    int (*size)(MDB_env *, size_t) = dlsym(RTLD_NEXT, "mdb_env_set_mapsize");
    size_t length = strlen(path);
    const char *bytes = getenv("LOG_MAP_BYTES");
    if (bytes && length > 4 && !strcmp(path + length - 4, "/log")) size(env, strtoull(bytes, NULL, 10));
    return real(env, path, flags, mode);
}
"""
# A process that reads and does not end, and one that tells who reads.
READER = r"""
#include <lmdb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int print(const char *text, void *context) { (void)context; fputs(text, stdout); return 0; }
int main(int count, char **words) {
    for (int i = 2; i < count; i++) {
        MDB_env *env;
        MDB_txn *txn;
        if (mdb_env_create(&env) || mdb_env_set_maxdbs(env, 64)) return 1;
        int code = mdb_env_open(env, words[i], MDB_RDONLY | MDB_NOTLS, 0600);
        if (code) { fprintf(stderr, "%s: %s\n", words[i], mdb_strerror(code)); return 1; }
        if (!strcmp(words[1], "list")) { mdb_reader_list(env, print, NULL); continue; }
        if (mdb_txn_begin(env, NULL, MDB_RDONLY, &txn)) return 1;
    }
    if (strcmp(words[1], "hold")) return 0;
    puts("holding");
    fflush(stdout);
    pause();
}
"""


def compiled(folder):
    for name, text, flags in [("map", SHIM, ["-shared", "-fPIC", "-ldl"]), ("reader", READER, ["-llmdb"])]:
        with open(f"{folder}/{name}.c", "w") as file:
            file.write(text)
        subprocess.run(["cc", "-O1", "-o", f"{folder}/{name}", f"{folder}/{name}.c", *flags], check=True)


def held(folder, paths):
    """A process with a snapshot of each environment."""
    process = subprocess.Popen([folder + "/reader", "hold", *paths], stdout=subprocess.PIPE, text=True)
    if process.stdout.readline() != "holding\n":
        process.kill()
        raise RuntimeError("the reader does not read")
    return process


def readers(folder, paths):
    """The processes that LMDB has as readers, one set for each environment."""
    found = []
    for path in paths:
        text = subprocess.run([folder + "/reader", "list", path], capture_output=True, text=True, check=True).stdout
        found.append({int(line.split()[0]) for line in text.splitlines() if line.split() and line.split()[0].isdigit()})
    return found


def environments(data):
    """All that a running daemon has open, the read models that serve among them."""
    views = []
    for current in sorted(glob.glob(data + "/views/*/current")):
        with open(current) as file:
            views.append(current.removesuffix("current") + file.read().strip())
    return [f"{data}/{name}" for name in ("log", "state", "vault")] + views


class KilledReader:
    """A reader in another process that is killed leaves its slot behind, and nothing that it read can be used again. One
    that lives on keeps the table of slots from being made anew by a start."""

    def __init__(self, folder, data):
        self.folder, self.paths = folder, environments(data)
        self.living = held(folder, self.paths)
        killed = held(folder, self.paths)
        self.pid = killed.pid
        self.was_seen = all(self.pid in pids for pids in readers(folder, self.paths))
        killed.send_signal(signal.SIGKILL)
        killed.wait()

    def left(self):
        """The names of the environments that still have its slot."""
        return [path.rpartition("/data/")[2] for path, pids in zip(self.paths, readers(self.folder, self.paths))
                if self.pid in pids]

    def end(self):
        self.living.kill()
        self.living.wait()
