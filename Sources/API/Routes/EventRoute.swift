import Clinic
import Engine
import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// `GET /v1/events?after=N&follow=true`: the log as lines of JSON, sealed boxes closed; live when followed.
struct EventRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers
    let streams: LiveStreams

    /// Records read in one go; nothing of the log is held open while a socket is written.
    private static let pageMax = 100

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        let credentials = try Credentials(request, uid: peers.uid(of: context.channel))
        _ = try engine.admit(credentials, to: .viewEvents, name: "events")
        let parameters = request.uri.queryParameters
        let after = try parameters["after"].map { text throws(Refusal) -> UInt64 in
            guard let position = UInt64(text), position < .max else {
                throw .field("after", "`after` must be a position.")
            }
            return position
        }
        let isFollowing = parameters["follow"] == "true"
        let start = after.map { $0 + 1 } ?? 0
        let channel = context.channel
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                let position = try await write(from: start, upTo: engine.log.size, &writer)
                if isFollowing { try await follow(from: position, credentials, channel, &writer) }
                try await writer.finish(nil)
            })
    }

    private func follow(
        from start: UInt64, _ credentials: Credentials, _ channel: any Channel,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        var position = start
        for await size in streams.until(channel, engine.log.head.sizes()) {
            // A token that was revoked meanwhile is dead here too.
            guard (try? engine.admit(credentials, to: .viewEvents, name: "events")) != nil else { break }
            position = try await write(from: position, upTo: size, &writer)
        }
    }

    private func write(
        from start: UInt64, upTo end: UInt64, _ writer: inout any ResponseBodyWriter
    ) async throws -> UInt64 {
        var position = start
        while position < end {
            let from = position
            let (lines, next) = try await engine.views.blocking { [engine] in
                var lines = ByteBuffer()
                let next = try engine.log.read(from: from, upTo: end, max: Self.pageMax) { position, bytes in
                    lines.writeBytes(try EventLine.json(RecordView(copying: bytes), at: position))
                    lines.writeInteger(UInt8(ascii: "\n"))
                }
                return (lines, next)
            }
            try await writer.write(lines)
            position = next
        }
        return position
    }
}

/// One event as a line of JSON.
enum EventLine {
    static func json(_ record: RecordView, at position: UInt64) throws -> [UInt8] {
        let header = String(decoding: try JSONWriter.encode(try record.header()), as: UTF8.self)
        let event = String(decoding: try encode(try record.anyEvent().message), as: UTF8.self)
        return Array(
            """
            {"position":\(position),"type":"\(record.type.name)","recordedAt":\(record.recordedAtMs),\
            "header":\(header),"event":\(event)}
            """.utf8)
    }

    private static func encode(_ message: some Event) throws -> [UInt8] { try JSONWriter.encode(message) }
}
