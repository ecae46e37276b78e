import Crypto
import Synchronization
import Testing

@testable import Vault

struct ConcurrencyTests {
    @Test func `many threads take, seal and open at once, and each gets its own`() async throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let taken = try await withThrowingTaskGroup(of: [KeyID].self) { group in
            for worker in 0..<16 {
                group.addTask {
                    try (0..<60).map { turn in
                        let id = try vault.takeSpare()
                        let place = vault.place(position: UInt64(worker), ordinal: UInt32(turn))
                        let text = "worker \(worker), turn \(turn)"
                        #expect(try vault.open(vault.seal(text, with: id, at: place), at: place) == text)
                        if turn % 10 == 0 { try vault.refillIfNeeded() }
                        return id
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(taken).count == 16 * 60)
    }

    @Test func `the cache keeps to its bound and keeps what is asked for`() throws {
        var cache = KeyCache(limit: 100)
        let often = KeyID.random()
        let key = SymmetricKey(size: .bits256)
        cache.insert(key, for: often)
        for _ in 0..<1_000 {
            cache.insert(SymmetricKey(size: .bits256), for: .random())
            #expect(cache.key(often) == key)
            #expect(cache.count <= 100)
        }
        cache.forget(often)
        #expect(cache.key(often) == nil)
    }

    @Test func `what is not asked for leaves the cache`() {
        var cache = KeyCache(limit: 100)
        let once = KeyID.random()
        cache.insert(SymmetricKey(size: .bits256), for: once)
        for _ in 0..<100 { cache.insert(SymmetricKey(size: .bits256), for: .random()) }
        #expect(cache.key(once) == nil)
    }
}
