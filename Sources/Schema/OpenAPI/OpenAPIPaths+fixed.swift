extension OpenAPIPaths {
    /// What is served besides commands and queries.
    static var fixed: [JSONDocument.Member] {
        [
            .init("/v1/events", ["get": events]),
            .init(
                "/v1/log/checkpoint",
                get("logCheckpoint", "The last signed checkpoint (C2SP tlog-checkpoint).", .public, "text/plain")),
            .init("/v1/log/key", get("logKey", "The verifier key (C2SP signed-note).", .public, "text/plain")),
            .init(
                "/v1/log/tile/{level}/{tile}",
                get(
                    "logTile",
                    "A hash tile, or with `entries` as its level an entry bundle (C2SP tlog-tiles). The number of a tile "
                        + "beyond 999 is several segments: x001/x234/067.",
                    .hashTiles, "application/octet-stream", path: ["level", "tile"])),
            .init(
                "/v1/log/proof/{position}",
                get(
                    "logProof", "A proof that a record is in the log (C2SP tlog-proof).", .anyone, "text/plain",
                    path: ["position"])),
            .init("/v1/health", get("health", "Whether it works, and what it waits for.", .public, "application/json")),
            .init("/v1/metrics", get("metrics", "Figures for monitoring.", .administer, "text/plain")),
            .init("/v1/openapi.json", get("openapi", "This document.", .anyone, "application/json")),
        ]
    }

    static func jobs(_ jobs: [OpenAPI.Job], _ schemas: inout OpenAPISchemas) -> [JSONDocument.Member] {
        let state: JSONDocument = [
            "description": "The job and how far it is.",
            "content": ["application/json": ["schema": ["$ref": "#/components/schemas/JobState"]]],
        ]
        var starts: [JSONDocument.Member] = []
        for job in jobs {
            let post = operationObject(
                id: "job.\(job.name)", summary: job.summary, permission: Access.job.rawValue, tag: "jobs",
                parameters: [], body: body(of: job, &schemas), success: ("202", state))
            starts.append(.init("/v1/jobs/\(job.name)", ["post": post]))
        }
        let one: JSONDocument = [
            "get": operationObject(
                id: "job", summary: "A job's state; with `follow=true` its progress as lines of JSON.",
                permission: Access.job.rawValue, tag: "jobs",
                parameters: [pathParameter("job"), queryParameter("follow", ["type": "boolean"])], body: nil,
                success: ("200", state)),
            "delete": operationObject(
                id: "job.cancel", summary: "Ends a job.", permission: Access.job.rawValue, tag: "jobs",
                parameters: [pathParameter("job")], body: nil, success: ("200", state)),
        ]
        return starts + [.init("/v1/jobs/{job}", one)]
    }

    private static func body(of job: OpenAPI.Job, _ schemas: inout OpenAPISchemas) -> JSONDocument? {
        guard let request = job.request else { return nil }
        return [
            "required": false, "description": "None is as good as {}.",
            "content": ["application/json": ["schema": schemas.reference(to: shape(request))]],
        ]
    }

    /// Who may use what is not a command or query.
    private enum Access: String {
        case `public` = "Needs no permission."
        case anyone = "Anyone known to the clinic."
        case events = "Needs the permission to view events."
        case hashTiles = "Hash tiles need no permission; entry bundles need the permission to view events."
        case administer = "Needs the permission to administer."
        case job = "Needs the permission of the job."
    }

    private static let eventLines =
        "One record a line, by position; sealed fields stay closed. Where the log is damaged the last line is "
        + #"`{"problem":…}`, with a problem document, and the body breaks off."#

    private static var events: JSONDocument {
        let parameters = [
            queryParameter("after", ["type": "integer", "minimum": 0]),
            queryParameter("follow", ["type": "boolean"]),
        ]
        let lines: JSONDocument = [
            "description": .text(eventLines),
            "content": ["application/x-ndjson": ["schema": ["type": "string"]]],
        ]
        return operationObject(
            id: "events", summary: "The log's events after a position; with `follow=true` for as long as one listens.",
            permission: Access.events.rawValue, tag: "log", parameters: parameters, body: nil, success: ("200", lines))
    }

    private static func get(
        _ id: String, _ summary: String, _ access: Access, _ type: String, path: [String] = []
    ) -> JSONDocument {
        let schema: JSONDocument = type == "application/json" ? ["type": "object"] : [:]
        let success: JSONDocument = [
            "description": .text(summary),
            "content": .object([JSONDocument.Member(type, ["schema": schema])]),
        ]
        return [
            "get": operationObject(
                id: id, summary: summary, permission: access.rawValue, tag: id.hasPrefix("log") ? "log" : "daemon",
                parameters: path.map(pathParameter), body: nil, success: ("200", success))
        ]
    }

    private static func pathParameter(_ name: String) -> JSONDocument {
        ["name": .text(name), "in": "path", "required": true, "schema": ["type": "string"]]
    }

    private static func queryParameter(_ name: String, _ schema: JSONDocument) -> JSONDocument {
        ["name": .text(name), "in": "query", "required": false, "schema": schema]
    }
}
