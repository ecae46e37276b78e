/// The columns of a sheet of appointments.
public enum AppointmentColumn: String, SheetColumn {
    case reference
    /// The client's reference in the sheet of clients.
    case client
    case therapist
    case service
    case date
    case start
    /// The planned length.
    case minutes
    case location
    case room
    case modality
    case status
    case price
    case payment
    case remarks

    public static let sheet = SheetKind.appointments

    public var headings: Set<String> {
        switch self {
        case .reference:
            [
                "ref", "refno", "id", "no", "appointmentid", "appointmentno", "appointmentref", "appointmentcode",
                "bookingid", "bookingno", "bookingref", "sessionid", "sessionno", "sessionref", "visitid", "visitno",
                "sourceid", "eventid",
            ]
        case .client:
            [
                "client", "clientid", "clientno", "clientref", "clientcode", "fileno", "fileid", "fileref", "file",
                "chartno", "chartid", "chart", "caseno", "caseid", "recordno", "recordid", "mrn", "clientsourceid",
            ]
        case .therapist:
            ["clinician", "clinicianname", "seenby", "with", "staff", "staffname", "staffmember", "assignedto"]
        case .service:
            [
                "service", "servicename", "servicecode", "sessiontype", "appointmenttype", "type", "treatment",
                "typeofservice", "servicetype", "typeofsession",
            ]
        case .date: ["date", "appointmentdate", "sessiondate", "bookingdate", "visitdate", "day", "startdate"]
        case .start: ["start", "starttime", "time", "from", "begins", "appointmenttime", "sessiontime", "starts"]
        case .minutes: ["min", "length", "duration", "lengthmin", "durationmin", "sessionlength", "lengthinmin"]
        case .location: ["location", "site", "office", "branch", "clinic"]
        case .room: ["room", "roomname", "consultingroom", "roomno", "therapyroom"]
        case .modality:
            [
                "where", "modality", "mode", "contacttype", "typeofcontact", "format", "delivery", "medium", "setting",
                "sessionformat", "channel",
            ]
        case .status:
            ["status", "outcome", "appointmentstatus", "attendance", "state", "result", "sessionstatus", "attended"]
        case .price: ["fee", "price", "charge", "amount", "rate", "cost", "sessionfee"]
        case .payment: ["payment", "paid", "paymentstatus", "billing", "paymentstate"]
        case .remarks: ["remarks", "appointmentremarks", "adminremarks"]
        }
    }

    public static func missing(present: Set<Self>, absent: Set<Self>) -> [Self] {
        [.reference, .client, .therapist, .date, .start, .minutes, .status].filter { !present.contains($0) }
    }
}
