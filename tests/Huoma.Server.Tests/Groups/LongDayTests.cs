using System.Net;
using System.Text.Json;
using Dapper;
using Huoma.Domain.Robots;
using Huoma.Domain.Simulator;
using Huoma.Server.Platform.Data;
using Huoma.Server.Simulator.Worlds;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;
using Huoma.Server.Tests.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Groups;

/// <summary>
/// A day of a code whose groups robots keep, in the simulator: a thousand people join by QR, leave, come back and are removed, groups are renamed here and there,
/// what can go wrong with platforms does, gateway and server are restarted in the middle. In the evening members, names, welcomes and the ledger say what is true in WeChat.
/// </summary>
public sealed class LongDayTests
{
    private const int Steps = 48;
    private const int JoinsAStep = 21;

    private static readonly SimFault[] Faults =
    [
        SimFault.EmptyInviter, SimFault.EmptyInvitees, SimFault.DuplicateEvent, SimFault.ReorderedEvents, SimFault.LostEvent, SimFault.ResultLost, SimFault.RepeatedFrame,
        SimFault.ConnectionDropped, SimFault.UnknownOutcome, SimFault.LogoutInCommand,
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Evening_SaysWhatIsTrueInWeChat(Store store)
    {
        // Not the first server's own folder: it is to outlive it.
        var folder = Directory.CreateTempSubdirectory("huoma-day-");
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Huoma:Simulator:Enabled"] = "true",
            ["Huoma:Groups:LookSeconds"] = "1",
            ["Huoma:DataDirectory"] = folder.FullName,
        };
        var day = await Day.BeginAsync(await HuomaApp.StartAsync(store, settings, listens: true), new Random(7));
        for (var step = 1; step <= Steps; step++)
        {
            await day.StepAsync(step);
            if (step is 16 or 33)
            {
                await day.RestartAsync();
            }
        }

        await day.EndAsync();
        day.Joined.ShouldBeGreaterThan(900);
        day.Left.ShouldBeGreaterThan(150);
        day.Faults.ShouldBeGreaterThan(20);
        await day.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        folder.Delete(recursive: true);
    }

    private sealed class Day(HuomaApp app, Random random, NewRobot robot, JsonElement code) : IAsyncDisposable
    {
        private static readonly TimeSpan Step = TimeSpan.FromDays(1) / Steps;

        private const string Greeting = "欢迎来到本群";

        private readonly Dictionary<string, string> greetings = new(StringComparer.Ordinal);
        private HuomaApp app = app;
        private int named;

        public int Joined { get; private set; }

        public int Left { get; private set; }

        public int Faults { get; private set; }

        private Simulation World => app.Services.GetRequiredService<Simulation>();

        public static async Task<Day> BeginAsync(HuomaApp app, Random random)
        {
            var desk = await RobotDesk.OpenAsync(app);
            using var phone = SimPhone.Of(app);
            var robot = await phone.RobotAsync(desk);
            var console = new Operator(await app.SignInAsync());
            await console.PatchAsync($"robots/{robot.Id}", new
            {
                seedIds = (await phone.FriendsAsync(robot)).Take(2),
                limits = new { groupsPerDay = 1000, createSpacingSeconds = 0, messageSpacingSeconds = 0, messagesPerMinute = 600, kickSpacingSeconds = 0 },
            });
            await GroupLifeTests.GrantAsync(console, 30);
            var code = await GroupLifeTests.CreateAutoAsync(console, groups: 5, threshold: 120);
            await console.PatchAsync($"codes/{code.Id()}", new { recycle = true });
            await console.SendAsync(
                HttpMethod.Put, $"codes/{code.Id()}/rules",
                new { welcome = new { enabled = true, intervalSeconds = 10, messages = new[] { new { type = "text", text = Greeting + "，@{群新人}" } } } });
            await console.GroupsAsync(code, list => list.Count == 5 && list.All(group => group.Text("state") is "serving" or "waiting"));
            return new Day(app, random, robot, code);
        }

        /// <summary>Half an hour: people come and go, somebody works at the console, something goes wrong.</summary>
        public async Task StepAsync(int step)
        {
            app.Clock.Advance(Step);
            await LogInAsync();
            var console = new Operator(await app.SignInAsync());
            if (step % 2 == 0)
            {
                Faults++;
                var fault = LongDayTests.Faults[(step / 2) % LongDayTests.Faults.Length];
                (await World.ChangeAsync((world, _) => SimFaults.OnRobot(world, robot.Id, fault), Ct)).ShouldBeNull();
            }

            for (var batch = 0; batch < 3; batch++)
            {
                app.Clock.Advance(TimeSpan.FromSeconds(5));
                await World.ChangeAsync(ComeAndGo, Ct);
            }

            if (step % 4 == 0)
            {
                await WorkAsync(console, step);
            }

            await SettleAsync();
            await HearAsync();
        }

        /// <summary>The server is stopped and started again, and with it the gateway.</summary>
        public async Task RestartAsync()
        {
            var before = app;
            await before.DisposeAsync();
            app = before.StartAnother();
        }

        public async Task EndAsync()
        {
            app.Clock.Advance(TimeSpan.FromMinutes(15));
            await LogInAsync();
            await SettleAsync();
            var console = new Operator(await app.SignInAsync());
            foreach (var failed in (await console.GetAsync($"codes/{code.Id()}/groups")).At("items").EnumerateArray().Where(group => group.Text("state") == "failed"))
            {
                failed.Text("failure").ShouldNotBeEmpty();
            }

            // Who is logged out by a command that was still waiting is logged in again. Time goes on: a list that crossed the last news on its way is put right by the next one.
            await Eventually.BeAsync(
                async () =>
                {
                    app.Clock.Advance(TimeSpan.FromSeconds(5));
                    await LogInAsync();
                    return await DifferenceAsync();
                },
                difference => difference.Length == 0);
            await HearAsync();
            await CompareGreetingsAsync();
            var made = await World.ReadAsync((world, _) => world.Groups.Count, Ct);
            (await console.GetAsync("quota")).Number("groupsLeft").ShouldBe(30 - made);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        /// <summary>Nobody twice in one moment.</summary>
        private int ComeAndGo(SimWorld world, DateTimeOffset now)
        {
            var wechat = new SimWeChat(world, now);
            var account = world.Robots[robot.Id].AccountId;
            var touched = new HashSet<string>(world.People[account].FriendIds, StringComparer.Ordinal) { account };
            List<SimGroup> groups = [.. world.Groups.Values.Where(group => group.DismissedAt is null && group.OwnerId == account)];
            foreach (var group in groups)
            {
                foreach (var member in group.Members.Select(member => member.PersonId).Where(_ => random.Next(60) == 0).Where(touched.Add).ToList())
                {
                    var refusal = random.Next(3) == 0 ? wechat.Kick(group.Id, account, member) : wechat.Leave(group.Id, member);
                    refusal.ShouldBeNull();
                    Left++;
                }
            }

            for (var join = 0; join < JoinsAStep / 3; join++)
            {
                var person = random.Next(6) == 0 ? world.People.Keys.ElementAt(random.Next(world.People.Count)) : world.AddPerson($"路人{world.People.Count}", colour: null).Person?.Id ?? "";
                if (touched.Add(person))
                {
                    var (qr, _) = wechat.IssueQr(groups[random.Next(groups.Count)].Id, account);
                    Joined += wechat.JoinByQr(person, qr?.Text ?? "").Refusal is null ? 1 : 0;
                }
            }

            return Joined;
        }

        private async Task WorkAsync(Operator console, int step)
        {
            var groups = (await console.GetAsync($"codes/{code.Id()}/groups")).At("items").EnumerateArray().ToList();
            var group = groups[random.Next(groups.Count)];
            if (group.Text("state") == "failed")
            {
                await console.Http.PostAsync($"/api/v1/groups/{group.Id()}/retry", content: null, Ct);
                return;
            }

            await console.PatchAsync($"groups/{group.Id()}", new { name = $"改名{++named}" });
            await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/groups/sync-names");
            if (step % 8 == 0 && !group.IsNull("roomId"))
            {
                await World.ChangeAsync((world, now) => new SimWeChat(world, now).Rename(group.Text("roomId"), world.Robots[robot.Id].AccountId, $"手机上改名{named}"), Ct);
            }

            var members = (await console.GetAsync($"groups/{group.Id()}/members?pageSize=100")).At("items").EnumerateArray().Where(member => member.IsNull("leftAt")).ToList();
            if (members.Count > 10)
            {
                using var kicked = await console.Http.DeleteAsync($"/api/v1/groups/{group.Id()}/members/{members[random.Next(members.Count)].Id()}", Ct);
                kicked.StatusCode.ShouldBeOneOf(HttpStatusCode.Accepted, HttpStatusCode.Conflict, HttpStatusCode.NotFound);
            }
        }

        /// <summary>Whoever finds the robot logged out starts it and scans its QR, as an operator would.</summary>
        private async Task LogInAsync()
        {
            if (await World.ReadAsync((world, _) => world.Robots[robot.Id].Login, Ct) is SimLogin.Offline or SimLogin.Stopped)
            {
                var console = new Operator(await app.SignInAsync());
                await console.SendAsync(HttpMethod.Post, $"robots/{robot.Id}/start");
            }

            await Eventually.BeAsync(
                () => World.ChangeAsync(
                    (world, now) =>
                    {
                        var sim = world.Robots[robot.Id];
                        if (sim.Login == SimLogin.Scanning)
                        {
                            sim.Scan(world, now);
                        }

                        return sim.Login;
                    },
                    Ct),
                login => login == SimLogin.Online);
        }

        /// <summary>Until all that happened was heard of and reacted to.</summary>
        private async Task SettleAsync()
        {
            await Eventually.BeAsync(() => World.ReadAsync((world, _) => world.Robots[robot.Id].Outbox.Count, Ct), waiting => waiting == 0);
            await Eventually.BeAsync(() => CountAsync("SELECT COUNT(*) FROM robot_inbox WHERE state = 1"), waiting => waiting == 0);
        }

        /// <summary>What the store knows and is not true, and what is true and the store does not know.</summary>
        private async Task<string> DifferenceAsync()
        {
            var known = await KnownAsync();
            var truth = await TruthAsync();
            return string.Join('\n', [.. known.Except(truth).Select(row => $"only known: {row}"), .. truth.Except(known).Select(row => $"only true: {row}")]);
        }

        private async Task<List<string>> KnownAsync()
        {
            const string sql = """
                SELECT kept.room_id || ' ' || kept.real_name || ' ' || members.member_id
                FROM chat_groups AS kept JOIN group_members AS members ON members.group_id = kept.id
                WHERE kept.room_id IS NOT NULL AND members.left_at IS NULL
                """;
            await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
            return [.. await connection.QueryAsync<string>(sql)];
        }

        /// <summary>A phone keeps only so many messages.</summary>
        private Task HearAsync() => World.ReadAsync(
            (world, _) =>
            {
                foreach (var message in world.Groups.Values.SelectMany(group => group.Messages).Where(message => message.Text.StartsWith(Greeting, StringComparison.Ordinal)))
                {
                    greetings[message.Id] = message.Text;
                }

                return greetings.Count;
            },
            Ct);

        /// <summary>What the store says was said, was; of the commands whose outcome nobody knows, each was said once or not.</summary>
        private async Task CompareGreetingsAsync()
        {
            const string sent = "SELECT COUNT(*) FROM robot_commands WHERE purpose = 'rules.reply' AND state = ";
            var done = (int)await CountAsync(sent + (int)CommandState.Done);
            var unknown = (int)await CountAsync(sent + (int)CommandState.Unknown);
            done.ShouldBeGreaterThan(50);
            greetings.Count.ShouldBeInRange(done, done + unknown);
            greetings.Values.ShouldAllBe(text => text.Contains('@'));
        }

        private Task<List<string>> TruthAsync() => World.ReadAsync(
            (world, _) => world.Groups.Values.SelectMany(group => group.Members.Select(member => $"{group.Id} {group.Name} {member.PersonId}")).ToList(),
            Ct);

        private async Task<long> CountAsync(string sql)
        {
            await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
            return await connection.ExecuteScalarAsync<long>(sql);
        }
    }
}
