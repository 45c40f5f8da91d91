using Huoma.Domain;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>添加群二维码.</summary>
internal static class AddSlot
{
    public sealed record Request(
        ImageId? ImageId, string? Name, string? SupportWeChatId, DateTimeOffset? ExpiresAt, int? Threshold, string? OverrideReason)
    {
        public static Request Of(FormFields form) => new(
            form.Id<Image>("imageId"),
            form.Text("name"),
            form.Text("supportWeChatId"),
            form.Instant("expiresAt"),
            form.Number("threshold"),
            form.Text("overrideReason"));
    }

    public static async Task<Results<Created<SlotResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, HttpRequest http, HuomaDb db, SlotPictures pictures, SlotQueries queries, TimeProvider time, CancellationToken ct, bool strict = false)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        var errors = new FieldErrors();
        var (request, file) = await JsonOrForm.ReadAsync(http, "image", Request.Of, errors, ct);
        Check(request, errors);
        var (image, problem) = await pictures.TakeAsync(request.ImageId, errors, ct);
        if (image is null)
        {
            return problem!;
        }

        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var (overrideReason, doubt) = await pictures.WeighAsync(edit.LiveCode, image, replaced: null, request.OverrideReason, strict, ct);
        if (doubt is not null)
        {
            return doubt;
        }

        var positions = await db.Slots.Where(slot => slot.LiveCodeId == id).Select(slot => slot.Position).ToListAsync(ct);
        var now = time.GetUtcNow();
        var slot = new Slot(NewId.Of<Slot>(), edit.LiveCode, positions.DefaultIfEmpty().Max() + 1, now);
        slot.Takes(image.Id, newGroup: false, overrideReason);
        if ((edit.LiveCode.AddsSlot(positions.Count) ?? Fill(slot, request, file?.FileName, now)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        db.Slots.Add(slot);
        await edit.SaveAsync(ct);
        return TypedResults.Created($"/api/v1/codes/{id}/slots", await queries.DescribeAsync(edit.LiveCode, slot.Id, ct));
    }

    private static void Check(Request request, FieldErrors errors) => errors
        .OptionalLine("name", request.Name, Slot.NameMaxLength)
        .OptionalLine("supportWeChatId", request.SupportWeChatId, Slot.SupportWeChatIdMaxLength)
        .Range("threshold", request.Threshold, Slot.ThresholdMin, Slot.ThresholdMax)
        .OptionalLine("overrideReason", request.OverrideReason, Slot.OverrideReasonMaxLength);

    private static Refusal? Fill(Slot slot, Request request, string? fileName, DateTimeOffset now)
    {
        slot.Describe(request.Name.OrNone() ?? Slot.NameOf(Path.GetFileNameWithoutExtension(fileName), slot.Position), request.SupportWeChatId.OrNone());
        slot.SwitchesAt(request.Threshold ?? Slot.ThresholdDefault);
        return slot.LastsUntil(request.ExpiresAt ?? now + Slot.DefaultLifetime, now);
    }
}
