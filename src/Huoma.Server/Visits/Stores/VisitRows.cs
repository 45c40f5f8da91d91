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
            Longs(rows, x => x.Row.NewPressers), Longs(rows, x => x.Row.NewPresses), rows.Select(x => x.Row.SeatsTaken).ToArray(),
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
            Longs(rows, x => x.Counts.EntranceNewVisitors), Longs(rows, x => x.Counts.EntranceDayVisitors),
            Longs(rows, x => x.Counts.EntranceNewPressers), Longs(rows, x => x.Counts.EntranceDayPressers),
            Longs(rows, x => x.Counts.ScansIos), Longs(rows, x => x.Counts.ScansAndroid), Longs(rows, x => x.Counts.ScansWeCom),
        ];
    }

    /// <summary>Codes with slots that began a new round.</summary>
    public long[] Laps() => [.. codes.Where(code => code.Visits.EndedRounds.Count > 0).Select(code => code.Visits.Id.Value)];

    /// <summary>Slots that began a new round: which, from which round, to which.</summary>
    public Array[] Rounds()
    {
        var rows = codes.SelectMany(code => code.Visits.Slots, (code, slot) => (Slot: slot, Ended: code.Visits.EndedRounds.GetValueOrDefault(slot.Id)))
            .Where(x => x.Ended > 0).OrderBy(x => x.Slot.Id.Value).ToList();
        return [Longs(rows, x => x.Slot.Id.Value), Ints(rows, x => x.Ended), Ints(rows, x => x.Slot.Round)];
    }

    private IEnumerable<(LoadedCode Code, CountKey Key, VisitCounts Counts)> Counted() =>
        codes.SelectMany(code => code.Visits.Counted, (code, row) => (code, row.Key, row.Value));

    private static long[] Longs<T>(List<T> rows, Func<T, long> value) => rows.Select(value).ToArray();

    private static int[] Ints<T>(List<T> rows, Func<T, int> value) => rows.Select(value).ToArray();
}
