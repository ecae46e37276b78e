#include "crash_mark.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Traps of the compiler are SIGILL or SIGTRAP; abort() is SIGABRT. */
static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { SIGNALS = sizeof signals / sizeof *signals };
static struct sigaction before[SIGNALS];

static _Thread_local volatile struct crash_mark *watched;
/* A stack that has overflowed has no room for the handler. */
static _Thread_local void *spare_stack;
enum { SPARE_STACK_BYTES = 64 * 1024 };

static char file[PATH_MAX];

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    if (watched && watched->stage != CRASH_MARK_IDLE) watched->signal = (uint32_t)number;
    if (file[0]) {
        int descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
        if (descriptor >= 0) {
            static const char line[] = "crash\n";
            ssize_t written = write(descriptor, line, sizeof line - 1);
            (void)written;
            close(descriptor);
        }
    }
    for (size_t i = 0; i < SIGNALS; i++) {
        if (signals[i] == number) sigaction(number, &before[i], NULL);
    }
    /* A fault happens again when the handler returns. One that was sent must be sent again. */
    if (info->si_code <= 0) raise(number);
}

void crash_mark_watch(struct crash_mark *mark) {
    watched = mark;
    if (mark && !spare_stack) {
        spare_stack = malloc(SPARE_STACK_BYTES);
        stack_t stack = {.ss_sp = spare_stack, .ss_size = SPARE_STACK_BYTES};
        if (spare_stack) sigaltstack(&stack, NULL);
    } else if (!mark && spare_stack) {
        stack_t none = {.ss_flags = SS_DISABLE};
        sigaltstack(&none, NULL);
        free(spare_stack);
        spare_stack = NULL;
    }
}

void crash_mark_file(const char *path) {
    size_t length = path ? strlen(path) : 0;
    if (length >= sizeof file) length = 0;
    /* A crash meanwhile must find the old path, or none. */
    file[0] = 0;
    if (length > 0) {
        memcpy(file + 1, path + 1, length);
        file[0] = path[0];
    }
}

void crash_mark_install(void) {
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    action.sa_sigaction = crashed;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) sigaction(signals[i], &action, &before[i]);
}
