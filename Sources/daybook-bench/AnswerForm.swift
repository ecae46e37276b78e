/// How the daemon writes an answer.
enum AnswerForm: String, CaseIterable {
    case protobuf = "Protobuf"
    case json = "JSON"

    var mediaType: String {
        switch self {
        case .protobuf: "application/x-protobuf"
        case .json: "application/json"
        }
    }
}
