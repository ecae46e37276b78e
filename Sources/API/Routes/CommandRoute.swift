import Clinic
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// `POST /v1/commands/<Name>`: any command in the list.
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
        let credentials = try Credentials(request, uid: peers.uid(of: context.channel))
        _ = try request.parameters()
        let body = try await request.bytes(upTo: context.maxUploadSize)
        let command = try decode(type, body, isProtobuf: request.isProtobuf)
        let submission = Submission(
            sender: .door(credentials), command: command, key: try request.commandKey(),
            purpose: try request.purpose(unlessSaid: .operations))
        let reply = try await engine.send(submission).get()
        return try .message(reply, status: .created, position: reply.position, asProtobuf: request.wantsProtobuf)
    }

    private func decode<C: Command>(_ type: C.Type, _ body: [UInt8], isProtobuf: Bool) throws -> any Command {
        do throws(FieldError) {
            return isProtobuf
                ? try ProtobufReader.decode(C.self, from: body) : try JSONReader.decode(C.self, from: body)
        } catch {
            throw Refusal(error)
        }
    }
}
