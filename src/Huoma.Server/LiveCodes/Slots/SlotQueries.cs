using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>Turns the slots of a code into what the API shows of them, in a fixed number of queries.</summary>
internal sealed class SlotQueries(HuomaDb db, SlotPictureQueries pictures, VisitCountQueries counts, SlotStateQueries slotStates, TimeProvider time, Calendar calendar)
{
    public async Task<SlotResponse> DescribeAsync(LiveCode liveCode, SlotId id, CancellationToken ct) =>
        (await DescribeAsync(liveCode, ct)).First(slot => slot.Id == id);

    /// <summary>All its slots, in their order. What one is doing depends on those before it, so they are always read together.</summary>
    public async Task<IReadOnlyList<SlotResponse>> DescribeAsync(LiveCode liveCode, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (slots, states) = await slotStates.LoadAsync(liveCode, now, ct);
        var imageIds = slots.Select(slot => slot.ImageId).Distinct().ToList();
        var images = await db.Images.AsNoTracking().Where(image => imageIds.Contains(image.Id)).ToDictionaryAsync(image => image.Id, ct);
        var uses = await pictures.UsesOfAsync(images.Values, ct);
        var totals = await counts.OfSlotsAsync(liveCode.Id, calendar.StartOfDay(now), ct);
        return [.. SlotState.StatusesOf(states, now).Select((status, at) =>
        {
            var image = images[slots[at].ImageId];
            var warnings = SlotPictureQueries.Check(liveCode.Kind, image, liveCode.Id, slots[at].Id, uses);
            return Describe(slots[at], image, warnings, states[at], status, totals.GetValueOrDefault((slots[at].Id, slots[at].Round), SlotTotals.None));
        })];
    }

    private static SlotResponse Describe(
        Slot slot, Image image, IReadOnlyList<SlotWarning> warnings, SlotState state, SlotStatus status, SlotTotals totals) => new(
        slot.Id,
        slot.LiveCodeId,
        slot.Name,
        slot.ImageId,
        image.Url,
        image.QrPayload,
        image.QrKind,
        slot.SupportWeChatId,
        slot.ExpiresAt == Slot.Never ? null : slot.ExpiresAt,
        slot.Threshold,
        slot.Enabled,
        slot.Position,
        slot.Round,
        totals.Presses,
        state.PressVisitors,
        state.SeatCap is null ? null : state.SeatsTaken,
        totals.Views,
        totals.Visitors,
        totals.TodayPresses,
        totals.TodayPressVisitors,
        totals.TodayViews,
        totals.TodayVisitors,
        slot.OverrideReason,
        warnings,
        status,
        slot.CreatedAt);
}
