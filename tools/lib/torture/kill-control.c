/* The control of `kill`: a liblmdb that answers "committed" for commits of the log that it has thrown away.
 *
 * Loaded with LD_PRELOAD. Of the environment whose path ends in /log, DAYBOOK_LOSE_AFTER commits are honest; the
 * DAYBOOK_LOSE_COUNT after them are aborted and answered with success, as those of a writer that answers before
 * it has committed and is then killed. With DAYBOOK_LOSE_HOLD none is made after them: the next waits for the kill.
 * Everything else is left as it is.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct MDB_txn MDB_txn;
typedef struct MDB_env MDB_env;
extern MDB_env *mdb_txn_env(MDB_txn *txn);
extern int mdb_env_get_path(MDB_env *env, const char **path);
extern void mdb_txn_abort(MDB_txn *txn);

static atomic_long commits;

static long number(const char *name, long usual) {
  const char *text = getenv(name);
  return text ? atol(text) : usual;
}

static int is_of_the_log(MDB_txn *txn) {
  const char *path = NULL;
  if (mdb_env_get_path(mdb_txn_env(txn), &path) != 0 || path == NULL) return 0;
  size_t length = strlen(path);
  return length >= 4 && strcmp(path + length - 4, "/log") == 0;
}

int mdb_txn_commit(MDB_txn *txn) {
  static int (*real)(MDB_txn *);
  if (!real) real = (int (*)(MDB_txn *))dlsym(RTLD_NEXT, "mdb_txn_commit");
  if (is_of_the_log(txn)) {
    long after = number("DAYBOOK_LOSE_AFTER", -1), count = number("DAYBOOK_LOSE_COUNT", 1);
    long nth = atomic_fetch_add(&commits, 1);
    if (after >= 0 && nth >= after && nth < after + count) {
      mdb_txn_abort(txn);
      return 0;
    }
    while (after >= 0 && nth >= after + count && number("DAYBOOK_LOSE_HOLD", 0)) pause();
  }
  return real(txn);
}
