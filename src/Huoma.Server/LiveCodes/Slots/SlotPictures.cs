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
            var problem = refusal.ToProblem();
            problem.ProblemDetails.Extensions["warnings"] = warnings;
            return (null, problem);
        }

        return (warnings.Count == 0 ? null : reason, null);
    }
}
