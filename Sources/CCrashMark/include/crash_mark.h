#ifndef DAYBOOK_CRASH_MARK_H
#define DAYBOOK_CRASH_MARK_H

#include <stdint.h>

/* What one thread has in hand, in memory that it shares with a file, so that what stands there survives the process
   whatever ends it. In C, since a signal handler may neither allocate nor take a lock. */
struct crash_mark {
    uint64_t layout;            /* CRASH_MARK_LAYOUT, or the file is something else */
    uint64_t version;           /* of the projector */
    uint64_t position;          /* of the record in hand; for a transaction that of its first record */
    uint32_t stage;             /* one of the stages */
    uint32_t signal;            /* by which the thread itself ended the process; 0 when it did not */
    uint64_t ended_position;    /* in hand when the process ended, the last time or times */
    uint32_t ends;              /* how often in a row, by whatever cause */
    uint32_t crashes;           /* how many of these the thread itself caused */
};

enum { CRASH_MARK_IDLE = 0, CRASH_MARK_TRANSACTION = 1, CRASH_MARK_RECORD = 2 };

static const uint64_t CRASH_MARK_LAYOUT = 0x3130444e41484e49; /* "INHAND01" */

/* Volatile, so that the mark is there before what follows is tried. */
static inline void crash_mark_take(struct crash_mark *mark, uint64_t position, uint32_t stage) {
    volatile struct crash_mark *shared = mark;
    shared->position = position;
    shared->stage = stage;
}

/* From now on a crash of the calling thread is noted in `mark`; of none when it is NULL. */
void crash_mark_watch(struct crash_mark *mark);

/* When the process ends itself, by whichever thread, the line "crash" is added to the file at this path; NULL for none. */
void crash_mark_file(const char *path);

/* Notes the signals by which a process ends itself; they then do what they did before. Once, for the whole process. */
void crash_mark_install(void);

#endif
