/* Many clients at once, each with one request under way, and how long every request took. */
#ifndef LOAD_H
#define LOAD_H

#include <stddef.h>
#include <stdint.h>

/* Monotonic time in nanoseconds. */
uint64_t now_ns(void);

/* Does piece of work number `index` for a client, who has a thread of their own. */
typedef void work(void *client, size_t index);

/* Has `clients` do pieces 0 to `count` - 1, each taken by whoever is free, and prints the time that all took and then
 * that of each, in nanoseconds, one a line. */
void drive(void *const clients[], size_t clients_count, size_t count, work *work);

#endif
