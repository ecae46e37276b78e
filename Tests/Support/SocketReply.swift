import Foundation

/// An answer over HTTP/1.1.
public struct SocketReply: Sendable {
    public var status = 0
    /// By lower-case name.
    public var headers: [String: String] = [:]
    public var body: [UInt8] = []

    public var text: String { String(decoding: body, as: UTF8.self) }

    /// The body's members, for a body that is a JSON object.
    public var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    public func text(_ member: String) -> String? { json[member] as? String }
    public func number(_ member: String) -> UInt64? { (json[member] as? NSNumber)?.uint64Value }
    public func numbers(_ member: String) -> [UInt64] { (json[member] as? [NSNumber])?.map(\.uint64Value) ?? [] }
    public var rows: [[String: Any]] { json["rows"] as? [[String: Any]] ?? [] }
}

extension SocketConnection {
    /// The next answer; nil when the other side ended first.
    public func readReply() throws -> SocketReply? {
        guard let first = try readLine() else { return nil }
        var reply = SocketReply()
        reply.status = Int(first.split(separator: " ").dropFirst().first ?? "") ?? 0
        while let line = try readLine(), !line.isEmpty {
            let parts = line.split(separator: ":", maxSplits: 1)
            reply.headers[parts[0].lowercased()] = parts.dropFirst().first?.trimmingCharacters(in: .whitespaces) ?? ""
        }
        if reply.status == 100 { return try readReply() }
        if let length = reply.headers["content-length"].flatMap({ Int($0) }) {
            reply.body = try read(count: length)
        } else if reply.headers["transfer-encoding"] == "chunked" {
            while let line = try readLine(), let size = Int(line, radix: 16) {
                reply.body += try read(count: size)
                _ = try readLine()
                if size == 0 { break }
            }
        }
        return reply
    }

    /// Sends one request and leaves the answer to be read.
    public func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], body: [UInt8] = []) throws {
        var text = "\(method) \(path) HTTP/1.1\r\nHost: daybook\r\n"
        for (name, value) in headers { text += "\(name): \(value)\r\n" }
        if !body.isEmpty || method == "POST" { text += "Content-Length: \(body.count)\r\n" }
        try send(Array((text + "\r\n").utf8) + body)
    }
}

extension RunningDaemon {
    public func request(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> SocketReply {
        let connection = try SocketConnection(path: socket)
        try connection.ask(method, path, headers, body: body)
        guard let reply = try connection.readReply() else {
            throw Failure(description: "no answer to \(method) \(path)")
        }
        return reply
    }

    /// Sends a command, given as JSON.
    public func command(_ name: String, _ json: String, key: String? = nil, token: String? = nil) throws -> SocketReply
    {
        var headers = ["Idempotency-Key": key ?? UUID().uuidString]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return try request("POST", "/v1/commands/\(name)", headers, body: Array(json.utf8))
    }

    /// Sends a command that must succeed; what it founded.
    @discardableResult
    public func done(_ name: String, _ json: String) throws -> UInt64 {
        let reply = try command(name, json)
        guard reply.status == 201, let id = reply.number("id") else {
            throw Failure(description: "\(name): \(reply.status) \(reply.text)")
        }
        return id
    }

    /// Asks a question; `query` as in an address, `?` not included.
    public func ask(_ name: String, _ query: String = "") throws -> SocketReply {
        try request("GET", "/v1/queries/\(name)" + (query.isEmpty ? "" : "?\(query)"))
    }

    /// Runs a job to its end.
    public func job(_ kind: String, _ json: String = "{}") throws -> SocketReply {
        let begun = try request("POST", "/v1/jobs/\(kind)", body: Array(json.utf8))
        guard begun.status == 202, let id = begun.number("id") else { return begun }
        // The stream ends with the job.
        _ = try request("GET", "/v1/jobs/\(id)?follow=true")
        return try request("GET", "/v1/jobs/\(id)")
    }
}
