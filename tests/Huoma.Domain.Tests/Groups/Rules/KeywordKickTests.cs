using Huoma.Domain.Groups.Rules;

namespace Huoma.Domain.Tests.Groups.Rules;

public sealed class KeywordKickTests
{
    private static readonly KeywordKick Rule = new(Enabled: true, ["加微信", "ＶＸ", "兼职 日结"]);
    private static readonly GroupRoles Roles = new("owner", ["admin"], ["robot"], ["helper"]);

    [Theory]
    [InlineData("想要的加微信", "加微信")]
    [InlineData("想要的加 微\u200B信", "加微信")]
    [InlineData("加\n微\u2005信", "加微信")]
    [InlineData("我的vx是", "ＶＸ")]
    [InlineData("我的 Ｖ X 是", "ＶＸ")]
    [InlineData("兼职日结", "兼职 日结")]
    [InlineData("加个微信", null)]
    [InlineData("", null)]
    public void FindIn_ReadsThroughWhatPeopleWriteAroundLists(string text, string? keyword) => Rule.FindIn(text).ShouldBe(keyword);

    [Fact]
    public void FindIn_FindsNothing_WithAKeywordOfNothing()
    {
        new KeywordKick(Enabled: true, [" ", "\u200B"]).FindIn("随便").ShouldBeNull();
        KeywordKick.Fold("\uD83D 好").ShouldBe("\uFFFD好", "half a character is none, and no reason to fail");
    }

    [Theory]
    [InlineData("owner", Exemption.Owner)]
    [InlineData("admin", Exemption.Admin)]
    [InlineData("robot", Exemption.Robot)]
    [InlineData("helper", Exemption.Staff)]
    public void Of_SparesOurOwn(string sender, Exemption exemption) =>
        KickDecision.Of(Rule, sender, "加微信", Roles).ShouldBe(new KickDecision.Spare("加微信", exemption));

    [Fact]
    public void Of_KicksAnybodyElse_ForAKeywordOnly()
    {
        KickDecision.Of(Rule, "somebody", "加微信", Roles).ShouldBe(new KickDecision.Kick("加微信"));
        KickDecision.Of(Rule, "somebody", "大家好", Roles).ShouldBe(new KickDecision.None());
        KickDecision.Of(Rule, "Owner", "加微信", Roles).ShouldBeOfType<KickDecision.Kick>("ids are compared to the letter");
    }
}
