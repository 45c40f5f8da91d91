using FsCheck;
using FsCheck.Fluent;
using Huoma.Domain.Groups;

namespace Huoma.Domain.Tests.Groups;

public sealed class MemberListTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Join_IsNews_OnceAndAgainAfterLeaving()
    {
        var world = new Known();
        world.Apply(MemberList.Join(world.Rows, [Seen("a"), Seen("a")], Now), Now).Joined.Select(member => member.Id).ShouldBe(["a"]);

        world.Apply(MemberList.Join(world.Rows, [Seen("a")], Now), Now).IsNone.ShouldBeTrue();
        world.Apply(MemberList.Leave(world.Rows, ["a", "stranger"], Now.AddMinutes(1)), Now.AddMinutes(1)).Left.ShouldBe(["a"]);
        world.Apply(MemberList.Join(world.Rows, [Seen("a")], Now.AddMinutes(2)), Now.AddMinutes(2)).Joined.Count.ShouldBe(1);
    }

    [Fact]
    public void OldEvents_ChangeNothing_AfterAListWasRead()
    {
        var world = new Known();
        world.Apply(MemberList.Compare(world.Rows, [Seen("a")], Now), Now);

        MemberList.Leave(world.Rows, ["a"], Now.AddSeconds(-1)).IsNone.ShouldBeTrue();
        world.Apply(MemberList.Compare(world.Rows, [], Now.AddMinutes(1)), Now.AddMinutes(1)).Left.ShouldBe(["a"]);
        MemberList.Join(world.Rows, [Seen("a")], Now.AddSeconds(30)).IsNone.ShouldBeTrue();
        MemberList.Compare(world.Rows, [Seen("a")], Now.AddSeconds(30)).IsNone.ShouldBeTrue();
    }

    [Fact]
    public void Compare_TellsNewNames()
    {
        var world = new Known();
        world.Apply(MemberList.Join(world.Rows, [Seen("a")], Now), Now);

        MemberList.Compare(world.Rows, [Seen("a") with { Name = "王五" }], Now.AddMinutes(1)).Changed.Select(member => member.Name).ShouldBe(["王五"]);
    }

    [Fact]
    public void Compare_TellsWhoLeftAndCameBackBetweenTwoLooks_WhereJoinTimesAreTold()
    {
        var world = new Known();
        var joined = Seen("a") with { JoinedAt = Now.AddMinutes(-5) };
        world.Apply(MemberList.Compare(world.Rows, [joined], Now), Now);

        MemberList.Compare(world.Rows, [joined], Now.AddMinutes(10)).IsNone.ShouldBeTrue();
        var again = MemberList.Compare(world.Rows, [joined with { JoinedAt = Now.AddMinutes(7) }], Now.AddMinutes(10));

        again.Joined.Single().JoinedAt.ShouldBe(Now.AddMinutes(7));
        again.Changed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MemberSource.Founding, MemberSource.Robot, MemberSource.Robot)]
    [InlineData(MemberSource.Founding, MemberSource.Member, MemberSource.Founding)]
    [InlineData(MemberSource.Unknown, MemberSource.Member, MemberSource.Member)]
    [InlineData(MemberSource.Unknown, null, MemberSource.Unknown)]
    public void Joins_KeepsHow_WhereThePlatformTellsItForEach(MemberSource source, MemberSource? told, MemberSource kept)
    {
        var seen = Seen("a") with { Source = told, JoinedAt = Now.AddMinutes(-5), UnionId = "oz", JoinState = "hm1" };

        var member = new GroupMember(GroupPlanTests.Made(GroupPlanTests.Code(), 2), seen, source, Now);

        (member.Source, member.JoinedAt, member.UnionId, member.JoinState).ShouldBe((kept, Now.AddMinutes(-5), "oz", "hm1"));
    }

    [Fact]
    public void AList_IsEnough_HoweverManyEventsWereLostDoubledOrMixed() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Gen.Choose(0, 9).ListOf().ToArbitrary(), people =>
        {
            // Each number toggles somebody; every third event is lost, every fourth comes twice, and all come in the opposite order.
            var truth = new HashSet<int>();
            var events = new List<(int Person, bool Joins, DateTimeOffset At)>();
            foreach (var (person, index) in people.Select((person, index) => (person, index)))
            {
                var joins = truth.Add(person) || !truth.Remove(person);
                events.Add((person, joins, Now.AddSeconds(index)));
            }

            var world = new Known();
            foreach (var (told, index) in events.Select((told, index) => (told, index)).Where(row => row.index % 3 != 2).Reverse())
            {
                for (var times = index % 4 == 3 ? 2 : 1; times > 0; times--)
                {
                    var id = told.Person.ToString(System.Globalization.CultureInfo.InvariantCulture);
                    world.Apply(told.Joins ? MemberList.Join(world.Rows, [Seen(id)], told.At) : MemberList.Leave(world.Rows, [id], told.At), told.At);
                }
            }

            var end = Now.AddHours(1);
            world.Apply(MemberList.Compare(world.Rows, [.. truth.Select(person => Seen(person.ToString(System.Globalization.CultureInfo.InvariantCulture)))], end), end);
            world.Rows.Values.Where(row => row.IsIn).Select(row => int.Parse(row.MemberId, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(truth, ignoreOrder: true);
        }));

    private static MemberSeen Seen(string id) => new(id, $"成员{id}");

    private sealed class Known
    {
        private readonly Group group = GroupPlanTests.Made(GroupPlanTests.Code(), 2);

        public Dictionary<string, GroupMember> Rows { get; } = new(StringComparer.Ordinal);

        public MemberNews Apply(MemberNews news, DateTimeOffset at)
        {
            foreach (var member in news.Joined)
            {
                if (!Rows.TryAdd(member.Id, new GroupMember(group, member, MemberSource.Robot, at)))
                {
                    Rows[member.Id].Joins(member, MemberSource.Robot, at);
                }
            }

            foreach (var member in news.Changed)
            {
                Rows[member.Id].IsCalled(member, at);
            }

            foreach (var id in news.Left)
            {
                Rows[id].Leaves(Leaving.Left, at);
            }

            return news;
        }
    }
}
