import Foundation
import Schema
import SwiftProtobuf
import TestKit

extension ClinicHistory {
    mutating func writeNotes(_ house: House) {
        let about = subject(.client, house.client)
        let note = add(
            .charting(
                .noteStarted(
                    .with {
                        $0.client = house.client
                        $0.staff = house.therapist
                        $0.kind = .contact
                        $0.template = "contact/1"
                        $0.serviceDate = "2026-01-05"
                    })), about)
        func save(_ revision: UInt32) -> AnyEvent {
            .charting(
                .noteDraftSaved(
                    .with {
                        $0.note = note
                        $0.client = house.client
                        $0.revision = revision
                        $0.content = sealedField(10)
                    }))
        }
        let first = add(save(1), about)
        func sign(_ saved: UInt64) -> AnyEvent {
            .charting(
                .noteSigned(
                    .with {
                        $0.note = note
                        $0.client = house.client
                        $0.revision = 1
                        $0.saved = saved
                        $0.commitment = Data(repeating: 5, count: 32)
                    }))
        }
        add(sign(first), about)
        add(
            .charting(
                .noteReturned(
                    .with {
                        $0.note = note; $0.client = house.client; $0.reason = sealedField(11)
                    })), about)
        let second = add(save(2), about)
        add(sign(second), about)
        add(
            .charting(
                .noteCosigned(
                    .with {
                        $0.note = note; $0.client = house.client
                    })), about)
        add(
            .charting(
                .noteAddendumSigned(
                    .with {
                        $0.note = note; $0.client = house.client; $0.text = sealedField(12)
                    })), about)
        add(
            .charting(
                .noteMarkedEnteredInError(
                    .with {
                        $0.note = note; $0.client = house.client
                    })), about)
        let other = add(
            .charting(
                .noteStarted(
                    .with {
                        $0.client = house.client; $0.staff = house.therapist; $0.kind = .contact
                    })),
            about)
        add(
            .charting(
                .noteDraftDiscarded(
                    .with {
                        $0.note = other; $0.client = house.client
                    })), about)
    }
}
