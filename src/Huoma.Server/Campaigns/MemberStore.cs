using Huoma.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Campaigns;

/// <summary>Remembers when somebody was in any group of a code for the first time, in the transaction of the caller.</summary>
internal sealed class MemberStore(HuomaDb db)
{
    /// <summary>Everybody who is or was in a group of this code; who is known already keeps his time.</summary>
    public Task RememberAllAsync(LiveCodeId id, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO fission_members (live_code_id, member_id, tenant_id, first_joined_at)
        SELECT live_code_id, member_id, MIN(tenant_id), MIN(joined_at) FROM group_members WHERE live_code_id = {id.Value} GROUP BY live_code_id, member_id
        ON CONFLICT (live_code_id, member_id) DO NOTHING
        """,
        ct);

    /// <inheritdoc cref="RememberAllAsync"/>
    /// <param name="since">Only who was seen from then on; the others are remembered.</param>
    public Task RememberGroupAsync(GroupId id, DateTimeOffset since, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO fission_members (live_code_id, member_id, tenant_id, first_joined_at)
        SELECT live_code_id, member_id, tenant_id, joined_at FROM group_members WHERE group_id = {id.Value} AND seen_at >= {since.ToUnixTimeMilliseconds()}
        ON CONFLICT (live_code_id, member_id) DO NOTHING
        """,
        ct);

    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> FirstJoinsAsync(LiveCodeId id, IReadOnlyCollection<string> members, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<FirstJoin>(
            $"""SELECT member_id AS "MemberId", first_joined_at AS "At" FROM fission_members WHERE live_code_id = {id.Value}""").Where(row => members.Contains(row.MemberId)).ToListAsync(ct);
        return rows.ToDictionary(row => row.MemberId, row => DateTimeOffset.FromUnixTimeMilliseconds(row.At), StringComparer.Ordinal);
    }

    internal sealed record FirstJoin(string MemberId, long At);
}
