import LMDBKit
import Schema
import SwiftProtobuf

extension ClinicState {
    borrowing func evolve(_ event: PracticeEvent, _ recorded: Recorded) throws {
        switch event {
        case .practiceInitialised(let event):
            let state = PracticeState.with {
                $0.practice = event
                $0.policy = recorded.position
            }
            try tables.practice.put(0, state, in: transaction)
            try found(.practice, recorded)
        case .clockAccepted: break
        case .practiceProfileUpdated(let event):
            var practice = try requirePractice()
            practice.profile = event
            practice.profilePosition = recorded.position
            try tables.practice.put(0, practice, in: transaction)
        case .cancellationPolicyPublished(let event):
            try tables.billing.policies.put(recorded.position, event, in: transaction)
            var practice = try requirePractice()
            practice.policy = recorded.position
            try tables.practice.put(0, practice, in: transaction)
            try found(.cancellationPolicy, recorded)
        }
    }
}
