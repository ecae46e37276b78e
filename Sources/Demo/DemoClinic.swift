import Engine
import EventStore
import Foundation
import Logging
import Timetable

/// What a demo clinic is made from. The same seed and day make the same clinic, but for what is random by design:
/// keys, salts, and the secrets of tokens.
public struct DemoOptions: Sendable {
    public var dataDirectory: String
    public var keysDirectory: String?
    /// Where each member of the cast gets a file with the secret of their token; `<data>.tokens` when left out.
    public var tokensDirectory: String?
    public var seed: UInt64
    /// The demo ends as this day begins at the practice, in America/New_York.
    public var today: LocalDate
    public var size: DemoSize

    public init(
        dataDirectory: String, keysDirectory: String? = nil, tokensDirectory: String? = nil, seed: UInt64 = 1,
        today: LocalDate, size: DemoSize = .practice
    ) {
        self.dataDirectory = dataDirectory
        self.keysDirectory = keysDirectory
        self.tokensDirectory = tokensDirectory
        self.seed = seed
        self.today = today
        self.size = size
    }

    /// Today at the practice.
    public static func todayAtPractice(nowMs: Int64) -> LocalDate? {
        Zone(PracticeTime.zoneID)?.local(ofMs: nowMs)?.date
    }
}

/// What was made.
public struct DemoSummary: Sendable {
    public var events: UInt64
    public var clients: Int
    public var appointments: Int
    /// Commands that rules refused on the way.
    public var refusals: Int
    public var tokensDirectory: String
}

/// Why no demo clinic is made.
public enum DemoError: Error, CustomStringConvertible {
    /// Something of a clinic is there already; nothing is written over.
    case notEmpty(String)
    /// Its last event would be later than now.
    case inTheFuture
    case tooLongAgo

    public var description: String {
        switch self {
        case .notEmpty(let path): "\(path) is there already"
        case .inTheFuture: "today cannot be later than today"
        case .tooLongAgo: "today must be after 1970"
        }
    }
}

/// Makes a clinic that never was: a year of a practice's life, played by a cast through the engine, under a clock of its
/// own. The practice is marked as simulated for ever.
public enum DemoClinic {
    /// Made beside its place and moved there when it is whole, so that a clinic that is there is complete.
    ///
    /// - Parameter progress: called with permille done.
    /// - Throws: `DemoError`; a `Refusal` when the cast cannot act as planned; errors of files.
    public static func make(
        _ options: DemoOptions, nowMs: Int64 = EngineClock.real.nowMs(), progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> DemoSummary {
        let time = try checked(options, nowMs: nowMs)
        let folders = DemoFolders(
            data: options.dataDirectory, keys: options.keysDirectory, tokens: options.tokensDirectory)
        try folders.begin()
        let performance = try await play(options, time, folders, progress)
        try TokenFiles(folder: folders.tokens.part).write(performance.stage.secrets)
        try folders.finish()
        return DemoSummary(
            events: performance.stage.engine.log.size, clients: options.size.clients,
            appointments: performance.visits.count, refusals: performance.refusals,
            tokensDirectory: folders.tokens.whole)
    }

    private static func play(
        _ options: DemoOptions, _ time: PracticeTime, _ folders: DemoFolders, _ progress: @Sendable (Int) -> Void
    ) async throws -> Performance {
        let clock = DemoClock(atMs: time.ms(time.date(week: -1), minute: 10 * 60))
        let engineOptions = EngineOptions(
            dataDirectory: folders.data.part, keysDirectory: folders.keys.part, clock: clock.engineClock)
        let logger = Logger(label: "demo")
        let engine = try ClinicEngine(engineOptions, logger: logger) { reason in
            logger.critical("the demo cannot be made", metadata: ["reason": "\(reason)"])
            _exit(70)
        }
        defer { engine.stop() }
        try engine.awaitState()
        let stage = Stage(engine: engine, clock: clock, seed: options.seed, uid: engineOptions.ownUID)
        var founding = Founding(stage: stage, time: time, size: options.size)
        try await founding.run()
        var performance = Performance(
            stage: founding.stage, house: founding.house, time: time, size: options.size, seed: options.seed)
        try await performance.run(progress)
        return performance
    }

    private static func checked(_ options: DemoOptions, nowMs: Int64) throws(DemoError) -> PracticeTime {
        guard options.today.year >= 1970 else { throw .tooLongAgo }
        let time = PracticeTime(today: options.today, weeksBefore: options.size.weeksBefore)
        guard time.endMs <= nowMs else { throw .inTheFuture }
        return time
    }
}
