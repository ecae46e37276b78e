import LMDBKit
import Schema
import SwiftProtobuf

/// A question to one read model.
public protocol Query: SwiftProtobuf.Message, Sendable {
    associatedtype View: Projector
    associatedtype Answer: SwiftProtobuf.Message & Sendable

    /// What one must be allowed to do.
    static var permission: Permission { get }

    /// Whom it is about, so that the caller's relation to them can be asked.
    var target: Target { get }

    /// The answer, its private fields still sealed, or a `Refusal`.
    func answer(from view: View, in transaction: borrowing ReadTransaction, _ question: Question) throws -> Answer
}

extension Query {
    public static var name: String { protoMessageName.split(separator: ".").last.map(String.init) ?? protoMessageName }

    public var target: Target { Target() }
}

/// The circumstances of a question.
public struct Question: Sendable {
    /// The member of staff who asks.
    public var caller: UInt64
    /// Their roles of today, also when the question is about a former time.
    public var roles: [Role.Value]
    /// Milliseconds UTC.
    public var nowMs: Int64

    public init(caller: UInt64, roles: [Role.Value], nowMs: Int64) {
        self.caller = caller
        self.roles = roles
        self.nowMs = nowMs
    }
}
