/* The bookings that everybody makes, in the order in which everybody makes them. */
#ifndef PLAN_H
#define PLAN_H

#include <stddef.h>
#include <stdint.h>

struct booking {
    int32_t therapist, client, room;
    int64_t start_ms, end_ms; /* UTC, the end excluded */
};

struct plan {
    struct booking *bookings;
    size_t count;
};

/* One booking a line: therapist, client, room, start and end in milliseconds. Exits with a message when it cannot. */
struct plan plan_read(const char *path);

/* What went wrong, to standard error; ends the process. */
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A number of a command line, at least `least`; ends the process when it is none. */
int64_t number(const char *text, int64_t least);

#endif
