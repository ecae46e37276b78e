import Dispatch

/// Runs what is waiting one after another, in the order in which it came: so that commands that are sent together, for
/// one commit, reach the writer in the same order every time.
final class InOrder: TaskExecutor {
    private let queue = DispatchQueue(label: "demo")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }
}
