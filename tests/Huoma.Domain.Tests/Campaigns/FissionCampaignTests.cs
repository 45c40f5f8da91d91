using Huoma.Domain.Campaigns;
using Huoma.Domain.LiveCodes;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class FissionCampaignTests
{
    [Fact]
    public void CanCarry_IsForAutoCodesThatAreOn()
    {
        FissionCampaign.CanCarry(Made.Code()).ShouldBeNull();
        (FissionCampaign.CanCarry(Made.Code(LiveCodeKind.Card, Building.Manual))?.Code).ShouldBe("campaign.code-is-card");
        (FissionCampaign.CanCarry(Made.Code(building: Building.Manual))?.Code).ShouldBe("campaign.code-is-manual");

        var off = Made.Code();
        off.Turn(LiveCodeStatus.Off);
        (FissionCampaign.CanCarry(off)?.Code).ShouldBe("campaign.code-off");

        var deleted = Made.Code();
        deleted.Delete(Made.Now, handsOverHere: null).ShouldBeNull();
        (FissionCampaign.CanCarry(deleted)?.Code).ShouldBe("campaign.code-deleted");
    }

    [Fact]
    public void StatusAt_ChangesAtTheVeryInstant()
    {
        var campaign = Made.Campaign();
        campaign.Lasts(Made.Now, Made.Now.AddHours(1)).ShouldBeNull();

        campaign.StatusAt(Made.Now.AddMilliseconds(-1)).ShouldBe(CampaignStatus.NotBegun);
        campaign.StatusAt(Made.Now).ShouldBe(CampaignStatus.Running);
        campaign.StatusAt(Made.Now.AddHours(1)).ShouldBe(CampaignStatus.Ended);
        campaign.Pauses(paused: true);
        campaign.StatusAt(Made.Now).ShouldBe(CampaignStatus.Paused);
        campaign.StatusAt(Made.Now.AddHours(1)).ShouldBe(CampaignStatus.Ended);
        (campaign.Lasts(Made.Now, Made.Now)?.Field).ShouldBe("endsAt");
    }

    [Theory]
    [InlineData("https://example.com/gift", true)]
    [InlineData("http://example.com", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("JavaScript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("//example.com", false)]
    [InlineData("https://user:pass@example.com", false)]
    [InlineData("gift", false)]
    [InlineData(null, false)]
    public void Rewards_TakesWebAddressesOnly(string? url, bool isGood) =>
        (Made.Campaign().Rewards(RewardKind.Link, url, isClaimed: false) is null).ShouldBe(isGood);

    [Fact]
    public void Rewards_KeepsItsKind_OnceSomebodyClaimed()
    {
        var campaign = Made.Campaign();
        campaign.Rewards(RewardKind.Link, "https://example.com/a", isClaimed: false).ShouldBeNull();

        campaign.Rewards(RewardKind.Link, "https://example.com/b", isClaimed: true).ShouldBeNull();
        (campaign.Rewards(RewardKind.Codes, null, isClaimed: true)?.Code).ShouldBe("campaign.reward-claimed");
    }

    [Theory]
    [InlineData(750, 1334, null)]
    [InlineData(1080, 1920, null)]
    [InlineData(750, 420, "campaign.poster-shape")]
    [InlineData(375, 667, "campaign.poster-too-small")]
    public void Poster_IsTallAndLarge(int width, int height, string? code) => (PosterRules.CanBePoster(width, height)?.Code).ShouldBe(code);

    [Theory]
    [InlineData(0, 0, 160, true)]
    [InlineData(590, 1174, 160, true)]
    [InlineData(591, 1174, 160, false)]
    [InlineData(-1, 0, 200, false)]
    [InlineData(0, 0, 159, false)]
    [InlineData(int.MaxValue - 100, 0, 160, false)]
    public void Layout_KeepsTheQrOnThePicture(int x, int y, int size, bool fits) =>
        (new PosterLayout(new QrBox(x, y, size)).FitsOn(750, 1334) is null).ShouldBe(fits);

    [Fact]
    public void Layout_HasADefaultThatFits() => PosterLayout.For(750, 1334).FitsOn(750, 1334).ShouldBeNull();

    [Fact]
    public void SharingRules_ExplainAndSuggest()
    {
        SharingRules.Check("邀请好友进群一起学", null).ShouldBeEmpty();

        var concern = SharingRules.Check("分享 后-领取").ShouldHaveSingleItem();
        concern.Why.ShouldContain("2.1.2");
        concern.Instead.ShouldNotBeEmpty();
        SharingRules.Check("邀请好友助力领红包").Count.ShouldBe(2);
    }
}
