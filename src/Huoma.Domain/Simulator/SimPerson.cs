using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Huoma.Domain.Simulator;

/// <summary>An account of the imagined WeChat: a person, or what a robot is logged in as.</summary>
public sealed partial class SimPerson(string id, string name, string colour)
{
    /// <summary>创建群聊的频率过快 after so many in 24 hours, unless set otherwise.</summary>
    public const int UsualGroupsPerDay = 20;

    private static readonly string[] Colours = ["#4c8dae", "#c0616a", "#5a9367", "#a3758f", "#c98a3b", "#6b7fb8", "#7d8a4e", "#8f6f56"];

    /// <summary>As <c>wxid_…</c>.</summary>
    public string Id { get; } = id;

    public string Name { get; } = name;

    /// <summary>Of the avatar, as <c>#4c8dae</c>.</summary>
    public string Colour { get; } = colour;

    public bool IsRobot { get; init; }

    public int GroupsPerDay { get; set; } = UsualGroupsPerDay;

    [JsonInclude]
    public IList<string> FriendIds { get; private init; } = [];

    /// <summary>When he made groups, the last 24 hours.</summary>
    [JsonInclude]
    public IList<DateTimeOffset> CreatedGroupsAt { get; private init; } = [];

    /// <summary>Invitations into groups that wait for his answer.</summary>
    [JsonInclude]
    public IList<SimInvitation> Invitations { get; private init; } = [];

    /// <summary>What the pages he opened in his phone's browser gave him to carry.</summary>
    [JsonInclude]
    public IDictionary<string, string> Cookies { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal static string ColourFor(string? wanted, int number) => wanted is not null && Colour6().IsMatch(wanted) ? wanted : Colours[number % Colours.Length];

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.NonBacktracking)]
    private static partial Regex Colour6();
}

/// <summary>In groups of more than 40 people an invited friend has to accept.</summary>
public sealed record SimInvitation(string Id, string GroupId, string InviterId, DateTimeOffset At);
