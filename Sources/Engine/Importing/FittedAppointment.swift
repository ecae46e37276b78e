import Clinic
import Foundation
import Interchange
import Schema
import Timetable

/// A row of a sheet of appointments, made to fit the book; the notes say what was left out.
struct FittedAppointment {
    private(set) var command = ImportAppointment()
    private(set) var notes: [String] = []

    init(_ row: Interchange.AppointmentRow, client: UInt64, _ names: ImportNames, in zone: Zone) {
        command.client = client
        command.staff = names.therapist(row.therapist) ?? 0
        command.service = names.service(row) ?? 0
        command.modality = (row.modality ?? .inPerson).wire
        command.start = row.start.description
        command.zone = zone.id
        command.minutes = UInt32(row.minutes)
        let place = names.place(row)
        if let location = place.location { command.location = location }
        if let room = place.room { command.room = room }
        if row.room != nil, !row.isInPerson { notes.append("not in person, so it takes no room") }
        set(row.status)
        if let remarks = row.remarks { setRemark(remarks) }
    }

    private mutating func set(_ status: Interchange.AppointmentStatus) {
        switch status {
        case .booked: command.status = .booked
        case .attended: command.status = .completed
        case .noShow: command.status = .noShow
        case .cancelled: command.status = .cancelled
        case .lateCancelled:
            command.status = .cancelled
            command.late = true
        }
    }

    private mutating func setRemark(_ remarks: String) {
        let remark = OneLine.plain(remarks)
        guard !remark.allSatisfy(\.isWhitespace) else { return }
        command.remark = OneLine.cut(remark, to: TextLimit.summary)
        if command.remark != remark {
            notes.append("the remarks are longer than \(TextLimit.summary) characters, and are cut")
        }
    }
}

extension Interchange.Modality {
    fileprivate var wire: Schema.Modality.Value {
        switch self {
        case .inPerson: .inPerson
        case .online: .online
        case .phone: .phone
        case .homeVisit: .homeVisit
        case .outreach: .outreach
        }
    }
}
