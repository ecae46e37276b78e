import Foundation
import Schema
import SwiftProtobuf

extension SocketClient {
    /// Sends a command. The key is kept for the one repetition after a lost connection.
    public func send(
        _ command: some Message, key: IdempotencyKey = .make(), progress: ProgressHandler? = nil
    ) async throws(ClientError) -> Reply {
        let answer = try await sendRaw(
            type(of: command).requestName, json: try Self.json(command), key: key, progress: progress)
        return try Self.read(Reply.self, from: answer.bytes)
    }

    /// Sends a command's JSON as it is, and answers the API's own.
    public func sendRaw(
        _ name: String, json: [UInt8], key: IdempotencyKey = .make(), progress: ProgressHandler? = nil
    ) async throws(ClientError) -> RawAnswer {
        let target = "/v1/commands/\(Self.escaped(name))"
        return try await exchange(
            .post(target, json, timeoutSeconds: timeouts.command, key: key), progress: progress)
    }

    /// Asks a question. It goes by POST, since a name does not belong into an address.
    ///
    /// - Parameter asOf: The recorded time whose knowledge is wanted, `YYYY-MM-DDTHH:MM` in the practice's zone.
    public func ask<Q: Asked>(
        _ query: Q, asOf: String? = nil, progress: ProgressHandler? = nil
    ) async throws(ClientError) -> Q.Answer {
        let answer = try await askRaw(
            Q.requestName, json: try Self.json(query), asOf: asOf, progress: progress)
        return try Self.read(Q.Answer.self, from: answer.bytes)
    }

    /// Asks with JSON as it is, and answers the API's own.
    public func askRaw(
        _ name: String, json: [UInt8], asOf: String? = nil, progress: ProgressHandler? = nil
    ) async throws(ClientError) -> RawAnswer {
        let suffix = asOf.map { "?asOf=\(Self.escaped($0))" } ?? ""
        let target = "/v1/queries/\(Self.escaped(name))\(suffix)"
        return try await exchange(.post(target, json, timeoutSeconds: timeouts.query), progress: progress)
    }

    /// A message as the API's JSON.
    public static func json(_ message: some Message) throws(ClientError) -> [UInt8] {
        do {
            return try JSONWriter.encode(message)
        } catch {
            throw .notUnderstood("the request cannot be written as JSON")
        }
    }

    /// Reads an answer. Fields of a newer daemon are passed over: a client shows what it knows.
    public static func read<M: Message>(_ type: M.Type, from bytes: [UInt8]) throws(ClientError) -> M {
        var options = JSONDecodingOptions()
        options.ignoreUnknownFields = true
        do {
            return try M(jsonUTF8Bytes: bytes, options: options)
        } catch {
            throw .notUnderstood("the answer is not a \(M.requestName); are client and daemon of one version?")
        }
    }

    /// Everything but the unreserved characters of RFC 3986 in percent-encoding.
    static func escaped(_ text: String) -> String {
        var unreserved = CharacterSet(charactersIn: "a"..."z")
        unreserved.formUnion(CharacterSet(charactersIn: "A"..."Z"))
        unreserved.formUnion(CharacterSet(charactersIn: "0"..."9"))
        unreserved.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }
}
