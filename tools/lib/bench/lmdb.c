/* The limit under everything that Daybook does: liblmdb alone, with the sync flags that its log has. */
#include "load.h"
#include "plan.h"

#include <endian.h>
#include <lmdb.h>
#include <stdio.h>
#include <string.h>

static const char usage[] =
    "LMDB FOLDER commits COUNT RECORDS     durable commits of so many records each\n"
    "LMDB FOLDER load RECORDS     appended in order, in one commit\n"
    "LMDB FOLDER scan RECORDS     read by a cursor, every byte\n"
    "LMDB FOLDER version\n"
    "In an empty folder. What is printed is the time of all and then of each piece of work, in ns, one a line.";

/* About what Daybook stores for a booking. */
static unsigned char record[240];

static MDB_env *environment;
static MDB_dbi table;
static uint64_t next_number;
static uint64_t records_each;
static uint64_t bytes_sum;

static void require(int code) {
    if (code != 0) fail("liblmdb: %s", mdb_strerror(code));
}

static void open_at(const char *folder) {
    require(mdb_env_create(&environment));
    require(mdb_env_set_mapsize(environment, (size_t)64 << 30));
    require(mdb_env_open(environment, folder, MDB_NOTLS, 0600));
    MDB_txn *transaction;
    require(mdb_txn_begin(environment, NULL, 0, &transaction));
    require(mdb_dbi_open(transaction, NULL, 0, &table));
    require(mdb_txn_commit(transaction));
}

/* Appends records at the next numbers, in one commit. */
static void commit(void *unused, size_t index) {
    (void)unused, (void)index;
    MDB_txn *transaction;
    require(mdb_txn_begin(environment, NULL, 0, &transaction));
    for (uint64_t count = 0; count < records_each; count++) {
        uint64_t number_be = htobe64(next_number++);
        MDB_val key = {sizeof number_be, &number_be}, value = {sizeof record, record};
        require(mdb_put(transaction, table, &key, &value, MDB_APPEND));
    }
    require(mdb_txn_commit(transaction));
}

static void scan(void *unused, size_t index) {
    (void)unused, (void)index;
    MDB_txn *transaction;
    MDB_cursor *cursor;
    require(mdb_txn_begin(environment, NULL, MDB_RDONLY, &transaction));
    require(mdb_cursor_open(transaction, table, &cursor));
    MDB_val key, value;
    uint64_t seen = 0;
    int code;
    while ((code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        const unsigned char *bytes = value.mv_data;
        for (size_t place = 0; place < value.mv_size; place++) bytes_sum += bytes[place];
        seen++;
    }
    if (code != MDB_NOTFOUND) require(code);
    if (seen != next_number) fail("%zu records are missing", (size_t)(next_number - seen));
    mdb_cursor_close(cursor);
    mdb_txn_abort(transaction);
}

int main(int count, char *arguments[]) {
    if (count < 3) fail("%s", usage);
    const char *verb = arguments[2];
    memset(record, 0xA5, sizeof record);
    void *nobody = NULL;
    if (strcmp(verb, "version") == 0 && count == 3) {
        printf("%s\n", mdb_version(NULL, NULL, NULL));
        return 0;
    }
    open_at(arguments[1]);
    if (strcmp(verb, "commits") == 0 && count == 5) {
        records_each = (uint64_t)number(arguments[4], 1);
        drive(&nobody, 1, (size_t)number(arguments[3], 1), commit);
    } else if (strcmp(verb, "load") == 0 && count == 4) {
        records_each = (uint64_t)number(arguments[3], 1);
        drive(&nobody, 1, 1, commit);
    } else if (strcmp(verb, "scan") == 0 && count == 4) {
        records_each = (uint64_t)number(arguments[3], 1);
        commit(NULL, 0);
        drive(&nobody, 1, 1, scan);
        if (bytes_sum == 0) fail("nothing was read");
    } else {
        fail("%s", usage);
    }
    mdb_env_close(environment);
    return 0;
}
