using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>Turns codes into what the API shows of them, in a fixed number of queries however many they are.</summary>
internal sealed class LiveCodeQueries(HuomaDb db, VisitCountQueries counts, TimeProvider time, Calendar calendar, PublicUrl url)
{
    public async Task<LiveCodeResponse> DescribeAsync(LiveCode liveCode, CancellationToken ct) =>
        (await DescribeAsync([liveCode], ct))[0] with { HandsOverFrom = await HandsOverToAsync(liveCode.Id, ct) };

    public async Task<IReadOnlyList<LiveCodeResponse>> DescribeAsync(IReadOnlyList<LiveCode> liveCodes, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var ids = liveCodes.Select(liveCode => liveCode.Id).ToList();
        var totals = await counts.TotalsAsync(ids, calendar.StartOfDay(now), ct);
        var joins = await counts.JoinsAsync([.. liveCodes.Where(liveCode => liveCode.Building == Building.Auto).Select(liveCode => liveCode.Id)], ct);
        var slots = await SlotsAsync(liveCodes, now, ct);
        var images = await ImagesAsync(liveCodes, ct);
        var targets = await TargetsAsync(liveCodes, ct);
        return [.. liveCodes.Select(liveCode => Describe(
            liveCode,
            Counts(totals.GetValueOrDefault(liveCode.Id, VisitTotals.None), joins.GetValueOrDefault(liveCode.Id), [.. slots[liveCode.Id]], now),
            liveCode.Welcome.ImageId is { } image ? images.GetValueOrDefault(image) : null,
            liveCode.HandOver.TargetId is { } target ? targets.GetValueOrDefault(target) : null))];
    }

    private LiveCodeResponse Describe(LiveCode liveCode, LiveCodeCountsResponse ofCode, string? imageUrl, LiveCodeReference? target) => new(
        liveCode.Id,
        liveCode.Number,
        liveCode.Key,
        url.Of($"/q/{liveCode.Key}"),
        liveCode.Kind,
        liveCode.Building,
        liveCode.Name,
        liveCode.Remark,
        liveCode.Status,
        liveCode.Sticky,
        new WelcomeResponse(
            liveCode.Welcome.Enabled, liveCode.Welcome.ImageId, imageUrl, liveCode.Welcome.GroupIntro, liveCode.Welcome.FounderIntro),
        new SeatsResponse(liveCode.Seats.Cap, liveCode.Seats.LeaseMinutes),
        new HandOverResponse(
            liveCode.HandOver.Enabled, target?.Id, target?.Number, target?.Name, liveCode.HandOver.When, liveCode.HandOver.AfterPresses),
        HandsOverFrom: null,
        liveCode.Recycle,
        liveCode.Building == Building.Auto ? AutoOf(liveCode.Auto) : null,
        ofCode,
        liveCode.Version,
        liveCode.CreatedAt,
        liveCode.DeletedAt,
        liveCode.RestorableUntil);

    private static AutoResponse AutoOf(AutoBuild auto) =>
        new(auto.Groups, auto.Theme, auto.FirstNumber, auto.MemberThreshold, auto.Replenish, auto.Blacklist);

    private static LiveCodeCountsResponse Counts(VisitTotals totals, long joins, List<SlotState> slots, DateTimeOffset now) => new(
        totals.Scans,
        totals.Visitors,
        totals.Presses,
        totals.PressVisitors,
        joins,
        slots.Count,
        slots.Count(slot => slot.IsUsable(now) && slot.HasRoom),
        totals.TodayScans,
        totals.TodayVisitors,
        totals.TodayPresses,
        totals.TodayPressVisitors);

    private async Task<ILookup<LiveCodeId, SlotState>> SlotsAsync(IReadOnlyList<LiveCode> liveCodes, DateTimeOffset now, CancellationToken ct)
    {
        var caps = liveCodes.ToDictionary(liveCode => liveCode.Id, liveCode => liveCode.Seats.Cap);
        var ids = caps.Keys.ToList();
        var pressed = await counts.PressVisitorsAsync(ids, ct);
        var seated = await counts.SeatsTakenAsync([.. ids.Where(id => caps[id] is not null)], now, ct);
        var slots = await db.Slots.Where(slot => ids.Contains(slot.LiveCodeId))
            .Select(slot => new { slot.Id, slot.LiveCodeId, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold, slot.MembersLeft })
            .ToListAsync(ct);
        return slots.ToLookup(
            slot => slot.LiveCodeId,
            slot => new SlotState(
                slot.Id, slot.Round, slot.Enabled, slot.ExpiresAt, slot.Threshold,
                pressed.GetValueOrDefault((slot.Id, slot.Round)), caps[slot.LiveCodeId], seated.GetValueOrDefault((slot.Id, slot.Round)), membersLeft: slot.MembersLeft));
    }

    private async Task<Dictionary<ImageId, string>> ImagesAsync(IReadOnlyList<LiveCode> liveCodes, CancellationToken ct)
    {
        var ids = liveCodes.Select(liveCode => liveCode.Welcome.ImageId).OfType<ImageId>().ToList();
        return ids.Count == 0
            ? []
            : await db.Images.AsNoTracking().Where(image => ids.Contains(image.Id)).ToDictionaryAsync(image => image.Id, image => image.Url, ct);
    }

    private async Task<Dictionary<LiveCodeId, LiveCodeReference>> TargetsAsync(IReadOnlyList<LiveCode> liveCodes, CancellationToken ct)
    {
        var ids = liveCodes.Select(liveCode => liveCode.HandOver.TargetId).OfType<LiveCodeId>().ToList();
        return ids.Count == 0
            ? []
            : await db.LiveCodes.AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new LiveCodeReference(row.Id, row.Name, row.Number))
                .ToDictionaryAsync(target => target.Id, ct);
    }

    private async Task<IReadOnlyList<LiveCodeReference>> HandsOverToAsync(LiveCodeId target, CancellationToken ct) =>
        await db.LiveCodes.AsNoTracking().Where(row => row.HandOver.Enabled && row.HandOver.TargetId == target)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Id).Select(row => new LiveCodeReference(row.Id, row.Name, row.Number)).ToListAsync(ct);
}
