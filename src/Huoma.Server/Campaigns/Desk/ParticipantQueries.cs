using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>What participants are sorted by.</summary>
internal enum ParticipantSort
{
    /// <summary>参与时间.</summary>
    Joined = 1,

    /// <summary>已邀请人数: the ranking.</summary>
    Invited = 2,
}

/// <param name="Completed">Only who reached the goal, or only who did not.</param>
/// <param name="Q">A part of the 口令 or nickname.</param>
internal readonly record struct ParticipantFilter(bool? Completed, bool? Claimed, string? Q, ParticipantSort Sort);

/// <summary>A participant with his friends counted.</summary>
internal sealed record ParticipantRow
{
    public long Id { get; init; }

    public string Token { get; init; } = "";

    public string? Nickname { get; init; }

    public string? Avatar { get; init; }

    public long JoinedAt { get; init; }

    public long? CompletedAt { get; init; }

    public int? CompletedGoal { get; init; }

    public long? ClaimedAt { get; init; }

    public long? RemovedAt { get; init; }

    public long Valid { get; init; }

    public long Left { get; init; }

    public long Pending { get; init; }

    public long NotCounted { get; init; }

    public InviteProgress ProgressIn(FissionCampaign campaign) =>
        new((int)Valid, (int)Left, (int)Pending, campaign.Goal, campaign.DeductsLeavers, CompletedGoal, ClaimedAt is not null);
}

/// <summary>Reads 裂变用户 of a campaign with the figures that make their progress, and filters by those.</summary>
internal sealed class ParticipantQueries(Database database)
{
    private const string Counted = $"""
        SELECT p.id AS Id, p.token AS Token, p.nickname AS Nickname, p.avatar AS Avatar, p.joined_at AS JoinedAt, p.completed_at AS CompletedAt,
            p.completed_goal AS CompletedGoal, p.claimed_at AS ClaimedAt, p.removed_at AS RemovedAt,
            {FriendCounts.Columns}
        FROM fission_participants p {FriendCounts.Join}
        WHERE p.campaign_id = @Campaign AND p.merged_into IS NULL
        """;

    private const string Invited = "(COALESCE(n.valid, 0) + CASE WHEN @Deducts THEN 0 ELSE COALESCE(n.gone, 0) END)";

    /// <summary>One page, and how many there are.</summary>
    public async Task<(IReadOnlyList<ParticipantRow> Rows, int Total)> ListAsync(
        FissionCampaign campaign, ParticipantFilter filter, int skip, int take, CancellationToken ct)
    {
        // As InviteProgress.IsCompleted says it.
        const string completed = $"(p.completed_at IS NOT NULL AND (p.claimed_at IS NOT NULL OR NOT @Deducts OR {Invited} >= p.completed_goal))";
        var where = (filter.Completed is null ? "" : $" AND {(filter.Completed == true ? "" : "NOT ")}{completed}")
            + (filter.Claimed is null ? "" : $" AND p.claimed_at IS {(filter.Claimed == true ? "NOT " : "")}NULL")
            + (filter.Q is null ? "" : " AND (lower(p.token) LIKE @Part ESCAPE '!' OR lower(p.nickname) LIKE @Part ESCAPE '!')");
        var order = filter.Sort == ParticipantSort.Invited ? $"{Invited} DESC, p.joined_at, p.id" : "p.joined_at DESC, p.id DESC";
        var parameters = new
        {
            Campaign = campaign.Id.Value,
            Deducts = campaign.DeductsLeavers,
            Part = filter.Q is { } q ? $"%{q.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%" : null,
            Skip = skip,
            Take = take,
        };
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<ParticipantRow>(
            new CommandDefinition($"{Counted}{where} ORDER BY {order} LIMIT @Take OFFSET @Skip", parameters, cancellationToken: ct));
        var total = await connection.ExecuteScalarAsync<int>(new CommandDefinition($"SELECT COUNT(*) FROM ({Counted}{where}) AS found", parameters, cancellationToken: ct));
        return ([.. rows], total);
    }
}
