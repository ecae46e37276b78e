import EventStore
import LMDBKit
import Schema
import Testing
import Vault

@testable import Engine

@Suite struct ErrorWordsTests {
    private struct Private: Error { var text = "Zoë Brandt" }

    @Test func `damage is said with its place, and a strange error by its kind alone`() {
        #expect(ErrorWords.of(LogError.damaged(position: 41)) == "the record at position 41 is damaged")
        #expect(
            ErrorWords.of(LMDBError.damaged(table: "starts", key: [0, 255]))
                == "damaged value in starts at key 00ff")
        #expect(ErrorWords.of(VaultError.storage(.diskFull)) == "the vault failed: the disk is full")
        #expect(ErrorWords.of(Private()) == "Private")
    }

    @Test func `a job that meets damage says where`() async throws {
        let board = JobBoard()
        let job = try board.start("verify", by: 1) { _ in throw LogError.damaged(position: 41) }
        var last: Job?
        for await step in board.follow(job.id) { last = step }
        #expect(last?.problem?.detail == "It ended with this: the record at position 41 is damaged.")
    }
}
