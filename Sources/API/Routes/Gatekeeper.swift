import Clinic
import Engine
import HTTPTypes
import Hummingbird
import Schema

/// Serves addresses, and lets nobody past their gates: the one place where a route is made.
struct Gatekeeper {
    let router: Router<SocketContext>
    let engine: ClinicEngine
    let peers: PeerUsers

    typealias Handler = @Sendable (Request, SocketContext) async throws -> Response

    func serve(_ address: Address, _ method: HTTPRequest.Method = .get, _ handler: @escaping Handler) {
        router.on(RouterPath(address.rawValue), method: method) { [engine, peers] request, context in
            switch address.gate {
            case .everybody, .asNamed: break
            case .known:
                let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
                _ = try engine.recognise(credentials, name: address.name)
            case .holders(let permission):
                let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
                _ = try engine.admit(credentials, to: permission, name: address.name)
            }
            return try await handler(request, context)
        }
    }
}
