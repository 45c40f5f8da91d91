using System.Diagnostics;
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
    [SchemaExample("""{ "imageId": "7Hn4Wc6Pq2D", "newGroup": false }""")]
    public sealed record Request(ImageId? ImageId, bool? NewGroup, DateTimeOffset? ExpiresAt, string? OverrideReason) : IPictureRequest<Request>
    {
        public static Request Of(FormFields form) =>
            new(form.Id<Image>("imageId"), form.Flag("newGroup"), form.Instant("expiresAt"), form.Text("overrideReason"));

        public void Check(FieldErrors errors) => errors.OptionalLine("overrideReason", OverrideReason, Slot.OverrideReasonMaxLength);
    }

    /// <param name="strict">Refuse a doubtful picture that comes without an override reason.</param>
    public static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> Handle(
        SlotId id, HttpRequest http, HuomaDb db, SlotPictures pictures, SlotQueries queries, TimeProvider time, CancellationToken ct, bool strict = false)
    {
        if (!await db.Slots.AnyAsync(slot => slot.Id == id, ct))
        {
            return Problems.NotFound();
        }

        return await PictureInput<Request>.ReadAsync(http, pictures, ct) switch
        {
            PictureInput<Request>.Ready ready => await ReplaceAsync(id, ready, strict, db, pictures, queries, time.GetUtcNow(), ct),
            PictureInput<Request>.Failed failed => failed.Problem,
            _ => throw new UnreachableException(),
        };
    }

    /// <param name="before">What else is to be saved with it, or to forbid it.</param>
    internal static async Task<Results<Ok<SlotResponse>, ProblemHttpResult>> ReplaceAsync(
        SlotId id, PictureInput<Request>.Ready input, bool strict, HuomaDb db, SlotPictures pictures, SlotQueries queries, DateTimeOffset now,
        CancellationToken ct, BeforeSaving? before = null)
    {
        await using var edit = await SlotEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var request = input.Request;
        var (overrideReason, doubt) = await pictures.WeighAsync(edit.LiveCode, input.Image, id, request.OverrideReason, strict, ct);
        if (doubt is not null)
        {
            return doubt;
        }

        var oldImageId = edit.Slot.ImageId;
        edit.Slot.Takes(input.Image.Id, request.NewGroup ?? false, overrideReason);
        if (edit.Slot.LastsUntil(request.ExpiresAt ?? Slot.DefaultExpiry(edit.LiveCode.Kind, now), now) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (before is not null && await before(id, oldImageId, ct) is { } problem)
        {
            return problem;
        }

        await edit.SaveAsync(ct);
        return TypedResults.Ok(await queries.DescribeAsync(edit.LiveCode, id, ct));
    }
}
