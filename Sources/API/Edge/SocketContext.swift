import Clinic
import Crypto
import Hummingbird
import Logging
import NIOCore
import Schema

/// A request on the Unix socket, and who made it.
struct SocketContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// Commands and questions are small; what may be larger says so itself.
    var maxUploadSize: Int { EdgeLimits.bodyBytesMax }
}

extension Clinic.Credentials {
    /// The kernel's word for who is at the other end, and the token shown, if any.
    init(_ head: HTTPRequest, uid: UInt32?) throws(Refusal) {
        self.init(doorKind: .socket, uid: uid)
        let shown = head.headerFields[values: .authorization]
        guard let header = shown.first else { return }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard shown.count == 1, parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 512 else {
            throw .unknownCaller("The Authorization header must be: Bearer <token>.")
        }
        tokenSHA256 = Array(SHA256.hash(data: Array(parts[1].utf8)))
    }
}
