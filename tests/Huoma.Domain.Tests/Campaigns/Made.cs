using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.Campaigns;

/// <summary>Campaigns, participants and friends to try rules on.</summary>
internal static class Made
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    public static LiveCode Code(LiveCodeKind kind = LiveCodeKind.Group, Building building = Building.Auto) =>
        new(new LiveCodeId(1), new TenantId(1), "202611221200001234567", "b7Kq2fRz", kind, building, Now);

    public static FissionCampaign Campaign(int goal = 3)
    {
        var campaign = new FissionCampaign(new CampaignId(1), Code(), "campaignKey", Now);
        campaign.Describe("邀请好友一起读书", "");
        campaign.Aims(goal);
        return campaign;
    }

    public static Participant Participant(long visitorId = 100) => new(new ParticipantId(visitorId), Campaign(), visitorId, $"key{visitorId}", "BTS0059561Uqo", Now);

    public static Invitee Friend(UncountedReason reason = UncountedReason.None) => new(new InviteeId(7), Participant(), visitorId: 200, Now, reason);

    public static JoinedMember Member(string id = "wxid_new", string name = "小王", DateTimeOffset? at = null) => new(id, name, new GroupId(5), at ?? Now.AddMinutes(5));
}
