using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes.Slots;

/// <summary>The picture somebody wants to put into a slot: already uploaded and named by its id, or sent along.</summary>
internal sealed class SlotPictures(HuomaDb db, SlotPictureQueries queries)
{
    /// <summary>The picture, or what to answer instead.</summary>
    public async Task<(Image? Image, ProblemHttpResult? Problem)> TakeAsync(ImageId? id, FieldErrors errors, CancellationToken ct)
    {
        var image = id is null ? null : await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);
        if (image is null)
        {
            errors.Add("imageId", id is null ? "请上传群二维码" : "没有找到这张图片，请重新上传");
        }

        return errors.Any(out var problem) ? (null, problem) : (image, null);
    }

    /// <summary>The reason to keep with the slot, or the problem that tells what is doubtful about its picture.</summary>
    /// <param name="strict">Refuse a doubtful picture that comes without a reason.</param>
    public async Task<(string? OverrideReason, ProblemHttpResult? Problem)> WeighAsync(
        LiveCode liveCode, Image image, SlotId? replaced, string? overrideReason, bool strict, CancellationToken ct)
    {
        var warnings = await queries.CheckAsync(liveCode.Kind, image, liveCode.Id, replaced, ct);
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
