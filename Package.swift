// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "daybook",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-protobuf.git", from: "1.39.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections.git", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", from: "1.4.0", traits: [.defaults, "YAML"]),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
    ]
)

let protobuf: Target.Dependency = .product(name: "SwiftProtobuf", package: "swift-protobuf")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

/// The published contract; the compiler has no use for it, so that each is named here.
let protos = [
    "access_commands",
    "access_events",
    "availability_commands",
    "availability_events",
    "balance_rows",
    "billing_commands",
    "billing_events",
    "billing_rows",
    "calendar_rows",
    "charting_commands",
    "charting_events",
    "charting_rows",
    "clients_commands",
    "clients_events",
    "common",
    "interchange",
    "interchange_events",
    "places_commands",
    "places_events",
    "jobs",
    "practice_commands",
    "practice_events",
    "queries",
    "record",
    "replies",
    "rows",
    "scheduling_commands",
    "scheduling_events",
    "staff_commands",
    "staff_events",
    "state",
]

/// A library module in `Sources/`, with the modules it may import and nothing else.
@MainActor func module(_ name: String, _ dependencies: Target.Dependency...) {
    package.targets.append(.target(name: name, dependencies: dependencies))
}

/// The tests of one module, in `Tests/`.
@MainActor func tests(_ name: String, _ dependencies: Target.Dependency...) {
    package.targets.append(.testTarget(name: name, dependencies: dependencies))
}

package.targets.append(
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]))
// What glibc has beyond what Swift's Glibc shows: giving memory back.
package.targets.append(.systemLibrary(name: "CMalloc"))
module("LMDBKit", "CLMDB", protobuf)
package.targets.append(
    .target(name: "Schema", dependencies: [protobuf], exclude: protos.map { $0 + ".proto" }))
module("Ledger", "Schema")
module("Timetable")
module(
    "Clinic", "Schema", "LMDBKit", "Timetable", protobuf,
    .product(name: "HashTreeCollections", package: "swift-collections"))
package.targets.append(.target(name: "CCrashMark"))
module("ProjectionKit", "CCrashMark", "Schema", "LMDBKit", crypto, protobuf)
module("EventStore", "LMDBKit", crypto)
module("Vault", "LMDBKit", crypto)
module("Interchange", "Timetable")

// The handbook's chapters travel inside the binary, so that an installed one needs no files beside it.
package.targets.append(.target(name: "Manual", resources: [.embedInCode("Chapters")]))
module(
    "DaybookClient", "Schema", protobuf, nioCore, nioHTTP1,
    .product(name: "AsyncHTTPClient", package: "async-http-client"))
package.targets.append(
    .executableTarget(
        name: "daybook",
        dependencies: [
            "DaybookClient", "EventStore", "Ledger", "Manual", "Schema", "Timetable", "Vault", crypto, protobuf,
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Configuration", package: "swift-configuration"),
        ]))

// One name here is one folder under Projections/ and one under Tests/: a read model, with what it needs beside the rest.
let readModels: [(name: String, needs: [Target.Dependency])] = [
    ("AuditTrail", []), ("Balances", ["Ledger"]), ("Calendar", []), ("ClientHistory", []), ("Directory", []),
]
for (name, needs) in readModels {
    let projection = "\(name)Projection"
    package.targets.append(
        .target(
            name: projection, dependencies: ["Schema", "ProjectionKit", "LMDBKit", "Timetable", protobuf] + needs,
            path: "Projections/\(name)"))
    package.targets.append(
        .testTarget(
            name: projection + "Tests",
            dependencies: [.target(name: projection), "Schema", "ProjectionKit", "LMDBKit", "TestKit", protobuf]
                + needs))
}

package.targets.append(
    .target(
        name: "TestKit", dependencies: ["Clinic", "LMDBKit", "ProjectionKit", "Schema", "Timetable", protobuf],
        path: "Tests/Support",
        // So that liblmdb finds the tests' own, which can be told to fail, before the system's.
        linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic-symbol=fdatasync"])]))
module(
    "Engine", "CCrashMark", "CMalloc", "Schema", "LMDBKit", "EventStore", "Vault", "Clinic", "Timetable", "Interchange",
    "ProjectionKit", "AuditTrailProjection", "BalancesProjection", "CalendarProjection", "ClientHistoryProjection",
    "DirectoryProjection", protobuf, crypto,
    .product(name: "DequeModule", package: "swift-collections"),
    .product(name: "HashTreeCollections", package: "swift-collections"),
    .product(name: "NIOPosix", package: "swift-nio"), .product(name: "Logging", package: "swift-log"))
module(
    "API", "Engine", "Clinic", "Schema", "ProjectionKit", "Timetable", "EventStore", crypto, protobuf,
    .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
    nioCore, nioHTTP1, .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "Logging", package: "swift-log"),
    .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
    .product(name: "UnixSignals", package: "swift-service-lifecycle"))
package.targets.append(
    .executableTarget(
        name: "daybookd",
        dependencies: [
            "API", "CCrashMark", "Engine", "EventStore", "LMDBKit", "Schema", "Vault",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "Configuration", package: "swift-configuration"),
            .product(name: "Logging", package: "swift-log"),
        ]))
module(
    "Demo", "Engine", "Clinic", "ProjectionKit", "Schema", "Timetable", "AuditTrailProjection", "CalendarProjection",
    "ClientHistoryProjection", "DirectoryProjection", crypto, protobuf,
    .product(name: "HeapModule", package: "swift-collections"), .product(name: "Logging", package: "swift-log"))
package.targets.append(
    .executableTarget(
        name: "daybook-demo",
        dependencies: ["Demo", "Timetable", .product(name: "ArgumentParser", package: "swift-argument-parser")]))
package.targets.append(
    .executableTarget(
        name: "daybook-bench",
        dependencies: [
            "EventStore", "LMDBKit", "Schema", "Timetable",
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ]))
tests("LMDBKitTests", "LMDBKit", "Schema", "TestKit", protobuf)
package.targets.append(
    .testTarget(name: "SchemaTests", dependencies: ["Schema", protobuf], exclude: ["every_kind.proto", "Golden"]))
tests(
    "ProjectionKitTests", "CCrashMark", "ProjectionKit", "LMDBKit", "Schema", "TestKit", "AuditTrailProjection",
    "BalancesProjection", "CalendarProjection", "ClientHistoryProjection", "DirectoryProjection", protobuf)
tests(
    "EngineTests", "Engine", "Clinic", "EventStore", "Ledger", "LMDBKit", "ProjectionKit", "Schema", "TestKit",
    "Timetable",
    "Vault", "AuditTrailProjection", "BalancesProjection", "CalendarProjection", "ClientHistoryProjection",
    "DirectoryProjection", protobuf,
    crypto, .product(name: "Logging", package: "swift-log"))
tests(
    "APITests", "API", "Clinic", "Engine", "Schema", "TestKit", nioCore, nioHTTP1,
    .product(name: "NIOEmbedded", package: "swift-nio"))
tests("EndToEndTests", "TestKit", "daybookd", "daybook")
tests("TimetableTests", "Timetable")
tests("LedgerTests", "Ledger", "Schema", protobuf)
tests("ClinicTests", "BalancesProjection", "Clinic", "Ledger", "Schema", "LMDBKit", "Timetable", "TestKit", protobuf)
tests("EventStoreTests", "EventStore", "LMDBKit", "CLMDB", "TestKit", crypto)
tests("VaultTests", "Vault", "LMDBKit", "TestKit", crypto)
tests(
    "DemoTests", "Clinic", "Demo", "Engine", "EventStore", "ProjectionKit", "Schema", "TestKit", "Timetable", protobuf)
tests("InterchangeTests", "Interchange", "Timetable")
tests(
    "DaybookTests", "daybook", "DaybookClient", "Manual", "Schema", "Timetable", protobuf, nioCore, nioHTTP1,
    .product(name: "NIOPosix", package: "swift-nio"))

// What holds of every reader of bytes from outside; the tests try it, and so does libFuzzer.
package.targets.append(
    .target(
        name: "Fuzzing", dependencies: ["Schema", "Interchange", "Timetable", protobuf],
        path: "Tests/Fuzzing/Promises"))
tests("FuzzingTests", "Fuzzing", "Schema", "TestKit", protobuf)
// Its `main` is libFuzzer's, so it can only be linked as tools/fuzz builds it.
if Context.environment["DAYBOOK_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(name: "daybook-fuzz", dependencies: ["Fuzzing"], path: "Tests/Fuzzing/LibFuzzer"))
}

// The same compiler settings for every Swift target.
for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    // Generated messages keep their fields in classes of their own, and looking at each access took 5 to 8 % of the samples
    // of a rebuild and of an agenda (perf record). None of their code calls back into others' while it changes a field.
    if target.name == "Schema" {
        target.swiftSettings?.append(
            .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)))
    }
}
