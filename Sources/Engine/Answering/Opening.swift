import Clinic
import EventStore
import Foundation
import Logging
import ProjectionKit
import Schema
import SwiftProtobuf
import Vault

/// Who looks, and why.
struct Looker: Sendable {
    var caller: Caller
    var role: Role.Value
    var purpose: Purpose.Value
    var query: String
}

/// A person's fields of one category, which are opened or withheld together.
struct Drawer: Hashable {
    var person: UInt64
    var category: Category.Value
}

/// A question whose answer tells of somebody's treatment, or of what others did, without any sealed field: that it was asked
/// is on record too (INV-ACC-03, INV-AUD-04).
protocol LooksWithoutOpening: Query {
    var looked: Drawer { get }
}

extension Chart: LooksWithoutOpening {
    var looked: Drawer { Drawer(person: client, category: .clinical) }
}

extension AuditTrail: LooksWithoutOpening {
    var looked: Drawer { .nobodys }
}

extension Drawer {
    /// What is about nobody in particular. No person was founded by the log's first event.
    static let nobodys = Drawer(person: 0, category: .unspecified)
}

extension ClinicEngine {
    /// Opens the private fields of an answer for one who may see them, and withholds them otherwise. The one place where
    /// boxes are opened for anybody.
    func open<Answer: Message & Sendable>(_ answer: inout Answer, for looker: Looker, nowMs: Int64) async throws {
        guard var carrying = answer as? any CarriesPrivate else { return }
        // Two holders of the same rows would have each row copied at its first change.
        answer = Answer()
        defer { if let whole = carrying as? Answer { answer = whole } }
        var drawers: Set<Drawer> = []
        carrying.forEachPrivate { field in
            if let drawer = field.drawer { drawers.insert(drawer) }
        }
        guard !drawers.isEmpty else { return }
        let permitted = await recorded(try permitted(drawers, looker, nowMs: nowMs), looker, nowMs: nowMs)
        carrying.forEachPrivate { field in
            guard let drawer = field.drawer else { return }
            field = permitted.contains(drawer) ? self.opened(field) : .with { $0.withheld = true }
        }
    }

    /// One field, whatever has become of the others: a lost key leaves just its own fields unread.
    private func opened(_ closed: Private) -> Private {
        var field = Private()
        do {
            field.text = try text(of: closed)
        } catch VaultError.erased {
            field.erased = true
        } catch {
            logger.error(
                "a private field cannot be opened", metadata: ["place": "\(closed.placeInWords)", "reason": "\(error)"])
            field.unreadable = true
        }
        return field
    }

    private func text(of closed: Private) throws -> String {
        switch closed.value {
        case .sealed(let place)?:
            let isName = place.category == .identity
            if isName, let known = knownName(at: place) { return known }
            guard let box = place.sealed.sealedBox else { throw LogError.malformed("a box without its parts") }
            let boxPlace = vault.place(position: place.position, ordinal: place.ordinal)
            return try isName ? vault.openName(box, at: boxPlace) : vault.open(box, at: boxPlace)
        case .scratch(let scratch)?:
            guard let key = KeyID(scratch.keyID) else { throw LogError.malformed("a draft without its key") }
            let bytes = try vault.openContents([UInt8](scratch.sealed), .scratch, owner: scratch.note, with: key)
            guard let text = String(validating: bytes, as: UTF8.self) else { throw VaultError.damaged(key) }
            return text
        case .text, .withheld, .erased, .unreadable, nil: throw LogError.malformed("a field that is not closed")
        }
    }

    private func knownName(at place: SealedAt) -> String? {
        guard let id = KeyID(place.sealed.keyID) else { return nil }
        return place.sealed.commitment.withUnsafeBytes {
            vault.knownName(id, commitment: $0, position: place.position, ordinal: place.ordinal)
        }
    }

    /// Those that the caller's roles and relations permit.
    private func permitted(_ drawers: Set<Drawer>, _ looker: Looker, nowMs: Int64) throws(Refusal) -> Set<Drawer> {
        let access = try published.access
        return drawers.filter { drawer in
            guard let permission = drawer.category.viewPermission else { return false }
            let target =
                drawer.category == .personnel ? Target(staff: drawer.person) : Target(client: drawer.person)
            return access.role(permitting: permission, to: looker.caller, about: target, nowMs: nowMs) != nil
        }
    }

    /// Of these, those whose look is on record: a first look is made durable before a box opens.
    private func recorded(_ drawers: Set<Drawer>, _ looker: Looker, nowMs: Int64) async -> Set<Drawer> {
        var visible = drawers
        // In order of category: what is recorded must not depend on the order of a dictionary.
        let groups = Dictionary(grouping: drawers, by: \.category).sorted { $0.key.rawValue < $1.key.rawValue }
        for (category, group) in groups {
            var look = Look(
                caller: looker.caller, role: looker.role, purpose: looker.purpose, query: looker.query,
                category: category, people: group.map(\.person).sorted(), windowAtMs: nowMs)
            look.people = looks.firstLooks(of: look, nowMs: nowMs)
            guard !look.people.isEmpty else { continue }
            if await record(look) {
                looks.opened(look)
            } else {
                visible.subtract(look.people.map { Drawer(person: $0, category: category) })
            }
        }
        return visible
    }

    /// Whether a look at one drawer is on record.
    func record(_ drawer: Drawer, _ looker: Looker, nowMs: Int64) async -> Bool {
        await recorded([drawer], looker, nowMs: nowMs).contains(drawer)
    }

    private func record(_ look: Look) async -> Bool {
        await withCheckedContinuation { continuation in
            let isTaken = writer.queue.add(
                .look(look) { result in
                    if case .success = result {
                        continuation.resume(returning: true)
                    } else {
                        continuation.resume(returning: false)
                    }
                })
            if !isTaken { continuation.resume(returning: false) }
        }
    }
}

extension Private {
    /// Whose field it is and of which kind, while it is closed.
    fileprivate var drawer: Drawer? {
        switch value {
        case .sealed(let place)?: Drawer(person: place.person, category: place.category)
        case .scratch(let scratch)?: Drawer(person: scratch.client, category: .clinical)
        case .text, .withheld, .erased, .unreadable, nil: nil
        }
    }

    fileprivate var placeInWords: String {
        switch value {
        case .sealed(let place)?: "position \(place.position), ordinal \(place.ordinal)"
        case .scratch(let scratch)?: "the draft of note \(scratch.note)"
        case .text, .withheld, .erased, .unreadable, nil: ""
        }
    }
}

extension Category.Value {
    /// What one must be allowed to do to see fields of this category; nil for those that nobody sees by role.
    var viewPermission: Permission? {
        switch self {
        case .identity, .contact: .viewDemographics
        case .clinical: .viewChart
        case .personnel: .viewPersonnel
        case .billing: .viewBalances
        case .messages, .attachments, .psychotherapy, .unspecified, .UNRECOGNIZED: nil
        }
    }
}
