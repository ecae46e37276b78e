/* Bookings in PostgreSQL: one statement, and so one round trip and one commit, for booking and event. */
#include "rival.h"

#include <endian.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

/* Microseconds from 1970 to 2000, where PostgreSQL's clock begins. */
static const int64_t epoch_us = 946684800000000;

static const char book_sql[] =
    "WITH booked AS (INSERT INTO booking (therapist, client, room, location, during)"
    " VALUES ($1::int, $2::int, $3::int, $4::int, tstzrange($5::timestamptz, $6::timestamptz)) RETURNING id)"
    " INSERT INTO event (booking, body) SELECT id, $7::bytea FROM booked RETURNING position";

/* What a calendar shows of a booking. */
#define WEEK_COLUMNS                                                                                                   \
    "SELECT b.therapist, b.client, b.room, lower(b.during), upper(b.during), b.id, c.number, c.given_name,"            \
    " c.family_name, t.name, b.service, s.name, b.location, l.name, r.name, b.status, b.price_minor, b.price_currency"
#define WEEK_NAMES                                                                                                     \
    " JOIN client c ON c.id = b.client JOIN therapist t ON t.id = b.therapist JOIN service s ON s.id = b.service"      \
    " JOIN location l ON l.id = b.location JOIN room r ON r.id = b.room"

static const char therapist_week_sql[] = WEEK_COLUMNS
    " FROM booking b" WEEK_NAMES
    " WHERE b.therapist = $1::int AND b.during && tstzrange($2::timestamptz, $3::timestamptz)"
    " ORDER BY lower(b.during), b.id";

static const char location_week_sql[] = WEEK_COLUMNS
    " FROM booking b" WEEK_NAMES
    " WHERE b.location = $1::int AND b.during && tstzrange($2::timestamptz, $3::timestamptz)"
    " ORDER BY lower(b.during), b.id";

static PGresult *checked(PGconn *connection, PGresult *result) {
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) fail("PostgreSQL: %s", PQerrorMessage(connection));
    return result;
}

static void run(PGconn *connection, const char *sql) { PQclear(checked(connection, PQexec(connection, sql))); }

static void prepare(PGconn *connection, const char *name, const char *sql) {
    PQclear(checked(connection, PQprepare(connection, name, sql, 0, NULL)));
}

static PGconn *connect_to(const char *place) {
    PGconn *connection = PQconnectdb(place);
    if (PQstatus(connection) != CONNECTION_OK) fail("PostgreSQL: %s", PQerrorMessage(connection));
    return connection;
}

void *rival_open(const char *place) {
    PGconn *connection = connect_to(place);
    prepare(connection, "book", book_sql);
    prepare(connection, "therapist_week", therapist_week_sql);
    prepare(connection, "location_week", location_week_sql);
    return connection;
}

void rival_make(const char *place, int32_t therapists, int32_t clients) {
    PGconn *connection = connect_to(place);
    char sql[2048];
    snprintf(sql, sizeof sql,
             "INSERT INTO location SELECT n, 'Main Street ' || n FROM generate_series(0, %d) AS n;"
             "INSERT INTO service VALUES (1, 'Individual 50', 50);"
             "INSERT INTO therapist SELECT n, 'Therapist ' || substr(md5('t' || n), 1, 8) FROM generate_series(0, %d) AS n;"
             "INSERT INTO room SELECT n, 'Room ' || n + 1 FROM generate_series(0, %d) AS n;"
             "INSERT INTO client SELECT n, 'C-' || n, substr(md5('g' || n), 1, 8), substr(md5('f' || n), 1, 8)"
             " FROM generate_series(0, %d) AS n;",
             (therapists - 1) / LOCATION_THERAPISTS, therapists - 1, therapists - 1, clients - 1);
    run(connection, sql);
    PQfinish(connection);
}

void rival_settle(void *client) { run(client, "VACUUM ANALYZE"); }

/* A number of four or eight bytes as PostgreSQL's binary format has it. */
static uint32_t int4(int32_t value) { return htobe32((uint32_t)value); }
static uint64_t timestamptz(int64_t ms) { return htobe64((uint64_t)(ms * 1000 - epoch_us)); }

static int32_t int4_at(const PGresult *result, int row, int column) {
    uint32_t value;
    memcpy(&value, PQgetvalue(result, row, column), sizeof value);
    return (int32_t)be32toh(value);
}

static int64_t ms_at(const PGresult *result, int row, int column) {
    uint64_t value;
    memcpy(&value, PQgetvalue(result, row, column), sizeof value);
    return ((int64_t)be64toh(value) + epoch_us) / 1000;
}

void rival_book(void *client, const struct booking *booking) {
    uint32_t therapist = int4(booking->therapist), person = int4(booking->client), room = int4(booking->room);
    uint32_t location = int4(booking->therapist / LOCATION_THERAPISTS);
    uint64_t start = timestamptz(booking->start_ms), end = timestamptz(booking->end_ms);
    const char *values[] = {(char *)&therapist, (char *)&person, (char *)&room, (char *)&location,
                            (char *)&start,     (char *)&end,    (const char *)event_body};
    const int lengths[] = {4, 4, 4, 4, 8, 8, EVENT_BYTES};
    const int binary[] = {1, 1, 1, 1, 1, 1, 1};
    PQclear(checked(client, PQexecPrepared(client, "book", 7, values, lengths, binary, 1)));
}

size_t rival_week(void *client, struct diary diary, struct span span, row *row) {
    uint32_t id = int4(diary.id);
    uint64_t from = timestamptz(span.from_ms), to = timestamptz(span.to_ms);
    const char *values[] = {(char *)&id, (char *)&from, (char *)&to};
    const int lengths[] = {4, 8, 8};
    const int binary[] = {1, 1, 1};
    const char *name = diary.is_location ? "location_week" : "therapist_week";
    PGresult *result = checked(client, PQexecPrepared(client, name, 3, values, lengths, binary, 1));
    size_t rows = (size_t)PQntuples(result);
    for (int index = 0; row != NULL && index < PQntuples(result); index++) {
        row(int4_at(result, index, 0), int4_at(result, index, 1), int4_at(result, index, 2), ms_at(result, index, 3),
            ms_at(result, index, 4));
    }
    PQclear(result);
    return rows;
}

void rival_grow(void *client, int64_t events) {
    char sql[256];
    snprintf(sql, sizeof sql,
             "INSERT INTO event (body) SELECT decode(repeat('a5', %d), 'hex')"
             " FROM generate_series(1, %" PRId64 " - (SELECT count(*) FROM event))",
             EVENT_BYTES, events);
    run(client, sql);
    run(client, "VACUUM ANALYZE event");
    run(client, "CHECKPOINT");
}

void rival_size(void *client, int64_t *bytes, int64_t *events) {
    PGresult *result = checked(
        client, PQexec(client, "SELECT pg_total_relation_size('booking') + pg_total_relation_size('event'),"
                               " (SELECT count(*) FROM event)"));
    *bytes = number(PQgetvalue(result, 0, 0), 0);
    *events = number(PQgetvalue(result, 0, 1), 0);
    PQclear(result);
}

void rival_version(void *client, char *text, size_t room) {
    snprintf(text, room, "PostgreSQL %d.%d", PQserverVersion(client) / 10000, PQserverVersion(client) % 10000);
}
