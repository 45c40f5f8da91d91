using Huoma.Server.Visits.Stores;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Visits;

/// <summary>
/// Gathers visits and commits them in batches; a visit is answered after the commit that holds it (ADR 0004, 0011).
/// On PostgreSQL newcomers, visitors who were here before and presses have a pipeline each, so that none waits for the others' locks (ADR 0026).
/// </summary>
internal sealed class VisitJournal : IDisposable
{
    /// <summary>How many stores are wanted where pipelines do not wait for each other.</summary>
    public const int Pipelines = 3;

    private readonly VisitPipeline scans;
    private readonly VisitPipeline returns;
    private readonly VisitPipeline presses;

    /// <param name="stores">One for everything, or one for each of the <see cref="Pipelines"/>.</param>
    public VisitJournal(IReadOnlyList<IVisitStore> stores, IOptions<VisitOptions> options, VisitMetrics metrics, ILogger<VisitJournal> log)
    {
        VisitPipeline Make(string name, int at) => new(name, stores[at], options.Value, metrics, log);
        scans = Make("scans", 0);
        (returns, presses) = stores.Count == Pipelines ? (Make("returns", 1), Make("presses", 2)) : (scans, scans);
    }

    /// <summary>The answer after its commit; null when the store could not take it in time, and then nothing was promised.</summary>
    public ValueTask<VisitAnswer?> SubmitAsync(VisitCommand command) => (command switch
    {
        { Verb: VisitVerb.Press } => presses,
        { IsNewVisitor: true } => scans,
        _ => returns,
    }).SubmitAsync(command);

    public void Dispose()
    {
        scans.Dispose();
        returns.Dispose();
        presses.Dispose();
    }
}
