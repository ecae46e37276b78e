/* Bookings in SQLite, in this process: WAL and synchronous=FULL, so that a commit is on the disk when it returns.
 *
 * One connection writes, for which clients queue in the order of their coming: SQLite has one writer whatever one does,
 * and its own way to wait for it is to sleep and try again, which gives fewer bookings and far longer tails.
 */
#include "rival.h"

#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char schema_sql[] =
    "CREATE TABLE location (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE service (id INTEGER PRIMARY KEY, name TEXT NOT NULL, minutes INTEGER NOT NULL);"
    "CREATE TABLE therapist (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL);"
    "CREATE TABLE client (id INTEGER PRIMARY KEY, number TEXT NOT NULL, given_name TEXT NOT NULL,"
    " family_name TEXT NOT NULL);"
    "CREATE TABLE booking (id INTEGER PRIMARY KEY, therapist INTEGER NOT NULL, client INTEGER NOT NULL,"
    " room INTEGER NOT NULL, location INTEGER NOT NULL, service INTEGER NOT NULL DEFAULT 1, start_ms INTEGER NOT NULL,"
    " end_ms INTEGER NOT NULL, status TEXT NOT NULL DEFAULT 'booked', price_minor INTEGER NOT NULL DEFAULT 12000,"
    " price_currency TEXT NOT NULL DEFAULT 'USD');"
    "CREATE INDEX booking_therapist ON booking (therapist, start_ms, end_ms);"
    "CREATE INDEX booking_client ON booking (client, start_ms, end_ms);"
    "CREATE INDEX booking_room ON booking (room, start_ms, end_ms);"
    "CREATE TABLE event (position INTEGER PRIMARY KEY, recorded_ms INTEGER NOT NULL, booking INTEGER, body BLOB NOT NULL);";

/* No session is longer than half a day, so that few starts need be looked at. */
#define CONFLICT(resource, parameter)                                                                                  \
    "EXISTS (SELECT 1 FROM booking WHERE " resource " = " parameter                                                    \
    " AND start_ms > ?4 - 43200000 AND start_ms < ?5 AND end_ms > ?4)"
static const char conflict_sql[] =
    "SELECT " CONFLICT("therapist", "?1") " OR " CONFLICT("client", "?2") " OR " CONFLICT("room", "?3");
static const char book_sql[] =
    "INSERT INTO booking (therapist, client, room, start_ms, end_ms, location) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
static const char event_sql[] =
    "INSERT INTO event (recorded_ms, booking, body) VALUES (?1, ?2, ?3)";

#define WEEK(diary)                                                                                                    \
    "SELECT b.therapist, b.client, b.room, b.start_ms, b.end_ms, b.id, c.number, c.given_name, c.family_name, t.name," \
    " b.service, s.name, b.location, l.name, r.name, b.status, b.price_minor, b.price_currency FROM " diary            \
    " JOIN client c ON c.id = b.client JOIN therapist t ON t.id = b.therapist JOIN service s ON s.id = b.service"      \
    " JOIN location l ON l.id = b.location JOIN room r ON r.id = b.room"                                               \
    " WHERE b.start_ms > ?2 - 43200000 AND b.start_ms < ?3 AND b.end_ms > ?2 ORDER BY b.start_ms, b.id"
static const char therapist_week_sql[] = WEEK("(SELECT * FROM booking WHERE therapist = ?1) b");
/* One look into the index for each therapist. */
static const char location_week_sql[] =
    WEEK("(SELECT * FROM booking WHERE therapist BETWEEN ?1 * 20 AND ?1 * 20 + 19) b");

struct database {
    sqlite3 *handle;
    sqlite3_stmt *begin, *conflict, *book, *event, *commit, *therapist_week, *location_week;
};

/* Who may write next: tickets, and a condition for every place in the queue. */
enum { PLACES = 128 };
static struct {
    pthread_mutex_t lock;
    pthread_cond_t turn[PLACES];
    uint64_t next, serving;
} queue = {.lock = PTHREAD_MUTEX_INITIALIZER};

static struct database writer;

static void require(sqlite3 *handle, int code, int expected) {
    if (code != expected) fail("SQLite: %s", sqlite3_errmsg(handle));
}

static sqlite3_stmt *prepared(sqlite3 *handle, const char *sql) {
    sqlite3_stmt *statement;
    require(handle, sqlite3_prepare_v3(handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK);
    return statement;
}

static sqlite3 *opened(const char *place) {
    sqlite3 *handle;
    require(handle, sqlite3_open(place, &handle), SQLITE_OK);
    const char *settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;";
    require(handle, sqlite3_exec(handle, settings, NULL, NULL, NULL), SQLITE_OK);
    return handle;
}

void rival_make(const char *place, int32_t therapists, int32_t clients) {
    sqlite3 *handle = opened(place);
    require(handle, sqlite3_exec(handle, schema_sql, NULL, NULL, NULL), SQLITE_OK);
    char sql[2048];
    snprintf(sql, sizeof sql,
             "BEGIN; CREATE TEMP VIEW n AS WITH RECURSIVE s (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < %d)"
             " SELECT i FROM s;"
             "INSERT INTO location SELECT i, 'Main Street ' || i FROM n WHERE i <= %d;"
             "INSERT INTO service VALUES (1, 'Individual 50', 50);"
             "INSERT INTO therapist SELECT i, printf('Therapist %%08x', i * 7919) FROM n WHERE i < %d;"
             "INSERT INTO room SELECT i, 'Room ' || (i + 1) FROM n WHERE i < %d;"
             "INSERT INTO client SELECT i, 'C-' || i, printf('%%08x', i * 104729), printf('%%08x', i * 7919) FROM n"
             " WHERE i < %d; COMMIT;",
             (therapists > clients ? therapists : clients) - 1, (therapists - 1) / LOCATION_THERAPISTS, therapists,
             therapists, clients);
    require(handle, sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

/* The first opening makes the one connection that all share. */
void *rival_open(const char *place) {
    if (writer.handle != NULL) return &writer;
    sqlite3 *handle = opened(place);
    writer = (struct database){
        .handle = handle,
        .begin = prepared(handle, "BEGIN IMMEDIATE"),
        .conflict = prepared(handle, conflict_sql),
        .book = prepared(handle, book_sql),
        .event = prepared(handle, event_sql),
        .commit = prepared(handle, "COMMIT"),
        .therapist_week = prepared(handle, therapist_week_sql),
        .location_week = prepared(handle, location_week_sql),
    };
    for (int place_in_queue = 0; place_in_queue < PLACES; place_in_queue++) {
        pthread_cond_init(&queue.turn[place_in_queue], NULL);
    }
    return &writer;
}

static void take_turn(void) {
    pthread_mutex_lock(&queue.lock);
    uint64_t ticket = queue.next++;
    /* Two of one place would be told apart by their tickets alone, and one of them would miss the call. */
    if (ticket - queue.serving >= PLACES) fail("SQLite: more than %d clients", PLACES);
    while (ticket != queue.serving) pthread_cond_wait(&queue.turn[ticket % PLACES], &queue.lock);
    pthread_mutex_unlock(&queue.lock);
}

static void end_turn(void) {
    pthread_mutex_lock(&queue.lock);
    queue.serving++;
    pthread_cond_signal(&queue.turn[queue.serving % PLACES]);
    pthread_mutex_unlock(&queue.lock);
}

static void step(sqlite3 *handle, sqlite3_stmt *statement, int expected) {
    require(handle, sqlite3_step(statement), expected);
}

static void bind(sqlite3_stmt *statement, const struct booking *booking) {
    sqlite3_bind_int(statement, 1, booking->therapist);
    sqlite3_bind_int(statement, 2, booking->client);
    sqlite3_bind_int(statement, 3, booking->room);
    sqlite3_bind_int64(statement, 4, booking->start_ms);
    sqlite3_bind_int64(statement, 5, booking->end_ms);
}

static int64_t wall_clock_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void rival_book(void *client, const struct booking *booking) {
    struct database *own = client;
    take_turn();
    step(own->handle, own->begin, SQLITE_DONE);
    bind(own->conflict, booking);
    step(own->handle, own->conflict, SQLITE_ROW);
    if (sqlite3_column_int(own->conflict, 0) != 0) fail("SQLite: the plan conflicts with itself");
    bind(own->book, booking);
    sqlite3_bind_int(own->book, 6, booking->therapist / LOCATION_THERAPISTS);
    step(own->handle, own->book, SQLITE_DONE);
    sqlite3_bind_int64(own->event, 1, wall_clock_ms());
    sqlite3_bind_int64(own->event, 2, sqlite3_last_insert_rowid(own->handle));
    sqlite3_bind_blob(own->event, 3, event_body, EVENT_BYTES, SQLITE_STATIC);
    step(own->handle, own->event, SQLITE_DONE);
    sqlite3_reset(own->conflict);
    step(own->handle, own->commit, SQLITE_DONE);
    sqlite3_stmt *used[] = {own->begin, own->book, own->event, own->commit};
    for (size_t index = 0; index < sizeof used / sizeof used[0]; index++) sqlite3_reset(used[index]);
    end_turn();
}

void rival_settle(void *client) {
    struct database *own = client;
    require(own->handle, sqlite3_exec(own->handle, "ANALYZE", NULL, NULL, NULL), SQLITE_OK);
}

size_t rival_week(void *client, struct diary diary, struct span span, row *row) {
    struct database *own = client;
    sqlite3_stmt *statement = diary.is_location ? own->location_week : own->therapist_week;
    sqlite3_bind_int(statement, 1, diary.id);
    sqlite3_bind_int64(statement, 2, span.from_ms);
    sqlite3_bind_int64(statement, 3, span.to_ms);
    size_t rows = 0;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        rows++;
        /* Every column is taken, as an answer would be made of all. */
        for (int column = 0; column < sqlite3_column_count(statement); column++) sqlite3_column_text(statement, column);
        if (row == NULL) continue;
        row(sqlite3_column_int(statement, 0), sqlite3_column_int(statement, 1), sqlite3_column_int(statement, 2),
            sqlite3_column_int64(statement, 3), sqlite3_column_int64(statement, 4));
    }
    require(own->handle, code, SQLITE_DONE);
    sqlite3_reset(statement);
    return rows;
}

void rival_grow(void *client, int64_t events) {
    struct database *own = client;
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO event (recorded_ms, body) WITH RECURSIVE s (i) AS (SELECT 1 + (SELECT count(*) FROM event)"
             " UNION ALL SELECT i + 1 FROM s WHERE i <= %" PRId64 ")"
             " SELECT i, zeroblob(%d) FROM s WHERE i <= %" PRId64 ";"
             "PRAGMA wal_checkpoint(TRUNCATE)",
             events, EVENT_BYTES, events);
    require(own->handle, sqlite3_exec(own->handle, sql, NULL, NULL, NULL), SQLITE_OK);
}

void rival_size(void *client, int64_t *bytes, int64_t *events) {
    struct database *own = client;
    sqlite3_stmt *pages = prepared(
        own->handle, "SELECT (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),"
                     " (SELECT count(*) FROM event)");
    step(own->handle, pages, SQLITE_ROW);
    *bytes = sqlite3_column_int64(pages, 0);
    *events = sqlite3_column_int64(pages, 1);
    sqlite3_finalize(pages);
}

void rival_version(void *client, char *text, size_t room) {
    (void)client;
    snprintf(text, room, "SQLite %s", sqlite3_libversion());
}
