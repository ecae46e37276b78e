import Clinic
import Foundation
import Schema

/// What the header of a command's events has in common.
struct Envelope {
    var caller: Caller
    var role: Role.Value
    var purpose: Purpose.Value
    var key: IdempotencyKey?
    var mac: (number: UInt32, bytes: [UInt8])?
    var correlation: UInt64?
    var causation: UInt64?
    var recordedAtMs: Int64
    var clockSkew: Bool

    func header(for draft: Draft, index: Int, count: Int) -> Header {
        var header = Header()
        header.random = Self.randomBytes()
        header.recordedAt = recordedAtMs
        header.effectiveAt = draft.effectiveAtMs ?? recordedAtMs
        header.index = UInt32(index)
        header.count = UInt32(count)
        header.actor = caller.actor
        // INV-IMP-03: an import acts for whoever started it.
        if caller.kind == .import { header.onBehalfOf = caller.staff }
        header.role = role
        header.door = caller.door
        header.purpose = purpose
        if let key {
            header.commandIDHigh = key.high
            header.commandIDLow = key.low
        }
        if let mac {
            header.requestMac = Data(mac.bytes)
            header.macKey = mac.number
        }
        if let correlation { header.correlation = correlation }
        if let causation { header.causation = causation }
        header.clockSkew = clockSkew
        header.subjects = draft.subjects
        return header
    }

    private static func randomBytes() -> Data {
        var generator = SystemRandomNumberGenerator()
        var data = Data(count: 16)
        data.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: generator.next(), toByteOffset: 0, as: UInt64.self)
            bytes.storeBytes(of: generator.next(), toByteOffset: 8, as: UInt64.self)
        }
        return data
    }
}
