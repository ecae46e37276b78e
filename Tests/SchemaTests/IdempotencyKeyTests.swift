import Foundation
import Testing

@testable import Schema

struct IdempotencyKeyTests {
    @Test func `keys made one after another ascend`() {
        let keys = (0..<10_000).map { _ in IdempotencyKey.make() }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0.description < $1.description })
    }

    @Test func `a key is a UUID of version 7`() throws {
        let key = IdempotencyKey.make()
        let uuid = try #require(UUID(uuidString: key.description))
        #expect(uuid.uuid.6 >> 4 == 7)
        #expect(uuid.uuid.8 >> 6 == 0b10)
        #expect(IdempotencyKey(key.description) == key)
    }

    @Test func `a clock that goes back does not take keys back`() {
        var random = SystemRandomNumberGenerator()
        let first = IdempotencyKey.make(nowMs: 4_000_000_000_000, using: &random)
        let second = IdempotencyKey.make(nowMs: 1_000, using: &random)
        #expect(first < second)
    }

    @Test func `what is no UUID is no key`() {
        #expect(IdempotencyKey("") == nil)
        #expect(IdempotencyKey("0193a5c2") == nil)
    }
}
