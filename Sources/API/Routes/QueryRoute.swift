import Clinic
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import ProjectionKit
import Schema
import Timetable

/// `GET /v1/queries/<Name>?…` and, for private arguments, `POST /v1/queries/<Name>`: any question in the list.
struct QueryRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers
    private let budget = AnswerBudget()

    init(engine: ClinicEngine, peers: PeerUsers) {
        self.engine = engine
        self.peers = peers
    }

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        guard let type = Queries.byName[name] else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "No such question",
                detail: "There is no question of this name. GET /v1/openapi.json lists them.")
        }
        guard request.method == .post || !Queries.isPrivate(type) else {
            throw Refusal(
                .problem("wrong-method"), status: 405, title: "Not that way",
                detail: "What this asks for is private and does not belong into an address. Ask by POST, with a body.")
        }
        return try await respond(type, request, context)
    }

    private func respond<Q: Query>(
        _ type: Q.Type, _ request: Request, _ context: SocketContext
    ) async throws -> Response {
        let uid = peers.uid(of: context.channel)
        let credentials = try Credentials(request.head, uid: uid)
        try request.requireWellFormedQuery()
        var parameters = request.uri.queryParameters.map { (String($0.key), String($0.value)) }
        let times = parameters.filter { $0.0 == "asOf" }
        guard times.count < 2 else { throw Refusal.field("asOf", "`asOf` is given twice.") }
        let asOf = times.first?.1
        parameters.removeAll { $0.0 == "asOf" }
        guard request.method == .get || parameters.isEmpty else {
            throw Refusal.field(
                "query", "With POST the question is in the body; the address takes no parameter but asOf.")
        }
        let query: Q
        do {
            if request.method == .post {
                let body = try await request.bytes(upTo: context.maxUploadSize)
                query =
                    request.head.isProtobuf
                    ? try ProtobufReader.decode(Q.self, from: body) : try JSONReader.decode(Q.self, from: body)
            } else {
                query = try FormReader.decode(Q.self, from: parameters)
            }
        } catch let error as FieldError {
            throw Refusal(error)
        }
        let asking = Asking(
            query, from: credentials, purpose: try request.head.purpose(unlessSaid: .treatment),
            asOfMs: try asOf.map { try engine.instantMs(asOf: $0) })
        let answered = try await engine.ask(asking)
        return try .message(
            answered.answer, position: answered.position, asProtobuf: request.head.wantsProtobuf, within: budget,
            for: uid ?? .max)
    }
}
