namespace Huoma.Server.Campaigns.Desk;

/// <summary>The friends of each participant <c>p</c> of a campaign, counted by their state: as a table <c>n</c> beside him, and as columns.</summary>
internal static class FriendCounts
{
    public const string Columns = "COALESCE(n.valid, 0) AS Valid, COALESCE(n.gone, 0) AS Left, COALESCE(n.pending, 0) AS Pending, COALESCE(n.uncounted, 0) AS NotCounted";

    public const string Join = """
        LEFT JOIN (
            SELECT inviter_id, SUM(CASE WHEN state = 2 THEN 1 ELSE 0 END) AS valid, SUM(CASE WHEN state = 3 THEN 1 ELSE 0 END) AS gone,
                SUM(CASE WHEN state = 1 THEN 1 ELSE 0 END) AS pending, SUM(CASE WHEN state = 4 THEN 1 ELSE 0 END) AS uncounted
            FROM fission_invitees WHERE campaign_id = @Campaign GROUP BY inviter_id) n ON n.inviter_id = p.id
        """;
}
