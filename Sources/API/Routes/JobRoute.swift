import Clinic
import Engine
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Schema

/// `POST /v1/jobs/<kind>`, `GET /v1/jobs/<id>[?follow=true]`, `DELETE /v1/jobs/<id>`.
struct JobRoute: Sendable {
    let engine: ClinicEngine
    let peers: PeerUsers
    let streams: LiveStreams
    private let uploads = UploadPlaces()

    init(engine: ClinicEngine, peers: PeerUsers, streams: LiveStreams) {
        self.engine = engine
        self.peers = peers
        self.streams = streams
    }

    func start(_ request: Request, _ context: SocketContext) async throws -> Response {
        let name = context.parameters.get("kind") ?? ""
        guard let kind = JobKind(rawValue: name) else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "No such job",
                detail: "A job is one of \(JobKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
        let caller = try engine.admit(credentials, to: kind.permission, name: "jobs/\(name)")
        let place = kind.isUpload ? try uploads.take() : nil
        defer { withExtendedLifetime(place) {} }
        let body = try await request.bytes(upTo: kind.isUpload ? EdgeLimits.uploadBytesMax : context.maxUploadSize)
        let job = try engine.startJob(kind, body.isEmpty ? Array("{}".utf8) : body, by: caller)
        return try Self.response(job, status: .accepted)
    }

    func show(_ request: Request, _ context: SocketContext) async throws -> Response {
        let job = try job(request, context)
        let isFollowing = try Request.flag("follow", in: request.parameters("follow"))
        guard isFollowing else { return try Self.response(job, status: .ok) }
        let stream = streams.until(context.channel, engine.jobs.follow(job.id))
        return Response(
            status: .ok, headers: [.contentType: "application/x-ndjson"],
            body: ResponseBody { writer in
                for await job in stream {
                    // A token that was revoked meanwhile is dead here too.
                    guard (try? self.job(request, context)) != nil else { break }
                    var line = ByteBuffer(bytes: try JobDocument(job).json())
                    line.writeInteger(UInt8(ascii: "\n"))
                    try await writer.write(line)
                }
                try await writer.finish(nil)
            })
    }

    func cancel(_ request: Request, _ context: SocketContext) async throws -> Response {
        let job = try job(request, context)
        engine.jobs.cancel(job.id)
        return try Self.response(engine.jobs.job(job.id) ?? job, status: .accepted)
    }

    /// The job that is named, for whoever started it or may administer.
    private func job(_ request: Request, _ context: SocketContext) throws -> Job {
        let credentials = try Credentials(request.head, uid: peers.uid(of: context.channel))
        let caller = try engine.admit(credentials, to: .viewSelf, name: "jobs")
        guard let id = context.parameters.get("kind").flatMap({ UInt64($0) }), let job = engine.jobs.job(id) else {
            throw Refusal(
                .problem("not-found"), status: 404, title: "No such job",
                detail: "Jobs are forgotten when the daemon restarts.")
        }
        if caller.staff != job.startedBy { _ = try engine.admit(credentials, to: .administer, name: "jobs") }
        return job
    }

    private static func response(_ job: Job, status: HTTPResponse.Status) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JobDocument(job).json())))
    }
}

/// A job as JSON.
struct JobDocument {
    let job: Job

    init(_ job: Job) { self.job = job }

    func json() throws -> Data {
        var members = [
            "\"id\":\(job.id)", "\"kind\":\"\(job.kind)\"", "\"state\":\"\(job.state.rawValue)\"",
            "\"progressPermille\":\(job.progressPermille)",
            "\"step\":\(String(decoding: try JSONEncoder().encode(job.step), as: UTF8.self))",
        ]
        if let result = job.result { members.append("\"result\":\(result)") }
        if let problem = job.problem {
            members.append("\"problem\":\(String(decoding: try JSONEncoder().encode(Problem(problem)), as: UTF8.self))")
        }
        return Data("{\(members.joined(separator: ","))}".utf8)
    }
}
