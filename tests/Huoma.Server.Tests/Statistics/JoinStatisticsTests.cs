using System.Globalization;
using System.Text.Json;
using Huoma.Domain.Groups;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Tests.Groups;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Huoma.Server.Tests.Statistics.StatisticsFiles;

namespace Huoma.Server.Tests.Statistics;

/// <summary>进群人数: people join groups at random, leave, come back and join others; whatever shows figures then says the same, and says what they did.</summary>
public sealed class JoinStatisticsTests
{
    private const string Days = "from=2026-11-22&to=2026-12-20";

    [Theory]
    [InlineData(Store.Sqlite, 1, "Asia/Shanghai")]
    [InlineData(Store.Postgres, 2, "Asia/Shanghai")]
    [InlineData(Store.Sqlite, 3, "Asia/Kathmandu")]
    public async Task Joins_AreWhatMembersDid_AndAgreeEverywhere(Store store, int seed, string zone)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:TimeZone"] = zone, ["Huoma:Groups:LookSeconds"] = "600" });
        var town = new Town(app, new Random(seed), TimeZoneInfo.FindSystemTimeZoneById(zone));
        var codes = await town.OpenAsync();
        var joins = await town.LiveAsync(days: 20);

        var desk = await Desk.OpenAsync(app);
        foreach (var code in codes)
        {
            await CheckAsync(desk, town, $"codes/{code}/", $"codes/{code}/stats", [.. joins.Where(join => join.Code == code).Select(join => join.At)]);
            (await desk.CodeAsync(code)).Number("counts.joins").ShouldBe(joins.Count(join => join.Code == code));
        }

        await CheckAsync(desk, town, "", "stats", [.. joins.Select(join => join.At)]);
        var overview = await desk.GetAsync("overview").JsonAsync();
        overview.Number("total.joins").ShouldBe(joins.Count);
        var today = await desk.GetAsync("stats?range=today&by=hour").JsonAsync();
        overview.Number("today.joins").ShouldBe(today.Number("totals.joins"));
        overview.At("trend.today").EnumerateArray().Select(hour => hour.Number("joins")).ShouldBe(Line(today));
        joins.Count.ShouldBeGreaterThan(100);
        town.Returns.ShouldBeGreaterThan(20, "who comes back joins no second time");
    }

    private static async Task CheckAsync(Desk desk, Town town, string files, string path, List<DateTimeOffset> joins)
    {
        var byDay = await desk.GetAsync($"{path}?{Days}&by=day").JsonAsync();
        var byHour = await desk.GetAsync($"{path}?{Days}&by=hour").JsonAsync();

        Line(byDay).ShouldBe(Starts(byDay).Select(start => (long)joins.Count(join => town.Local(join).Date == town.Local(start).Date)));
        Line(byHour).ShouldBe(Starts(byHour).Select(start => (long)joins.Count(join => join >= start && join < start.AddHours(1))));
        (byDay.Number("totals.joins"), byHour.Number("totals.joins")).ShouldBe((joins.Count, joins.Count));
        Numbers(await BytesAsync(desk.GetAsync($"{files}stats.csv?{Days}&by=day"))).ShouldBe(byDay.At("series").EnumerateArray().Select(NumbersOf));
        Numbers(await BytesAsync(desk.GetAsync($"{files}stats.xlsx?{Days}&by=day")), "趋势").ShouldBe(byDay.At("series").EnumerateArray().Select(NumbersOf));
    }

    private static IEnumerable<long> Line(JsonElement statistics) => statistics.At("series").EnumerateArray().Select(point => point.Number("joins"));

    private static IEnumerable<DateTimeOffset> Starts(JsonElement statistics) =>
        statistics.At("series").EnumerateArray().Select(point => DateTimeOffset.Parse(point.Text("at"), CultureInfo.InvariantCulture));

    /// <summary>Two codes with three groups each, and a book of who joined first when.</summary>
    private sealed class Town(HuomaApp app, Random random, TimeZoneInfo zone)
    {
        private readonly List<Group> groups = [];
        private TenantId tenant;

        /// <summary>Joins that were not the first.</summary>
        public int Returns { get; private set; }

        public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

        public async Task<IReadOnlyList<string>> OpenAsync()
        {
            tenant = (await Desk.OpenAsync(app)).Tenant;
            var console = new Operator(await app.SignInAsync());
            await GroupLifeTests.GrantAsync(console, 10);
            string[] ids = [(await GroupLifeTests.CreateAutoAsync(console, groups: 3, threshold: 180)).Id(), (await GroupLifeTests.CreateAutoAsync(console, groups: 3, threshold: 180)).Id()];
            await using var scope = Scope();
            var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
            foreach (var liveCode in await db.LiveCodes.ToListAsync())
            {
                groups.AddRange(Enumerable.Range(2, 3).Select(number => new Group(NewId.Of<Group>(), liveCode, number, new RobotId(1), app.Clock.GetUtcNow())));
            }

            // Those they began with did not join.
            db.GroupMembers.AddRange(groups.Select(group => new GroupMember(group, new MemberSeen("wxid_seed", "种子"), MemberSource.Founding, app.Clock.GetUtcNow())));
            groups.ForEach(group => group.IsMade($"{group.Id}@chatroom", isNamed: true));
            db.Groups.AddRange(groups);
            await db.SaveChangesAsync();
            return ids;
        }

        public async Task<IReadOnlyList<(string Code, DateTimeOffset At)>> LiveAsync(int days)
        {
            await using var scope = Scope();
            var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
            var first = new Dictionary<(LiveCodeId Code, string Member), DateTimeOffset>();
            var members = new Dictionary<(GroupId Group, string Member), GroupMember>();
            var end = app.Clock.GetUtcNow().AddDays(days);
            while (app.Clock.GetUtcNow() < end)
            {
                app.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 5_000)));
                var (group, id, now) = (groups[random.Next(groups.Count)], $"wxid_{random.Next(90)}", app.Clock.GetUtcNow());
                if (!members.TryGetValue((group.Id, id), out var member))
                {
                    members[(group.Id, id)] = member = new GroupMember(group, new MemberSeen(id, "某人"), MemberSource.Robot, now);
                    db.GroupMembers.Add(member);
                    Returns += first.TryAdd((group.LiveCodeId, id), now) ? 0 : 1;
                }
                else if (member.IsIn)
                {
                    member.Leaves(Leaving.Left, now);
                }
                else
                {
                    member.Joins(new MemberSeen(id, "某人"), MemberSource.Member, now);
                    Returns++;
                }
            }

            await db.SaveChangesAsync();
            return [.. first.Select(join => (join.Key.Code.ToString(), join.Value))];
        }

        private AsyncServiceScope Scope()
        {
            var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(tenant);
            return scope;
        }
    }
}
