using Huoma.Domain.Campaigns;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Media;
using Huoma.Server.OfficialAccount.Sharing;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Sharing;

/// <summary>The card a chat shows when a participant sends his page on: signed for WeChat's script (F193).</summary>
internal sealed class ShareCards(SignedPages pages, PublicUrl url)
{
    /// <summary>Null: the page goes without a script.</summary>
    /// <param name="link">What is sent on.</param>
    public async Task<ShareCardView?> OfAsync(HttpContext context, FissionCampaign campaign, string link, CancellationToken ct)
    {
        // As the browser sent it: WeChat signs letter by letter, and a decoded path would be another.
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw && raw[0] == '/' ? raw : context.Request.Path + context.Request.QueryString.Value;
        return await pages.SignAsync(url.Of(target), ct) is { } page
            ? new ShareCardView(page.ScriptUrl, page.AppId, page.Timestamp, page.Nonce, page.Signature, campaign.Name, campaign.Description, link, url.Of($"/t/{campaign.Key}/card-{campaign.Version}.jpg"))
            : null;
    }
}

/// <summary>The poster, small: the picture of the card.</summary>
internal sealed class ShareThumbs(MediaFiles files, PictureWorkshop workshop) : IDisposable
{
    private const int Side = 300;
    private const int Quality = 80;
    private const int Kept = 200;

    private readonly MemoryCache thumbs = new(new MemoryCacheOptions { SizeLimit = Kept });

    public static async Task HandleAsync(string key, long version, HttpContext context, CampaignVisits visits, ShareThumbs thumbs, HuomaDb db, CancellationToken ct)
    {
        if (await visits.FindAsync(key, context, ct) is not { } campaign)
        {
            return;
        }

        // An old address shows the poster of today.
        _ = version;
        var image = await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == campaign.PosterImageId, ct);
        if (image is null || !MediaAddress.TryParse($"{image.Hash}.{image.Extension}", out var address) || await thumbs.GetAsync(address, ct) is not { } jpeg)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "image/jpeg";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        context.Response.ContentLength = jpeg.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(jpeg, ct);
        }
    }

    public void Dispose() => thumbs.Dispose();

    private async Task<byte[]?> GetAsync(MediaAddress picture, CancellationToken ct)
    {
        if (thumbs.TryGetValue(picture.Hash, out byte[]? known))
        {
            return known;
        }

        if (files.Find(picture) is not { } path)
        {
            return null;
        }

        var file = await File.ReadAllBytesAsync(path, ct);
        var jpeg = await workshop.RunAsync(() => ImageGate.Examine(file, int.MaxValue) is GateResult.Accepted accepted ? PictureCodec.ToJpeg(PictureCodec.Decode(accepted, Side, Side), Quality) : null, ct);
        return jpeg is null ? null : thumbs.Set(picture.Hash, jpeg, new MemoryCacheEntryOptions { Size = 1 });
    }
}
