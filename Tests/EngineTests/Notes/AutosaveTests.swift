import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import TestKit
import Testing
import Vault

@testable import Engine

@Suite struct AutosaveTests {
    private let house: House

    init() throws { house = try House() }

    private func run(_ body: (NoteDesk) async throws -> Void) async throws {
        try await house.run { engine in try await body(try await NoteDesk.open(in: engine, house.time)) }
    }

    @Test func `what an editor saves by itself is sealed outside the log, and its author sees it`() async throws {
        try await run { desk in
            #expect(try await desk.save(base: 0).revision == 1)
            let size = desk.engine.log.size
            let reply = try await desk.autosave(base: 1, [("plan", "A quieter week")])
            #expect(reply.revision == 1 && reply.autosave == 1 && reply.id == desk.note)
            #expect(reply.position == size - 1)
            let shown = try await desk.show()
            #expect(try desk.plan(shown.content) == "Go on.")
            #expect(try desk.plan(shown.autosaved) == "A quieter week")
            #expect(shown.revision == 1 && shown.autosave == 1)
            // Looking is the only event since.
            #expect(try desk.engine.records(from: size).map(\.type) == [.recordAccessed])
            let file = try #require(FileManager.default.contents(atPath: house.data + "/scratch/data.mdb"))
            #expect(file.range(of: Data("quieter".utf8)) == nil && file.count > 0)
        }
    }

    @Test func `the last saving takes the place of the one before, and is there after a sudden end`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            for number in 1...3 as ClosedRange<UInt32> {
                let reply = try await desk.autosave(base: 1, after: number - 1, [("plan", "Plan \(number)")])
                #expect(reply.autosave == number)
            }
        }
        // As after a kill: the files as they are on the disk, without what an orderly end would do.
        let copy = try House()
        try FileManager.default.removeItem(atPath: copy.folder.path)
        try FileManager.default.copyItem(atPath: house.folder.path, toPath: copy.folder.path)
        try await copy.run { engine in
            let note = try #require(try engine.records().first { $0.type == .noteStarted }).position
            let query = ShowNote.with { $0.note = note }
            let shown = try await engine.ask(Asking(query, from: user(NoteDesk.therapistUID))).answer
            #expect(shown.autosave == 3)
            #expect(NoteContent(json: shown.autosaved.text)?.sections.map(\.text) == ["Plan 3"])
        }
    }

    @Test func `ten minutes after the last event it becomes one, by the engine's clock`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            desk.time.advance(ms: 599_999)
            #expect(try await desk.autosave(base: 1).autosave == 1)
            desk.time.advance(ms: 1)
            let reply = try await desk.autosave(base: 1, after: 1, [("plan", "Later")])
            #expect(reply.revision == 2 && !reply.hasAutosave)
            let recorded = try desk.engine.recorded(reply.position)
            #expect(recorded.type == .noteDraftSaved)
            let shown = try await desk.show()
            #expect(!shown.hasAutosaved && shown.revision == 2)
            #expect(try desk.plan(shown.content) == "Later")
        }
    }

    @Test func `saving, and throwing away, leave nothing outside the log`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1, [("plan", "More")])
            #expect(try await desk.save(base: 1, after: 1, [("plan", "Most")]).revision == 2)
            #expect(desk.engine.scratches.draft(desk.note, of: desk.clinic.therapist) == nil)
            _ = try await desk.autosave(base: 2)
            let discard = DiscardNoteDraft.with {
                $0.note = desk.note
                $0.reason = "Twice"
            }
            _ = try await desk.send(discard).get()
            #expect(desk.engine.scratches.draft(desk.note, of: desk.clinic.therapist) == nil)
        }
    }

    @Test func `from two places: nothing is lost, and the second is told where the first is`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1, [("plan", "Here")])
            for isAutosave in [true, false] {
                let there = desk.command(base: 1, isAutosave: isAutosave, [("plan", "There")])
                let refusal = try await desk.send(there).refused()
                #expect(refusal.status == 412 && refusal.facts.revision == 1 && refusal.facts.autosave == 1)
            }
            #expect(try desk.plan(try await desk.show().autosaved) == "Here")
        }
    }

    @Test func `the same saving sent again has the same reply, and another under its key is refused`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let key = IdempotencyKey.make()
            let command = desk.command(base: 1, isAutosave: true, [("plan", "Once")])
            let first = try await desk.send(command, key: key).get()
            #expect(try await desk.send(command, key: key).get() == first)
            let other = desk.command(base: 1, isAutosave: true, [("plan", "Other")])
            #expect(try await desk.send(other, key: key).refused().status == 422)
        }
    }

    @Test func `an autosave and what rests on it may come in one batch`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let outcomes = await withTaskGroup(of: Outcome.self) { group in
                for number in 0..<20 as Range<UInt32> {
                    let command = desk.command(base: 1, after: 0, isAutosave: true, [("plan", "From \(number)")])
                    group.addTask { await desk.send(command) }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            // Of those that rest on the same one only one is kept, however they are batched.
            let kept = outcomes.compactMap { try? $0.get() }
            #expect(kept.map(\.autosave) == [1] && outcomes.count == 20)
        }
    }

    @Test func `what was overtaken when the process ended between two commits is dropped at the start`() async throws {
        let place = try await house.run { engine in
            let desk = try await NoteDesk.open(in: engine, house.time)
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1, [("plan", "Old")])
            let kept = try #require(engine.scratches.draft(desk.note, of: desk.clinic.therapist))
            _ = try await desk.save(base: 1, after: 1)
            let place = ScratchPlace(note: desk.note, author: desk.clinic.therapist)
            // As if the second of the two commits had not come about.
            try engine.scratches.apply([place: kept])
            #expect(!(try await desk.show().hasAutosaved))
            #expect(try await desk.autosave(base: 2).autosave == 1)
            try engine.scratches.apply([place: kept])
            return place
        }
        try await house.run { engine in
            await engine.settleWriter()
            #expect(engine.scratches.draft(place.note, of: place.author) == nil)
        }
    }

    /// The pages with which the file begins, or the name of the table.
    @Test(arguments: [true, false])
    func `damaged files are put aside, and the draft goes on from its revision`(pages: Bool) async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1, [("plan", "More")])
        }
        let path = house.data + "/scratch/data.mdb"
        var bytes = try #require(FileManager.default.contents(atPath: path))
        if pages {
            bytes.replaceSubrange(0..<8_192, with: Data(repeating: 0xA5, count: 8_192))
        } else {
            var rest = bytes.startIndex..<bytes.endIndex
            while let name = bytes.range(of: Data("drafts".utf8), in: rest) {
                bytes[name.lowerBound] ^= 1
                rest = name.upperBound..<bytes.endIndex
            }
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        try await house.run { engine in
            let note = try #require(try engine.records().first { $0.type == .noteStarted }).position
            let shown = try await engine.ask(
                Asking(ShowNote.with { $0.note = note }, from: user(NoteDesk.therapistUID))
            ).answer
            #expect(shown.revision == 1 && !shown.hasAutosaved)
        }
        #expect(FileManager.default.fileExists(atPath: house.data + "/scratch/damaged.mdb"))
    }

    @Test func `a disk that fails once is told, harms nothing else, and the same is kept when it is well again`()
        async throws
    {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let key = IdempotencyKey.make()
            let command = desk.command(base: 1, isAutosave: true, [("plan", "More")])
            do {
                let failing = DiskTrace(house.data + "/scratch", syncError: EIO)
                let refusal = try await desk.send(command, key: key).refused()
                #expect(refusal.status == 503 && refusal.detail.contains("not kept"))
                withExtendedLifetime(failing) {}
            }
            _ = try await desk.engine.done(desk.clinic.booking())
            #expect(try await desk.send(command, key: key).get().autosave == 1)
            #expect(try desk.plan(try await desk.show().autosaved) == "More")
        }
    }

    @Test func `a damaged text is its author's loss alone: the daemon starts, says so, and the draft is gone on with`()
        async throws
    {
        var sealed = Data()
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1, [("plan", "More")])
            sealed = try #require(desk.engine.scratches.draft(desk.note, of: desk.clinic.therapist)).sealed
            // Of no draft that there is, as by a damaged key.
            try desk.engine.scratches.apply([ScratchPlace(note: 1_000_000, author: 1): .with { $0.sealed = sealed }])
        }
        let path = house.data + "/scratch/data.mdb"
        var bytes = try #require(FileManager.default.contents(atPath: path))
        while let found = bytes.range(of: sealed) { bytes[found.lowerBound] ^= 1 }
        try bytes.write(to: URL(fileURLWithPath: path))
        try await house.run { engine in
            let started = try #require(try engine.records().first { $0.type == .noteStarted })
            func shown() async throws -> ShowNoteAnswer {
                try await engine.ask(
                    Asking(ShowNote.with { $0.note = started.position }, from: user(NoteDesk.therapistUID))
                ).answer
            }
            let answer = try await shown()
            #expect(answer.revision == 1 && answer.autosaved.unreadable && answer.autosave == 0)
            let found = try engine.verifyDrafts()
            #expect(found.drafts == 1 && found.faults == ["the draft of note \(started.position) is damaged"])
            let save = SaveNoteDraft.with {
                $0.note = started.position
                $0.base = 1
                $0.sections = [.with { ($0.name, $0.text) = ("plan", "Anew") }]
            }
            let reply = try await engine.send(save, by: user(NoteDesk.therapistUID)).get()
            let after = try await shown()
            #expect(reply.revision == 2 && !after.hasAutosaved)
            #expect(try engine.verifyDrafts().isSound)
        }
        #expect(!FileManager.default.fileExists(atPath: house.data + "/scratch/damaged.mdb"))
    }

    @Test func `a verification opens what lies outside the log, and says what does not open`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            _ = try await desk.autosave(base: 1)
            let sound = try desk.engine.verifyDrafts()
            #expect(sound.isSound && sound.drafts == 1)
            let place = ScratchPlace(note: desk.note, author: desk.clinic.therapist)
            var kept = try #require(desk.engine.scratches.draft(place.note, of: place.author))
            kept.sealed[20] ^= 1
            try desk.engine.scratches.apply([place: kept])
            let found = try desk.engine.verifyDrafts()
            #expect(!found.isSound && found.faults.count == 1 && found.faults[0].contains("note \(desk.note)"))
            // Whoever looks is told as much, and the revision is shown.
            let shown = try await desk.show()
            #expect(shown.autosaved.unreadable && !shown.content.text.isEmpty)
        }
    }

    @Test func `an author has so many drafts outside the log and no more`() async throws {
        try await run { desk in
            _ = try await desk.save(base: 0)
            let places = (0..<UInt64(ScratchStore.draftsMax)).map {
                ScratchPlace(note: 1_000_000 + $0, author: desk.clinic.therapist)
            }
            try desk.engine.scratches.apply(Dictionary(uniqueKeysWithValues: places.map { ($0, ScratchKept()) }))
            let command = desk.command(base: 1, isAutosave: true)
            #expect(try await desk.send(command).refused().kind == .problem("too-many-drafts"))
            try desk.engine.scratches.apply([places[0]: nil])
            #expect(try await desk.autosave(base: 1).autosave == 1)
        }
    }
}
