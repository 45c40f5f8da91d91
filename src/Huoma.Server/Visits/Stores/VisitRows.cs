using Huoma.Domain.Visits;

namespace Huoma.Server.Visits.Stores;

/// <summary>
/// What a batch has to save, column by column, as PostgreSQL's unnest wants it; the columns are in the order of <see cref="VisitSql"/>.
/// Codes are in ascending order, so that processes take row locks in the same order.
/// </summary>
internal sealed class VisitRows(VisitBatch batch, int node)
{
    private readonly List<LoadedCode> codes = [.. batch.Codes.Values.OrderBy(code => code.Visits.Id.Value)];

    public Array[] Visits()
    {
        var rows = codes.SelectMany(code => code.Visits.NewVisits, (code, row) => (Code: code, Row: row)).ToList();
        return
        [
            Longs(rows, x => x.Code.TenantId.Value), Longs(rows, x => x.Code.Visits.Id.Value), Longs(rows, x => x.Row.VisitorId), Longs(rows, x => x.Row.ChannelId),
            Longs(rows, x => x.Row.SlotId.Value), Ints(rows, x => x.Row.Round), Ints(rows, x => (int)x.Row.Kind), Ints(rows, x => (int)x.Row.Client),
            Ints(rows, x => x.Row.Reason), Longs(rows, x => x.Row.At.ToUnixTimeMilliseconds()),
        ];
    }

    /// <param name="areStored">Those that are stored already, or the new ones: an insert that expects no conflict costs half.</param>
    public Array[] Visitors(bool areStored)
    {
        var rows = codes.SelectMany(code => code.Visits.ChangedVisitors, (code, row) => (Code: code, Row: row))
            .Where(x => (x.Row.IsStored || batch.IsRetry) == areStored).OrderBy(x => x.Row.VisitorId).ToList();
        return
        [
            Longs(rows, x => x.Row.VisitorId), Longs(rows, x => x.Code.Visits.Id.Value), Longs(rows, x => x.Row.SlotId.Value), Ints(rows, x => x.Row.Round),
            Longs(rows, x => x.Code.TenantId.Value), rows.Select(x => x.Row.IsBound).ToArray(), Ints(rows, x => x.Row.LastScanOn),
            Ints(rows, x => x.Row.LastShownOn), Ints(rows, x => x.Row.LastPressOn), Ints(rows, x => x.Row.Presses),
            Longs(rows, x => x.Row.LeasedUntil),
        ];
    }

    public Array[] Presses()
    {
        var rows = codes.SelectMany(code => code.Visits.NewPresses, (code, row) => (Code: code, Row: row)).ToList();
        return
        [
            Longs(rows, x => x.Row.VisitorId), Longs(rows, x => x.Row.PressId), Longs(rows, x => x.Code.TenantId.Value), Longs(rows, x => x.Code.Visits.Id.Value),
            Longs(rows, x => x.Row.SlotId.Value), Ints(rows, x => x.Row.Round), Longs(rows, x => x.Row.ChannelId), Longs(rows, x => x.Row.At.ToUnixTimeMilliseconds()),
        ];
    }

    /// <summary>In ascending order of slot and round, for other processes add to the same rows.</summary>
    public Array[] SlotCounts()
    {
        var rows = codes.SelectMany(code => code.SlotChanges(), (code, row) => (Code: code, Row: row)).OrderBy(x => x.Row.SlotId.Value).ThenBy(x => x.Row.Round).ToList();
        return
        [
            Longs(rows, x => x.Row.SlotId.Value), Ints(rows, x => x.Row.Round), Longs(rows, x => x.Code.TenantId.Value), Longs(rows, x => x.Code.Visits.Id.Value),
            Longs(rows, x => x.Row.NewPressers), rows.Select(x => x.Row.SeatsTaken).ToArray(),
        ];
    }

    public Array[] Hours()
    {
        var rows = Counted().ToList();
        return
        [
            Longs(rows, x => x.Code.Visits.Id.Value), Longs(rows, x => x.Key.Hour.ToUnixTimeMilliseconds()), Longs(rows, x => x.Key.ChannelId),
            Longs(rows, x => x.Key.SlotId.Value), Ints(rows, x => x.Key.Round), Ints(rows, _ => node), Longs(rows, x => x.Code.TenantId.Value),
            Longs(rows, x => x.Counts.Scans), Longs(rows, x => x.Counts.NewVisitors), Longs(rows, x => x.Counts.DayVisitors),
            Longs(rows, x => x.Counts.Shows), Longs(rows, x => x.Counts.NewShown), Longs(rows, x => x.Counts.DayShown),
            Longs(rows, x => x.Counts.Presses), Longs(rows, x => x.Counts.NewPressers), Longs(rows, x => x.Counts.DayPressers),
            Longs(rows, x => x.Counts.NewCodePressers), Longs(rows, x => x.Counts.DayCodePressers),
        ];
    }

    private IEnumerable<(LoadedCode Code, CountKey Key, VisitCounts Counts)> Counted() =>
        codes.SelectMany(code => code.Visits.Counted, (code, row) => (code, row.Key, row.Value));

    private static long[] Longs<T>(List<T> rows, Func<T, long> value) => rows.Select(value).ToArray();

    private static int[] Ints<T>(List<T> rows, Func<T, int> value) => rows.Select(value).ToArray();
}
