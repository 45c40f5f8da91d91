using System.Text.Json.Serialization;

namespace Huoma.Domain.Simulator;

/// <summary>A group (群聊) of the imagined WeChat.</summary>
public sealed class SimGroup(string id, string ownerId, DateTimeOffset createdAt)
{
    /// <summary>A group nobody named.</summary>
    public const string Unnamed = "群聊";

    /// <summary>Scanning leads in only while the group has fewer members.</summary>
    public const int QrJoinLimit = 200;
    public const int SizeLimit = 500;

    /// <summary>Above it only owner and admins rename.</summary>
    public const int RenameLimit = 100;

    /// <summary>Above it who is invited has to accept.</summary>
    public const int AddLimit = 40;
    public const int MaxAdmins = 3;

    /// <summary>Of each group's chat.</summary>
    public const int KeptMessages = 300;

    private const int KeptQrs = 50;

    public static readonly TimeSpan QrLasts = TimeSpan.FromDays(7);

    /// <summary>As <c>7101074514@chatroom</c>.</summary>
    public string Id { get; } = id;

    public string OwnerId { get; } = ownerId;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public string Name { get; set; } = Unnamed;

    [JsonInclude]
    public IList<string> AdminIds { get; private init; } = [];

    /// <summary>In the order in which they came.</summary>
    [JsonInclude]
    public IList<SimMember> Members { get; private init; } = [];

    [JsonInclude]
    public IList<SimQr> Qrs { get; private init; } = [];

    [JsonInclude]
    public IList<SimMessage> Messages { get; private init; } = [];

    [JsonInclude]
    public long LastMessage { get; private set; }

    /// <summary>群公告.</summary>
    public string? Announcement { get; set; }

    public DateTimeOffset? AnnouncedAt { get; set; }

    public DateTimeOffset? DismissedAt { get; set; }

    /// <summary>On demand: it takes nobody any more.</summary>
    public bool IsShut { get; set; }

    public SimMember? MemberOf(string personId) => Members.FirstOrDefault(member => member.PersonId == personId);

    public bool Has(string personId) => MemberOf(personId) is not null;

    public bool IsLedBy(string personId) => OwnerId == personId || AdminIds.Contains(personId);

    internal SimMessage Append(SimMessage message)
    {
        Messages.Add(message);
        while (Messages.Count > KeptMessages)
        {
            Messages.RemoveAt(0);
        }

        return message;
    }

    internal string NextMessageId() => $"m{++LastMessage}-{Id[..Id.IndexOf('@', StringComparison.Ordinal)]}";

    internal void Issue(SimQr qr)
    {
        Qrs.Add(qr);
        while (Qrs.Count > KeptQrs)
        {
            Qrs.RemoveAt(0);
        }
    }

    internal void ExpireQrs(DateTimeOffset now)
    {
        for (var i = 0; i < Qrs.Count; i++)
        {
            Qrs[i] = Qrs[i] with { ExpiresAt = Qrs[i].ExpiresAt < now ? Qrs[i].ExpiresAt : now };
        }
    }
}

/// <param name="InviterId">Whose QR he scanned, or who added him; null for who was there first.</param>
public sealed record SimMember(string PersonId, string? InviterId, DateTimeOffset JoinedAt, string? Alias = null);

/// <param name="Text">What the QR says, as <c>https://weixin.qq.com/g/…</c>.</param>
/// <param name="SharedById">Whose it is: who comes by it counts as invited by him.</param>
public sealed record SimQr(string Text, string SharedById, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt);

public enum SimMessageKind
{
    Text = 1,
    Image = 2,
    Link = 3,

    /// <summary>群公告: for everybody (@所有人).</summary>
    Announcement = 4,

    /// <summary>A grey line of WeChat's own, as 「…」通过扫描…加入群聊.</summary>
    System = 5,
}

/// <summary>A line of a chat.</summary>
/// <param name="SenderId">Null for the grey lines.</param>
/// <param name="Url">Of a picture or link.</param>
public sealed record SimMessage(
    string Id, DateTimeOffset At, SimMessageKind Kind, string? SenderId, string Text, IReadOnlyList<string>? MentionIds = null, string? Url = null, string? Description = null, string? ThumbUrl = null);
