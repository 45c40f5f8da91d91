using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Campaigns.Tasks;

/// <summary>What became of a campaign so far.</summary>
internal sealed record CampaignCounts
{
    public static CampaignCounts None { get; } = new();

    public long CampaignId { get; init; }

    public long Participants { get; init; }

    public long Completed { get; init; }

    public long Claimed { get; init; }

    public long Scanned { get; init; }

    public long Pressed { get; init; }

    public long Joined { get; init; }

    public long ToBeConfirmed { get; init; }

    public long Valid { get; init; }

    public long Left { get; init; }

    public long NotCounted { get; init; }

    public long Codes { get; init; }

    public long CodesLeft { get; init; }
}

/// <summary>Counts campaigns from participants, friends and codes: nothing of it is kept anywhere.</summary>
internal sealed class CampaignCountQueries(Database database, CurrentTenant tenant)
{
    public async Task<IReadOnlyDictionary<CampaignId, CampaignCounts>> OfAsync(IReadOnlyCollection<CampaignId> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<CampaignId, CampaignCounts>();
        }

        // {=Ids} writes the numbers into the text: a list as a parameter is not the same on both databases.
        const string sql = """
            SELECT c.id AS CampaignId,
                (SELECT COUNT(*) FROM fission_participants p WHERE p.campaign_id = c.id AND p.merged_into IS NULL) AS Participants,
                (SELECT COUNT(*) FROM fission_participants p WHERE p.campaign_id = c.id AND p.merged_into IS NULL AND p.completed_at IS NOT NULL
                    AND (p.claimed_at IS NOT NULL OR NOT c.deducts_leavers OR p.completed_goal <= (
                        SELECT COUNT(*) FROM fission_invitees i WHERE i.inviter_id = p.id AND i.state = @Valid))) AS Completed,
                (SELECT COUNT(*) FROM fission_participants p WHERE p.campaign_id = c.id AND p.claimed_at IS NOT NULL) AS Claimed,
                (SELECT COUNT(DISTINCT i.visitor_id) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.reason <> @Self) AS Scanned,
                (SELECT COUNT(DISTINCT i.visitor_id) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.reason <> @Self AND (
                    EXISTS (SELECT 1 FROM slot_visitors s WHERE s.visitor_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.presses > 0)
                    OR EXISTS (SELECT 1 FROM visitor_people v JOIN slot_visitors s ON s.visitor_id = v.visitor_id
                        WHERE v.person_id = i.visitor_id AND s.live_code_id = i.live_code_id AND s.presses > 0))) AS Pressed,
                (SELECT COUNT(*) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.joined_at IS NOT NULL) AS Joined,
                (SELECT COUNT(*) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.state = @Pending AND i.member_id IS NOT NULL) AS ToBeConfirmed,
                (SELECT COUNT(*) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.state = @Valid) AS Valid,
                (SELECT COUNT(*) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.state = @Left) AS Left,
                (SELECT COUNT(*) FROM fission_invitees i WHERE i.campaign_id = c.id AND i.state = @NotCounted) AS NotCounted,
                (SELECT COUNT(*) FROM reward_codes r WHERE r.campaign_id = c.id) AS Codes,
                (SELECT COUNT(*) FROM reward_codes r WHERE r.campaign_id = c.id AND r.participant_id IS NULL) AS CodesLeft
            FROM fission_campaigns c WHERE c.tenant_id = @TenantId AND c.id IN {=Ids}
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new
        {
            TenantId = tenant.Id.Value,
            Ids = ids.Select(id => id.Value).ToArray(),
            Self = (int)UncountedReason.Self,
            Pending = (int)InviteeState.Pending,
            Valid = (int)InviteeState.Valid,
            Left = (int)InviteeState.Left,
            NotCounted = (int)InviteeState.NotCounted,
        };
        var rows = await connection.QueryAsync<CampaignCounts>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return rows.ToDictionary(row => new CampaignId(row.CampaignId));
    }
}
