namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Writes a batch of visits in one transaction: loads what they depend on, lets the batch decide, saves, commits.
/// Returns after the commit is on the disk. Synchronous, for it has a thread of its own. After an exception nothing of the batch
/// is known to be stored, and the next call starts on a fresh connection.
/// </summary>
internal interface IVisitStore : IDisposable
{
    /// <exception cref="CommitUnknownException">The COMMIT itself failed; <see cref="HasCommitted"/> tells.</exception>
    void Commit(VisitBatch batch);

    /// <summary>
    /// Asks the ledger, on a fresh connection, whether the last batch took place: its number is written in the batch's own transaction.
    /// A transaction that is still under way is waited for.
    /// </summary>
    bool HasCommitted(VisitBatch batch);
}

/// <summary>The connection or the disk failed at COMMIT: the batch may be stored or not.</summary>
internal sealed class CommitUnknownException(Exception inner) : Exception("The outcome of a commit is unknown.", inner);
