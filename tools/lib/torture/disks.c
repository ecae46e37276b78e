/* Stands between the daemon and its disk, its clock and liblmdb. Each part sleeps unless its variable is set:
 *   DISKS_LOG_FLAGS  flags added wherever the log's environment is opened
 *   DISKS_LOG_MAP    bytes of address space for the log's environment
 *   DISKS_WARP       a file: once it exists libdispatch's clock, and nobody else's, is 400 s ahead. What waits for an
 *                    absolute time of the monotonic clock would wait as long.
 *   DISKS_FAULTS     a file that holds a `struct control`, shared with the harness
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { PWRITE, WRITE, WRITEV, PWRITEV, FSYNC, FDATASYNC, RENAME, FTRUNCATE, UNLINK, CREATE, FALLOCATE, OPS };
enum { NOT_DONE, DONE, SHORT, SWALLOW };

struct control {
    volatile uint32_t armed, ops, error, variant, repeats;
    volatile int32_t countdown;
    volatile uint32_t hits, hit_op;
    volatile uint64_t seen[16];
    char match[256];
    volatile char hit_path[256];
};

static struct control *control;
static const char *warp;

__attribute__((constructor)) static void begin(void) {
    warp = getenv("DISKS_WARP");
    const char *path = getenv("DISKS_FAULTS");
    if (!path) return;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    void *at = fd < 0 ? MAP_FAILED : mmap(0, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) _exit(99);
    close(fd);
    control = at;
}

#define REAL(name) __extension__({ static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name); real; })

/* Whether this call is the one that is to fail. */
static int strikes(int op, const char *path) {
    if (!control || !control->armed || !strstr(path, control->match) || strstr(path, "lock.mdb")) return 0;
    __sync_fetch_and_add(&control->seen[op], 1);
    if (!(control->ops >> op & 1)) return 0;
    int left = __sync_sub_and_fetch(&control->countdown, 1);
    if (left > 0 || (left < 0 && !control->repeats)) return 0;
    __sync_fetch_and_add(&control->hits, 1);
    control->hit_op = op;
    strncpy((char *)control->hit_path, path, 255);
    return 1;
}

static int strikes_fd(int op, int fd) {
    if (!control || !control->armed) return 0;
    char link[40], path[512];
    char *end = link + sizeof link, *at = end;
    *--at = 0;
    unsigned number = fd;
    do *--at = '0' + number % 10; while (number /= 10);
    at -= 14;
    memcpy(at, "/proc/self/fd/", 14);
    int saved = errno;
    ssize_t n = readlink(at, path, sizeof path - 1);
    errno = saved;
    if (n < 0) return 0;
    path[n] = 0;
    return strikes(op, path);
}

#define FAIL return errno = control->error, -1

#define CALL(op, fd, count, half, whole)                    \
    if (!strikes_fd(op, fd)) return whole;                  \
    switch (control->variant) {                             \
    case DONE: if ((whole) < 0) return -1; FAIL;            \
    case SHORT: return half;                                \
    case SWALLOW: return count;                             \
    default: FAIL;                                          \
    }

ssize_t pwrite(int fd, const void *from, size_t n, off_t at) {
    CALL(PWRITE, fd, (ssize_t)n, REAL(pwrite)(fd, from, n / 2, at), REAL(pwrite)(fd, from, n, at))
}
ssize_t pwrite64(int fd, const void *from, size_t n, off_t at) { return pwrite(fd, from, n, at); }

ssize_t write(int fd, const void *from, size_t n) {
    CALL(WRITE, fd, (ssize_t)n, REAL(write)(fd, from, n / 2), REAL(write)(fd, from, n))
}

static ssize_t total(const struct iovec *parts, int n) {
    ssize_t sum = 0;
    for (int i = 0; i < n; i++) sum += parts[i].iov_len;
    return sum;
}

/* The first half of the parts; of one part, half of it. */
static ssize_t half(int fd, const struct iovec *parts, int n) {
    if (n > 1) return REAL(writev)(fd, parts, n / 2);
    return REAL(write)(fd, parts[0].iov_base, parts[0].iov_len / 2);
}

ssize_t writev(int fd, const struct iovec *parts, int n) {
    CALL(WRITEV, fd, (lseek(fd, total(parts, n), SEEK_CUR), total(parts, n)), half(fd, parts, n),
         REAL(writev)(fd, parts, n))
}

ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at) {
    CALL(PWRITEV, fd, total(parts, n), REAL(pwritev)(fd, parts, (n + 1) / 2, at), REAL(pwritev)(fd, parts, n, at))
}

#define PLAIN(op, fd, call) CALL(op, fd, 0, (errno = control->error, -1), call)

int fsync(int fd) { PLAIN(FSYNC, fd, REAL(fsync)(fd)) }
int fdatasync(int fd) { PLAIN(FDATASYNC, fd, REAL(fdatasync)(fd)) }
int ftruncate(int fd, off_t n) { PLAIN(FTRUNCATE, fd, REAL(ftruncate)(fd, n)) }
int ftruncate64(int fd, off_t n) { return ftruncate(fd, n); }

int posix_fallocate(int fd, off_t from, off_t n) {
    if (!strikes_fd(FALLOCATE, fd)) return REAL(posix_fallocate)(fd, from, n);
    return control->error;
}

#define NAMED(op, path, call)                               \
    if (!strikes(op, path)) return call;                    \
    if (control->variant == SWALLOW) return 0;              \
    if (control->variant == DONE && (call) < 0) return -1;  \
    FAIL;

int rename(const char *from, const char *to) { NAMED(RENAME, to, REAL(rename)(from, to)) }
int unlink(const char *path) { NAMED(UNLINK, path, REAL(unlink)(path)) }

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    /* Opening has no "done but failed": nobody would hold the descriptor. */
    if (flags & O_CREAT && strikes(CREATE, path)) FAIL;
    return REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    int mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, int) : 0;
    va_end(rest);
    return open(path, flags, mode);
}

static int is_dispatch(void *caller) {
    static void *base;
    Dl_info info;
    if (!base) {
        void *known = dlsym(RTLD_DEFAULT, "dispatch_semaphore_create");
        if (!known || !dladdr(known, &info)) return 0;
        base = info.dli_fbase;
    }
    return dladdr(caller, &info) && info.dli_fbase == base;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int code = REAL(clock_gettime)(clock, time);
    if (code || !warp || clock != CLOCK_MONOTONIC || !is_dispatch(__builtin_return_address(0))) return code;
    static volatile long long asked;
    static volatile int ahead;
    long long now = time->tv_sec * 100LL + time->tv_nsec / 10000000;
    /* Ten times a second; never back again, since this clock does not go back. */
    if (!ahead && now - asked >= 10) {
        asked = now;
        int saved = errno;
        ahead = access(warp, F_OK) == 0;
        errno = saved;
    }
    if (ahead) time->tv_sec += 400;
    return code;
}

typedef struct MDB_env MDB_env;
int mdb_env_open(MDB_env *env, const char *path, unsigned flags, mode_t mode);
int mdb_env_set_mapsize(MDB_env *env, size_t bytes);

int mdb_env_open(MDB_env *env, const char *path, unsigned flags, mode_t mode) {
    const char *name = strrchr(path, '/');
    if (name && (!strcmp(name, "/log") || !strcmp(name, "/log.new"))) {
        if (getenv("DISKS_LOG_FLAGS")) flags |= strtoul(getenv("DISKS_LOG_FLAGS"), 0, 0);
        if (getenv("DISKS_LOG_MAP")) mdb_env_set_mapsize(env, strtoull(getenv("DISKS_LOG_MAP"), 0, 0));
    }
    return REAL(mdb_env_open)(env, path, flags, mode);
}
