using System.Globalization;
using System.Text.Json.Serialization;

namespace Huoma.Domain.Simulator;

/// <summary>
/// 模拟器: an imagined WeChat, whole in one document. Nothing in it depends on a clock or on chance of its own: the same seed and the same
/// calls at the same instants make the same world, down to every id.
/// </summary>
public sealed class SimWorld(ulong seed)
{
    public const int NameMaxLength = 32;
    public const int TextMaxLength = 2_000;

    /// <summary>Most people and most groups: everything is one document, and that is written with every change.</summary>
    public const int MaxPeople = 5_000;
    public const int MaxGroups = 500;

    /// <summary>With whom the robots can begin groups from the first moment on.</summary>
    private static readonly string[] FirstFriends = ["小助手-阿明", "小助手-小雅", "小助手-大周"];

    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    public ulong Seed { get; } = seed;

    /// <summary>How often chance was asked so far.</summary>
    [JsonInclude]
    public ulong Draws { get; private set; }

    /// <summary>By wxid, robots' accounts too.</summary>
    [JsonInclude]
    public IDictionary<string, SimPerson> People { get; private init; } = new Dictionary<string, SimPerson>(StringComparer.Ordinal);

    /// <summary>By id, dismissed ones too.</summary>
    [JsonInclude]
    public IDictionary<string, SimGroup> Groups { get; private init; } = new Dictionary<string, SimGroup>(StringComparer.Ordinal);

    /// <summary>By the robot's id.</summary>
    [JsonInclude]
    public IDictionary<string, SimRobot> Robots { get; private init; } = new Dictionary<string, SimRobot>(StringComparer.Ordinal);

    /// <summary>公众号.</summary>
    [JsonInclude]
    public SimOfficialAccount OfficialAccount { get; private init; } = new();

    public (SimPerson? Person, Refusal? Refusal) AddPerson(string name, string? colour)
    {
        ArgumentNullException.ThrowIfNull(name);
        var clean = SimTexts.Clean(name);
        if (SimTexts.Length(clean) is 0 or > NameMaxLength)
        {
            return (null, new Refusal("sim.name", $"请填写昵称，最多 {NameMaxLength} 个字", "name"));
        }

        return People.Count >= MaxPeople
            ? (null, new Refusal("sim.too-many-people", $"模拟器最多 {MaxPeople} 人"))
            : (Put(new SimPerson($"wxid_{Word(14)}", clean, SimPerson.ColourFor(colour, People.Count))), null);
    }

    public Refusal? Befriend(string oneId, string otherId)
    {
        if (!People.TryGetValue(oneId, out var one) || !People.TryGetValue(otherId, out var other))
        {
            return SimRefusals.NobodyThere;
        }

        if (one != other && one.FriendIds.All(id => id != otherId))
        {
            one.FriendIds.Add(otherId);
            other.FriendIds.Add(oneId);
        }

        return null;
    }

    /// <summary>The robot's account, made with a few friends when it is new.</summary>
    public SimRobot RobotOf(string robotId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Robots.TryGetValue(robotId, out var known))
        {
            return known;
        }

        var account = Put(new SimPerson($"wxid_{Word(14)}", SimTexts.Clean(name), SimPerson.ColourFor(null, People.Count)) { IsRobot = true });
        foreach (var friend in FirstFriends)
        {
            var person = People.Values.FirstOrDefault(one => one.Name == friend) ?? Put(new SimPerson($"wxid_{Word(14)}", friend, SimPerson.ColourFor(null, People.Count)));
            Befriend(account.Id, person.Id);
        }

        return Robots[robotId] = new SimRobot(robotId, account.Id);
    }

    public SimGroup? GroupOf(string id) => Find(Groups, id) is { DismissedAt: null } group ? group : null;

    public string NameOf(string personId) => People.TryGetValue(personId, out var person) ? person.Name : "";

    /// <summary>A word nobody guesses that chance has not told.</summary>
    internal string Word(int length) => string.Create(length, this, static (letters, world) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = Letters[(int)(world.Draw() % (ulong)Letters.Length)];
        }
    });

    internal string Digits(int length) => string.Create(length, this, static (letters, world) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[i] = (char)('0' + (world.Draw() % 10));
        }
    });

    internal string Uuid()
    {
        var (high, low) = (Draw(), Draw());
        var hex = string.Create(CultureInfo.InvariantCulture, $"{high:x16}{low:x16}");
        return $"{hex[..8]}-{hex[8..12]}-4{hex[13..16]}-a{hex[17..20]}-{hex[20..]}";
    }

    // SplitMix64: any draw follows from the seed and its number, so there is no state but a count.
    private ulong Draw()
    {
        var mixed = Seed + (++Draws * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private SimPerson Put(SimPerson person) => People[person.Id] = person;

    private static SimGroup? Find(IDictionary<string, SimGroup> groups, string id) => groups.TryGetValue(id, out var group) ? group : null;
}
