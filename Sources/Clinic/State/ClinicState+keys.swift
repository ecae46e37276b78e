import Foundation
import LMDBKit
import Schema
import SwiftProtobuf

/// What the writer itself needs to know: keys in use, commands seen.
extension ClinicState {
    /// The key that seals a person's category, once it has been used.
    public borrowing func key(of person: UInt64, _ category: Category.Value) throws -> [UInt8]? {
        try tables.keys.get(Pair(person, UInt64(category.rawValue)), in: transaction).map { [UInt8]($0.keyID) }
    }

    public borrowing func isKeyUsed(_ keyID: [UInt8]) throws -> Bool {
        try tables.usedKeys.contains(keyID, in: transaction)
    }

    /// The events of a command that was seen before, by its actor and id.
    public borrowing func command(of actor: UInt64, high: UInt64, low: UInt64) throws -> CommandState? {
        try tables.commands.get(Pair(actor, Pair(high, low)), in: transaction)
    }

    /// Every client's sealed details that names are searched by.
    public borrowing func forEachClient(_ body: (UInt64, ClientState) throws -> Void) throws {
        try tables.clients.scanAll(in: transaction) { id, client in
            if !client.withdrawn { try body(id, client) }
            return .next
        }
    }

    borrowing func evolveKeys(_ recorded: Recorded) throws {
        for use in recorded.header.keys {
            let key = KeyState.with {
                $0.person = use.person
                $0.category = use.category
                $0.keyID = use.keyID
            }
            try tables.keys.put(Pair(use.person, UInt64(use.category.rawValue)), key, in: transaction)
            try tables.usedKeys.put([UInt8](use.keyID), key, in: transaction)
        }
    }

    borrowing func evolveCommand(_ recorded: Recorded) throws {
        let header = recorded.header
        guard header.index == 0, header.commandIDHigh != 0 || header.commandIDLow != 0 else { return }
        let key = Pair(header.actor.id, Pair(header.commandIDHigh, header.commandIDLow))
        let seen = CommandState.with {
            $0.first = recorded.position
            $0.count = header.count
            $0.mac = Data(header.requestMAC)
            $0.macKey = header.macKey
            $0.recordedAt = header.recordedAt
        }
        try tables.commands.put(key, seen, in: transaction)
    }
}
