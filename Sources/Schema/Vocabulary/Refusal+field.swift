extension Refusal {
    /// What a reader of JSON, forms or Protobuf found wrong.
    public init(_ error: FieldError) {
        self = Refusal(
            .problem("malformed"), status: 400, title: "The request is not understood", detail: error.problem
        )
        .with { $0.field = error.path.isEmpty ? nil : error.path }
    }
}
