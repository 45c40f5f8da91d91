using Huoma.Domain.Campaigns;
using Huoma.Server.Media;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Keeps drawn posters for a while: a participant looks at his own more than once, and his friends at it too.</summary>
internal sealed class PosterCache(PosterRenderer renderer, MediaFiles files) : IDisposable
{
    private const long CacheBytes = 64 * 1024 * 1024;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    private readonly MemoryCache posters = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>Null when the picture is not on this machine's disk.</summary>
    public async Task<byte[]?> GetAsync(FissionCampaign campaign, Participant participant, MediaAddress picture, string url, CancellationToken ct)
    {
        var key = (participant.Id, campaign.Version, participant.Nickname, participant.Avatar, url);
        if (posters.TryGetValue(key, out byte[]? drawn))
        {
            return drawn;
        }

        var jpeg = await renderer.RenderAsync(picture, campaign.Layout, new PosterPerson(participant.Nickname, await AvatarOfAsync(participant, ct)), url, ct);
        return jpeg is null ? null : posters.Set(key, jpeg, new MemoryCacheEntryOptions { Size = jpeg.Length, SlidingExpiration = Kept });
    }

    // Of our own store: /m/{hash}.{extension}.
    private async Task<byte[]?> AvatarOfAsync(Participant participant, CancellationToken ct) =>
        participant.Avatar is { } avatar && MediaAddress.TryParse(avatar[(avatar.LastIndexOf('/') + 1)..], out var address) && files.Find(address) is { } path
            ? await File.ReadAllBytesAsync(path, ct) : null;

    public void Dispose() => posters.Dispose();
}
