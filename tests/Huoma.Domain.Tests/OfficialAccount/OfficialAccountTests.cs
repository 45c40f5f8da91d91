using Huoma.Domain.OfficialAccount;

namespace Huoma.Domain.Tests.OfficialAccount;

public sealed class OfficialAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2p.txt", true)]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2.txt", false)]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2pX.txt", false)]
    [InlineData("mp_verify_Ab3dEf6hIj9lMn2p.txt", false)]
    [InlineData("MP_verify_../../etc/passwd.txt", false)]
    [InlineData("MP_verify_Ab3dEf6hIj9lMn2p.txt\n", false)]
    [InlineData("WW_verify_Ab3dEf6hIj9lMn2p.txt", false)]
    [InlineData("x/MP_verify_Ab3dEf6hIj9lMn2p.txt", false)]
    [InlineData(null, false)]
    public void VerifyFile_HasExactlyTheNameOfThePlatform(string? name, bool isName) => VerifyFile.IsName(name).ShouldBe(isName);

    [Theory]
    [InlineData("Ab3dEf6hIj9lMn2p", "Ab3dEf6hIj9lMn2p")]
    [InlineData(" Ab3dEf6hIj9lMn2p\r\n", "Ab3dEf6hIj9lMn2p")]
    [InlineData("<script>", null)]
    [InlineData("a b", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void VerifyFile_SaysLettersAndDigitsOnly(string? text, string? content) => VerifyFile.ContentOf(text).ShouldBe(content);

    [Fact]
    public void VerifyFile_IsShort() => VerifyFile.ContentOf(new string('a', VerifyFile.ContentMaxLength + 1)).ShouldBeNull();

    [Fact]
    public void SignIn_IsGoodOnce_ForItsOwner_AndInTime()
    {
        var begun = new SignIn(7, "key", SignInPage.Poster, SignInScope.Base, Now + SignIn.Lifetime, SignInOutcome.Open, IsUsed: false);

        begun.Judge("key", isHis: true, Now).ShouldBe(SignInVerdict.Good);
        begun.Judge("key", isHis: false, Now).ShouldBe(SignInVerdict.Refused);
        begun.Judge("other", isHis: true, Now).ShouldBe(SignInVerdict.Refused);
        begun.Judge("key", isHis: true, Now + SignIn.Lifetime).ShouldBe(SignInVerdict.Refused);
        (begun with { IsUsed = true, Outcome = SignInOutcome.Done }).Judge("key", isHis: true, Now).ShouldBe(SignInVerdict.Refused);
        (begun with { IsUsed = true, Outcome = SignInOutcome.Snapshot }).Judge("key", isHis: false, Now).ShouldBe(SignInVerdict.TryAgain);
    }

    [Fact]
    public void Fault_KnowsWhatIsAboutSettings()
    {
        OfficialAccountFault.Of(40125).IsAboutSettings.ShouldBeTrue();
        OfficialAccountFault.Of(40029).IsAboutSettings.ShouldBeFalse();
        OfficialAccountFault.Of(40001).IsStaleToken.ShouldBeTrue();
        OfficialAccountFault.Of(-1).IsBusy.ShouldBeTrue();
        OfficialAccountFault.Of(99999).Message.ShouldContain("99999");
    }
}
