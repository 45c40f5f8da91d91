namespace Huoma.Server.Visits;

/// <summary>Where an invitation's address leads.</summary>
/// <param name="Id">Its number as an entrance, as a channel's is.</param>
/// <param name="NoticeAddress">隐私说明: who comes by an invitation is remembered as somebody's friend, and is told so.</param>
internal sealed record InvitationEntrance(long Id, string LiveCodeKey, string NoticeAddress);

/// <summary>Whose invitation it is, for operators.</summary>
/// <param name="Campaign">任务名称.</param>
/// <param name="Token">邀请口令 of the participant.</param>
internal sealed record InvitationName(string Campaign, string Token);

/// <summary>
/// Invitations of 任务宝: a third kind of entrance under <c>/q/{key}</c>. Whoever keeps them hears of scans once they are stored, and must not
/// make the visitor wait; what he misses stands in the log of visits.
/// </summary>
internal interface IInvitations
{
    /// <summary>Null when no invitation has this key.</summary>
    ValueTask<InvitationEntrance?> FindAsync(string key);

    /// <summary>Of those entrances of a tenant that are invitations.</summary>
    Task<IReadOnlyDictionary<long, InvitationName>> NamesAsync(TenantId tenant, IReadOnlyCollection<long> entrances, CancellationToken ct);

    void Scanned(long invitationId, long visitorId, DateTimeOffset at);
}
