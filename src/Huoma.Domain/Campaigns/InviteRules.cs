namespace Huoma.Domain.Campaigns;

/// <summary>A visitor opens an invitation, with what is known of him at that moment.</summary>
/// <param name="InviterVisitorId">Who invites.</param>
/// <param name="ScannedAt">When he opened it.</param>
/// <param name="IsInvited">Somebody else's invitation was opened first.</param>
/// <param name="IsMember">He is known to have been in a group of the code before.</param>
/// <param name="InvitersOfInviter">Who invited the inviter, who invited that one, and so on.</param>
public sealed record Touch(long VisitorId, long InviterVisitorId, DateTimeOffset ScannedAt, bool IsInvited, bool IsMember, IReadOnlyCollection<long> InvitersOfInviter);

/// <summary>Who is an invited friend (D20).</summary>
public static class InviteRules
{
    /// <summary>How far up invitations are followed; longer chains are no ring anybody would make.</summary>
    public const int MaxChain = 32;

    /// <summary>What speaks against a visitor when he opens an invitation; the first reason is the one he is told.</summary>
    public static UncountedReason Of(Touch touch, CampaignStatus status)
    {
        ArgumentNullException.ThrowIfNull(touch);
        return touch switch
        {
            _ when touch.VisitorId == touch.InviterVisitorId => UncountedReason.Self,
            { IsInvited: true } => UncountedReason.OtherInviter,
            _ when touch.InvitersOfInviter.Contains(touch.VisitorId) => UncountedReason.Ring,
            { IsMember: true } => UncountedReason.OldMember,
            _ when status != CampaignStatus.Running => UncountedReason.Late,
            _ => UncountedReason.None,
        };
    }

    /// <summary>The inviters above somebody, the nearest first. A loop in the data ends it.</summary>
    /// <param name="inviterOf">Who invited a visitor; null: nobody.</param>
    public static IReadOnlyCollection<long> Chain(long visitorId, Func<long, long?> inviterOf)
    {
        ArgumentNullException.ThrowIfNull(inviterOf);
        var above = new HashSet<long>();
        for (var at = inviterOf(visitorId); at is { } inviter && above.Count < MaxChain && above.Add(inviter); at = inviterOf(inviter))
        {
            // One step up.
        }

        return above;
    }
}
