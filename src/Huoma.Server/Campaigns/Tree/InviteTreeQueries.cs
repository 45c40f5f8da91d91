using Dapper;
using Huoma.Server.Campaigns.Desk;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Tree;

/// <summary>Somebody in the tree: a participant, an invited friend, or both.</summary>
internal sealed record InviteTreeRow
{
    public long? ParticipantId { get; init; }

    public long? InviteeId { get; init; }

    public string? Nickname { get; init; }

    public string? Token { get; init; }

    public int? State { get; init; }

    public long ToBeConfirmed { get; init; }

    public long? ScannedAt { get; init; }

    public long? JoinedAt { get; init; }

    public long? TookPartAt { get; init; }

    public long? RemovedAt { get; init; }

    public long Valid { get; init; }

    public long Left { get; init; }

    public long Pending { get; init; }

    public long NotCounted { get; init; }
}

/// <summary>
/// Reads who brought whom. Of the rows without a reason against them there is one for each friend of a campaign, so everybody has one place in the tree.
/// </summary>
internal sealed class InviteTreeQueries(Database database)
{
    private const string OfRoots = """
        WHERE p.campaign_id = @Campaign AND p.merged_into IS NULL AND NOT EXISTS (
            SELECT 1 FROM fission_invitees i WHERE i.campaign_id = @Campaign AND i.visitor_id = p.visitor_id AND i.reason = 0)
        """;

    /// <summary>Those whom nobody invited; who brought most first.</summary>
    public async Task<(IReadOnlyList<InviteTreeRow> Rows, int Total)> RootsAsync(CampaignId campaign, int skip, int take, CancellationToken ct)
    {
        const string sql = $"""
            SELECT p.id AS ParticipantId, p.nickname AS Nickname, p.token AS Token, p.joined_at AS TookPartAt, p.removed_at AS RemovedAt, {FriendCounts.Columns}
            FROM fission_participants p {FriendCounts.Join} {OfRoots}
            ORDER BY COALESCE(n.valid, 0) + COALESCE(n.gone, 0) DESC, p.joined_at, p.id LIMIT @Take OFFSET @Skip
            """;
        return await ReadAsync(sql, $"SELECT COUNT(*) FROM fission_participants p {OfRoots}", new { Campaign = campaign.Value, Take = take, Skip = skip }, ct);
    }

    /// <summary>Friends of a participant who count or may yet; those who take part themselves first.</summary>
    public async Task<(IReadOnlyList<InviteTreeRow> Rows, int Total)> FriendsAsync(CampaignId campaign, ParticipantId inviter, int skip, int take, CancellationToken ct)
    {
        const string sql = $"""
            SELECT p.id AS ParticipantId, i.id AS InviteeId, COALESCE(i.member_name, i.nickname, p.nickname) AS Nickname, p.token AS Token, i.state AS State,
                CASE WHEN i.state = 1 AND i.member_id IS NOT NULL THEN 1 ELSE 0 END AS ToBeConfirmed, i.scanned_at AS ScannedAt, i.joined_at AS JoinedAt,
                p.joined_at AS TookPartAt, i.removed_at AS RemovedAt, {FriendCounts.Columns}
            FROM fission_invitees i LEFT JOIN fission_participants p ON p.campaign_id = i.campaign_id AND p.visitor_id = i.visitor_id AND p.merged_into IS NULL
            {FriendCounts.Join}
            WHERE i.inviter_id = @Inviter AND i.reason = 0
            ORDER BY CASE WHEN p.id IS NULL THEN 1 ELSE 0 END, i.scanned_at, i.id LIMIT @Take OFFSET @Skip
            """;
        const string count = "SELECT COUNT(*) FROM fission_invitees WHERE inviter_id = @Inviter AND reason = 0";
        return await ReadAsync(sql, count, new { Campaign = campaign.Value, Inviter = inviter.Value, Take = take, Skip = skip }, ct);
    }

    /// <summary>Which participant was invited by which.</summary>
    public async Task<IReadOnlyDictionary<ParticipantId, ParticipantId>> InvitersAsync(CampaignId campaign, CancellationToken ct)
    {
        const string sql = """
            SELECT p.id AS Id, i.inviter_id AS Inviter FROM fission_invitees i JOIN fission_participants p ON p.campaign_id = i.campaign_id AND p.visitor_id = i.visitor_id AND p.merged_into IS NULL
            WHERE i.campaign_id = @Campaign AND i.reason = 0
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(long Id, long Inviter)>(new CommandDefinition(sql, new { Campaign = campaign.Value }, cancellationToken: ct));
        return rows.ToDictionary(row => new ParticipantId(row.Id), row => new ParticipantId(row.Inviter));
    }

    private async Task<(IReadOnlyList<InviteTreeRow> Rows, int Total)> ReadAsync(string sql, string count, object parameters, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<InviteTreeRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return ([.. rows], await connection.ExecuteScalarAsync<int>(new CommandDefinition(count, parameters, cancellationToken: ct)));
    }
}
