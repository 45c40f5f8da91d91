using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Huoma.Domain;
using Huoma.Domain.Campaigns;
using Huoma.Domain.Media;
using Huoma.Server.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Whose poster is shown.</summary>
internal enum PosterSample
{
    Name = 1,
    LongName = 2,
    EmojiName = 3,
    RightToLeftName = 4,

    /// <summary>Who has not told his nickname.</summary>
    Nobody = 5,
}

/// <summary>预览: the poster as a participant will get it, of a campaign with another picture or layout when those are given, or of one that is being made.</summary>
internal static class PreviewPoster
{
    // As long as real ones, so that the QR is as fine; nobody takes part there.
    private const string NoCampaign = "0000000000";

    [SchemaExample("""{ "posterImageId": null, "layout": { "qr": { "x": 250, "y": 1000, "size": 250 } }, "sample": "long-name" }""")]
    public sealed record Request(ImageId? PosterImageId, PosterLayout? Layout, PosterSample? Sample);

    /// <param name="Layout">Null: the one a campaign gets without.</param>
    [SchemaExample("""{ "posterImageId": "7Hf3Kd9Qw2E", "layout": null, "sample": "name" }""")]
    public sealed record NewRequest([property: Required] ImageId? PosterImageId, PosterLayout? Layout, PosterSample? Sample);

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Handle(
        CampaignId id, Request? request, HttpContext context, HuomaDb db, PosterRenderer posters, PublicUrl url, CancellationToken ct)
    {
        if (await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } campaign)
        {
            return Problems.NotFound();
        }

        return await FindAsync(db, request?.PosterImageId ?? campaign.PosterImageId, ct) is { } image
            ? await ShowAsync(image, request?.Layout ?? campaign.Layout, request?.Sample, url.Of($"/t/{campaign.Key}"), context, posters, ct)
            : NoPicture();
    }

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> HandleNew(
        NewRequest request, HttpContext context, HuomaDb db, PosterRenderer posters, PublicUrl url, CancellationToken ct) =>
        request.PosterImageId is { } id && await FindAsync(db, id, ct) is { } image
            ? await ShowAsync(image, request.Layout ?? PosterLayout.For(image.Width, image.Height), request.Sample, url.Of($"/t/{NoCampaign}"), context, posters, ct)
            : NoPicture();

    private static Task<Image?> FindAsync(HuomaDb db, ImageId id, CancellationToken ct) => db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct);

    private static ProblemHttpResult NoPicture() => Problems.Invalid("posterImageId", "没有找到这张海报，请重新上传");

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ShowAsync(
        Image image, PosterLayout layout, PosterSample? sample, string url, HttpContext context, PosterRenderer posters, CancellationToken ct)
    {
        if (layout.Qr is null)
        {
            return Problems.Invalid("layout.qr", "不能为空");
        }

        if ((PosterRules.CanBePoster(image.Width, image.Height) ?? layout.FitsOn(image.Width, image.Height)) is { } refusal)
        {
            return refusal.ToProblem();
        }

        if (!MediaAddress.TryParse($"{image.Hash}.{image.Extension}", out var picture))
        {
            return NoPicture();
        }

        var result = await posters.RenderAsync(new PosterOrder(picture, layout, new PosterPerson(NameOf(sample ?? PosterSample.Name), Avatar: null), url), ct);
        return result switch
        {
            PosterResult.Drawn drawn => TypedResults.File(drawn.Jpeg, "image/jpeg"),
            PosterResult.Missing => Problems.NotFound(),
            PosterResult.Unreadable => new Refusal("campaign.poster-unreadable", "海报转发后二维码无法识别，请放大二维码，或换一张画面简单的海报", "layout.qr").ToProblem(),
            PosterResult.Busy => Busy(context),
            _ => throw new UnreachableException(),
        };
    }

    private static ProblemHttpResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "3";
        return Problems.Create(StatusCodes.Status503ServiceUnavailable, "campaign.posters-busy", "正在生成的海报太多，请几秒后再试");
    }

    private static string? NameOf(PosterSample sample) => sample switch
    {
        PosterSample.LongName => "春风十里不如你而我只想和你一起去看看外面的世界",
        PosterSample.EmojiName => "🌸小桃子🍑👨‍👩‍👧",
        PosterSample.RightToLeftName => "محمد العربي",
        PosterSample.Nobody => null,
        _ => "张三",
    };
}
