#include "rival.h"

#include "load.h"
#include "plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "RIVAL PLACE make THERAPISTS CLIENTS\n"
    "RIVAL PLACE book PLAN FROM COUNT CONNECTIONS     how long each took, in ns; the first line is all together\n"
    "RIVAL PLACE settle     has the planner learn what the tables hold\n"
    "RIVAL PLACE week therapist|location DIARIES FROM_MS TO_MS COUNT     asks for diary 0 to DIARIES - 1 in turn\n"
    "RIVAL PLACE rows therapist|location DIARY FROM_MS TO_MS     therapist, client, room, start and end of each\n"
    "RIVAL PLACE grow EVENTS     adds event rows, in bulk, until there are so many\n"
    "RIVAL PLACE size     bytes and events\n"
    "RIVAL PLACE version";

/* PostgreSQL plans the first five answers each on its own. */
enum { WARM_UP = 10 };

const unsigned char event_body[EVENT_BYTES] = "an event";

static struct plan plan;
static size_t plan_from;

static void book(void *client, size_t index) { rival_book(client, &plan.bookings[plan_from + index]); }

static void book_all(const char *place, char *const arguments[]) {
    plan = plan_read(arguments[0]);
    plan_from = (size_t)number(arguments[1], 0);
    size_t count = (size_t)number(arguments[2], 1), connections = (size_t)number(arguments[3], 1);
    if (plan_from + count > plan.count) fail("the plan has only %zu bookings", plan.count);
    void **clients = calloc(connections, sizeof *clients);
    if (clients == NULL) fail("out of memory");
    for (size_t index = 0; index < connections; index++) clients[index] = rival_open(place);
    drive(clients, connections, count, book);
    free(clients);
}

static struct {
    bool is_location;
    int32_t diaries;
    struct span span;
} asked;

static void ask(void *client, size_t index) {
    struct diary diary = {asked.is_location, (int32_t)(index % (size_t)asked.diaries)};
    rival_week(client, diary, asked.span, NULL);
}

static bool is_location(const char *text) {
    if (strcmp(text, "therapist") != 0 && strcmp(text, "location") != 0) fail("%s", usage);
    return strcmp(text, "location") == 0;
}

static void ask_all(const char *place, char *const arguments[]) {
    asked.is_location = is_location(arguments[0]);
    asked.diaries = (int32_t)number(arguments[1], 1);
    asked.span = (struct span){number(arguments[2], 0), number(arguments[3], 0)};
    size_t count = (size_t)number(arguments[4], 1);
    void *client = rival_open(place);
    /* Once without a clock, so that plans are made and pages are read. */
    for (size_t index = 0; index < (size_t)asked.diaries || index < WARM_UP; index++) ask(client, index);
    drive(&client, 1, count, ask);
}

static void print_row(int32_t therapist, int32_t client, int32_t room, int64_t start_ms, int64_t end_ms) {
    printf("%" PRId32 " %" PRId32 " %" PRId32 " %" PRId64 " %" PRId64 "\n", therapist, client, room, start_ms, end_ms);
}

int main(int count, char *arguments[]) {
    const char *place = count > 2 ? arguments[1] : "", *verb = count > 2 ? arguments[2] : "";
    char **rest = arguments + 3;
    count -= 3;
    if (strcmp(verb, "make") == 0 && count == 2) {
        rival_make(place, (int32_t)number(rest[0], 1), (int32_t)number(rest[1], 1));
    } else if (strcmp(verb, "book") == 0 && count == 4) {
        book_all(place, rest);
    } else if (strcmp(verb, "week") == 0 && count == 5) {
        ask_all(place, rest);
    } else if (strcmp(verb, "rows") == 0 && count == 4) {
        struct diary diary = {is_location(rest[0]), (int32_t)number(rest[1], 0)};
        struct span span = {number(rest[2], 0), number(rest[3], 0)};
        rival_week(rival_open(place), diary, span, print_row);
    } else if (strcmp(verb, "settle") == 0 && count == 0) {
        rival_settle(rival_open(place));
    } else if (strcmp(verb, "grow") == 0 && count == 1) {
        rival_grow(rival_open(place), number(rest[0], 0));
    } else if (strcmp(verb, "size") == 0 && count == 0) {
        int64_t bytes, events;
        rival_size(rival_open(place), &bytes, &events);
        printf("%" PRId64 " %" PRId64 "\n", bytes, events);
    } else if (strcmp(verb, "version") == 0 && count == 0) {
        char text[256];
        rival_version(rival_open(place), text, sizeof text);
        printf("%s\n", text);
    } else {
        fail("%s", usage);
    }
    return 0;
}
