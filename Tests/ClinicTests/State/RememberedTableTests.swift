import LMDBKit
import Schema
import SwiftProtobuf
import TestKit
import Testing

@testable import Clinic

/// Rows that are kept decoded are never other than those in the tables.
@Suite struct RememberedTableTests {
    private let folder: TemporaryFolder
    private let environment: Environment

    init() throws {
        folder = try TemporaryFolder()
        environment = try Environment(
            path: folder.path, options: .init(mapSizeBytes: 1 << 26, tablesMax: StateTables.countMax, isUnsynced: true))
    }

    private func put(_ name: String, _ state: borrowing ClinicState) throws {
        try state.tables.rooms.put(7, .with { $0.name = name }, in: state.transaction)
    }

    @Test func `what a child learned and dropped is not known afterwards`() throws {
        let state = try ClinicState(in: environment)
        try put("before", state)
        do {
            let child = try state.beginChild()
            #expect(try child.room(7).name == "before")
            try put("within", child)
            #expect(try child.room(7).name == "within")
        }
        #expect(try state.room(7).name == "before")
    }

    @Test func `what a child learned and committed is`() throws {
        let state = try ClinicState(in: environment)
        try put("before", state)
        #expect(try state.room(7).name == "before")
        let child = try state.beginChild()
        try put("within", child)
        try child.commit()
        #expect(try state.room(7).name == "within")
    }

    @Test func `what is aborted is not known to the next transaction, what is committed is`() throws {
        var state = try ClinicState(in: environment)
        try put("kept", state)
        state = try state.committed(in: environment)
        #expect(try state.room(7).name == "kept")
        try put("dropped", state)
        _ = consume state
        let again = try ClinicState(in: environment)
        #expect(try again.room(7).name == "kept")
    }

    @Test func `nothing is known of what was removed`() throws {
        let state = try ClinicState(in: environment)
        try put("before", state)
        try state.removeAll()
        #expect(throws: Refusal.self) { try state.room(7) }
    }
}
