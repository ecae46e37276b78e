import Schema
import Testing

@testable import API

struct AnswerBudgetTests {
    @Test func `one user's answers are bounded and others' are not touched by it`() throws {
        let budget = AnswerBudget(perUserBytesMax: 100, totalBytesMax: 150)
        let first = try budget.share(ofBytes: 60, for: 1)
        #expect(throws: Refusal.self) { try budget.share(ofBytes: 41, for: 1) }
        let second = try budget.share(ofBytes: 40, for: 1)
        let third = try budget.share(ofBytes: 50, for: 2)
        #expect(throws: Refusal.self) { try budget.share(ofBytes: 1, for: 2) }
        withExtendedLifetime((first, second, third)) { #expect(budget.heldBytes == 150) }
    }

    @Test func `who holds nothing gets one answer, however large and however full it is`() throws {
        let budget = AnswerBudget(perUserBytesMax: 100, totalBytesMax: 150)
        let large = try budget.share(ofBytes: 1_000, for: 1)
        let small = try budget.share(ofBytes: 1, for: 2)
        withExtendedLifetime((large, small)) { #expect(budget.heldBytes == 1_001) }
    }

    @Test func `what is let go of can be had again`() throws {
        let budget = AnswerBudget(perUserBytesMax: 100, totalBytesMax: 150)
        for _ in 0..<10 {
            let share = try budget.share(ofBytes: 100, for: 1)
            withExtendedLifetime(share) {}
        }
        #expect(budget.heldBytes == 0)
    }
}
