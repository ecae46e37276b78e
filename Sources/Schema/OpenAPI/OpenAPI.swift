/// The API's description as OpenAPI 3.1, made from the schema and from what is served.
public enum OpenAPI {
    /// A command or query that is served.
    public struct Operation: Sendable {
        /// The name of its message.
        public var name: String
        /// Who may use it, in a sentence.
        public var permission: String
        /// The name of the message that answers it.
        public var answer: String
        /// A query whose arguments do not belong into an address: POST only.
        public var isPrivate: Bool

        public init(name: String, permission: String, answer: String, isPrivate: Bool = false) {
            self.name = name
            self.permission = permission
            self.answer = answer
            self.isPrivate = isPrivate
        }
    }

    /// A long-running piece of work that can be started.
    public struct Job: Sendable {
        /// As in the address, `rebuild`.
        public var name: String
        public var summary: String
        /// The name of the message that asks for it; nil for one that takes no body.
        public var request: String?

        public init(name: String, summary: String, request: String? = nil) {
            self.name = name
            self.summary = summary
            self.request = request
        }
    }

    /// - Parameter version: Of the daemon.
    /// - Precondition: Every name is a message of the schema.
    /// - Returns: UTF-8 JSON; equal arguments give equal bytes.
    public static func document(
        version: String, commands: [Operation], queries: [Operation], jobs: [Job]
    ) -> [UInt8] {
        var schemas = OpenAPISchemas()
        var paths: [JSONDocument.Member] = []
        for command in commands {
            paths.append(.init("/v1/commands/\(command.name)", OpenAPIPaths.command(command, &schemas)))
        }
        for query in queries {
            paths.append(.init("/v1/queries/\(query.name)", OpenAPIPaths.query(query, &schemas)))
        }
        paths += OpenAPIPaths.fixed + OpenAPIPaths.jobs(jobs, &schemas)
        let document: JSONDocument = [
            "openapi": "3.1.0",
            "info": [
                "title": "Daybook",
                "version": .text(version),
                "summary": "The daemon's own HTTP API, on its Unix socket.",
                "license": ["name": "See the distribution"],
            ],
            "servers": [["url": "http://daybook", "description": "curl --unix-socket <path> http://daybook/v1/..."]],
            "security": [["token": []], [:]],
            "paths": .object(paths),
            "components": [
                "schemas": .object(schemas.members + OpenAPIProblem.schemas),
                "responses": ["Problem": OpenAPIProblem.response],
                "securitySchemes": [
                    "token": [
                        "type": "http", "scheme": "bearer",
                        "description": "Without a token the caller is who the socket says they are.",
                    ]
                ],
            ],
        ]
        return document.bytes
    }
}
