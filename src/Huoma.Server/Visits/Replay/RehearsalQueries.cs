using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Visits.Replay;

/// <summary>A code as it stands now, to be tried out: nothing of it is saved.</summary>
internal sealed record RehearsedCode(LiveCode LiveCode, LiveCodeVisits Visits, IReadOnlyDictionary<SlotId, string> SlotNames);

/// <summary>Reads a code, and the one it hands over to, as the next visitor would find them.</summary>
internal sealed class RehearsalQueries(HuomaDb db, VisitCountQueries counts, SlotStateQueries slotStates, TimeProvider time, Calendar calendar)
{
    /// <summary>Null when there is no such code (any more).</summary>
    public async Task<(RehearsedCode Code, RehearsedCode? Target)?> LoadAsync(LiveCodeId id, CancellationToken ct)
    {
        if (await FindAsync(id, ct) is not { } code)
        {
            return null;
        }

        var target = code.LiveCode.HandOver is { Enabled: true, TargetId: { } targetId } ? await FindAsync(targetId, ct) : null;
        return (code, target);
    }

    private async Task<RehearsedCode?> FindAsync(LiveCodeId id, CancellationToken ct)
    {
        if (await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } code)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var (slots, states) = await slotStates.LoadAsync(code, now, ct);
        var totals = await counts.TotalsAsync([id], calendar.StartOfDay(now), ct);
        var visits = new LiveCodeVisits(id, RulesOf(code), states, totals.GetValueOrDefault(id, VisitTotals.None).Presses);
        return new RehearsedCode(code, visits, slots.ToDictionary(slot => slot.Id, slot => slot.Name));
    }

    private static RotationRules RulesOf(LiveCode code) => new(
        code.Status, code.DeletedAt is not null, code.Sticky, code.Welcome.Enabled, code.Seats.Lease,
        code.HandOver is { Enabled: true, TargetId: { } target } ? new HandOverRule(target, code.HandOver.When, code.HandOver.AfterPresses ?? 0) : null, code.BeginsRounds);
}
