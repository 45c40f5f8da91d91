using System.ComponentModel.DataAnnotations;
using Huoma.Domain;
using Huoma.Domain.Audit;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.History;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>
/// 撤销更换: puts back a former picture with its expiry and its round. When the replacement had been a new group, the former group's
/// counters come back with its round; the round of the other group stays that group's own.
/// </summary>
internal static class UndoPicture
{
    /// <param name="ImageId">The picture that goes: must be the present one, so that nobody takes back what he has not seen.</param>
    /// <param name="EntryId">The replacement to undo, from the code's history; the last one when missing.</param>
    /// <param name="ExpiresAt">A new expiry; the former one when missing, which must not have passed.</param>
    /// <param name="OverrideReason">Why a picture that has expired or is used elsewhere is put back nevertheless.</param>
    [SchemaExample("""{ "imageId": "7Hn4Wc6Pq2D" }""")]
    public sealed record Request([property: Required] ImageId? ImageId, AuditEntryId? EntryId, DateTimeOffset? ExpiresAt, string? OverrideReason);

    public static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> Handle(
        SlotId id, Request request, HuomaDb db, CurrentChange change, FormerPictures formerPictures, SlotPictures pictures, SlotQueries queries,
        TimeProvider time, CancellationToken ct)
    {
        if (Check(request).Any(out var problem))
        {
            return problem;
        }

        await using var edit = await SlotEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        if (edit.Slot.StillShows(request.ImageId.GetValueOrDefault()) is { } changed)
        {
            return changed.ToProblem();
        }

        if (await formerPictures.FindAsync(id, request.EntryId, ct) is not { } former || await pictures.FindAsync(former.ImageId, ct) is not { } image)
        {
            return request.EntryId is null ? new Refusal("slot.nothing-to-undo", "这个二维码没有换过图片，没有可以撤销的更换").ToProblem() : Problems.NotFound();
        }

        var now = time.GetUtcNow();
        if (await pictures.WeighFormerAsync(edit.LiveCode, edit.Slot, image, former, request.OverrideReason, now, ct) is { } doubt)
        {
            return doubt;
        }

        if (edit.Slot.TakesBack(former, request.ExpiresAt ?? former.ExpiresAt, request.OverrideReason.OrNone(), now) is { } refusal)
        {
            return refusal.ToProblem();
        }

        change.Is(AuditWay.Undo);
        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, id, ct));
    }

    private static FieldErrors Check(Request request) => new FieldErrors()
        .Given("imageId", request.ImageId)
        .OptionalLine("overrideReason", request.OverrideReason, Slot.OverrideReasonMaxLength);
}
