#include "crash_mark.h"

#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

/* Traps of the compiler are SIGILL or SIGTRAP; abort() is SIGABRT. */
static const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { SIGNALS = sizeof signals / sizeof *signals };
static struct sigaction before[SIGNALS];

static _Thread_local volatile struct crash_mark *watched;
/* A stack that has overflowed has no room for the handler. */
static _Thread_local void *spare_stack;
enum { SPARE_STACK_BYTES = 64 * 1024 };

static void crashed(int number, siginfo_t *info, void *context) {
    (void)context;
    if (watched && watched->stage != CRASH_MARK_IDLE) watched->signal = (uint32_t)number;
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

void crash_mark_install(void) {
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK};
    action.sa_sigaction = crashed;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < SIGNALS; i++) sigaction(signals[i], &action, &before[i]);
}
