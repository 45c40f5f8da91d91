using Huoma.Domain.Campaigns;
using Huoma.Server.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>A participant's poster, and where it is to be had.</summary>
/// <param name="Address">Another one whenever something else is on the poster, so that it may be kept by whoever fetched it.</param>
internal sealed record ParticipantPoster(string Address, PosterResult Result);

/// <summary>Draws participants' posters, and tells the operator when that can not be done.</summary>
internal sealed class ParticipantPosters(HuomaDb db, MediaFiles files, PosterCache posters, CampaignNotices notices, PublicUrl url)
{
    public async Task<ParticipantPoster> GetAsync(FissionCampaign campaign, Participant participant, CancellationToken ct)
    {
        var image = await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == campaign.PosterImageId, ct);
        if (image is null || !MediaAddress.TryParse($"{image.Hash}.{image.Extension}", out var picture))
        {
            return new ParticipantPoster("", new PosterResult.Missing());
        }

        var order = new PosterOrder(picture, campaign.Layout, new PosterPerson(participant.Nickname, await AvatarOfAsync(campaign, participant, ct)), url.Of($"/q/{participant.Key}"));
        var content = order.Content();
        var result = await posters.GetAsync(order, content, ct);
        if (result is PosterResult.Unreadable)
        {
            await notices.PosterIsUnreadableAsync(campaign, ct);
        }

        return new ParticipantPoster($"/t/{campaign.Key}/poster/{participant.Key}-{content[..12]}.jpg", result);
    }

    // Of our own store: /m/{hash}.{extension}.
    private async Task<byte[]?> AvatarOfAsync(FissionCampaign campaign, Participant participant, CancellationToken ct) =>
        campaign.Layout.Avatar is { Shown: true } && participant.Avatar is { } avatar
            && MediaAddress.TryParse(avatar[(avatar.LastIndexOf('/') + 1)..], out var address) && files.Find(address) is { } path
            ? await File.ReadAllBytesAsync(path, ct) : null;
}
