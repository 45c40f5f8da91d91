using System.Diagnostics;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.LiveCodes.Slots;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>
/// Uploads one picture and says what is in it. It warns and does not forbid: whether a doubtful picture is used is decided
/// when it is put into a slot.
/// </summary>
internal static class UploadImage
{
    public sealed record Response(ImageId Id, string Url, int Width, int Height, Qr? Qr, IReadOnlyList<SlotWarning> Warnings)
    {
        public static Response Of(Image image, IReadOnlyList<SlotWarning> warnings) => new(
            image.Id, image.Url, image.Width, image.Height, image is { QrPayload: { } payload, QrKind: { } kind } ? new Qr(payload, kind) : null, warnings);
    }

    /// <summary>The one QR code in the picture.</summary>
    public sealed record Qr(string Payload, QrKind Kind);

    /// <summary>The multipart form, as the API describes it.</summary>
    /// <param name="Purpose"><c>slot</c>, <c>welcome</c>, <c>poster</c> or <c>avatar</c>.</param>
    /// <param name="CodeId">The live code a slot's picture is meant for.</param>
    public sealed record Form(IFormFile File, ImagePurpose Purpose, LiveCodeId? CodeId = null);

    private sealed record Request(IFormFile File, ImagePurpose Purpose, LiveCodeId? LiveCodeId);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HttpRequest http, StoreImage store, SlotPictureQueries slots, HuomaDb db, CancellationToken ct)
    {
        var (request, problem) = await ReadAsync(http, ct);
        if (request is null)
        {
            return problem ?? throw new UnreachableException();
        }

        // Without a code it is taken as meant for a group code, which is what most pictures are uploaded for.
        var kind = request.LiveCodeId is { } id ? await KindOfAsync(db, id, ct) : LiveCodeKind.Group;
        if (kind is null)
        {
            return Problems.NotFound();
        }

        await using var upload = request.File.OpenReadStream();
        switch (await store.HandleAsync(upload, request.Purpose, ct))
        {
            case StoredImage.Refused refused:
                return refused.Refusal.ToPictureProblem();
            case StoredImage.Stored stored:
                var warnings = request.Purpose == ImagePurpose.Slot
                    ? await slots.CheckAsync(kind.Value, stored.Image, request.LiveCodeId, replaced: null, ct)
                    : [];
                return TypedResults.Ok(Response.Of(stored.Image, warnings));
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<(Request? Request, ProblemHttpResult? Problem)> ReadAsync(HttpRequest http, CancellationToken ct)
    {
        switch (await PictureForm.ReadAsync(http, ct))
        {
            case PictureForm.Failed failed:
                return (null, failed.Problem);
            case PictureForm.Read read:
                var errors = new FieldErrors();
                var purpose = PurposeOf(read.Form["purpose"].ToString(), errors);
                var codeId = read.Form["codeId"].ToString() is { Length: > 0 } text ? LiveCodeId.Parse(text) : (LiveCodeId?)null;
                var file = read.File("file", errors);
                return errors.Any(out var problem) || file is null ? (null, problem) : (new Request(file, purpose, codeId), null);
            default:
                throw new UnreachableException();
        }
    }

    private static Task<LiveCodeKind?> KindOfAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        db.LiveCodes.Where(liveCode => liveCode.Id == id).Select(liveCode => (LiveCodeKind?)liveCode.Kind).SingleOrDefaultAsync(ct);

    private static ImagePurpose PurposeOf(string text, FieldErrors errors)
    {
        switch (text)
        {
            case "slot":
                return ImagePurpose.Slot;
            case "welcome":
                return ImagePurpose.Welcome;
            case "poster":
                return ImagePurpose.Poster;
            case "avatar":
                return ImagePurpose.Avatar;
            default:
                errors.Add("purpose", "须为 slot、welcome、poster 或 avatar");
                return default;
        }
    }
}
