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
            if event.hasLink { try view.update(access, event.link) { $0.awaitsHolder = false } }
            if event.hasToken { try view.update(access, event.token) { $0.awaitsHolder = false } }
        case .recordAccessed, .accessDenied: break
        }
    }

    private func link(
        _ uid: UInt32, to staff: UInt64, awaitsHolder: Bool, _ recorded: Recorded, _ view: ViewWriter
    ) throws {
        // A user has one link; the one before is good for nothing from now on.
        if let earlier = try view.get(linkOfUID, UInt64(uid)) {
            try view.update(access, earlier.value) { $0.revoked = true }
        }
        var row = AccessRow(id: recorded.position, "link", of: staff, recorded.header.actor)
        row.uid = uid
        row.awaitsHolder = awaitsHolder
        try view.put(access, recorded.position, row)
        try view.put(linkOfUID, UInt64(uid), Google_Protobuf_UInt64Value(recorded.position))
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
