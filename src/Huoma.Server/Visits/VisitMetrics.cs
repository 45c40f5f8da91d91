using System.Diagnostics.Metrics;
using Huoma.Server.Platform.Telemetry;

namespace Huoma.Server.Visits;

/// <summary>What the pipelines do, for whoever watches the program.</summary>
internal sealed class VisitMetrics
{
    private readonly Meter meter;
    private readonly Counter<long> stored;
    private readonly Counter<long> refused;
    private readonly Histogram<double> commits;

    public VisitMetrics(IMeterFactory meters)
    {
        meter = meters.Create(HuomaMeter.Name);
        stored = meter.CreateCounter<long>("huoma.visits.stored", "{visit}", "Visits that were committed and answered");
        refused = meter.CreateCounter<long>("huoma.visits.refused", "{visit}", "Visits that were told to come back");
        commits = meter.CreateHistogram<double>("huoma.visits.commit.duration", "s", "Time of one batch from its begin to its commit");
    }

    public void Stored(string pipeline, int visits, TimeSpan taken)
    {
        var tag = Tag(pipeline);
        stored.Add(visits, tag);
        commits.Record(taken.TotalSeconds, tag);
    }

    public void Refused(string pipeline, int visits) => refused.Add(visits, Tag(pipeline));

    public void Watch(string pipeline, Func<int> waiting) =>
        meter.CreateObservableGauge("huoma.visits.waiting", () => new Measurement<int>(waiting(), Tag(pipeline)), "{visit}", "Visits that wait for a batch");

    private static KeyValuePair<string, object?> Tag(string pipeline) => new("huoma.pipeline", pipeline);
}
