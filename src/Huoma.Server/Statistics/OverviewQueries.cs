using Dapper;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Statistics;

/// <summary>A code that is on, with what the rotation knows of its slots.</summary>
internal sealed record WatchedCode(LiveCodeId Id, string Name, IReadOnlyList<SlotState> Slots, IReadOnlyDictionary<SlotId, string> SlotNames, WhenUsedUp WhenUsedUp);

/// <summary>Reads what the overview shows, in a fixed number of queries.</summary>
internal sealed class OverviewQueries(Database database, HuomaDb db, VisitCountQueries counts, CurrentTenant tenant)
{
    public Task<int> CountCodesAsync(CancellationToken ct) => db.LiveCodes.CountAsync(ct);

    public async Task<IReadOnlyList<WatchedCode>> CodesOnAsync(DateTimeOffset now, CancellationToken ct)
    {
        var pressed = await PressVisitorsAsync(ct);
        var liveCodes = await db.LiveCodes.Where(row => row.Status == LiveCodeStatus.On)
            .Select(row => new { row.Id, row.Name, row.Seats.Cap, BeginsRounds = row.Recycle && row.Kind == LiveCodeKind.Card, row.HandOver.Enabled, row.HandOver.When }).ToListAsync(ct);
        var seated = await counts.SeatsTakenAsync([.. liveCodes.Where(row => row.Cap is not null).Select(row => row.Id)], now, ct);
        var slots = await (
            from slot in db.Slots
            join liveCode in db.LiveCodes on slot.LiveCodeId equals liveCode.Id
            where liveCode.Status == LiveCodeStatus.On
            orderby slot.Position
            select new { slot.Id, slot.LiveCodeId, slot.Name, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold, slot.MembersLeft }).ToListAsync(ct);
        var byCode = slots.ToLookup(slot => slot.LiveCodeId);
        return liveCodes.ConvertAll(liveCode => new WatchedCode(
            liveCode.Id,
            liveCode.Name,
            [.. byCode[liveCode.Id].Select(slot => new SlotState(
                slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold,
                pressed.GetValueOrDefault((slot.Id, slot.Round)), liveCode.Cap, seated.GetValueOrDefault((slot.Id, slot.Round)), membersLeft: slot.MembersLeft))],
            byCode[liveCode.Id].ToDictionary(slot => slot.Id, slot => slot.Name),
            LiveCodeWarnings.WhenUsedUpOf(liveCode.BeginsRounds, liveCode.Enabled ? liveCode.When : null)));
    }

    /// <summary>剩余自动建群数量.</summary>
    public Task<int> GroupsLeftAsync(CancellationToken ct) => db.QuotaEntries.SumAsync(entry => entry.Groups, ct);

    private async Task<Dictionary<(SlotId Slot, int Round), long>> PressVisitorsAsync(CancellationToken ct)
    {
        const string sql = "SELECT slot_id AS SlotId, round AS Round, press_visitors AS Count FROM slot_counts WHERE tenant_id = @TenantId";
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<SlotCount>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value }, cancellationToken: ct));
        return rows.ToDictionary(row => (new SlotId(row.SlotId), row.Round), row => row.Count);
    }

    private sealed record SlotCount
    {
        public long SlotId { get; init; }

        public int Round { get; init; }

        public long Count { get; init; }
    }
}
