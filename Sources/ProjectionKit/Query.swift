import LMDBKit
import Schema
import SwiftProtobuf

/// A question to one read model.
public protocol Query: SwiftProtobuf.Message, Sendable {
    associatedtype View: Projector
    associatedtype Answer: SwiftProtobuf.Message & Sendable

    /// What one must be allowed to do.
    static var permission: Permission { get }

    /// What one must be allowed to do about the client as well whom the question may name.
    static var clientPermission: Permission? { get }

    /// Whom it is about, so that the caller's relation to them can be asked.
    var target: Target { get }

    /// The answer, its private fields still sealed, or a `Refusal`.
    func answer(from view: View, in transaction: borrowing ReadTransaction, _ question: Question) throws -> Answer
}

extension Query {
    public static var name: String { requestName }

    public static var clientPermission: Permission? { nil }

    public var target: Target { Target() }
}

/// The circumstances of a question.
public struct Question: Sendable {
    /// The member of staff who asks.
    public var caller: UInt64
    /// Milliseconds UTC.
    public var nowMs: Int64
    /// Whether the caller may do something about these people, today, also when the question is about a former time: for
    /// answers of which one sees just a part.
    public var permits: @Sendable (Permission, Target) -> Bool

    public init(
        caller: UInt64, nowMs: Int64, permits: @escaping @Sendable (Permission, Target) -> Bool
    ) {
        self.caller = caller
        self.nowMs = nowMs
        self.permits = permits
    }

    /// Whether the caller may know who the client is.
    public func sees(client: UInt64) -> Bool { permits(.viewDemographics, Target(client: client)) }

    /// Refuses a question about a client of whom the caller may know nothing.
    public func requireSees(client: UInt64) throws(Refusal) {
        guard sees(client: client) else {
            throw .forbidden("This client is not in your care.").with { $0.field = "client" }
        }
    }

    /// Refuses a question about a client of whose treatment the caller may know nothing.
    public func requireSeesChart(ofClient client: UInt64, field: String) throws(Refusal) {
        guard permits(.viewChart, Target(client: client)) else {
            throw .forbidden("This client is not in your care.").with { $0.field = field }
        }
    }
}
