import Clinic
import Engine
import HTTPTypes
import Hummingbird
import NIOCore
import ProjectionKit
import Schema

/// `GET /v1/openapi.json`: what is served, made from the schema and the lists of commands, questions and jobs.
struct OpenAPIRoute: Sendable {
    private let document: ByteBuffer

    init() {
        // It never changes while the daemon runs.
        document = ByteBuffer(bytes: Self.document())
    }

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        return Response(
            status: .ok, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: document))
    }

    static func document() -> [UInt8] {
        OpenAPI.document(
            version: Daybook.version,
            commands: Commands.all.map {
                .init(name: $0.name, permission: sentence($0.permission), answer: "Reply")
            },
            queries: Queries.all.map {
                .init(
                    name: $0.name, permission: sentence($0), answer: $0.name + "Answer",
                    isPrivate: Queries.isPrivate($0))
            },
            jobs: JobKind.allCases.map { kind in
                let comment = Descriptors.schema.message(named: kind.messageName)?.comment ?? ""
                return .init(
                    name: kind.rawValue, summary: "\(comment) \(sentence(kind.permission))", request: kind.messageName)
            })
    }

    static func sentence(_ query: any Query.Type) -> String {
        guard let ofClient = query.clientPermission else { return sentence(query.permission) }
        return "Needs the permission to \(query.permission.rawValue), and \(ofClient.rawValue) of a client it names."
    }

    /// Who may, in a sentence.
    static func sentence(_ permission: Permission) -> String {
        switch permission {
        case .viewSelf: "Anyone known to the clinic."
        case .initialisePractice: "Root, or the user that the daemon runs as, on an empty log."
        case .completeEnrolment: "Whoever holds what was offered to them."
        default: "Needs the permission to \(permission.rawValue)."
        }
    }
}

/// What is served, by name.
public enum Daybook {
    public static let version = "0.1.0"
}

extension JobKind {
    /// The message of its request.
    var messageName: String {
        switch self {
        case .verify: "VerifyJob"
        case .rebuild: "RebuildJob"
        case .digest: "DigestJob"
        case .import: "ImportJob"
        case .importUndo: "ImportUndoJob"
        }
    }
}
