namespace Huoma.Domain.Campaigns;

/// <summary>What one campaign knows of a person who was taken for several.</summary>
/// <param name="PersonId">The visitor that stands for him.</param>
/// <param name="Cookies">All visitors he is.</param>
/// <param name="Own">His participations, those that ended before too.</param>
/// <param name="Friends">Whom those invited.</param>
/// <param name="InvitedAs">Himself as other people's friend.</param>
/// <param name="Inviters">The participants who invited him.</param>
public sealed record KnownPerson(
    long PersonId, IReadOnlySet<long> Cookies, IReadOnlyList<Participant> Own, IReadOnlyList<Invitee> Friends, IReadOnlyList<Invitee> InvitedAs, IReadOnlyList<Participant> Inviters);

/// <summary>
/// Somebody signed in, and two cookies turned out to be his. In two steps, for the database allows no friend to count twice even in between:
/// first nobody counts any more who must not, then what is left gets the one person's number.
/// </summary>
public static class SamePerson
{
    /// <summary>Which participation stands: who claimed keeps what he has, who reached the goal may claim, then more friends, then the earlier one.</summary>
    /// <param name="friends">How many friends of a participation count.</param>
    public static Participant? Standing(IReadOnlyCollection<Participant> own, Func<Participant, int> friends)
    {
        ArgumentNullException.ThrowIfNull(friends);
        return own.OrderByDescending(one => one.ClaimedAt is not null).ThenByDescending(one => one.CompletedAt is not null).ThenByDescending(friends)
            .ThenBy(one => one.JoinedAt).ThenBy(one => one.Id.Value).FirstOrDefault();
    }

    /// <summary>The first step: the other participations end, and friends who are himself, or came twice, stop counting.</summary>
    /// <returns>The participation that stands; null when he takes no part.</returns>
    public static Participant? StopCounting(KnownPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        List<Participant> open = [.. person.Own.Where(one => one.MergedInto is null)];
        var standing = Standing(open, one => person.Friends.Count(friend => friend.InviterId == one.Id && Counts(friend) && !person.Cookies.Contains(friend.VisitorId)));
        if (standing is not null)
        {
            open.Where(one => one != standing).ToList().ForEach(other => other.MergesInto(standing));
        }

        foreach (var himself in person.Friends.Where(friend => person.Cookies.Contains(friend.VisitorId)))
        {
            Stop(himself, UncountedReason.Self);
        }

        var once = First(person.InvitedAs.Where(row => row.Reason == UncountedReason.None));
        foreach (var again in person.InvitedAs.Where(row => row != once && row.Reason == UncountedReason.None))
        {
            Stop(again, again.InviterId == once?.InviterId ? UncountedReason.SamePerson : UncountedReason.OtherInviter);
        }

        BreakRing(person, once);
        return standing;
    }

    /// <summary>The second step: one number for all cookies, one participation for all friends.</summary>
    /// <returns>Rows that say what another row says already, to be removed; they count nothing.</returns>
    public static IReadOnlyList<Invitee> Gather(KnownPerson person, Participant? standing)
    {
        ArgumentNullException.ThrowIfNull(person);
        var surplus = new List<Invitee>();
        var places = new HashSet<(ParticipantId, long)>();
        foreach (var row in person.Friends.Concat(person.InvitedAs).Distinct().OrderByDescending(row => row.Reason == UncountedReason.None).ThenBy(row => row.ScannedAt).ThenBy(row => row.Id.Value))
        {
            var inviter = standing is not null && person.Own.Any(one => one.Id == row.InviterId) ? standing.Id : row.InviterId;
            var visitor = person.Cookies.Contains(row.VisitorId) ? person.PersonId : row.VisitorId;
            if (places.Add((inviter, visitor)))
            {
                row.BelongsTo(inviter, visitor);
            }
            else
            {
                surplus.Add(row);
            }
        }

        standing?.BelongsTo(person.PersonId);
        return surplus;
    }

    private static bool Counts(Invitee friend) => friend.State is InviteeState.Valid or InviteeState.Left;

    // He invited somebody, and by his other cookie that one invited him: the first of the two counts.
    private static void BreakRing(KnownPerson person, Invitee? once)
    {
        if (once is null || person.Inviters.FirstOrDefault(one => one.Id == once.InviterId) is not { } inviter)
        {
            return;
        }

        if (person.Friends.FirstOrDefault(friend => friend.VisitorId == inviter.VisitorId && friend.Reason == UncountedReason.None) is { } other)
        {
            Stop(other.ScannedAt <= once.ScannedAt ? once : other, UncountedReason.Ring);
        }
    }

    private static void Stop(Invitee row, UncountedReason reason)
    {
        if (row.Reason == UncountedReason.None)
        {
            row.DoesNotCount(reason);
        }
    }

    // Who is known to have joined is likelier to be he than who only looked.
    private static Invitee? First(IEnumerable<Invitee> rows) =>
        rows.OrderByDescending(row => row.ConfirmedAt is not null).ThenBy(row => row.ScannedAt).ThenBy(row => row.Id.Value).FirstOrDefault();
}
