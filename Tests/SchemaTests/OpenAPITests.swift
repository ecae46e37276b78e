import Foundation
import Testing

@testable import Schema

@Suite struct OpenAPITests {
    private var document: [UInt8] {
        OpenAPI.document(
            version: "1.0.0",
            commands: Requests.commands.map { .init(name: $0.name, permission: "Front desk.", answer: "Reply") },
            queries: Requests.queries.map {
                .init(
                    name: $0.name, permission: "Staff.", answer: $0.name + "Answer", isPrivate: $0.name == "FindClients"
                )
            },
            jobs: [.init(name: "rebuild", summary: "Build a read model anew.", request: "RebuildJob")])
    }

    /// Follows names from the root.
    private func value(_ path: String...) throws -> JSONValue? {
        var value: JSONValue? = try StrictJSON.parse(document, limits: JSONLimits(maxBytes: 1 << 22))
        for name in path {
            guard case .object(let members)? = value?.content else { return nil }
            value = members.first { $0.name == name }?.value
        }
        return value
    }

    private func names(_ value: JSONValue?) -> [String] {
        guard case .object(let members)? = value?.content else { return [] }
        return members.map(\.name)
    }

    @Test func `the document is strict JSON, the same each time`() throws {
        #expect(document == document)
        if let path = ProcessInfo.processInfo.environment["OPENAPI_OUT"] {
            try Data(document).write(to: URL(fileURLWithPath: path))
        }
        #expect(names(try value()).contains("openapi"))
    }

    @Test func `every command and query has its address`() throws {
        let paths = names(try value("paths"))
        for command in Requests.commands { #expect(paths.contains("/v1/commands/\(command.name)")) }
        for query in Requests.queries { #expect(paths.contains("/v1/queries/\(query.name)")) }
        #expect(Set(paths).count == paths.count)
        #expect(names(try value("paths", "/v1/queries/Agenda")) == ["get", "post"])
        #expect(names(try value("paths", "/v1/queries/FindClients")) == ["post"])
    }

    @Test func `every reference leads somewhere`() throws {
        let schemas = Set(names(try value("components", "schemas")))
        let text = String(decoding: document, as: UTF8.self)
        let references = text.components(separatedBy: "#/components/schemas/").dropFirst()
        #expect(references.count > 100)
        for reference in references {
            #expect(schemas.contains(String(reference.prefix { $0 != "\"" })))
        }
    }

    @Test func `a key may be left out, a query is asked as of a time, and a job has a body`() throws {
        func parameters(_ path: String, _ method: String) throws -> [JSONValue] {
            let found = try value("paths", path, method, "parameters")
            guard case .array(let parameters)? = found?.content else { return [] }
            return parameters
        }
        func member(_ value: JSONValue, _ name: String) -> JSONValue.Content? {
            guard case .object(let members) = value.content else { return nil }
            return members.first { $0.name == name }?.value.content
        }
        let key = try #require(try parameters("/v1/commands/BookAppointment", "post").first)
        guard case .bool(false)? = member(key, "required") else {
            Issue.record("the key is required")
            return
        }
        for query in Requests.queries {
            let last = try #require(try parameters("/v1/queries/\(query.name)", "post").last)
            guard case .text("asOf")? = member(last, "name") else {
                Issue.record("\(query.name) cannot be asked as of a time")
                continue
            }
        }
        let body = try value(
            "paths", "/v1/jobs/rebuild", "post", "requestBody", "content", "application/json", "schema")
        guard case .text("#/components/schemas/RebuildJob")? = body.flatMap({ member($0, "$ref") }) else {
            Issue.record("the job has no body")
            return
        }
        #expect(names(try value("components", "schemas", "RebuildJob", "properties")) == ["view", "verifyOnly"])
    }

    @Test func `a command's schema has its fields and no others`() throws {
        let schema = try value("components", "schemas", "BookAppointment")
        #expect(names(schema) == ["type", "description", "properties", "additionalProperties"])
        let fields = names(try value("components", "schemas", "BookAppointment", "properties"))
        #expect(fields == Descriptors.schema.message(named: "BookAppointment")?.fields.map(\.jsonName))
        #expect(names(try value("components", "schemas", "Private")).contains("allOf"))
        #expect(names(try value("components", "schemas", "Problem", "properties")).contains("nearest"))
    }
}
