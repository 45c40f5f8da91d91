using System.ComponentModel.DataAnnotations;

namespace Huoma.Server.Visits;

/// <summary>Section <c>Huoma:Visits</c>: how visits are gathered into batches.</summary>
internal sealed class VisitOptions
{
    public const string Section = "Huoma:Visits";

    /// <summary>Most visits in one transaction; a batch is whatever arrived during the last commit.</summary>
    [Range(1, 100_000)]
    public int MaxBatch { get; init; } = 512;

    /// <summary>Most visits that wait; more are told to come back (503). About one second of work.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaiting { get; init; } = 8_192;

    /// <summary>How long a visit may wait for its batch, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int MaxWaitMilliseconds { get; init; } = 3_000;

    /// <summary>
    /// Days after which the log of single visits and presses is deleted; unset: never. At least three, for a press token is good for 36 hours
    /// and must find the presses it has counted. Totals and bindings stay in any case.
    /// </summary>
    [Range(3, 36_500)]
    public int? KeepDays { get; init; }
}
