using System.Globalization;
using System.Net;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Campaigns.Simulated;

/// <summary>Lets a crowd live through a campaign: they open the real pages, and a robot tells, badly, what happens in its groups.</summary>
internal sealed class SimulatedCampaign : IAsyncDisposable
{
    public const int Goal = 5;

    private const int Seed = 20261122;
    private const int Groups = 14;
    private const int AtOnce = 6;

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.Ordinal) { ["Huoma:TrustedProxies"] = "127.0.0.1" };

    private readonly Random random = new(Seed);
    private readonly List<Person> inviters = [];
    private readonly Dictionary<string, string> roomOfSlot = new(StringComparer.Ordinal);
    private CampaignWorld world = null!;
    private Ether ether = null!;

    private SimulatedCampaign(int part) => Crowd = new Crowd(random, part);

    public Crowd Crowd { get; }

    public Truth Truth { get; } = new();

    public CampaignWorld World => world;

    public Ether Ether => ether;

    /// <summary>Everybody who has a poster.</summary>
    public IReadOnlyList<Person> Participants => inviters;

    private DateTimeOffset Now => world.App.Clock.GetUtcNow();

    public static async Task<SimulatedCampaign> StartAsync(Store store, int part)
    {
        var campaign = new SimulatedCampaign(part);
        campaign.world = await CampaignWorld.StartAsync(store, new { kind = "codes" }, Goal, groups: Groups, before: campaign.GatherOldMembersAsync, settings: Settings);
        return campaign;
    }

    public async Task RunAsync()
    {
        await InOrderAsync(Crowd.First, TakePartAsync);
        for (var wave = 0; wave < Crowd.Waves; wave++)
        {
            await WaveAsync(wave);
        }

        await EndAsync();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>Before the campaign is made, some are in a group already.</summary>
    private async Task GatherOldMembersAsync(CampaignWorld begun)
    {
        world = begun;
        ether = new Ether(world, random);
        await using (var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken))
        {
            foreach (var (slot, room) in await connection.QueryAsync<(long Slot, string Room)>("SELECT slot_id, room_id FROM chat_groups"))
            {
                roomOfSlot[new SlotId(slot).ToString()] = room;
            }
        }

        foreach (var old in Crowd.OldMembers.Concat(Crowd.Coming.SelectMany(wave => wave).Where(person => person.Sort == Sort.SelfInviter)))
        {
            old.Room = world.Room;
            Truth.Joins(old, Now);
            ether.Joins(old);
        }

        await ether.SettleAsync();
        world.App.Clock.Advance(TimeSpan.FromMinutes(30));
    }

    private async Task WaveAsync(int wave)
    {
        var coming = Crowd.Coming[wave];
        var rings = Crowd.Rings.Where((_, ring) => ring % Crowd.Waves == wave).ToList();
        var farms = Crowd.Farms.Where((_, farm) => farm * 3 == wave).ToList();
        await InOrderAsync(coming.Where(person => person.Sort == Sort.SelfInviter).Concat(rings.SelectMany(ring => ring)).Concat(farms.Select(farm => farm[0])), TakePartAsync);
        var before = inviters.Where(person => person.Sort is Sort.Honest).ToList();
        foreach (var person in coming)
        {
            person.InvitedBy = person.Sort == Sort.SelfInviter ? person : before[random.Next(before.Count)];
        }

        // Who opens what first matters, so each step is over before the next begins.
        var firsts = coming.Where(person => person.Sort != Sort.SelfInviter).Concat(rings.SelectMany(AroundRing)).Concat(farms.SelectMany(farm => farm.Skip(1).Select(one => By(one, farm[0])))).ToList();
        await TogetherAsync(firsts, OpenAsync);
        await TogetherAsync([.. coming.Where(person => person.Sort is Sort.SelfInviter)], OpenOwnAsync);
        await TogetherAsync([.. coming.Where(person => person.Sort is Sort.TwiceInvited)], person => OpenAsync(person.Devices[0], OtherThan(person.InvitedBy, before)));
        await TogetherAsync([.. rings.Select(ring => By(ring[0], ring[^1]))], OpenAsync);
        world.App.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var person in coming.Concat(rings.SelectMany(ring => ring)))
        {
            Join(person);
        }

        await ether.SettleAsync();
        await InOrderAsync(coming.Where(person => person.Sort == Sort.Honest && random.Next(10) == 0), TakePartAsync);
        await TogetherAsync([.. coming.Where(person => person.Sort == Sort.Forger)], ForgeAsync);
        world.App.Clock.Advance(TimeSpan.FromMinutes(12));
    }

    /// <summary>Some have opened it before and join afterwards, some open it when it is over.</summary>
    private async Task EndAsync()
    {
        var before = inviters.Where(person => person.Sort is Sort.Honest).ToList();
        foreach (var person in Crowd.Late)
        {
            person.InvitedBy = before[random.Next(before.Count)];
        }

        await TogetherAsync([.. Crowd.Late.Take(Crowd.Late.Count / 2)], OpenAsync);
        world.App.Clock.Advance(TimeSpan.FromSeconds(1));
        Truth.EndsAt = Now;
        await world.Console.PatchAsync($"campaigns/{world.Campaign.Id()}", new { endsAt = Now });
        await TogetherAsync([.. Crowd.Late.Skip(Crowd.Late.Count / 2)], OpenAsync);
        world.App.Clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var person in Crowd.Late)
        {
            Join(person);
        }

        await ether.SettleAsync();
    }

    private void Join(Person person)
    {
        var inviter = person.InvitedBy ?? throw new InvalidOperationException("Nobody invited him.");
        switch (person.Sort)
        {
            case Sort.SelfInviter or Sort.OldMember:
                Leave(person);
                Enter(person);
                Say(person, inviter);
                break;
            case Sort.Honest when random.Next(10) == 0:
                // He only looked.
                break;
            case Sort.Honest when random.Next(4) == 0:
                // He says nothing; nobody will know for sure.
                Enter(person);
                break;
            case Sort.Honest:
                Enter(person);
                Say(person, inviter);
                LeaveSometimes(person);
                break;
            case Sort.Replayer:
                Enter(person);
                ether.Repeat();
                Say(person, inviter);
                ether.Repeat();
                Say(person, inviter);
                break;
            case Sort.Comeback:
                Enter(person);
                Say(person, inviter);
                Leave(person);
                Enter(person);
                Say(person, inviter);
                LeaveSometimes(person);
                break;
            case Sort.Forger:
                Enter(person);
                ether.Says(person, $"口令 ABC{person.Number.ToString("D7", CultureInfo.InvariantCulture)}xyz，还有 {inviter.Poster?.Token[..^1]}");
                break;
            default:
                Enter(person);
                Say(person, inviter);
                break;
        }
    }

    private void Enter(Person person)
    {
        Truth.Joins(person, Now);
        ether.Joins(person);
    }

    private void Leave(Person person)
    {
        Truth.Leaves(person);
        ether.Leaves(person);
    }

    private void LeaveSometimes(Person person)
    {
        if (random.Next(12) == 0)
        {
            Leave(person);
        }
    }

    private void Say(Person person, Person inviter)
    {
        Truth.Says(person, inviter);
        ether.Says(person, $"我来啦，口令{inviter.Poster?.Token}！");
    }

    private async Task TakePartAsync(Person person)
    {
        person.Poster = await world.TakePartAsync(DeviceOf(person).Phone);
        inviters.Add(person);
    }

    private Task OpenAsync(Person person) => OpenAsync(DeviceOf(person), person.InvitedBy ?? throw new InvalidOperationException("Nobody invited him."));

    private async Task OpenOwnAsync(Person person)
    {
        await OpenAsync(DeviceOf(person), person);
        await OpenAsync(NewDevice(person), person);
    }

    private async Task OpenAsync(Device device, Person inviter)
    {
        lock (Truth)
        {
            Truth.Opens(device, inviter, Now);
        }

        var key = inviter.Poster?.Key ?? "";
        var page = await device.Phone.ScanAsync(key);
        page.State.ShouldBe("qr", page.Html);
        device.Owner.Room = device.Owner.Room.Length > 0 ? device.Owner.Room : roomOfSlot[page.Slot];
        if (device.Owner.Number % 3 != 0)
        {
            (await device.Phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
        }
    }

    /// <summary>Guesses a 口令, and wants a reward with one that is not his, and with none.</summary>
    private async Task ForgeAsync(Person person)
    {
        var phone = DeviceOf(person).Phone;
        (await world.PostAsync(phone, "progress", $"ABC{person.Number.ToString("D7", CultureInfo.InvariantCulture)}xyz")).State.ShouldBe("wrong-token");
        (await world.PostAsync(phone, "claim", person.InvitedBy?.Poster?.Token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await world.ClaimAsync(phone)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await phone.OpenAsync(HttpMethod.Get, $"/t/{world.Key}/gift/forged")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    /// <summary>Until every scan of this step is recorded.</summary>
    private async Task TogetherAsync(IReadOnlyList<Person> people, Func<Person, Task> act)
    {
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) => await act(person));
        var expected = Truth.Pairs;
        await CampaignWorld.UntilAsync(async () => await RecordedAsync() == expected, TimeSpan.FromMinutes(2));
    }

    private async Task<long> RecordedAsync()
    {
        await using var connection = await world.App.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM fission_invitees");
    }

    private static async Task InOrderAsync(IEnumerable<Person> people, Func<Person, Task> act)
    {
        foreach (var person in people.ToList())
        {
            await act(person);
        }
    }

    private static Person By(Person person, Person inviter)
    {
        person.InvitedBy = inviter;
        return person;
    }

    /// <summary>The second through the first, the third through the second; the last invites the first when all others are recorded.</summary>
    private static IEnumerable<Person> AroundRing(IReadOnlyList<Person> ring) => ring.Skip(1).Select((person, before) => By(person, ring[before]));

    private static Person OtherThan(Person? inviter, List<Person> among) => among[(among.IndexOf(inviter ?? among[0]) + 1) % among.Count];

    private Device DeviceOf(Person person) => person.Devices is [var first, ..] ? first : NewDevice(person);

    private Device NewDevice(Person person)
    {
        var http = world.App.Visitor();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", $"10.{person.Devices.Count}.{person.Number / 250}.{(person.Number % 250) + 1}");
        var device = new Device(person, new Phone(http));
        person.Devices.Add(device);
        return device;
    }
}
