import Foundation
import Testing

@testable import Vault

struct RequestMACTests {
    private static let dayMs: Int64 = 86_400_000
    private static let name = "BookAppointment"
    private static let body: [UInt8] = [8, 41]

    private func clinicWithKeys() throws -> TemporaryClinic {
        let clinic = try TemporaryClinic()
        try PrivateFiles.makeFolder(clinic.keys)
        return clinic
    }

    private func check(_ keys: RequestMACKeys, _ mac: RequestMAC) -> Bool? {
        keys.check(mac, commandName: Self.name, canonicalBytes: Self.body)
    }

    @Test func `a MAC is what another implementation makes`() throws {
        let clinic = try clinicWithKeys()
        try PrivateFiles.makeFolder("\(clinic.keys)/mac")
        try PrivateFiles.write(Golden.bytes(0, 32), to: "\(clinic.keys)/mac/3.key")
        let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 3 * Self.dayMs + 5)
        let mac = keys.mac(commandName: Self.name, canonicalBytes: Self.body)
        #expect(mac.keyNumber == 3)
        #expect(Hex.encode(mac.mac) == "06d3a5c3ecea0c674d70ae146d15cd90")
    }

    @Test func `a repeated request is known again, after a restart and on a later day too`() throws {
        let clinic = try clinicWithKeys()
        let mac = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
            .mac(commandName: Self.name, canonicalBytes: Self.body)
        let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 30 * Self.dayMs)
        #expect(check(keys, mac) == true)
        #expect(keys.mac(commandName: Self.name, canonicalBytes: Self.body).keyNumber == 30)
    }

    @Test func `another name, body or MAC is told apart`() throws {
        let clinic = try clinicWithKeys()
        let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        let mac = keys.mac(commandName: Self.name, canonicalBytes: Self.body)
        #expect(keys.check(mac, commandName: "BookAppointmen", canonicalBytes: [0x74] + Self.body) == false)
        #expect(keys.check(mac, commandName: Self.name, canonicalBytes: [8, 42]) == false)
        #expect(keys.check(mac, commandName: Self.name, canonicalBytes: []) == false)
        for bit in 0..<128 {
            var flipped = mac.mac
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(check(keys, RequestMAC(keyNumber: mac.keyNumber, mac: flipped)) == false)
        }
        #expect(check(keys, RequestMAC(keyNumber: mac.keyNumber, mac: [])) == false)
        #expect(check(keys, RequestMAC(keyNumber: mac.keyNumber + 1, mac: mac.mac)) == nil)
    }

    @Test func `a key is gone 30 days after its day, with its file, while running and at a start`() throws {
        let clinic = try clinicWithKeys()
        let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        let old = keys.mac(commandName: Self.name, canonicalBytes: Self.body)
        try keys.rotate(nowMs: Self.dayMs)
        let newer = keys.mac(commandName: Self.name, canonicalBytes: Self.body)
        try keys.rotate(nowMs: 31 * Self.dayMs)
        #expect(check(keys, old) == nil)
        #expect(check(keys, newer) == true)
        #expect(try PrivateFiles.names(in: "\(clinic.keys)/mac") == ["1.key", "31.key"])
        let reopened = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 32 * Self.dayMs)
        #expect(check(reopened, newer) == nil)
        #expect(try PrivateFiles.names(in: "\(clinic.keys)/mac") == ["31.key", "32.key"])
    }

    @Test func `a shredded file is overwritten before it is removed`() throws {
        let clinic = try clinicWithKeys()
        let path = "\(clinic.keys)/7.key"
        try PrivateFiles.write(Golden.bytes(0, 32), to: path)
        // A second name for the same file shows what became of its bytes.
        try FileManager.default.linkItem(atPath: path, toPath: "\(clinic.keys)/witness")
        try PrivateFiles.shred(path)
        #expect(!PrivateFiles.exists(path))
        let left = try clinic.bytes("\(clinic.keys)/witness")
        #expect(left.count == 32 && left != Golden.bytes(0, 32))
    }

    @Test func `a clock that goes back changes nothing`() throws {
        let clinic = try clinicWithKeys()
        let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 100 * Self.dayMs)
        let mac = keys.mac(commandName: Self.name, canonicalBytes: Self.body)
        for nowMs: Int64 in [99 * Self.dayMs, 0, -1, .min] {
            try keys.rotate(nowMs: nowMs)
            #expect(keys.mac(commandName: Self.name, canonicalBytes: Self.body) == mac)
        }
        let reopened = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 40 * Self.dayMs)
        #expect(reopened.mac(commandName: Self.name, canonicalBytes: Self.body) == mac)
    }

    @Test func `a MAC key open to others is refused; what a crash left is removed`() throws {
        let clinic = try clinicWithKeys()
        _ = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        let path = "\(clinic.keys)/mac/0.key"
        let open = { () throws(VaultOpeningError) in try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0) }
        try clinic.setMode(0o644, path)
        #expect(throws: VaultOpeningError.loosePermissions(path: path, mode: 0o644)) { _ = try open() }
        try clinic.setMode(0o600, path)
        try PrivateFiles.write([], to: "\(clinic.keys)/mac/5.key.tmp")
        try PrivateFiles.write([1], to: "\(clinic.keys)/mac/README")
        _ = try open()
        #expect(try PrivateFiles.names(in: "\(clinic.keys)/mac") == ["0.key", "README"])
    }

    @Test
    func `a MAC key that a bit has flipped in, or of a wrong size, is known as damaged, and the next takes its place`()
        throws
    {
        let clinic = try clinicWithKeys()
        let first = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        let mac = first.mac(commandName: Self.name, canonicalBytes: Self.body)
        let path = "\(clinic.keys)/mac/0.key"
        let whole = try clinic.bytes(path)
        #expect(whole.count == 40 && KeyFiles.faults(in: clinic.keys) == [])
        var damages = (0..<(8 * whole.count)).map { bit in
            var flipped = whole
            flipped[bit / 8] ^= 1 << (bit % 8)
            return flipped
        }
        damages += [0, 31, 33, 39, 41].map { [UInt8](repeating: 1, count: $0) }
        for damaged in damages {
            try PrivateFiles.write(damaged, to: path)
            let keys = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
            #expect(keys.damagedPath(keyNumber: 0) == path && keys.damagedPaths == [path])
            #expect(KeyFiles.faults(in: clinic.keys).count == 1)
            #expect(check(keys, mac) == nil)
            #expect(keys.mac(commandName: Self.name, canonicalBytes: Self.body).keyNumber == 1)
            // It is kept, for its backup to take its place.
            #expect(try clinic.bytes(path) == damaged)
        }
        try PrivateFiles.write(whole, to: path)
        let restored = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 0)
        #expect(restored.damagedPath(keyNumber: 0) == nil && check(restored, mac) == true)
        // Damaged or not, it is gone when its time has come.
        try PrivateFiles.write(damages[3], to: path)
        let later = try RequestMACKeys(keysDirectory: clinic.keys, nowMs: 20 * Self.dayMs)
        #expect(later.damagedPath(keyNumber: 0) == path)
        try later.rotate(nowMs: 31 * Self.dayMs)
        #expect(later.damagedPaths == [] && !PrivateFiles.exists(path))
    }
}
