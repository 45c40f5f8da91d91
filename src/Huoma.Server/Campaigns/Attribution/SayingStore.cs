using Huoma.Domain.Campaigns;
using Huoma.Domain.Groups;
using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns.Attribution;

/// <summary>Somebody said a participant's 口令 in a group, and it is not settled yet who of his friends he is.</summary>
internal sealed record Saying(long LiveCodeId, string MemberId, long ParticipantId, long GroupId, long SaidAt);

/// <summary>Remembers what was said until it is settled, in the transaction of the caller; nobody joins after so long a time and means it.</summary>
internal sealed class SayingStore(HuomaDb db)
{
    private IQueryable<Saying> All => db.Database.SqlQuery<Saying>(
        $"""
        SELECT live_code_id AS "LiveCodeId", member_id AS "MemberId", participant_id AS "ParticipantId", group_id AS "GroupId", said_at AS "SaidAt" FROM fission_sayings
        """);

    public async Task RememberAsync(Group group, string memberId, ParticipantId participant, DateTimeOffset at, CancellationToken ct)
    {
        var (saidAt, gone) = (at.ToUnixTimeMilliseconds(), (at - JoinMatching.SaidWindow).ToUnixTimeMilliseconds());
        await db.Database.ExecuteSqlAsync($"DELETE FROM fission_sayings WHERE live_code_id = {group.LiveCodeId.Value} AND said_at < {gone}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO fission_sayings (live_code_id, member_id, participant_id, tenant_id, group_id, said_at)
            VALUES ({group.LiveCodeId.Value}, {memberId}, {participant.Value}, {group.TenantId.Value}, {group.Id.Value}, {saidAt})
            ON CONFLICT (live_code_id, member_id, participant_id) DO NOTHING
            """,
            ct);
    }

    /// <summary>What these members said, the first first.</summary>
    public async Task<IReadOnlyList<Saying>> OfMembersAsync(LiveCodeId id, IReadOnlyCollection<string> members, CancellationToken ct) => members.Count == 0
        ? []
        : await All.Where(row => row.LiveCodeId == id.Value && members.Contains(row.MemberId)).OrderBy(row => row.SaidAt).ToListAsync(ct);

    /// <summary>Who said the 口令 of these participants, or of those they stand for, the first first.</summary>
    public async Task<IReadOnlyList<Saying>> OfParticipantsAsync(IReadOnlyCollection<ParticipantId> participants, CancellationToken ct)
    {
        var merged = await db.Participants.AsNoTracking().Where(row => row.MergedInto != null && participants.Contains(row.MergedInto.Value)).Select(row => row.Id).ToListAsync(ct);
        var ids = participants.Concat(merged).Select(id => id.Value).ToList();
        return await All.Where(row => ids.Contains(row.ParticipantId)).OrderBy(row => row.SaidAt).ToListAsync(ct);
    }

    /// <summary>It is settled who he is.</summary>
    public Task ForgetAsync(LiveCodeId id, string memberId, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"DELETE FROM fission_sayings WHERE live_code_id = {id.Value} AND member_id = {memberId}", ct);

    /// <summary>Nobody's friend any more.</summary>
    public Task ForgetAsync(ParticipantId id, CancellationToken ct) => db.Database.ExecuteSqlAsync($"DELETE FROM fission_sayings WHERE participant_id = {id.Value}", ct);
}
