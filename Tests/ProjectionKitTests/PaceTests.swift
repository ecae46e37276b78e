import Testing

@testable import ProjectionKit

@Suite struct PaceTests {
    /// A log, a clock and what was rested, in the hands of the test.
    private final class World {
        var size: UInt64 = 10
        var now: UInt64 = 1_000_000_000
        var rests: [UInt64] = []
        lazy var pace = Pace(
            size: { [unowned self] in size }, now: { [unowned self] in now },
            rest: { [unowned self] in
                rests.append($0)
                now += $0
            })

        /// Works for so many milliseconds, then steps.
        func work(ms: UInt64) {
            now += ms * 1_000_000
            pace.step()
        }
    }

    private let world = World()

    init() { _ = world.pace }

    @Test func `while the log grows every slice is followed by a rest three times as long`() {
        for _ in 0..<3 {
            world.size += 1
            world.work(ms: 2)
        }
        #expect(world.rests == [6_000_000, 6_000_000, 6_000_000])
    }

    @Test func `while nobody is answered it does not rest`() {
        for _ in 0..<100 { world.work(ms: 2) }
        #expect(world.rests.isEmpty)
    }

    @Test func `it goes on without rests once the log has been still for a while`() {
        world.size += 1
        for _ in 0..<100 { world.work(ms: 2) }
        #expect(world.rests.count == 7)
    }

    @Test func `less than a slice is not rested after, but adds up`() {
        world.size += 1
        world.work(ms: 0)
        #expect(world.rests.isEmpty)
        world.now += 300_000
        world.pace.step()
        world.now += 300_000
        world.pace.step()
        #expect(world.rests == [1_800_000])
    }

    @Test func `what went before it begins is no work`() {
        world.size += 1
        world.now += 40_000_000
        world.pace.begin()
        world.pace.step()
        #expect(world.rests.isEmpty)
    }

    @Test func `after a long slice it rests no longer than 50 ms`() {
        world.size += 1
        world.work(ms: 40)
        #expect(world.rests == [50_000_000])
    }

    @Test func `threads that work abreast rest so long that together they take no more than one`() {
        for abreast in 1...5 {
            let world = World()
            world.pace = Pace(
                abreast: abreast, size: { world.size }, now: { world.now }, rest: { world.rests.append($0) })
            world.size += 1
            world.work(ms: 2)
            #expect(world.rests == [UInt64(4 * abreast - 1) * 2_000_000])
        }
    }
}
