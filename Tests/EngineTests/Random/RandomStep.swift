import Clinic
import EventStore
import Foundation
import Schema
import SwiftProtobuf
import TestKit

@testable import Engine

/// What can happen in one step.
enum RandomStep: CaseIterable {
    case command, repetition, sheets, takingBack, restart, rotation, jump, moment

    var perMille: Int {
        switch self {
        case .command: 930
        case .repetition: 25
        case .sheets, .takingBack: 5
        case .restart, .rotation: 4
        case .jump: 3
        case .moment: 8
        }
    }
}

extension RandomHistory {
    mutating func take(_ step: RandomStep, _ engine: ClinicEngine, _ random: inout SeededGenerator) async throws {
        switch step {
        case .command: try await command(engine, &random)
        case .repetition: try await repetition(engine, &random)
        case .sheets: try await sheets(engine, &random)
        case .takingBack: try await takingBack(engine, &random)
        case .restart: wantsRestart = true
        case .rotation: try engine.background.rotateKeys()
        case .jump:
            guard jumpMs == nil else { return }
            let jump = (random.pick([4, 26, -2] as [Int64]) ?? 4) * 3_600_000
            house.time.jump(ms: jump)
            jumpMs = jump
        case .moment: try takeMoment(engine)
        }
    }

    private mutating func command(_ engine: ClinicEngine, _ random: inout SeededGenerator) async throws {
        if let jump = jumpMs, random.chance(40), let owner {
            try await send(AcceptClock.with { $0.jumpMs = jump }, "{}", by: owner, isSensible: false, engine, &random)
            return
        }
        let made = try RandomCommand(world, &random)
        do {
            let command = try made.decoded()
            try await send(
                command, made.json, by: made.credentials, isSensible: made.isSensible, engine, &random)
        } catch let refusal as Refusal {
            tally.refuse(made.type.name, refusal)
            note(refusal.type + refusal.detail)
            if made.isSensible { throw Finding(problems: ["\(made.type.name) \(made.json): \(refusal.detail)"]) }
        }
    }

    /// Sends a command and judges the answer.
    mutating func send(
        _ command: any Command, _ json: String, by credentials: Credentials, isSensible: Bool, _ engine: ClinicEngine,
        _ random: inout SeededGenerator
    ) async throws {
        let key = IdempotencyKey(high: random.next() | 1, low: random.next() | 1)
        let submission = Submission(sender: .door(credentials), command: command, key: key)
        let name = type(of: command).name
        let outcome = await engine.send(submission)
        note("\(name) \(json) \(nowMs)")
        do {
            let reply = try outcome.get()
            tally.grant(name)
            note(String(decoding: try JSONWriter.encode(reply), as: UTF8.self))
            remember(submission, reply)
            let ask = ask(command, json, by: credentials, isSensible)
            try judge(name, json, ask.objection(toGranting: reply))
            try judge(name, json, try ask.difference(reply) { try engine.recorded($0) })
            try learn(name, json, reply)
            learn(command, reply)
            if jumpMs != nil {
                // Whatever is granted while the clock is wrong has named its jump.
                try judge(name, json, command is AcceptClock ? nil : "granted while the clock is wrong")
                jumpMs = nil
            }
        } catch let refusal as Refusal {
            tally.refuse(name, refusal)
            note(refusal.type + refusal.detail + (refusal.facts.field ?? ""))
            if refusal.kind == .problem("clock-jumped"), jumpMs != nil { return }
            guard (400..<500).contains(refusal.status) else {
                throw Finding(problems: ["\(name) \(json): \(refusal)"])
            }
            try judge(
                name, json, ask(command, json, by: credentials, isSensible).objection(to: refusal), refusal.detail)
        }
    }

    private func judge(_ name: String, _ json: String, _ objection: String?, _ detail: String = "") throws {
        guard let objection else { return }
        throw Finding(problems: ["\(objection): \(name) \(json) \(detail)"])
    }

    private func ask(
        _ command: any Command, _ json: String, by credentials: Credentials, _ isSensible: Bool
    ) -> PlainAsk {
        let object = (try? JSONSerialization.jsonObject(with: Data(json.utf8))) as? [String: Any] ?? [:]
        let client = (object["client"] as? NSNumber)?.uint64Value
        let namesakes =
            command is RegisterClient || command is UpdateClientDetails
            ? world.namesakes(object.compactMapValues { $0 as? String }, except: client) : []
        return PlainAsk(
            clinic: model.clinic, command: command, json: json,
            caller: model.clinic.caller(uid: credentials.uid, sha256: credentials.tokenSHA256, nowMs: nowMs),
            uid: credentials.tokenSHA256 == nil ? credentials.uid : nil, nowMs: nowMs, namesakes: namesakes,
            drafts: drafts, isSensible: isSensible)
    }

    private mutating func remember(_ submission: Submission, _ reply: Reply) {
        // What is kept outside the log has no event that it could be known by.
        guard !reply.hasAutosave, case .door(let credentials) = submission.sender,
            let caller = model.clinic.caller(uid: credentials.uid, sha256: credentials.tokenSHA256, nowMs: nowMs)
        else { return }
        remembered.append((submission, caller, reply))
        if remembered.count > 40 { remembered.removeFirst() }
    }

    /// What a draft says by now, as its author alone knows.
    private mutating func learn(_ command: any Command, _ reply: Reply) {
        switch command {
        case let command as SaveNoteDraft where reply.hasAutosave:
            drafts[command.note, default: PlainDraft()].autosave = reply.autosave
        case let command as SaveNoteDraft:
            let said = command.sections.filter { $0.text.contains { !$0.isWhitespace } }.map(\.name)
            drafts[command.note] = PlainDraft(said: Set(said))
        case let command as DiscardNoteDraft: drafts[command.note]?.autosave = 0
        default: break
        }
    }

    /// INV-CLI-05, and what the next registration is compared with.
    private mutating func learn(_ name: String, _ json: String, _ reply: Reply) throws {
        guard ["RegisterClient", "UpdateClientDetails"].contains(name),
            let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        else { return }
        let texts = object.compactMapValues { $0 as? String }
        let acknowledged = (object["duplicatesAcknowledged"] as? [NSNumber] ?? []).map(\.uint64Value)
        let client = (object["client"] as? NSNumber)?.uint64Value
        let like = world.namesakes(texts, except: client).filter { !acknowledged.contains($0) }
        try judge(name, json, like.isEmpty ? nil : "INV-CLI-05: like \(like)")
        let keys = ["givenName", "familyName", "dateOfBirth", "email", "phone"]
        people[client ?? reply.id, default: [:]].merge(texts.filter { keys.contains($0.key) }) { $1 }
    }

    /// INV-SYS-04: once more is nothing more, and another under the same key is refused.
    private mutating func repetition(_ engine: ClinicEngine, _ random: inout SeededGenerator) async throws {
        guard let known = random.pick(remembered), case .door(let credentials) = known.submission.sender,
            nowMs / PlainTime.dayMs - Int64(try engine.recorded(known.reply.position).header.macKey) <= 30,
            model.clinic.caller(uid: credentials.uid, sha256: credentials.tokenSHA256, nowMs: nowMs) == known.caller
        else { return }
        var submission = known.submission
        let before = engine.log.size
        let again = await engine.send(submission)
        guard case .success(known.reply) = again, engine.log.size == before else {
            throw Finding(problems: ["INV-SYS-04: \(submission.command) again came to \(again)"])
        }
        submission.command = AcceptClock.with { $0.jumpMs = 77 }
        let other = await engine.send(submission)
        guard case .failure(let refusal) = other, refusal.kind == .problem("key-reused"), engine.log.size == before
        else { throw Finding(problems: ["INV-SYS-04: another under its key came to \(other)"]) }
        tally.grant("(repeated)")
    }
}
