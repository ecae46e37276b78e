import Clinic
import EventStore
import ProjectionKit
import Schema
import SwiftProtobuf

/// A question on its way to a read model.
public struct Asking<Q: Query>: Sendable {
    public var query: Q
    public var credentials: Credentials
    public var purpose: Purpose.Value
    /// As it was known at this instant, milliseconds UTC; nil for now.
    public var asOfMs: Int64?

    public init(_ query: Q, from credentials: Credentials, purpose: Purpose.Value = .treatment, asOfMs: Int64? = nil) {
        self.query = query
        self.credentials = credentials
        self.purpose = purpose
        self.asOfMs = asOfMs
    }
}

/// An answer, and the position up to which it is true.
public struct Answered<Answer: Sendable>: Sendable {
    public var answer: Answer
    public var position: UInt64
}

extension ClinicEngine {
    /// Answers a question: private fields are opened for one who may see them, after the look is recorded.
    public func ask<Q: Query>(_ asking: Asking<Q>) async throws -> Answered<Q.Answer> {
        let nowMs = clock.nowMs()
        let access = try published.access
        let caller: Caller
        let role: Role.Value
        do {
            // Who has not completed an enrolment may ask who they are.
            caller = try access.caller(
                for: asking.credentials, Q.permission == .viewSelf ? .anyhow : .complete, nowMs: nowMs)
            role = try access.requireRoleOrSelf(Q.permission, caller, asking.query.target, nowMs: nowMs)
        } catch {
            await recordDenial(asking.credentials, name: Q.name, permission: Q.permission, error, nowMs: nowMs)
            throw error
        }
        let question = Question(caller: caller.staff, nowMs: nowMs) { permission, target in
            access.role(permitting: permission, to: caller, about: target, nowMs: nowMs) != nil
        }
        var answered: Answered<Q.Answer>
        do {
            answered = try await answer(asking, question)
        } catch let refusal as Refusal where refusal.status == 403 {
            // Who may ask such a question was turned away for the client it names.
            let lacked = Q.clientPermission ?? Q.permission
            await recordDenial(asking.credentials, name: Q.name, permission: lacked, refusal, nowMs: nowMs)
            throw refusal
        }
        let looker = Looker(caller: caller, role: role, purpose: asking.purpose, query: Q.name)
        if let looking = asking.query as? any LooksWithoutOpening {
            guard await record(looking.looked, looker, nowMs: nowMs) else {
                throw Refusal.busy("That you look at this cannot be put on record now. Try again in a moment.")
            }
        }
        try await open(&answered.answer, for: looker, nowMs: nowMs)
        return answered
    }

    private func answer<Q: Query>(_ asking: Asking<Q>, _ question: Question) async throws -> Answered<Q.Answer> {
        if let query = asking.query as? FindClients,
            let found = try await find(query, question, asOfMs: asking.asOfMs) as? Answered<Q.Answer>
        {
            return found
        }
        if let query = asking.query as? ShowNote,
            let shown = try await show(query, question, asOfMs: asking.asOfMs) as? Answered<Q.Answer>
        {
            return shown
        }
        let query = asking.query
        return try await views.answer(Q.View.self, question, asOfMs: asking.asOfMs) {
            try query.answer(from: $0, in: $1, $2)
        }
    }

    /// Records that somebody was turned away, once in 15 minutes, before they are told.
    private func recordDenial(
        _ credentials: Credentials, name: String, permission: Permission, _ refusal: Refusal, nowMs: Int64
    ) async {
        guard let denial = firstDenial(credentials, name, permission, refusal, nowMs) else { return }
        await withCheckedContinuation { continuation in
            let isTaken = writer.queue.add(.denial(denial) { continuation.resume() })
            if !isTaken {
                denials.forget(denial)
                continuation.resume()
            }
        }
    }

    /// As `recordDenial`, for those who cannot wait.
    func deny(
        _ credentials: Credentials, name: String, permission: Permission, _ refusal: Refusal, nowMs: Int64
    ) {
        guard let denial = firstDenial(credentials, name, permission, refusal, nowMs) else { return }
        if !writer.queue.add(.denial(denial) {}) { denials.forget(denial) }
    }

    private func firstDenial(
        _ credentials: Credentials, _ name: String, _ permission: Permission, _ refusal: Refusal, _ nowMs: Int64
    ) -> Denial? {
        guard log.size > 0, let access = try? published.access else { return nil }
        return denials.first(refusal, to: credentials, asking: name, permission, by: access, nowMs: nowMs)
    }

    /// Lets a caller do something that is no command and no question to a read model, or turns them away.
    public func admit(
        _ credentials: Credentials, to permission: Permission, name: String
    ) throws(Refusal) -> Caller {
        let nowMs = clock.nowMs()
        let access = try published.access
        do throws(Refusal) {
            let caller = try access.caller(for: credentials, nowMs: nowMs)
            _ = try access.requireRole(permitting: permission, to: caller, about: Target(), nowMs: nowMs)
            return caller
        } catch {
            deny(credentials, name: name, permission: permission, error, nowMs: nowMs)
            throw error
        }
    }
}

extension AccessTable {
    /// Everybody may ask who they are, whatever their roles.
    func requireRoleOrSelf(
        _ permission: Permission, _ caller: Caller, _ target: Target, nowMs: Int64
    ) throws(Refusal) -> Role.Value {
        if permission == .viewSelf { return caller.roles.first ?? .unspecified }
        return try requireRole(permitting: permission, to: caller, about: target, nowMs: nowMs)
    }
}
