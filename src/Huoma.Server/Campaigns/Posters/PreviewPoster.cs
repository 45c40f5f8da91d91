using Huoma.Domain.Campaigns;
using Huoma.Server.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>预览: the poster as a participant will get it, with another picture or layout when those are given.</summary>
internal static class PreviewPoster
{
    [SchemaExample("""{ "layout": { "qr": { "x": 250, "y": 1000, "size": 250 } } }""")]
    public sealed record Request(ImageId? PosterImageId, PosterLayout? Layout);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        CampaignId id, Request? request, HuomaDb db, PosterRenderer posters, PublicUrl url, CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        var imageId = request?.PosterImageId ?? campaign.PosterImageId;
        if (await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == imageId, ct) is not { } image)
        {
            return Problems.Invalid("posterImageId", "没有找到这张海报，请重新上传");
        }

        var layout = request?.Layout is { Qr: not null } given ? given : campaign.Layout;
        if ((PosterRules.CanBePoster(image.Width, image.Height) ?? layout.FitsOn(image.Width, image.Height)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        return MediaAddress.TryParse($"{image.Hash}.{image.Extension}", out var address)
            && await posters.RenderAsync(address, layout, new PosterPerson("张三", Avatar: null), url.Of($"/t/{campaign.Key}"), ct) is { } jpeg
            ? TypedResults.File(jpeg, "image/jpeg")
            : Problems.NotFound();
    }
}
