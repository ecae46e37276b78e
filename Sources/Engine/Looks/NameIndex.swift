import Clinic
import Foundation
import HashTreeCollections
import Schema
import Synchronization

/// The names of all clients, in memory and nowhere else, by which they are searched and duplicates are found.
///
/// It is filled once a start, under a look of the system, and kept current by the writer.
final class NameIndex: Sendable {
    struct Entry: Sendable {
        var number = ""
        var givenName = ""
        var familyName = ""
        var preferredName = ""
        var dateOfBirth = ""
        var email = ""
        var phone = ""

        /// Takes from another what this one does not have.
        mutating func fillGaps(from other: Entry) {
            for field in [
                \Entry.number, \.givenName, \.familyName, \.preferredName, \.dateOfBirth, \.email, \.phone,
            ] where self[keyPath: field].isEmpty {
                self[keyPath: field] = other[keyPath: field]
            }
        }

        /// What a typed text is looked for in.
        var searched: [String] { [givenName, familyName, preferredName, email, phone, number.lowercased()] }
    }

    private struct Contents {
        /// Persistent, so that a search has a snapshot at no cost and keeps nobody waiting.
        var entries: TreeDictionary<UInt64, Entry> = [:]
        var byName: [String: Set<UInt64>] = [:]
        var byEmail: [String: Set<UInt64>] = [:]
        var byPhone: [String: Set<UInt64>] = [:]
        var filled: (done: Int, of: Int)? = (0, 1)
        var isBeingFilled = false
        /// Clients whose names did not open when the index was filled.
        var unreadable: Set<UInt64> = []
        /// Clients who went while the index was being filled: the filling must not bring them back.
        var gone: Set<UInt64> = []
    }

    private let contents = Mutex(Contents())

    /// Refuses while the index is being filled.
    private func requireFull(_ contents: borrowing Contents) throws(Refusal) {
        guard let filled = contents.filled else { return }
        let permille = filled.of == 0 ? 0 : filled.done * 1_000 / filled.of
        throw Refusal.busy("The index of names is being filled after the start. Try again in a moment.")
            .with { $0.progressPermille = permille }
    }

    /// Clients who may be the same person: same name and birth date, same email, or same phone.
    func possibleDuplicates(_ probe: DuplicateProbe) throws(Refusal) -> [UInt64] {
        try contents.withLock { contents throws(Refusal) in
            try requireFull(contents)
            var found: Set<UInt64> = []
            if let given = probe.givenName, let family = probe.familyName, let born = probe.dateOfBirth {
                let named = contents.byName[Self.nameKey(given, family)] ?? []
                found.formUnion(named.filter { contents.entries[$0]?.dateOfBirth == born })
            }
            if let email = probe.email.map(NameFolding.fold), !email.isEmpty {
                found.formUnion(Self.evidence(contents.byEmail[email]))
            }
            if let phone = probe.phone.flatMap(NameFolding.phoneKey) {
                found.formUnion(Self.evidence(contents.byPhone[phone]))
            }
            if let except = probe.except { found.remove(except) }
            return found.sorted()
        }
    }

    /// An email or phone that so many have is the clinic's own or a stand-in, and says nothing of who is who.
    private static let sharedMax = 20

    private static func evidence(_ clients: Set<UInt64>?) -> Set<UInt64> {
        guard let clients, clients.count <= sharedMax else { return [] }
        return clients
    }

    /// Clients in whose name, email, phone or number every word of `text` occurs, of those who are `visible`; at most
    /// `limit`, and whether there are more. Besides, how many of the visible have names that cannot be read.
    func find(
        _ text: String, limit: Int, visible: (UInt64) -> Bool = { _ in true }
    ) throws(Refusal) -> (clients: [UInt64], more: Bool, unreadable: Int) {
        let words = NameFolding.fold(text).split(separator: " ").map(String.init)
        let (entries, unreadable) = try contents.withLock { contents throws(Refusal) in
            try requireFull(contents)
            return (contents.entries, contents.unreadable)
        }
        let found = entries.filter { Self.matches($0.value, words) && visible($0.key) }.map(\.key).sorted()
        return (Array(found.prefix(limit)), found.count > limit, unreadable.count(where: visible))
    }

    private static func matches(_ entry: Entry, _ words: [String]) -> Bool {
        let searched = entry.searched
        return words.allSatisfy { word in searched.contains { $0.contains(word) } }
    }

    private static func nameKey(_ given: String, _ family: String) -> String {
        NameFolding.fold(given) + "\u{0}" + NameFolding.fold(family)
    }

    /// A client's details as they now are; nil fields stay as they were.
    func update(_ client: UInt64, _ change: (inout Entry) -> Void) {
        contents.withLock { contents in
            var entry = contents.entries[client] ?? Entry()
            Self.remove(client, entry, from: &contents)
            change(&entry)
            contents.entries[client] = entry
            contents.byName[Self.nameKey(entry.givenName, entry.familyName), default: []].insert(client)
            if !entry.email.isEmpty { contents.byEmail[entry.email, default: []].insert(client) }
            if let phone = NameFolding.phoneKey(entry.phone) { contents.byPhone[phone, default: []].insert(client) }
        }
    }

    func entry(of client: UInt64) -> Entry? { contents.withLock { $0.entries[client] } }

    /// Puts back what a dropped batch has changed.
    func restore(_ client: UInt64, _ entry: Entry?) {
        guard let entry else { return forget(client) }
        update(client) { $0 = entry }
    }

    /// A client who is not to be found any more.
    func forget(_ client: UInt64) {
        contents.withLock { contents in
            if contents.filled != nil { contents.gone.insert(client) }
            contents.unreadable.remove(client)
            guard let entry = contents.entries.removeValue(forKey: client) else { return }
            Self.remove(client, entry, from: &contents)
        }
    }

    private static func remove(_ client: UInt64, _ entry: Entry, from contents: inout Contents) {
        contents.byName[nameKey(entry.givenName, entry.familyName)]?.remove(client)
        contents.byEmail[entry.email]?.remove(client)
        if let phone = NameFolding.phoneKey(entry.phone) { contents.byPhone[phone]?.remove(client) }
    }

    /// Whether somebody is to fill it now.
    func beginFilling() -> Bool {
        contents.withLock { contents in
            guard contents.filled != nil, !contents.isBeingFilled else { return false }
            contents.isBeingFilled = true
            return true
        }
    }

    func fillingFailed() { contents.withLock { $0.isBeingFilled = false } }

    func fill(done: Int, of count: Int) { contents.withLock { $0.filled = (done, count) } }

    /// A client whose names do not open. What is learned of them later does not bring back the rest.
    func cannotRead(_ client: UInt64) { contents.withLock { _ = $0.unreadable.insert(client) } }

    /// A client as the state had them when the filling began. What was learned since is newer.
    func fill(_ client: UInt64, with entry: Entry) {
        guard contents.withLock({ !$0.gone.contains(client) }) else { return }
        update(client) { $0.fillGaps(from: entry) }
        // Whoever went between the two goes again.
        if contents.withLock({ $0.gone.contains(client) }) { forget(client) }
    }

    func isFull() {
        contents.withLock { contents in
            contents.filled = nil
            contents.gone = []
        }
    }
}

/// How names are compared: without case, accents, apostrophes or outer blanks, by Unicode and no locale.
enum NameFolding {
    /// Letters that Unicode takes for others and not for ones with an accent, as they are written without them.
    private static let plain: [Character: String] = [
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t", "þ": "th", "æ": "ae", "œ": "oe",
        "ß": "ss",
    ]
    /// O'Brien, O’Brien and OBrien are one.
    private static let apostrophes: Set<Character> = ["'", "’", "‘", "ʼ", "ʻ", "`", "´", "′"]

    static func fold(_ text: String) -> String {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        guard !folded.utf8.allSatisfy({ $0 < 0x80 && $0 != 0x27 && $0 != 0x60 }) else { return joined(folded) }
        return joined(
            folded.reduce(into: "") { name, letter in
                guard !apostrophes.contains(letter) else { return }
                name += plain[letter] ?? String(letter)
            })
    }

    private static func joined(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// The digits of a number, without what follows a letter after it, which is an extension.
    static func digits(_ text: String) -> String {
        let number = text.drop { !$0.isNumber }.prefix { !$0.isLetter }
        return String(number.unicodeScalars.filter { ("0"..."9").contains($0) })
    }

    /// The last nine digits: with and without the country's code and the leading zero one number stays one. Fewer than
    /// seven digits say nothing.
    static func phoneKey(_ text: String) -> String? {
        let digits = digits(text)
        return digits.count >= 7 ? String(digits.suffix(9)) : nil
    }
}
