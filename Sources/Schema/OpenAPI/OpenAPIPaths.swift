/// What is served at which address.
enum OpenAPIPaths {
    static func command(_ operation: OpenAPI.Operation, _ schemas: inout OpenAPISchemas) -> JSONDocument {
        let message = shape(operation.name)
        let key: JSONDocument = [
            "name": "Idempotency-Key", "in": "header", "required": false,
            "schema": ["type": "string", "format": "uuid"],
            "description": .text(
                "Repeating a request with the same key gets the same reply and does nothing twice. Without one a "
                    + "request is carried out each time it is sent, and after a lost answer nobody can find out."),
        ]
        return [
            "post": operationObject(
                id: operation.name, summary: message.comment, permission: operation.permission, tag: "commands",
                parameters: [key], body: body(message, &schemas),
                success: ("201", answer(operation.answer, "Recorded.", &schemas)))
        ]
    }

    static func query(_ operation: OpenAPI.Operation, _ schemas: inout OpenAPISchemas) -> JSONDocument {
        let message = shape(operation.name)
        let success = ("200", answer(operation.answer, "The answer.", &schemas))
        let post = operationObject(
            id: "\(operation.name).post", summary: message.comment, permission: operation.permission, tag: "queries",
            parameters: [asOf], body: body(message, &schemas), success: success)
        guard !operation.isPrivate else { return ["post": post] }
        var parameters: [JSONDocument] = []
        for field in message.fields {
            // What holds other fields can only be sent in a body.
            if case .message = field.kind { continue }
            parameters.append([
                "name": .text(field.jsonName), "in": "query", "required": false, "schema": schemas.schema(of: field),
            ])
        }
        parameters.append(asOf)
        let get = operationObject(
            id: operation.name, summary: message.comment, permission: operation.permission, tag: "queries",
            parameters: parameters, body: nil, success: success)
        return ["get": get, "post": post]
    }

    /// Every query takes it, by POST in the address too.
    private static let asOf: JSONDocument = [
        "name": "asOf", "in": "query", "required": false,
        "schema": ["type": "string", "examples": ["2026-03-01T12:00"]],
        "description": "Answer as it was known then: local time in the practice's zone.",
    ]

    /// One method at one address, which every refusal of the API may answer.
    static func operationObject(
        id: String, summary: String, permission: String, tag: String, parameters: [JSONDocument],
        body: JSONDocument?, success: (status: String, response: JSONDocument)
    ) -> JSONDocument {
        .object([
            "operationId": .text(id),
            "summary": summary.isEmpty ? nil : .text(summary),
            "description": .text(permission),
            "tags": [.text(tag)],
            "parameters": parameters.isEmpty ? nil : .array(parameters),
            "requestBody": body,
            "responses": .object([
                JSONDocument.Member(success.status, success.response),
                JSONDocument.Member("default", ["$ref": "#/components/responses/Problem"]),
            ]),
        ])
    }

    static func shape(_ name: String) -> MessageShape {
        guard let shape = Descriptors.schema.message(named: name) else {
            preconditionFailure("\(name) is served and not in the schema")
        }
        return shape
    }

    private static func body(_ message: MessageShape, _ schemas: inout OpenAPISchemas) -> JSONDocument {
        ["required": true, "content": content(message, &schemas)]
    }

    private static func content(_ message: MessageShape, _ schemas: inout OpenAPISchemas) -> JSONDocument {
        [
            "application/json": ["schema": schemas.reference(to: message)],
            "application/x-protobuf": [
                "schema": ["description": .text("The message \(message.fullName) as binary Protobuf.")]
            ],
        ]
    }

    private static func answer(
        _ name: String, _ description: String, _ schemas: inout OpenAPISchemas
    ) -> JSONDocument {
        [
            "description": .text(description),
            "headers": [
                "Daybook-Position": [
                    "schema": ["type": "integer", "minimum": 0],
                    "description": "The position of the log that the answer rests on.",
                ]
            ],
            "content": content(shape(name), &schemas),
        ]
    }
}
