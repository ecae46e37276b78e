import Clinic
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// `POST /v1/commands/<Name>`: any command in the list, however it is sent. `CommandDesk` takes the usual ones before.
struct CommandRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers
    let figures: Figures

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        guard let type = Commands.byName[name] else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "No such command",
                detail: "There is no command of this name. GET /v1/openapi.json lists them.")
        }
        do {
            let response = try await respond(type, request, context)
            figures.command(name, outcome: "done")
            return response
        } catch {
            figures.command(name, outcome: (error as? Refusal).map { String($0.status) } ?? "error")
            throw error
        }
    }

    private func respond(
        _ type: any Command.Type, _ request: Request, _ context: SocketContext
    ) async throws -> Response {
        // Who may not even be known learns nothing of what is wrong with the rest.
        _ = try Credentials(request.head, uid: peers.uid(of: context.channel))
        _ = try request.parameters()
        let body = try await request.bytes(upTo: context.maxUploadSize)
        let submission = try Submission(type, request.head, body: body, uid: peers.uid(of: context.channel))
        let reply = try await engine.send(submission).get()
        return try .message(reply, status: .created, position: reply.position, asProtobuf: request.head.wantsProtobuf)
    }
}
