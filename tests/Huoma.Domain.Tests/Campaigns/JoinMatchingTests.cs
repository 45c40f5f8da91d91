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
