import LMDBKit
import ProjectionKit
import Schema

/// Records as the log would have them: one command each, a second apart, by member of staff 1.
public func recorded(_ events: [(event: AnyEvent, subjects: [Subject])]) -> [Recorded] {
    events.enumerated().map { position, item in
        var header = Header()
        header.recordedAt = 1_767_225_600_000 + Int64(position) * 1_000
        header.effectiveAt = header.recordedAt
        header.count = 1
        header.actor.kind = .staff
        header.actor.id = 1
        header.role = .frontDesk
        header.door.kind = .socket
        header.subjects = item.subjects
        let type = type(of: item.event.message).type
        return Recorded(position: UInt64(position), header: RecordHeader(header), type: type, event: item.event)
    }
}

/// Every key and value of every table of a read model after some records, by the table's name.
///
/// - `perTransaction`: how many records are folded in before the transaction ends, which rows must not depend on.
public func foldedTables<View: Projector>(
    _ type: View.Type, _ records: [Recorded], perTransaction: Int
) throws -> [String: [[UInt8]]] {
    let folder = try TemporaryFolder()
    let environment = try Environment(path: folder.path, options: .init(mapSizeBytes: 64 << 20, isUnsynced: true))
    let opener = TableOpener(try environment.beginWrite())
    let view = try View(opener)
    try opener.commit()
    for start in stride(from: 0, to: records.count, by: perTransaction) {
        let writer = ViewWriter(try environment.beginWrite())
        for record in records[start...].prefix(perTransaction) { try view.project(record, into: writer) }
        try writer.commit()
    }
    // All fields of a projector are tables, so that none can be forgotten here.
    let tables = Mirror(reflecting: view).children.compactMap {
        Mirror(reflecting: $0.value).descendant("raw") as? RawTable
    }
    var found: [String: [[UInt8]]] = [:]
    try environment.read { transaction in
        for table in tables {
            var entries: [[UInt8]] = []
            try table.scan(in: transaction) { key, value in
                entries.append([UInt8](key))
                entries.append([UInt8](value))
                return .next
            }
            found[table.name] = entries
        }
    }
    return found
}
