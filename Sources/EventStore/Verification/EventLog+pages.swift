import Glibc
import LMDBKit
import Synchronization

extension EventLog {
    /// Lends the pages of one commit of the log's own file, to be read without liblmdb while the log is in use.
    ///
    /// A reader keeps the commit's pages from being used again as long as `body` runs, and the map from growing: keep it
    /// as short as a read.
    func pages<Result>(
        _ body: (_ walk: PageWalk, _ commit: UInt64) throws(LogError) -> Result
    ) throws(LogError) -> Result {
        // Nothing is committed until the meta pages are read, so that they belong to what the reader sees. The frontier
        // before the gate, as whoever grows the map takes them.
        let held = try frontier.withLock { _ throws(LogError) in
            gate.enter()
            do throws(LogError) {
                return try sortingErrors { try HeldPages(environment) }
            } catch {
                gate.leave()
                throw error
            }
        }
        defer { gate.leave() }
        return try withExtendedLifetime(held) { () throws(LogError) in try body(held.walk, held.commit) }
    }
}

extension PageWalk {
    /// Of the log in a clinic's data folder, which no daemon has open.
    convenience init(logIn directory: String) throws(LogError) {
        let path = directory + "/log/data.mdb"
        do throws(LMDBError) {
            try self.init(path: path)
        } catch {
            guard case .failed(_, let code) = error else { throw LogError(error) }
            throw code == ENOENT ? .notFound(path: path) : .system(call: "open", path: path, code: code)
        }
    }
}
