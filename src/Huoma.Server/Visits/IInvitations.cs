namespace Huoma.Server.Visits;

/// <summary>Where an invitation's address leads.</summary>
/// <param name="Id">Its number as an entrance, as a channel's is.</param>
internal sealed record InvitationEntrance(long Id, string LiveCodeKey);

/// <summary>
/// Invitations of 任务宝: a third kind of entrance under <c>/q/{key}</c>. Whoever keeps them hears of scans once they are stored, and must not
/// make the visitor wait; what he misses stands in the log of visits.
/// </summary>
internal interface IInvitations
{
    /// <summary>Null when no invitation has this key.</summary>
    ValueTask<InvitationEntrance?> FindAsync(string key);

    void Scanned(long invitationId, long visitorId, DateTimeOffset at);
}
