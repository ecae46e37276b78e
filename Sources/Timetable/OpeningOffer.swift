/// What a stretch of open time may be used for.
public struct OpeningOffer: Hashable, Sendable {
    /// Ids of the services given then; nil for all.
    public let services: Set<UInt64>?
    public let modalities: Set<Modality>
    /// Whether clients may book it themselves.
    public let selfBook: Bool

    public init(services: Set<UInt64>? = nil, modalities: Set<Modality>, selfBook: Bool) {
        self.services = services
        self.modalities = modalities
        self.selfBook = selfBook
    }

    /// Everything, for everybody.
    public static let anything = OpeningOffer(modalities: Set(Modality.allCases), selfBook: true)

    public func admits(_ wish: OpeningWish) -> Bool {
        (services?.contains(wish.service) ?? true) && modalities.contains(wish.modality)
            && (selfBook || !wish.byClient)
    }
}

/// What open time is asked for.
public struct OpeningWish: Hashable, Sendable {
    public let service: UInt64
    public let modality: Modality
    /// A client asks, so that only time open to self-booking counts.
    public let byClient: Bool

    public init(service: UInt64, modality: Modality, byClient: Bool = false) {
        self.service = service
        self.modality = modality
        self.byClient = byClient
    }
}
