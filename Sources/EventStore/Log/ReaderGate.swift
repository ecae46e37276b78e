import Glibc

/// Many readers, or one who changes the map under them (`mdb_env_set_mapsize` is undefined with live transactions).
///
/// Who waits to grow goes before new readers, so a reader must not enter twice.
final class ReaderGate: @unchecked Sendable {
    // Unchecked: the lock lives at one address for life and is made for many threads.
    private let lock: UnsafeMutablePointer<pthread_rwlock_t>

    init() {
        lock = .allocate(capacity: 1)
        var attributes = pthread_rwlockattr_t()
        pthread_rwlockattr_init(&attributes)
        pthread_rwlockattr_setkind_np(&attributes, Int32(PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP))
        let code = pthread_rwlock_init(lock, &attributes)
        precondition(code == 0, "a lock can be made")
        pthread_rwlockattr_destroy(&attributes)
    }

    deinit {
        pthread_rwlock_destroy(lock)
        lock.deallocate()
    }

    func shared<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        enter()
        defer { leave() }
        return try body()
    }

    /// Enters as a reader; `leave` follows on the same thread.
    func enter() {
        let code = pthread_rwlock_rdlock(lock)
        precondition(code == 0, "a reader enters once")
    }

    func leave() { pthread_rwlock_unlock(lock) }

    func exclusive<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let code = pthread_rwlock_wrlock(lock)
        precondition(code == 0, "nobody grows the map from inside a read")
        defer { pthread_rwlock_unlock(lock) }
        return try body()
    }
}
