using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>更换二维码: the same group's new picture keeps the counters, a new group starts them afresh (D17).</summary>
internal static class ReplacePicture
{
    public sealed record Request(ImageId? ImageId, bool? NewGroup, DateTimeOffset? ExpiresAt, string? OverrideReason)
    {
        public static Request Of(FormFields form) =>
            new(form.Id<Image>("imageId"), form.Flag("newGroup"), form.Instant("expiresAt"), form.Text("overrideReason"));
    }

    public static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> Handle(
        SlotId id, HttpRequest http, HuomaDb db, SlotPictures pictures, SlotQueries queries, TimeProvider time, CancellationToken ct, bool strict = false)
    {
        if (!await db.Slots.AnyAsync(slot => slot.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var errors = new FieldErrors();
        var (request, _) = await JsonOrForm.ReadAsync(http, "image", Request.Of, errors, ct);
        errors.OptionalLine("overrideReason", request.OverrideReason, Slot.OverrideReasonMaxLength);
        var (image, problem) = await pictures.TakeAsync(request.ImageId, errors, ct);
        if (image is null)
        {
            return problem!;
        }

        await using var edit = await SlotEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var (overrideReason, doubt) = await pictures.WeighAsync(edit.LiveCode, image, id, request.OverrideReason, strict, ct);
        if (doubt is not null)
        {
            return doubt;
        }

        var now = time.GetUtcNow();
        edit.Slot.Takes(image.Id, request.NewGroup ?? false, overrideReason);
        if (edit.Slot.LastsUntil(request.ExpiresAt ?? now + Slot.DefaultLifetime, now) is { } refusal)
        {
            return refusal.ToProblem();
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, id, ct));
    }
}
