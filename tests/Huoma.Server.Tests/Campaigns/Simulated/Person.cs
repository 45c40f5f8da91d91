using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Campaigns.Simulated;

/// <summary>What somebody is up to.</summary>
internal enum Sort
{
    /// <summary>Comes through a friend's invitation, joins, mostly says the 口令, sometimes leaves again; some invite friends themselves.</summary>
    Honest,

    /// <summary>Takes part, opens his own invitation with the same phone and with another, and says his own 口令.</summary>
    SelfInviter,

    /// <summary>One of a few who invite each other in a circle.</summary>
    InRing,

    /// <summary>Joins once; that he joined and what he said is reported again and again.</summary>
    Replayer,

    /// <summary>One of many cookies that open one invitation and never join.</summary>
    Farmed,

    /// <summary>Says and types 口令 that do not exist, and claims what he did not earn.</summary>
    Forger,

    /// <summary>Joins, leaves, joins again, and says the 口令 each time.</summary>
    Comeback,

    /// <summary>Was in a group before the campaign began; leaves, comes back and says the 口令.</summary>
    OldMember,

    /// <summary>Opens two invitations; the first is the one that counts.</summary>
    TwiceInvited,

    /// <summary>Comes, or joins, after the end.</summary>
    Late,
}

/// <summary>Somebody with a WeChat account and one or more phones.</summary>
internal sealed class Person(int number, Sort sort)
{
    public int Number { get; } = number;

    public Sort Sort { get; } = sort;

    /// <summary>What the platform calls him in groups.</summary>
    public string Member { get; } = $"wxid_{number}";

    /// <summary>The first is the one he takes part with.</summary>
    public List<Device> Devices { get; } = [];

    /// <summary>Null: he has no poster.</summary>
    public Inviter? Poster { get; set; }

    /// <summary>Who is said to have invited him.</summary>
    public Person? InvitedBy { get; set; }

    /// <summary>The group whose QR he was shown.</summary>
    public string Room { get; set; } = "";
}

/// <summary>A browser with its cookie.</summary>
internal sealed record Device(Person Owner, Phone Phone);
