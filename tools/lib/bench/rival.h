/* What every rival is asked to do. One file implements these; rival.c reads the command line. */
#ifndef RIVAL_H
#define RIVAL_H

#include "plan.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An event row's content: about what Daybook stores for a booking. */
enum { EVENT_BYTES = 240 };
extern const unsigned char event_body[EVENT_BYTES];

/* As many therapists as one location has. */
enum { LOCATION_THERAPISTS = 20 };

/* From one instant to before another, milliseconds UTC. */
struct span {
    int64_t from_ms, to_ms;
};

/* The diary of a therapist, or of a location with all its therapists. */
struct diary {
    bool is_location;
    int32_t id;
};

typedef void row(int32_t therapist, int32_t client, int32_t room, int64_t start_ms, int64_t end_ms);

/* Makes the tables and the people, on a place that has none. */
void rival_make(const char *place, int32_t therapists, int32_t clients);

/* Makes one client's connection, ready to work; everybody's lives until the process ends. */
void *rival_open(const char *place);

/* Books durably: the checks, the booking and its event in one transaction. */
void rival_book(void *client, const struct booking *booking);

/* Has the planner learn what the tables hold, as it does on a machine that is left alone for a while. */
void rival_settle(void *client);

/* Reads what a diary has, by start, with the names that a calendar shows, and hands each to `row`, which may be NULL. */
size_t rival_week(void *client, struct diary diary, struct span span, row *row);

/* Adds event rows that found no booking, until there are so many. */
void rival_grow(void *client, int64_t events);

/* The bytes that bookings and events take, and how many events there are. */
void rival_size(void *client, int64_t *bytes, int64_t *events);

/* Name and version. */
void rival_version(void *client, char *text, size_t room);

#endif
