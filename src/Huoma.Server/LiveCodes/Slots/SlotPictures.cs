using Huoma.Domain;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>Finds or stores a picture for a slot, and weighs what is doubtful about it.</summary>
internal sealed class SlotPictures(HuomaDb db, StoreImage store, SlotPictureQueries uses)
{
    public async Task<Image?> FindAsync(ImageId? id, CancellationToken ct) =>
        id is null ? null : await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);

    public async Task<StoredImage> StoreAsync(IFormFile file, CancellationToken ct)
    {
        await using var upload = file.OpenReadStream();
        return await store.HandleAsync(upload, ImagePurpose.Slot, ct);
    }

    /// <summary>The reason to keep with the slot, or the problem that tells what is doubtful about its picture.</summary>
    /// <param name="strict">Refuse a doubtful picture that comes without a reason.</param>
    public async Task<(string? OverrideReason, ProblemHttpResult? Problem)> WeighAsync(
        LiveCode liveCode, Image image, SlotId? replaced, string? overrideReason, bool strict, CancellationToken ct)
    {
        var warnings = await uses.CheckAsync(liveCode.Kind, image, liveCode.Id, replaced, ct);
        var reason = overrideReason.OrNone();
        if (strict && SlotWarnings.Doubts(warnings, reason) is { } refusal)
        {
            return (null, Told(refusal, warnings));
        }

        return (warnings.Count == 0 ? null : reason, null);
    }

    /// <summary>The problem that tells what is doubtful about putting a former picture back, unless a reason is given.</summary>
    public async Task<ProblemHttpResult?> WeighFormerAsync(
        LiveCode liveCode, Slot slot, Image image, FormerPicture former, string? overrideReason, DateTimeOffset now, CancellationToken ct)
    {
        // What is doubtful about the picture itself was weighed when it came first; time and other slots have gone on since.
        var all = await uses.CheckAsync(liveCode.Kind, image, liveCode.Id, slot.Id, ct);
        var used = all.Where(warning => warning.Code == SlotWarnings.AlreadyUsed);
        List<SlotWarning> warnings = SlotWarnings.CheckFormer(former, now) is { } expired ? [expired, .. used] : [.. used];
        return SlotWarnings.Doubts(warnings, overrideReason.OrNone()) is { } refusal ? Told(refusal, warnings) : null;
    }

    private static ProblemHttpResult Told(Refusal refusal, IReadOnlyList<SlotWarning> warnings)
    {
        var problem = refusal.ToProblem();
        problem.ProblemDetails.Extensions["warnings"] = warnings;
        return problem;
    }
}
