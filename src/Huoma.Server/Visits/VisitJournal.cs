using Huoma.Server.Visits.Stores;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Visits;

/// <summary>
/// Gathers visits and commits them in batches; a visit is answered after the commit that holds it (ADR 0004, 0011).
/// On PostgreSQL presses have a pipeline of their own, so that neither waits for the other's locks.
/// </summary>
internal sealed class VisitJournal : IDisposable
{
    private readonly VisitPipeline scans;
    private readonly VisitPipeline presses;

    /// <param name="stores">One for everything, or one for scans and one for presses.</param>
    public VisitJournal(IReadOnlyList<IVisitStore> stores, IOptions<VisitOptions> options, VisitMetrics metrics, ILogger<VisitJournal> log)
    {
        scans = new VisitPipeline("scans", stores[0], options.Value, metrics, log);
        presses = stores.Count > 1 ? new VisitPipeline("presses", stores[1], options.Value, metrics, log) : scans;
    }

    /// <summary>The answer after its commit; null when the store could not take it in time, and then nothing was promised.</summary>
    public ValueTask<VisitAnswer?> SubmitAsync(VisitCommand command) => (command.Verb == VisitVerb.Press ? presses : scans).SubmitAsync(command);

    public void Dispose()
    {
        scans.Dispose();
        presses.Dispose();
    }
}
