using Huoma.Domain.Campaigns;
using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.Media;
using Huoma.Server.OfficialAccount.Api;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Identity;

/// <summary>
/// Writes down nickname and avatar of who agreed to it, for this campaign. The avatar is fetched once and kept as our own picture, encoded anew like any
/// upload: WeChat's address dies with the next avatar, and visitors load nothing from elsewhere.
/// </summary>
internal sealed class IntroduceParticipant(HuomaDb db, AvatarClient avatars, PictureWorkshop workshop, ImageStore images)
{
    /// <summary>False when he takes no part.</summary>
    public async Task<bool> AsAsync(FissionCampaign campaign, long personId, WebUser user, CancellationToken ct)
    {
        var nickname = (user.Nickname ?? "").Trim();
        if (nickname.Length == 0 || !await db.Participants.AnyAsync(row => row.CampaignId == campaign.Id && row.VisitorId == personId && row.MergedInto == null, ct))
        {
            return false;
        }

        var avatar = await KeepAsync(await avatars.FetchAsync(user.Headimgurl, ct), ct);
        var participant = await db.Participants.SingleAsync(row => row.CampaignId == campaign.Id && row.VisitorId == personId && row.MergedInto == null, ct);
        participant.Introduces(nickname, avatar);
        await db.SaveChangesAsync(ct);

        // As somebody's friend he is found among those who join by it.
        await db.Invitees.Where(row => row.CampaignId == campaign.Id && row.VisitorId == personId && row.Nickname == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Nickname, participant.Nickname), ct);
        return true;
    }

    private async Task<string?> KeepAsync(byte[]? file, CancellationToken ct)
    {
        if (file is null)
        {
            return null;
        }

        using var upload = new MemoryStream(file);
        return await workshop.PrepareAsync(upload, ImagePurpose.Avatar, ct) is PreparedPicture.Ready ready ? (await images.KeepAsync(ready.Image, ct)).Url : null;
    }
}
