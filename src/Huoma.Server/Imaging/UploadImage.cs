using System.Diagnostics;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Imaging;

/// <summary>Uploads one picture and says what is in it. The answer warns, it does not forbid: whether the picture is used is decided when it is put into a slot.</summary>
internal static class UploadImage
{
    public sealed record Response(ImageId Id, string Url, int Width, int Height, Qr? Qr, IReadOnlyList<SlotWarning> Warnings);

    /// <summary>The one QR code in the picture.</summary>
    public sealed record Qr(string Payload, QrKind Kind);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HttpRequest request, StoreImage store, PictureUseQueries uses, HuomaDb db, CancellationToken ct)
    {
        switch (await PictureForm.ReadAsync(request, ct))
        {
            case PictureForm.Failed failed:
                return failed.Problem;
            case PictureForm.Read read:
                var errors = new FieldErrors();
                var purpose = PurposeOf(read.Form["purpose"], errors);
                var file = read.File("file", errors);
                if (errors.Any(out var problem) || file is null)
                {
                    return problem ?? Problems.NotFound();
                }

                // Without a code it is meant for a group code, which is what most pictures are uploaded for.
                var kind = LiveCodeKind.Group;
                if (read.Form["codeId"].ToString() is { Length: > 0 } codeId)
                {
                    if (await KindOfAsync(db, LiveCodeId.Parse(codeId), ct) is not { } found)
                    {
                        return Problems.NotFound();
                    }

                    kind = found;
                }

                await using (var upload = file.OpenReadStream())
                {
                    return await store.HandleAsync(upload, purpose, ct) switch
                    {
                        StoredImage.Refused refused => refused.Refusal.ToPictureProblem(),
                        StoredImage.Stored stored => TypedResults.Ok(Describe(stored.Image, await WarningsAsync(uses, kind, purpose, stored.Image, ct))),
                        _ => throw new UnreachableException(),
                    };
                }

            default:
                throw new UnreachableException();
        }
    }

    private static Response Describe(Image image, IReadOnlyList<SlotWarning> warnings) => new(
        image.Id, image.Url, image.Width, image.Height, image is { QrPayload: { } payload, QrKind: { } kind } ? new Qr(payload, kind) : null, warnings);

    private static async Task<IReadOnlyList<SlotWarning>> WarningsAsync(PictureUseQueries uses, LiveCodeKind kind, ImagePurpose purpose, Image image, CancellationToken ct) =>
        purpose == ImagePurpose.Slot ? SlotWarnings.Check(kind, image.QrCount, image.QrKind, await uses.FindAsync(image, exceptSlot: null, ct)) : [];

    private static Task<LiveCodeKind?> KindOfAsync(HuomaDb db, LiveCodeId id, CancellationToken ct) =>
        db.LiveCodes.Where(code => code.Id == id && code.DeletedAt == null).Select(code => (LiveCodeKind?)code.Kind).SingleOrDefaultAsync(ct);

    private static ImagePurpose PurposeOf(string? text, FieldErrors errors)
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
