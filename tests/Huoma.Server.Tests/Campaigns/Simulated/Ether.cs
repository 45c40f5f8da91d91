using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Groups;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns.Simulated;

/// <summary>What a robot hears of what happens in groups: a part is lost, a part comes twice, and a part in another order.</summary>
internal sealed class Ether(CampaignWorld world, Random random)
{
    /// <summary>How far an event may be overtaken.</summary>
    private const int Disorder = 6;

    /// <summary>For hundreds of events at a time, on a machine with much else to do.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly List<Happening> waiting = [];
    private readonly HashSet<string> rooms = new(StringComparer.Ordinal);

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public void Joins(Person who)
    {
        var room = Enter(who);
        // Who has left again before anybody looks can not be known of when nobody heard him come.
        Add("room.memberJoined", () => room.Members.ContainsKey(who.Member), at => new
        {
            roomId = room.Id,
            members = new[] { new { id = who.Member, name = NameOf(who), roomAlias = (string?)null, avatar = (string?)null, inviterId = RoomWorld.Account } },
            inviterId = RoomWorld.Account,
            scene = "robot",
            at,
            needResync = false,
        });
    }

    public void Leaves(Person who)
    {
        var room = world.Robot.Rooms[who.Room];
        rooms.Add(who.Room);
        lock (room.Members)
        {
            room.Members.Remove(who.Member);
        }

        Add("room.memberLeft", () => true, at => new { roomId = room.Id, memberIds = new[] { who.Member }, removerId = (string?)null, how = "left", at });
    }

    public void Says(Person who, string text) => Add("room.message", () => false, at => new
    {
        msgId = $"m{waiting.Count}-{who.Number}-{at.ToUnixTimeMilliseconds()}",
        roomId = who.Room,
        senderId = who.Member,
        senderName = NameOf(who),
        type = "text",
        text,
        mentionIds = Array.Empty<string>(),
        at,
    });

    /// <summary>The platform tells the last event once more, as if it were new.</summary>
    public void Repeat() => waiting.Add(waiting[^1] with { Id = Guid.NewGuid() });

    /// <summary>Until everything was heard of and reacted to; what was lost is found in the lists of members.</summary>
    public async Task SettleAsync()
    {
        foreach (var one in Disturbed())
        {
            await world.Robot.ReportAsync(one.Type, one.Data, one.Id);
        }

        waiting.Clear();
        world.App.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var id in rooms)
        {
            var room = world.Robot.Rooms[id];
            await world.Robot.ReportAsync("room.memberSnapshot", new
            {
                roomId = id,
                name = room.Name,
                ownerId = room.OwnerId,
                memberIds = room.Present().Select(member => member.Key),
                joined = Array.Empty<object>(),
                left = Array.Empty<string>(),
                reason = "periodic",
                at = world.App.Clock.GetUtcNow(),
            });
        }

        rooms.Clear();
        var last = Guid.NewGuid();
        await world.Robot.ReportAsync("room.message", new { msgId = $"{last}", roomId = world.Room, senderId = "nobody", senderName = "", type = "text", text = "完", mentionIds = Array.Empty<string>(), at = world.App.Clock.GetUtcNow() }, last);
        await CampaignWorld.UntilAsync(() => ReactedAsync(last), Patience);
        world.App.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private static string NameOf(Person who) => $"群友{who.Number}";

    private RoomWorld.Room Enter(Person who)
    {
        var room = world.Robot.Rooms[who.Room];
        rooms.Add(who.Room);
        lock (room.Members)
        {
            room.Members[who.Member] = NameOf(who);
        }

        return room;
    }

    private void Add(string type, Func<bool> canBeLost, Func<DateTimeOffset, object> tell)
    {
        world.App.Clock.Advance(TimeSpan.FromMilliseconds(20));
        waiting.Add(new Happening(type, tell(world.App.Clock.GetUtcNow()), Guid.NewGuid(), canBeLost));
    }

    private List<Happening> Disturbed()
    {
        var told = new List<Happening>();
        foreach (var one in waiting)
        {
            if (one.CanBeLost() && random.Next(25) == 0)
            {
                Lost++;
                continue;
            }

            told.Add(one);
            if (random.Next(10) == 0)
            {
                Doubled++;
                told.Add(random.Next(2) == 0 ? one : one with { Id = Guid.NewGuid() });
            }
        }

        for (var at = 0; at + Disorder < told.Count; at++)
        {
            if (random.Next(3) == 0)
            {
                var with = at + random.Next(Disorder);
                (told[at], told[with]) = (told[with], told[at]);
            }
        }

        return told;
    }

    /// <summary>The last event has been reacted to, and with it all before; so have the answers to what was asked because of them.</summary>
    private async Task<bool> ReactedAsync(Guid last)
    {
        const string sql = """
            SELECT (SELECT COUNT(*) FROM robot_inbox WHERE event_id = @last AND state <> 1) - (SELECT COUNT(*) FROM robot_inbox WHERE state = 1)
                - (SELECT COUNT(*) FROM robot_commands WHERE type = 'room.members' AND state IN (1, 2))
            """;
        await using var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<long>(sql, new { last = last.ToString() }) == 1;
    }

    private sealed record Happening(string Type, object Data, Guid Id, Func<bool> CanBeLost);
}
