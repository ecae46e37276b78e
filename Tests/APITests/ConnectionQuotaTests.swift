import Testing

@testable import API

struct ConnectionQuotaTests {
    @Test func `one user's connections are bounded and others' are not touched by it`() {
        var quota = ConnectionQuota(perUserMax: 3, totalMax: 10, privileged: [])
        let admitted = (0..<10).count { _ in quota.admit(1_000) }
        #expect(admitted == 3)
        let answer1 = quota.admit(1_001)
        #expect(answer1)
    }

    @Test func `when all together hold as many as may be, root and the daemon's user still get in`() {
        var quota = ConnectionQuota(perUserMax: 3, totalMax: 4, reserve: 2, privileged: [0, 65_534])
        for uid in [UInt32(1), 1, 2, 2] {
            let answer = quota.admit(uid)
            #expect(answer)
        }
        let answer2 = quota.admit(3)
        #expect(!answer2)
        let answer3 = quota.admit(0)
        #expect(answer3)
        let answer4 = quota.admit(65_534)
        #expect(answer4)
        let answer5 = quota.admit(0)
        #expect(!answer5)
    }

    @Test func `what is given back can be taken again, and nothing is given back twice`() {
        var quota = ConnectionQuota(perUserMax: 1, totalMax: 1, privileged: [])
        let answer6 = quota.admit(5)
        #expect(answer6)
        let answer7 = quota.admit(5)
        #expect(!answer7)
        quota.release(5)
        quota.release(5)
        #expect(quota.total == 0)
        let answer8 = quota.admit(5)
        #expect(answer8)
        let answer9 = quota.admit(6)
        #expect(!answer9)
    }
}
