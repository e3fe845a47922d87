import Foundation
import GRDB
import SquallDiagnostics

/// `ledger.sqlite`: which episode was finished when and how fast. For people; nothing is decided from it.
final class Ledger: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    init(root: URL) throws {
        path = root.appendingPathComponent("ledger.sqlite").path
        do {
            queue = try DatabaseQueue(path: path)
            try queue.write { db in
                try db.execute(sql: """
                    CREATE TABLE IF NOT EXISTS episode (
                      sample INTEGER PRIMARY KEY, frames INTEGER NOT NULL, attempt INTEGER NOT NULL,
                      wall_seconds REAL NOT NULL, finished TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP)
                    """)
            }
        } catch {
            throw Failure("ledger-failed", file: path, message: "the ledger cannot be opened: \(error)", fix: "delete it; it is made anew")
        }
    }

    func record(sample: Int, frames: Int, attempt: Int, seconds: Double) throws {
        do {
            try queue.write { db in
                try db.execute(
                    sql: "INSERT OR REPLACE INTO episode (sample, frames, attempt, wall_seconds) VALUES (?, ?, ?, ?)", arguments: [sample, frames, attempt, seconds])
            }
        } catch {
            throw Failure("ledger-failed", file: path, message: "the ledger cannot be written: \(error)", fix: "free some space and run again with --resume")
        }
    }
}
