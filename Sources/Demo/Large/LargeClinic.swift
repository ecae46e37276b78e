import Dispatch
import Engine
import Foundation
import Timetable

/// What a large demo clinic is made from.
///
/// The same seed, day and size decide the same events, which `LargeSummary.digest` shows. Random by design and never the
/// same are keys, salts, nonces, ids of keys and the secrets of tokens, and so are hashes of the log.
public struct LargeOptions: Sendable {
    public var dataDirectory: String
    public var keysDirectory: String?
    /// Where each member of the cast gets a file with the secret of their token; `<data>.tokens` when left out.
    public var tokensDirectory: String?
    public var seed: UInt64
    /// The demo ends as this day begins at the practice, in America/New_York.
    public var today: LocalDate
    public var size: LargeSize

    public init(
        dataDirectory: String, keysDirectory: String? = nil, tokensDirectory: String? = nil, seed: UInt64 = 1,
        today: LocalDate, size: LargeSize = .group
    ) {
        self.dataDirectory = dataDirectory
        self.keysDirectory = keysDirectory
        self.tokensDirectory = tokensDirectory
        self.seed = seed
        self.today = today
        self.size = size
    }
}

/// How far a large demo is.
public enum LargeProgress: Sendable {
    case playing(permille: Int, events: UInt64, seconds: Double)
    case readModels(permille: Int)
}

/// Makes a group practice that never was, of years and millions of events: decided by the rules, sealed, recorded and
/// appended as by the daemon, under a clock of its own, but thousands of events to a commit. The practice is marked as
/// simulated for ever.
public enum LargeClinic {
    /// Made beside its place and moved there when it is whole, so that a clinic that is there is complete.
    ///
    /// Blocks the calling thread for as long as it takes.
    /// - Throws: `DemoError`; a `Refusal` when the cast cannot act as planned; errors of files.
    public static func make(
        _ options: LargeOptions, nowMs: Int64 = EngineClock.real.nowMs(),
        progress: @escaping @Sendable (LargeProgress) -> Void = { _ in }
    ) throws -> LargeSummary {
        guard options.today.year >= 1980 else { throw DemoError.tooLongAgo }
        let time = PracticeTime(today: options.today, weeksBefore: options.size.weeks)
        guard time.endMs <= nowMs else { throw DemoError.inTheFuture }
        let folders = DemoFolders(
            data: options.dataDirectory, keys: options.keysDirectory, tokens: options.tokensDirectory)
        try folders.begin()
        let summary = try play(options, time, folders, progress)
        try folders.finish()
        return summary
    }

    private static func play(
        _ options: LargeOptions, _ time: PracticeTime, _ folders: DemoFolders,
        _ progress: @Sendable (LargeProgress) -> Void
    ) throws -> LargeSummary {
        let beganAt = DispatchTime.now()
        let startMs = time.ms(time.date(week: -1), minute: 10 * 60)
        let engineOptions = EngineOptions(
            dataDirectory: folders.data.part, keysDirectory: folders.keys.part,
            clock: EngineClock(nowMs: { startMs }, isSimulated: true))
        let digest = DecidedDigest()
        let writer = try BulkWriter(engineOptions) { digest.take($0) }
        let weeks = (0..<options.size.therapists).map { LargeWeek($0 / LargePlace.allCases.count) }
        var founding = LargeFounding(
            stage: LargeStage(
                writer: writer, cast: LargeCast(therapists: options.size.therapists), seed: options.seed,
                uid: engineOptions.ownUID, nowMs: startMs), time: time, weeks: weeks)
        try founding.run()
        var play = LargePlay(
            stage: founding.stage, house: founding.house, time: time, weeks: weeks, seed: options.seed)
        try play.run { permille in
            progress(.playing(permille: permille, events: writer.size, seconds: beganAt.secondsUntilNow))
        }
        let figures = try writer.finish()
        let seconds = beganAt.secondsUntilNow
        try writer.makeReadModels { progress(.readModels(permille: $0)) }
        try TokenFiles(folder: folders.tokens.part).write(play.stage.secrets)
        return LargeSummary(
            figures, play, digest: digest.hex, seconds: seconds,
            readModelSeconds: beganAt.secondsUntilNow - seconds, folders: folders)
    }
}

extension DispatchTime {
    fileprivate var secondsUntilNow: Double {
        Double(DispatchTime.now().uptimeNanoseconds - uptimeNanoseconds) / 1e9
    }
}
