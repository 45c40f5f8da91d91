using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class InviteTokenTests
{
    [Theory]
    [InlineData("BTS0059561Uqo", "BTS0059561Uqo")]
    [InlineData("  BTS0059561Uqo\n", "BTS0059561Uqo")]
    [InlineData("您的邀请口令是: BTS0059561Uqo (长按复制)", "BTS0059561Uqo")]
    [InlineData("口令BTS0059561Uqo谢谢", "BTS0059561Uqo")]
    [InlineData("bts0059561Uqo", null)]
    [InlineData("BTS0059561Uq", null)]
    [InlineData("BTS0059561Uqo1", null)]
    [InlineData("XBTS0059561Uqo", null)]
    [InlineData("BTS 0059561 Uqo", null)]
    [InlineData("BTS００59561Uqo", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Find_ReadsWhatPeopleCopy(string? text, string? token) => InviteToken.Find(text).ShouldBe(token);

    [Fact]
    public void FindAll_TakesEachOnce_AndNoWholeLists()
    {
        InviteToken.FindAll("BTS0059561Uqo BTS0059561Uqo, ABC0000001xyz").ShouldBe(["BTS0059561Uqo", "ABC0000001xyz"]);
        InviteToken.FindAll(string.Join(' ', Enumerable.Range(0, 50).Select(number => InviteToken.Make(number, "ABC", "xyz")))).Count.ShouldBe(3);
    }

    [Fact]
    public void Make_IsFoundAgain_InAnyChineseText() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(
            (from number in Gen.Choose(0, InviteToken.MaxNumber)
             from front in Gen.Elements(InviteToken.Capitals.ToCharArray()).ArrayOf(InviteToken.Front)
             from back in Gen.Elements(InviteToken.Letters.ToCharArray()).ArrayOf(InviteToken.Back)
             from around in Gen.Elements("", " ", "口令：", "（", "。\n")
             select (Token: InviteToken.Make(number, new string(front), new string(back)), around)).ToArbitrary(),
            made => made.Token.Length == InviteToken.Length && InviteToken.Find(made.around + made.Token + made.around) == made.Token));
}
