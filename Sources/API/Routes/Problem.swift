import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// A refusal as application/problem+json (RFC 9457).
struct Problem: Encodable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var rule: String?
    var field: String?
    var conflicts: [UInt64]?
    var classes: [String]?
    var nearest: [String]?
    var candidates: [UInt64]?
    var affected: [UInt64]?
    var involved: [UInt64]?
    var availableMinor: Int64?
    var changed: UInt64?
    var revision: UInt32?
    var autosave: UInt32?
    var progressPermille: Int?

    init(_ refusal: Refusal) {
        type = refusal.type
        title = refusal.title
        status = refusal.status
        detail = refusal.detail
        rule = refusal.rule
        let facts = refusal.facts
        field = facts.field
        conflicts = facts.conflicts.nilIfEmpty
        classes = facts.classes.nilIfEmpty
        nearest = facts.nearest.nilIfEmpty
        candidates = facts.candidates.nilIfEmpty
        affected = facts.affected.nilIfEmpty
        involved = facts.involved.nilIfEmpty
        availableMinor = facts.availableMinor
        changed = facts.changed
        revision = facts.revision
        autosave = facts.autosave
        progressPermille = facts.progressPermille
    }

    func json() -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)) ?? Data()
    }

    /// The fields of an answer that has it as its body.
    var fields: HTTPFields {
        var fields: HTTPFields = [.contentType: "application/problem+json"]
        if status == 503 || status == 429 { fields[.retryAfter] = "1" }
        return fields
    }

    func response(_ others: HTTPFields = [:]) -> Response {
        var headers = fields
        for field in others { headers.append(field) }
        return Response(
            status: HTTPResponse.Status(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json())))
    }
}

extension Array {
    fileprivate var nilIfEmpty: Self? { isEmpty ? nil : self }
}
