using Huoma.Domain.Campaigns;

namespace Huoma.Domain.Tests.Campaigns;

public sealed class SamePersonTests
{
    private const long Person = 100;
    private const long Other = 101;

    private static readonly HashSet<long> Cookies = [Person, Other];

    private int made;

    [Fact]
    public void Standing_IsTheEarlierParticipation_WhenNothingElseTells()
    {
        var (first, second) = (Own(Person), Own(Other, Made.Now.AddMinutes(1)));

        SamePerson.Standing([second, first], _ => 0).ShouldBe(first);
        SamePerson.Standing([first, second], one => one == second ? 1 : 0).ShouldBe(second, "more friends");
        SamePerson.Standing([], _ => 0).ShouldBeNull();
    }

    [Fact]
    public void TwoParticipations_BecomeOne_WithTheFriendsOfBoth()
    {
        var (first, second) = (Own(Person), Own(Other, Made.Now.AddMinutes(1)));
        second.Introduces("小王", avatar: null);
        var friends = new[] { Friend(first, 200), Friend(second, 201), Friend(second, 202) };

        var (standing, surplus) = Merge(new KnownPerson(Person, Cookies, [first, second], friends, [], []));

        (standing, surplus.Count).ShouldBe((second, 0), "it has more friends");
        (first.MergedInto, second.MergedInto, second.VisitorId).ShouldBe((second.Id, null, Person));
        friends.ShouldAllBe(friend => friend.InviterId == second.Id && friend.Reason == UncountedReason.None);
    }

    [Fact]
    public void HisOtherCookie_AsHisFriend_IsHimself_EvenAfterItCounted()
    {
        var own = Own(Person);
        var himself = Friend(own, Other);

        Merge(new KnownPerson(Person, Cookies, [own], [himself], [], []));

        (himself.State, himself.Reason, himself.VisitorId).ShouldBe((InviteeState.NotCounted, UncountedReason.Self, Person));
    }

    [Fact]
    public void SomebodyElsesFriend_CountsOnce_ByWhicheverCookieHeJoined()
    {
        var (x, y) = (Own(300), Own(301));
        var looked = new Invitee(new InviteeId(++made), x, Person, Made.Now, UncountedReason.None);
        var joined = Friend(y, Other, Made.Now.AddMinutes(1));
        var again = new Invitee(new InviteeId(++made), y, Person, Made.Now.AddMinutes(2), UncountedReason.None);

        var (_, surplus) = Merge(new KnownPerson(Person, Cookies, [], [], [looked, joined, again], [x, y]));

        (joined.Reason, joined.VisitorId).ShouldBe((UncountedReason.None, Person));
        (looked.Reason, again.Reason).ShouldBe((UncountedReason.OtherInviter, UncountedReason.SamePerson));
        surplus.ShouldBe([again], "the same inviter and the same person");
    }

    [Fact]
    public void AFriendOfBothParticipations_KeepsTheRowThatCounts()
    {
        var (first, second) = (Own(Person), Own(Other));
        var counting = Friend(second, 200);
        var doubled = new Invitee(new InviteeId(++made), first, 200, Made.Now, UncountedReason.OtherInviter);

        var (standing, surplus) = Merge(new KnownPerson(Person, Cookies, [first, second], [doubled, counting], [], []));

        surplus.ShouldBe([doubled]);
        counting.InviterId.ShouldBe(standing.ShouldNotBeNull().Id);
    }

    [Fact]
    public void TwoWhoInvitedEachOther_CountOnce()
    {
        var (own, x) = (Own(Person), Own(300));
        var first = Friend(own, 300);
        var back = Friend(x, Other, Made.Now.AddMinutes(1));

        Merge(new KnownPerson(Person, Cookies, [own], [first], [back], [x]));

        (first.Reason, back.Reason).ShouldBe((UncountedReason.None, UncountedReason.Ring));
    }

    [Fact]
    public void Merging_Again_ChangesNothing()
    {
        var (first, second) = (Own(Person), Own(Other, Made.Now.AddMinutes(1)));
        Invitee[] friends = [Friend(first, 200), Friend(second, 201), Friend(second, Person)];
        var (standing, _) = Merge(new KnownPerson(Person, Cookies, [first, second], friends, [], []));
        var before = friends.Select(friend => (friend.InviterId, friend.VisitorId, friend.Reason)).ToList();

        var (again, surplus) = Merge(new KnownPerson(Person, Cookies, [first, second], friends, [], []));

        (again, surplus.Count).ShouldBe((standing, 0));
        friends.Select(friend => (friend.InviterId, friend.VisitorId, friend.Reason)).ShouldBe(before);
    }

    [Fact]
    public void Nickname_IsCut_NotInTheMiddleOfALetter()
    {
        var own = Own(Person);

        own.Introduces(new string('a', 63) + "😀", avatar: null);

        own.Nickname.ShouldBe(new string('a', 63));
    }

    private static (Participant? Standing, IReadOnlyList<Invitee> Surplus) Merge(KnownPerson person)
    {
        var standing = SamePerson.StopCounting(person);
        return (standing, SamePerson.Gather(person, standing));
    }

    private static Participant Own(long visitorId, DateTimeOffset? joinedAt = null) =>
        new(new ParticipantId(visitorId), Made.Campaign(), visitorId, $"key{visitorId}", "BTS0059561Uqo", joinedAt ?? Made.Now);

    private Invitee Friend(Participant inviter, long visitorId, DateTimeOffset? scannedAt = null)
    {
        var friend = new Invitee(new InviteeId(++made), inviter, visitorId, scannedAt ?? Made.Now, UncountedReason.None);
        friend.Joins(Made.Member($"wxid_{made}"), JoinEvidence.Said, Made.Now);
        return friend;
    }
}
