import Schema
import SwiftProtobuf
import Synchronization

/// The public facts of an event, by name and in order. Names and words are those of the schema's JSON.
struct FactList {
    /// The fact that holds the zone of the row's times; at rest only.
    static let zoneName = "zone"

    private(set) var facts: [Fact] = []

    mutating func add(_ name: String, text: String) {
        guard !text.isEmpty else { return }
        var fact = Fact()
        fact.name = name
        fact.value = text
        facts.append(fact)
    }

    mutating func add(_ name: String, _ number: some BinaryInteger) { add(name, text: String(number)) }
    mutating func add(_ name: String, _ flag: Bool) { add(name, text: flag ? "true" : "false") }
    mutating func add(_ name: String, _ ids: [UInt64]) { ids.forEach { add(name, $0) } }

    /// An instant in milliseconds UTC, under a name that ends in `At`.
    mutating func add(instant name: String, _ instantMs: Int64) {
        precondition(name.hasSuffix("At"), "instants are told from numbers by their names")
        add(name, instantMs)
    }

    /// A word of the schema; one that is not set is left out.
    mutating func add(_ name: String, word: some SwiftProtobuf.Enum) {
        guard word.rawValue != 0 else { return }
        add(name, text: Self.word(of: word))
    }

    /// An amount as people read it, as 120.00 USD.
    mutating func add(_ name: String, money: Money) { add(name, text: MoneyText.text(money)) }

    mutating func add(zone: String) { add(Self.zoneName, text: zone) }

    mutating func add(_ source: Source) {
        add("source", text: source.name)
        add("reference", text: source.reference)
    }

    /// Where, when and with whom.
    mutating func add(_ arrangement: Arrangement) {
        add("staff", arrangement.staff)
        if arrangement.hasLocation { add("location", arrangement.location) }
        if arrangement.hasRoom { add("room", arrangement.room) }
        add("modality", word: arrangement.modality)
        let time = arrangement.time
        // The wall clock that was meant stands in the event; only the end must be told from the instant.
        add("start", text: "\(time.startLocal) \(time.zone)")
        add(instant: "endAt", time.endAt)
        if time.dst != .none { add("dst", word: time.dst) }
    }

    private struct Case: Hashable {
        var type: ObjectIdentifier
        var number: Int
    }

    /// Read off once each: looking up the name of a case costs more than the rest of a row.
    private static let words = Mutex<[Case: String]>([:])

    private static func word<Word: SwiftProtobuf.Enum>(of value: Word) -> String {
        let known = Case(type: ObjectIdentifier(Word.self), number: value.rawValue)
        return words.withLock { words in
            if let word = words[known] { return word }
            let word = spelled(value)
            words[known] = word
            return word
        }
    }

    /// `inPerson` in Swift is `in_person` in the schema.
    private static func spelled(_ value: some SwiftProtobuf.Enum) -> String {
        var word = ""
        for character in String(describing: value) {
            if character.isUppercase { word.append("_") }
            word.append(contentsOf: character.lowercased())
        }
        return word
    }
}
