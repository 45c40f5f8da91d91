using Huoma.Domain.Visits;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Statistics.Counting;

/// <summary>
/// Sums up every tenant's closed hours, so that figures over all codes read few rows. Each time the last day is summed up again, for what
/// came late: a batch that was long on its way, a process whose clock is behind.
/// </summary>
internal sealed class SumUpHours(Database database, TimeProvider time, Calendar calendar) : IJob
{
    /// <summary>An hour counts as over only so long after its end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Again = TimeSpan.FromDays(1);

    /// <summary>Hours that are read at once.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromHours(6);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var closed = calendar.At(now - Patience).Hour.ToUnixTimeMilliseconds();
        await using var connection = await database.OpenAsync(ct);
        var until = await RollUps.UntilAsync(connection, ct);
        var first = until == 0
            ? await TenantHourStore.FirstHourAsync(connection, ct) ?? closed
            : Math.Min(until, closed) - (long)Again.TotalMilliseconds;

        // A clock that was set back leaves hours that are summed up and go on being counted.
        var end = Math.Max(until, closed);
        for (var from = first; from < end; from += (long)Step.TotalMilliseconds)
        {
            await TenantHourStore.SumUpAsync(connection, from, Math.Min(from + (long)Step.TotalMilliseconds, end), ct);
        }
    }
}
