import Foundation
import SwiftProtobuf

// The parts of a header, by their field numbers in record.proto.

extension Actor {
    init(_ content: WireCursor) throws(WireFault) {
        self.init()
        try content.forEachField { (number, type, cursor) throws(WireFault) in
            switch number {
            case 1: kind = try cursor.value() ?? .unspecified
            case 2: id = try cursor.varint()
            case 3: reaction = try cursor.text()
            default: try cursor.skip(type)
            }
        }
    }
}

extension Door {
    init(_ content: WireCursor) throws(WireFault) {
        self.init()
        try content.forEachField { (number, type, cursor) throws(WireFault) in
            switch number {
            case 1: kind = try cursor.value() ?? .unspecified
            case 2: uid = UInt32(truncatingIfNeeded: try cursor.varint())
            case 3: token = try cursor.varint()
            default: try cursor.skip(type)
            }
        }
    }
}

extension Subject {
    init(_ content: WireCursor) throws(WireFault) {
        self.init()
        try content.forEachField { (number, type, cursor) throws(WireFault) in
            switch number {
            case 1: kind = try cursor.value() ?? .unspecified
            case 2: id = try cursor.varint()
            default: try cursor.skip(type)
            }
        }
    }
}

extension KeyUse {
    init(_ content: WireCursor) throws(WireFault) {
        self.init()
        try content.forEachField { (number, type, cursor) throws(WireFault) in
            switch number {
            case 1: keyID = Data(cursor.content(try cursor.lengthDelimited()))
            case 2: person = try cursor.varint()
            case 3: category = try cursor.value() ?? .unspecified
            default: try cursor.skip(type)
            }
        }
    }
}

extension WireCursor {
    /// A word of an enum; nil for a number that it does not have.
    mutating func value<E: SwiftProtobuf.Enum>() throws(WireFault) -> E? {
        E(rawValue: Int(truncatingIfNeeded: try varint()))
    }
}
