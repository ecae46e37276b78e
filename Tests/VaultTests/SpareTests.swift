import Synchronization
import Testing

@testable import Vault

struct SpareTests {
    @Test func `no spare is handed out twice`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        let taken = try (0..<600).map { _ in try vault.takeSpare() }
        #expect(Set(taken).count == 600)
        #expect(vault.sparesAtHand == 3 * 256 - 600)
    }

    @Test func `spares survive a restart, and those the log names are not handed out again`() throws {
        let clinic = try TemporaryClinic()
        let used = try { Set(try take(100, from: try clinic.create())) }()
        let vault = try clinic.open { used.contains($0) }
        #expect(vault.sparesAtHand == 156)
        let rest = try take(156, from: vault)
        #expect(used.isDisjoint(with: rest))
        #expect(try vault.open(vault.seal("x", with: rest[0], at: Golden.place), at: Golden.place) == "x")
    }

    @Test func `used keys are safe over many restarts and batches`() throws {
        let clinic = try TemporaryClinic()
        var used: Set<KeyID> = []
        used.formUnion(try take(10, from: try clinic.create()))
        for round in 0..<6 {
            let known = used
            let vault = try clinic.open { known.contains($0) }
            // More than a batch on odd rounds, so that starts fall before, between and after refills.
            for id in try take(round % 2 == 0 ? 40 : 300, from: vault) {
                #expect(used.insert(id).inserted)
            }
            try vault.refillIfNeeded()
        }
    }

    @Test func `a start asks about the last batches only, not about every key`() throws {
        let clinic = try TemporaryClinic()
        let used = try { Set(try take(2_000, from: try clinic.create())) }()
        let asked = Mutex(0)
        _ = try clinic.open { id in
            asked.withLock { $0 += 1 }
            return used.contains(id)
        }
        #expect(asked.withLock { $0 } <= 3 * 256)
    }

    @Test func `a spare of a batch that was dropped can be used again, at once or after a restart`() throws {
        let clinic = try TemporaryClinic()
        let dropped = try {
            let vault = try clinic.create()
            let id = try vault.takeSpare()
            vault.giveBackSpare(id)
            #expect(vault.sparesAtHand == 256)
            vault.giveBackSpare(id)
            #expect(vault.sparesAtHand == 256)
            return try vault.takeSpare()
        }()
        let vault = try clinic.open()
        #expect(try take(256, from: vault).contains(dropped))
    }

    @Test func `a refill comes when fewer than a quarter remain, and not before`() throws {
        let clinic = try TemporaryClinic()
        let vault = try clinic.create()
        _ = try take(256 - 64, from: vault)
        #expect(try !vault.refillIfNeeded())
        _ = try vault.takeSpare()
        #expect(try vault.refillIfNeeded())
        #expect(try !vault.refillIfNeeded())
        #expect(vault.sparesAtHand == 63 + 256)
    }

    @Test func `a destroyed spare is not handed out`() throws {
        let clinic = try TemporaryClinic()
        let buried = try {
            let vault = try clinic.create()
            let id = try vault.takeSpare()
            try vault.bury(id)
            return id
        }()
        let vault = try clinic.open()
        #expect(vault.sparesAtHand == 255)
        #expect(try !take(255, from: vault).contains(buried))
    }

    private func take(_ count: Int, from vault: KeyVault) throws -> [KeyID] {
        try (0..<count).map { _ in try vault.takeSpare() }
    }
}
