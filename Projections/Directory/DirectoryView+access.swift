import LMDBKit
import ProjectionKit
import Schema
import SwiftProtobuf

extension DirectoryView {
    func fold(_ event: AccessEvent, _ recorded: Recorded, _ view: ViewWriter) throws {
        switch event {
        case .socketUserLinked(let event):
            try link(event.uid, to: event.staff, awaitsHolder: event.awaitsHolder, recorded, view)
        case .ownerRecovered(let event):
            try link(event.uid, to: event.staff, awaitsHolder: false, recorded, view)
        case .tokenIssued(let event):
            var row = AccessRow(id: recorded.position, "token", of: event.staff, recorded.header.actor)
            row.label = event.label
            row.expiresAt = event.expiresAt
            row.awaitsHolder = event.awaitsHolder
            try view.put(access, recorded.position, row)
        case .tokenRevoked(let event):
            try view.update(access, event.token) { $0.revoked = true }
        case .enrolmentCompleted(let event):
            if event.hasLink { try takeUp(event.link, view) }
            if event.hasToken { try view.update(access, event.token) { $0.awaitsHolder = false } }
        case .socketUserUnlinked(let event): try unlink(event, view)
        case .recordAccessed, .accessDenied: break
        }
    }

    /// A user has one link and one offer: each takes the place of the one before, and a link that of both.
    private func link(
        _ uid: UInt32, to staff: UInt64, awaitsHolder: Bool, _ recorded: Recorded, _ view: ViewWriter
    ) throws {
        try end(offerOfUID, uid, view)
        if !awaitsHolder { try end(linkOfUID, uid, view) }
        var row = AccessRow(id: recorded.position, "link", of: staff, recorded.header.actor)
        row.uid = uid
        row.awaitsHolder = awaitsHolder
        try view.put(access, recorded.position, row)
        let position = Google_Protobuf_UInt64Value(recorded.position)
        try view.put(awaitsHolder ? offerOfUID : linkOfUID, UInt64(uid), position)
    }

    private func unlink(_ event: SocketUserUnlinked, _ view: ViewWriter) throws {
        try view.update(access, event.link) { $0.revoked = true }
        for table in [linkOfUID, offerOfUID] where try view.get(table, UInt64(event.uid))?.value == event.link {
            try view.delete(table, UInt64(event.uid))
        }
    }

    private func takeUp(_ link: UInt64, _ view: ViewWriter) throws {
        guard let uid = try view.get(access, link)?.uid else { return }
        try end(linkOfUID, uid, view)
        try view.delete(offerOfUID, UInt64(uid))
        try view.update(access, link) { $0.awaitsHolder = false }
        try view.put(linkOfUID, UInt64(uid), Google_Protobuf_UInt64Value(link))
    }

    /// What a user had of this kind is good for nothing from now on.
    private func end(
        _ table: Table<UInt64, Google_Protobuf_UInt64Value>, _ uid: UInt32, _ view: ViewWriter
    ) throws {
        guard let earlier = try view.get(table, UInt64(uid)) else { return }
        try view.update(access, earlier.value) { $0.revoked = true }
        try view.delete(table, UInt64(uid))
    }
}

extension AccessRow {
    init(id: UInt64, _ kind: String, of staff: UInt64, _ issuer: Actor) {
        self.init()
        self.id = id
        self.kind = kind
        self.staff = staff
        revoked = false
        if issuer.hasID { issuedBy = issuer.id }
    }
}
