using System.Diagnostics;
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
    [SchemaExample("""{ "imageId": "7Hn4Wc6Pq2D", "name": "一群", "supportWeChatId": "kefu001", "expiresAt": "2026-11-29T04:00:00.000Z", "threshold": 100 }""")]
    public sealed record Request(
        ImageId? ImageId, string? Name, string? SupportWeChatId, DateTimeOffset? ExpiresAt, int? Threshold, string? OverrideReason) : IPictureRequest<Request>
    {
        public static Request Of(FormFields form) => new(
            form.Id<Image>("imageId"),
            form.Text("name"),
            form.Text("supportWeChatId"),
            form.Instant("expiresAt"),
            form.Number("threshold"),
            form.Text("overrideReason"));

        public void Check(FieldErrors errors) => errors
            .OptionalLine("name", Name, Slot.NameMaxLength)
            .OptionalLine("supportWeChatId", SupportWeChatId, Slot.SupportWeChatIdMaxLength)
            .Range("threshold", Threshold, Slot.ThresholdMin, Slot.ThresholdMax)
            .OptionalLine("overrideReason", OverrideReason, Slot.OverrideReasonMaxLength);
    }

    /// <param name="strict">Refuse a doubtful picture that comes without an override reason.</param>
    public static async Task<Results<Created<SlotResponse>, ProblemHttpResult>> Handle(
        LiveCodeId id, HttpRequest http, HuomaDb db, SlotPictures pictures, SlotQueries queries, TimeProvider time, CancellationToken ct, bool strict = false)
    {
        if (!await db.LiveCodes.AnyAsync(row => row.Id == id, ct))
        {
            return Problems.NotFound();
        }

        // A picture that came along is stored before the code is locked: reading its QR takes a while.
        return await PictureInput<Request>.ReadAsync(http, pictures, ct) switch
        {
            PictureInput<Request>.Ready ready => await AddAsync(id, ready, strict, db, pictures, queries, time.GetUtcNow(), ct),
            PictureInput<Request>.Failed failed => failed.Problem,
            _ => throw new UnreachableException(),
        };
    }

    /// <param name="before">What else is to be saved with it, or to forbid it.</param>
    internal static async Task<Results<Created<SlotResponse>, ProblemHttpResult>> AddAsync(
        LiveCodeId id, PictureInput<Request>.Ready input, bool strict, HuomaDb db, SlotPictures pictures, SlotQueries queries, DateTimeOffset now,
        CancellationToken ct, BeforeSaving? before = null)
    {
        await using var edit = await LiveCodeEdit.BeginAsync(db, id, ct);
        if (edit is null)
        {
            return Problems.NotFound();
        }

        var (overrideReason, doubt) = await pictures.WeighAsync(edit.LiveCode, input.Image, replaced: null, input.Request.OverrideReason, strict, ct);
        if (doubt is not null)
        {
            return doubt;
        }

        var positions = await db.Slots.Where(slot => slot.LiveCodeId == id).Select(slot => slot.Position).ToListAsync(ct);
        var slot = new Slot(NewId.Of<Slot>(), edit.LiveCode, positions.DefaultIfEmpty().Max() + 1, now);
        slot.Takes(input.Image.Id, newGroup: false, overrideReason);
        if ((edit.LiveCode.AddsSlot(positions.Count) ?? Fill(slot, edit.LiveCode.Kind, input, now)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (before is not null && await before(slot.Id, null, ct) is { } problem)
        {
            return problem;
        }

        db.Slots.Add(slot);
        await edit.SaveAsync(ct);
        return TypedResults.Created($"/api/v1/codes/{id}/slots", await queries.DescribeAsync(edit.LiveCode, slot.Id, ct));
    }

    private static Refusal? Fill(Slot slot, LiveCodeKind kind, PictureInput<Request>.Ready input, DateTimeOffset now)
    {
        var request = input.Request;
        slot.Describe(request.Name.OrNone() ?? Slot.NameOf(kind, Path.GetFileNameWithoutExtension(input.FileName), slot.Position), request.SupportWeChatId.OrNone());
        slot.SwitchesAt(request.Threshold ?? Slot.ThresholdDefault);
        return slot.LastsUntil(request.ExpiresAt ?? Slot.DefaultExpiry(kind, now), now);
    }
}
