/// How refusals look: RFC 9457, with the facts of a clinic's rules.
enum OpenAPIProblem {
    static let response: JSONDocument = [
        "description": .text(
            "A refusal: 400 malformed, 401 unknown caller, 403 not permitted, 404 no such thing, 409 refused by a rule, "
                + "412 changed since you looked, 422 same key with another body, 429 quota, 503 busy or rebuilding, "
                + "507 disk full."),
        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
    ]

    static let schemas: [JSONDocument.Member] = [
        .init("Problem", problem),
        .init(
            "JobState",
            [
                "type": "object", "description": "A job and how far it is.",
                "properties": ["id": ["type": "string"], "state": ["type": "string"]],
            ]),
    ]

    private static let problem: JSONDocument = [
        "type": "object",
        "description": "RFC 9457.",
        "required": ["type", "title", "status"],
        "properties": [
            "type": [
                "type": "string", "format": "uri",
                "examples": ["urn:daybook:rule:INV-SCHED-03", "urn:daybook:problem:malformed"],
            ],
            "title": ["type": "string"],
            "status": ["type": "integer"],
            "detail": ["type": "string", "description": "A sentence for the person at the desk."],
            "rule": ["type": "string", "description": "The rule that refuses, by its number."],
            "field": ["type": "string", "description": "The path of the field that is wrong, as hours[2].from."],
            "offset": ["type": "integer", "description": "Where in the body, in bytes."],
            "conflicts": [
                "type": "array", "items": ["type": "integer", "minimum": 0],
                "description": "Ids of what stands in the way.",
            ],
            "nearest": [
                "type": "array", "items": ["type": "string"],
                "description": "Free times nearby, as wall clock at the location.",
            ],
            "candidates": [
                "type": "array", "items": ["type": "integer", "minimum": 0],
                "description": "Ids of possible duplicates on file.",
            ],
            "involved": [
                "type": "array", "items": ["type": "integer", "minimum": 0],
                "description": "Ids of charges, invoices, payments and the like that stand in the way.",
            ],
            "revision": [
                "type": "integer", "minimum": 0, "description": "The present revision of a draft.",
            ],
            "autosave": [
                "type": "integer", "minimum": 0,
                "description": "Which saving of an editor's own came after that revision; 0 for none.",
            ],
            "availableMinor": [
                "type": "integer", "description": "The most that is possible, in minor units of the currency.",
            ],
        ],
    ]
}
