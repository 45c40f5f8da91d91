using Huoma.Domain;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>切换到名片码/群活码 as it is sent: what is missing stays as it is (D10–D12).</summary>
/// <param name="TargetNumber">活码编号 of the code to hand over to.</param>
internal sealed record HandOverInput(bool? Enabled, string? TargetNumber, HandOverWhen? When, int? AfterPresses)
{
    private const int NumberMaxLength = 50;

    public void Check(FieldErrors errors) => errors
        .OptionalLine("handOver.targetNumber", TargetNumber, NumberMaxLength)
        .Range("handOver.afterPresses", AfterPresses, 1, HandOver.MaxAfterPresses);

    /// <summary>The code it is to hand over to, as far as that can be told before <paramref name="liveCode"/> is locked; null when nothing is switched on.</summary>
    /// <param name="liveCode">Null for a code that is being made.</param>
    public async Task<LiveCodeId?> FindTargetAsync(LiveCodeId? liveCode, HuomaDb db, CancellationToken ct)
    {
        if (TargetNumber.OrNone() is { } number)
        {
            return await db.LiveCodes.Where(row => row.Number == number).Select(row => (LiveCodeId?)row.Id).SingleOrDefaultAsync(ct);
        }

        return await db.LiveCodes.Where(row => row.Id == liveCode).Select(row => row.HandOver.TargetId).SingleOrDefaultAsync(ct);
    }

    /// <summary>Sets it on the code, or says no. Its target is read after both are locked, so that neither is deleted meanwhile and no circle closes.</summary>
    public async Task<Refusal?> ApplyAsync(LiveCode liveCode, HuomaDb db, CancellationToken ct)
    {
        var present = liveCode.HandOver;
        var number = TargetNumber.OrNone();
        var target = number is null
            ? await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Id == present.TargetId, ct)
            : await db.LiveCodes.AsNoTracking().SingleOrDefaultAsync(row => row.Number == number, ct);
        if (number is not null && target is null)
        {
            return new Refusal("live-code.hand-over-target-missing", "没有找到这个编号的活码，请核对活码编号", "handOver.targetNumber");
        }

        return liveCode.HandsOver(
            new HandOver(Enabled ?? present.Enabled, target?.Id ?? present.TargetId, When ?? present.When, AfterPresses ?? present.AfterPresses), target);
    }
}
