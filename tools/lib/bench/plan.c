#include "plan.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct plan plan_read(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail("%s cannot be opened", path);
    struct plan plan = {0};
    size_t room = 0;
    struct booking each;
    while (fscanf(file, "%" SCNd32 "%" SCNd32 "%" SCNd32 "%" SCNd64 "%" SCNd64, &each.therapist, &each.client,
                  &each.room, &each.start_ms, &each.end_ms) == 5) {
        if (plan.count == room) {
            room = room == 0 ? 65536 : room * 2;
            plan.bookings = realloc(plan.bookings, room * sizeof each);
            if (plan.bookings == NULL) fail("out of memory");
        }
        plan.bookings[plan.count++] = each;
    }
    if (!feof(file)) fail("%s: line %zu is no booking", path, plan.count + 1);
    fclose(file);
    return plan;
}

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

int64_t number(const char *text, int64_t least) {
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || value < least) fail("%s is not a number of at least %" PRId64, text, least);
    return value;
}
