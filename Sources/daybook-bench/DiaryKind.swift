/// Whose week is asked for. The names are those that the rivals' programs take.
enum DiaryKind: String, CaseIterable {
    case therapist
    case location

    /// How many full weeks there are to ask for.
    func count(in plan: BookingPlan) -> Int {
        switch self {
        case .therapist: plan.therapists
        case .location: plan.therapists / BookingPlan.locationTherapists
        }
    }

    var rows: Int {
        switch self {
        case .therapist: BookingPlan.weekRows
        case .location: BookingPlan.weekRows * BookingPlan.locationTherapists
        }
    }

    var title: String {
        switch self {
        case .therapist: "week of a therapist, \(rows) rows"
        case .location: "week of \(BookingPlan.locationTherapists) therapists, \(rows) rows"
        }
    }

    /// Questions of one run; long answers need fewer.
    func questions(_ scale: Scale) -> Int {
        switch self {
        case .therapist: scale.questions
        case .location: scale.questions / 3
        }
    }
}
