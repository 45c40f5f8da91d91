using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class JoinMatchingTests
{
    private static readonly Candidate Friend = new(new InviteeId(1), "keyA", Made.Now, Nickname: null, [], WasShownGroup: true, HasPressed: true);
    private static readonly Join Joined = new(Made.Member(), Made.Member().At);

    [Fact]
    public void Find_IsCertain_ByIdentityAndByEntrance()
    {
        Find(Friend with { KnownAs = ["wxid_new"], WasShownGroup = false }).ShouldBe((1, JoinEvidence.Identity));
        JoinMatching.Find(Joined with { Entrance = "keyB" }, [Friend, Other(2) with { InvitationKey = "keyB" }]).ShouldBe(new JoinMatch(new InviteeId(2), JoinEvidence.Entrance));
        JoinMatching.Find(Joined with { Entrance = "keyC" }, [Friend]).ShouldBeNull();
    }

    [Fact]
    public void UnionId_IsHe_WheneverHeScanned_AndNobodyElseIs()
    {
        var called = Joined with { UnionId = "u1" };
        var himself = Other(2) with { UnionId = "u1", ScannedAt = Made.Now.AddDays(-30), WasShownGroup = false, HasPressed = false, TakenFor = "wxid_other" };
        JoinMatching.Find(called, [Friend, himself]).ShouldBe(new JoinMatch(new InviteeId(2), JoinEvidence.UnionId));
        JoinMatching.Find(called with { FirstInCodeAt = Made.Now.AddDays(-60) }, [himself])?.IsCertain.ShouldBeTrue("that he is an old member is decided afterwards");
        JoinMatching.Find(called, [Friend with { UnionId = "u2", KnownAs = [Joined.Member.MemberId] }]).ShouldBeNull("somebody else for certain");
        JoinMatching.FindBySaid(called, [Friend with { UnionId = "u2" }]).ShouldBeNull();
        JoinMatching.Find(called, [Friend]).ShouldNotBeNull("he never signed in, so he may be");
        Find(Friend with { UnionId = "u2" }).ShouldBe((1, JoinEvidence.OnlyOne), "a personal group tells nothing");
    }

    [Fact]
    public void Find_Guesses_ByNicknameThenByGroupAndTime()
    {
        Find(Friend).ShouldBe((1, JoinEvidence.OnlyOne));
        Find(Friend, Other(2)).ShouldBe((1, JoinEvidence.OneOfSeveral));
        Find(Friend, Other(2) with { Nickname = "小王" }).ShouldBe((2, JoinEvidence.Nickname));
        Find(Friend with { Nickname = "小赵" }).ShouldBeNull("his name is known, and it is another");
        Find(Friend with { HasPressed = false }, Other(2)).ShouldBe((2, JoinEvidence.OneOfSeveral), "who pressed is likelier");
    }

    [Fact]
    public void Find_KeepsToGroupAndTime()
    {
        Find(Friend with { WasShownGroup = false }).ShouldBeNull();
        Find(Friend with { ScannedAt = Joined.Member.At - JoinMatching.Window }).ShouldNotBeNull();
        Find(Friend with { ScannedAt = Joined.Member.At - JoinMatching.Window - TimeSpan.FromSeconds(1) }).ShouldBeNull();
        Find(Friend with { ScannedAt = Joined.Member.At + JoinMatching.ClockTolerance }).ShouldNotBeNull();
        Find(Friend with { ScannedAt = Joined.Member.At + JoinMatching.ClockTolerance + TimeSpan.FromSeconds(1) }).ShouldBeNull();
    }

    [Fact]
    public void Find_TakesNoOldMemberForANewFriend()
    {
        var rejoin = Joined with { FirstInCodeAt = Made.Now.AddDays(-1) };
        JoinMatching.Find(rejoin, [Friend]).ShouldBeNull();
        Find(Friend with { KnownAs = ["wxid_other"] }).ShouldBeNull("he is known to be somebody else");
    }

    [Fact]
    public void Said_ReachesFurther_AndPrefersTheGroupHeWasShown()
    {
        var early = Friend with { ScannedAt = Joined.Member.At - JoinMatching.SaidWindow, WasShownGroup = false };
        JoinMatching.FindBySaid(Joined, [early]).ShouldBe(new JoinMatch(new InviteeId(1), JoinEvidence.Said));
        (JoinMatching.FindBySaid(Joined, [early, Other(2)])?.Id).ShouldBe(new InviteeId(2));
        JoinMatching.FindBySaid(Joined, [Friend with { ScannedAt = Joined.Member.At.AddHours(1) }]).ShouldBeNull("he joined before he was invited");
        JoinMatching.FindBySaid(Joined, []).ShouldBeNull();
    }

    [Fact]
    public void Said_ReplacesAGuess_WhenNobodyElseIsLeft()
    {
        var guessed = Friend with { TakenFor = "wxid_other" };
        (JoinMatching.FindBySaid(Joined, [guessed, Other(2)])?.Id).ShouldBe(new InviteeId(2));
        JoinMatching.FindBySaid(Joined, [guessed]).ShouldBe(new JoinMatch(new InviteeId(1), JoinEvidence.Said));
        Find(guessed).ShouldBeNull("one guess does not replace another");
    }

    private static Candidate Other(long id) => Friend with { Id = new InviteeId(id), ScannedAt = Made.Now.AddMinutes(1) };

    private static (long Id, JoinEvidence Evidence)? Find(params Candidate[] friends) =>
        JoinMatching.Find(Joined, friends) is { } found ? (found.Id.Value, found.Evidence) : null;
}
