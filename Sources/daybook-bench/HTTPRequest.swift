import Schema

/// Requests as they go over the wire, made before the clock runs.
enum HTTPRequest {
    /// A command with a key of its own, as a careful client sends it.
    static func command(_ name: String, _ json: String) -> [UInt8] {
        post("/v1/commands/\(name)", json, "Idempotency-Key: \(IdempotencyKey.make())\r\n")
    }

    static func post(_ target: String, _ json: String, _ headers: String = "") -> [UInt8] {
        Array(
            ("POST \(target) HTTP/1.1\r\nHost: daybook\r\nContent-Type: application/json\r\n\(headers)"
                + "Content-Length: \(json.utf8.count)\r\n\r\n\(json)").utf8)
    }

    static func get(_ target: String, accept: String = "application/json") -> [UInt8] {
        Array("GET \(target) HTTP/1.1\r\nHost: daybook\r\nAccept: \(accept)\r\n\r\n".utf8)
    }
}
