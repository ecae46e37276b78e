import Clinic
import Engine
import EventStore
import HTTPTypes
import Hummingbird
import NIOCore
import ProjectionKit
import Schema

/// `GET /v1/metrics`: figures for monitoring in Prometheus's text format. Names of commands and read models are the
/// only labels.
struct MetricsRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers
    let figures: Figures
    let streams: LiveStreams

    func respond(_ request: Request, _ context: SocketContext) async throws -> Response {
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text())))
    }

    private func text() -> String {
        var text = PrometheusText()
        text.family("daybook_commands_total", .counter, "Commands by name and outcome.")
        for (key, count) in figures.commands.sorted(by: { $0.key < $1.key }) {
            text.sample(count, [("command", key.name), ("outcome", key.outcome)])
        }
        let writing = engine.writerFigures
        text.single("daybook_queue_length", .gauge, "Work that waits for the writer.", writing.queueLength)
        text.single("daybook_events_total", .counter, "Events committed since the start.", writing.events)
        batches(writing, &text)
        let health = engine.health
        let usage = engine.log.usage()
        text.single("daybook_log_events", .gauge, "Events in the log.", health.events)
        text.single("daybook_log_map_used_bytes", .gauge, "Room taken in the log's map.", usage.usedBytes)
        text.single("daybook_log_map_bytes", .gauge, "Size of the log's map.", usage.mapSizeBytes)
        text.family("daybook_view_lag_events", .gauge, "Events a read model is behind.")
        for view in health.views {
            text.sample(health.events - min(health.events, view.position), [("view", view.name)])
        }
        text.family("daybook_view_serving", .gauge, "1 when the read model answers.")
        for view in health.views { text.sample(view.status.isServing ? 1 : 0, [("view", view.name)]) }
        if let disk = health.disk {
            text.single("daybook_disk_available_bytes", .gauge, "Room on the disk.", disk.availableBytes)
        }
        let connections = peers.figures
        text.single("daybook_connections", .gauge, "Open connections.", connections.open)
        text.single("daybook_connections_refused_total", .counter, "Connections over quota.", connections.turnedAway)
        text.single("daybook_streams", .gauge, "Followers of the log and of jobs.", streams.count)
        return text.text
    }

    private func batches(_ writing: WriterFigures, _ text: inout PrometheusText) {
        text.family("daybook_batch_events", .histogram, "Events a commit carried.")
        for (bound, count) in zip(WriterFigures.bounds, writing.buckets) {
            text.sample(count, [("le", String(bound))], suffix: "_bucket")
        }
        text.sample(writing.batches, [("le", "+Inf")], suffix: "_bucket")
        text.sample(writing.events, [], suffix: "_sum")
        text.sample(writing.batches, [], suffix: "_count")
    }
}

/// Prometheus's text exposition format, version 0.0.4.
struct PrometheusText {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""
    private var name = ""

    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    mutating func sample(_ value: some BinaryInteger, _ labels: [(String, String)], suffix: String = "") {
        let said = labels.map { "\($0.0)=\"\($0.1)\"" }.joined(separator: ",")
        text += "\(name)\(suffix)\(said.isEmpty ? "" : "{\(said)}") \(value)\n"
    }

    mutating func single(_ name: String, _ kind: Kind, _ help: String, _ value: some BinaryInteger) {
        family(name, kind, help)
        sample(value, [])
    }
}
