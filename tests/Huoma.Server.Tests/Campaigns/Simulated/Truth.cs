namespace Huoma.Server.Tests.Campaigns.Simulated;

/// <summary>Somebody opened an invitation.</summary>
internal sealed record Opened(Device Device, Person Inviter, DateTimeOffset At);

/// <summary>Somebody said somebody's 口令 in a group, and the robot heard it.</summary>
internal sealed record Heard(Person Who, Person Inviter);

/// <summary>What became of one invitation of one phone, in the words of the API.</summary>
internal sealed record Fate(Device Device, Person Inviter, string State, string Reason);

/// <summary>
/// What happened, and what follows from it by the rules of the game (D20, E.3) as one would tell them to a friend. Nothing here uses, or looks like, the
/// product's rules: it knows who people are, which the product does not.
/// </summary>
internal sealed class Truth
{
    private readonly List<Opened> opened = [];
    private readonly Dictionary<Person, List<DateTimeOffset>> joins = [];
    private readonly HashSet<Person> present = [];
    private readonly HashSet<Heard> heard = [];

    public DateTimeOffset EndsAt { get; set; } = DateTimeOffset.MaxValue;

    /// <summary>How many pairs of a phone and an invitation there are: each is written down once.</summary>
    public int Pairs => opened.DistinctBy(one => (one.Device, one.Inviter)).Count();

    /// <summary>People who were ever in a group.</summary>
    public int Members => joins.Count;

    public void Opens(Device device, Person inviter, DateTimeOffset at) => opened.Add(new Opened(device, inviter, at));

    public void Joins(Person who, DateTimeOffset at)
    {
        joins.TryAdd(who, []);
        joins[who].Add(at);
        present.Add(who);
    }

    public void Leaves(Person who) => present.Remove(who);

    public void Says(Person who, Person inviter) => heard.Add(new Heard(who, inviter));

    public IReadOnlyList<Fate> Fates()
    {
        var fates = new List<Fate>();
        var invitedBy = new Dictionary<Device, Person>();
        foreach (var one in opened.DistinctBy(one => (one.Device, one.Inviter)))
        {
            if (WhyNot(one, invitedBy) is { } reason)
            {
                fates.Add(new Fate(one.Device, one.Inviter, "not-counted", reason));
                continue;
            }

            invitedBy[one.Device] = one.Inviter;
            fates.Add(WhatBecame(one));
        }

        return fates;
    }

    private string? WhyNot(Opened one, Dictionary<Device, Person> invitedBy)
    {
        if (one.Device == one.Inviter.Devices[0])
        {
            return "self";
        }

        if (invitedBy.ContainsKey(one.Device))
        {
            return "other-inviter";
        }

        for (var at = one.Inviter; invitedBy.TryGetValue(at.Devices[0], out var above); at = above)
        {
            if (above.Devices[0] == one.Device)
            {
                return "ring";
            }
        }

        return one.At >= EndsAt ? "late" : null;
    }

    private Fate WhatBecame(Opened one)
    {
        var who = one.Device.Owner;
        if (!heard.Contains(new Heard(who, one.Inviter)))
        {
            return new Fate(one.Device, one.Inviter, "pending", "none");
        }

        return joins[who] switch
        {
            var times when times[0] < one.At => new Fate(one.Device, one.Inviter, "not-counted", "old-member"),
            var times when times[0] >= EndsAt => new Fate(one.Device, one.Inviter, "not-counted", "late"),
            _ => new Fate(one.Device, one.Inviter, present.Contains(who) ? "valid" : "left", "none"),
        };
    }
}
