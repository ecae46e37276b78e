import Clinic
import Engine
import EventStore
import Foundation
import HTTPTypes
import Hummingbird
import Logging
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
        let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
        let parameters = try request.parameters("after", "follow")
        let after = try parameters["after"].map { text throws(Refusal) -> UInt64 in
            guard let position = UInt64(text), position < .max else {
                throw .field("after", "`after` must be a position.")
            }
            return position
        }
        let isFollowing = try Request.flag("follow", in: parameters)
        let start = after.map { $0 + 1 } ?? 0
        let channel = context.channel
        let logger = context.logger
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                do {
                    let position = try await write(from: start, upTo: engine.log.size, &writer)
                    if isFollowing { try await follow(from: position, credentials, channel, &writer) }
                } catch let broken as BrokenOff {
                    try await tell(broken, logger, &writer)
                    throw broken
                }
                try await writer.finish(nil)
            })
    }

    /// Says as the last line why no more comes. The body is not brought to its proper end either, so that whoever only
    /// counts bytes sees it too.
    private func tell(
        _ broken: BrokenOff, _ logger: Logger, _ writer: inout any ResponseBodyWriter
    ) async throws {
        logger.error("a stream of events was broken off", metadata: ["reason": "\(broken.refusal.detail)"])
        var line = ByteBuffer(string: #"{"problem":"#)
        line.writeBytes(try JSONEncoder().encode(Problem(broken.refusal)))
        line.writeString("}\n")
        try await writer.write(line)
        // The body then ends without its end, so that nobody takes it for the whole; a client library that meets that
        // drops what it has not handed on yet.
        try await Task.sleep(for: .nanoseconds(EdgeLimits.partingTime.nanoseconds))
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
            let page = try await engine.views.blocking { [engine] in Self.page(engine.log, from: from, upTo: end) }
            try await writer.write(page.lines)
            if let broken = page.broken { throw broken }
            position = page.next
        }
        return position
    }

    private struct Page: Sendable {
        var lines = ByteBuffer()
        /// The position after the last line.
        var next: UInt64
        /// Why the next record is not in it.
        var broken: BrokenOff?
    }

    /// Lines of records in a row, up to one that cannot be read.
    private static func page(_ log: EventLog, from start: UInt64, upTo end: UInt64) -> Page {
        var page = Page(next: start)
        do {
            _ = try log.read(from: start, upTo: end, max: pageMax) { position, bytes in
                let line = try EventLine.json(RecordView(copying: bytes), at: position)
                page.lines.writeBytes(line)
                page.lines.writeInteger(UInt8(ascii: "\n"))
                page.next = position + 1
            }
        } catch {
            let words = "Events end before position \(page.next), though there are more: \(ErrorWords.of(error))."
            let isDamage = (error as? LogError)?.isDamage ?? true
            page.broken = BrokenOff(
                isDamage
                    ? Refusal(
                        .problem("damaged"), status: 500, title: "The log is damaged",
                        detail: words + " See how far it goes: daybook verify")
                    : Refusal.busy(words + " Ask again from there."))
        }
        return page
    }
}

/// More was to come, and cannot.
private struct BrokenOff: Error {
    let refusal: Refusal

    init(_ refusal: Refusal) { self.refusal = refusal }
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
