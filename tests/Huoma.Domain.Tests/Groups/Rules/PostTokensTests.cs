using Huoma.Domain.Groups.Rules;

namespace Huoma.Domain.Tests.Groups.Rules;

public sealed class PostTokensTests
{
    [Theory]
    [InlineData("@{群新人} 欢迎加入{群名字}", null)]
    [InlineData("大家好", null)]
    [InlineData("价格 {", null)]
    [InlineData("欢迎 {昵称}", "{昵称}")]
    [InlineData("欢迎 {群新人}", "{群新人}")]
    [InlineData("欢迎 @{ 群新人 }", "@{ 群新人 }")]
    [InlineData("欢迎 @｛群新人｝", "@｛群新人｝")]
    [InlineData("@{wxid_boss} 看这里", "@{wxid_boss}")]
    [InlineData("{}", "{}")]
    public void UnknownIn_NamesTheTokenNobodyKnows(string text, string? token) => PostTokens.UnknownIn(text, greets: true).ShouldBe(token);

    [Fact]
    public void UnknownIn_TakesNewcomers_OnlyWhereSomebodyIsGreeted()
    {
        PostTokens.UnknownIn("@{群新人}", greets: false).ShouldBe("@{群新人}");
        PostTokens.UnknownIn("{群名字}", greets: false).ShouldBeNull();
    }

    [Fact]
    public void Fill_MentionsWhoJoined_AndNamesTheGroup()
    {
        var (text, mentioned) = PostTokens.Fill("@{群新人} 欢迎加入{群名字}", ["w1"], "读书会2");
        (text, mentioned.Single()).ShouldBe(("@{w1} 欢迎加入读书会2", "w1"));

        PostTokens.Fill("@{群新人}好", ["w1", "w2"], "g").Text.ShouldBe("@{w1}@{w2}好");
        PostTokens.Fill("大家好", ["w1"], "g").MentionIds.ShouldBeEmpty("nobody asked for it");
    }

    [Fact]
    public void Fill_ReplacesNothingInNames()
    {
        var (text, mentioned) = PostTokens.Fill("欢迎加入{群名字}", ["w1"], "@{wxid_boss}{群名字}@{群新人}");

        text.ShouldNotContain("@{");
        mentioned.ShouldBeEmpty();
    }

    [Fact]
    public void Fill_StaysWithinWhatThePlatformTakes()
    {
        List<string> crowd = [.. Enumerable.Range(0, 50).Select(n => new string('x', 100) + n)];

        PostTokens.Fill("@{群新人}", crowd, "g").MentionIds.Count.ShouldBe(PostTokens.MostMentioned);
        var (text, mentioned) = PostTokens.Fill(string.Concat(Enumerable.Repeat("@{群新人}", 8)), crowd, "g");
        text.Length.ShouldBeLessThanOrEqualTo(PostTokens.TextMaxLength);
        mentioned.Count.ShouldBe(2);
        mentioned.ShouldAllBe(id => text.Contains($"@{{{id}}}", StringComparison.Ordinal));
        PostTokens.Fill(string.Concat(Enumerable.Repeat("{群名字}", 100)), [], new string('群', 40)).Text.Length.ShouldBe(PostTokens.TextMaxLength);
    }
}
