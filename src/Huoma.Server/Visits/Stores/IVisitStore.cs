namespace Huoma.Server.Visits.Stores;

/// <summary>
/// Writes a batch of visits in one transaction: loads what they depend on and locks it, lets the batch decide, saves, commits.
/// Returns after the commit is on the disk. Synchronous, for it has a thread of its own. After an exception nothing of the batch
/// is known to be stored, and the next call starts on a fresh connection.
/// </summary>
internal interface IVisitStore : IDisposable
{
    void Commit(VisitBatch batch);
}
