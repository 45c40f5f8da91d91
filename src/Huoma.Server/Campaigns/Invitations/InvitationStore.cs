using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Invitations;

/// <summary>What is known of a visitor when he opens an invitation, and the log of visits as far as it is about invitations.</summary>
internal sealed class InvitationStore(Database database)
{
    private const string Reading = "visits";

    public async Task<Touch> TouchAsync(Participant inviter, OpenedInvitation opened, CancellationToken ct)
    {
        // Everybody above the inviter, with whoever invited each.
        const string chain = """
            WITH RECURSIVE above (visitor_id, inviter, depth) AS (
                SELECT i.visitor_id, p.visitor_id, 1 FROM fission_invitees i JOIN fission_participants p ON p.id = i.inviter_id
                WHERE i.campaign_id = @Campaign AND i.visitor_id = @Inviter AND i.reason = 0
                UNION ALL
                SELECT i.visitor_id, p.visitor_id, above.depth + 1 FROM above
                JOIN fission_invitees i ON i.campaign_id = @Campaign AND i.visitor_id = above.inviter AND i.reason = 0
                JOIN fission_participants p ON p.id = i.inviter_id
                WHERE above.depth < @MaxChain)
            SELECT visitor_id AS Visitor, inviter AS Inviter FROM above
            """;
        const string known = """
            SELECT
                (SELECT COUNT(*) FROM fission_invitees WHERE campaign_id = @Campaign AND visitor_id = @Visitor AND reason = 0) AS Invited,
                (SELECT COUNT(*) FROM fission_invitees WHERE visitor_id = @Visitor AND live_code_id = @Code AND confirmed_at IS NOT NULL) AS Joined
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new
        {
            Campaign = inviter.CampaignId.Value,
            Code = inviter.LiveCodeId.Value,
            Inviter = inviter.VisitorId,
            Visitor = opened.VisitorId,
            InviteRules.MaxChain,
        };
        var above = (await connection.QueryAsync<Step>(new CommandDefinition(chain, parameters, cancellationToken: ct)))
            .DistinctBy(step => step.Visitor).ToDictionary(step => step.Visitor, step => step.Inviter);
        var counts = await connection.QuerySingleAsync<Known>(new CommandDefinition(known, parameters, cancellationToken: ct));
        return new Touch(
            opened.VisitorId, inviter.VisitorId, opened.At, counts.Invited > 0, counts.Joined > 0,
            InviteRules.Chain(inviter.VisitorId, visitor => above.TryGetValue(visitor, out var inviterOf) ? inviterOf : null));
    }

    /// <summary>Up to which visit the log was read; it began where the log ended when this came.</summary>
    public async Task<long> ReadUntilAsync(CancellationToken ct)
    {
        const string select = "SELECT visit_id FROM fission_reading WHERE name = @Reading";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(select, new { Reading }, cancellationToken: ct));
    }

    public async Task SetReadUntilAsync(long visitId, CancellationToken ct)
    {
        const string sql = "UPDATE fission_reading SET visit_id = @visitId WHERE name = @Reading AND visit_id < @visitId";
        await using var connection = await database.OpenAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(sql, new { Reading, visitId }, cancellationToken: ct));
    }

    /// <summary>Visits after one, as far as they came through invitations and nobody recorded them yet.</summary>
    /// <returns>They, and the last visit that was looked at; 0 when there was none.</returns>
    public async Task<(IReadOnlyList<OpenedInvitation> Missed, long Last)> MissedAsync(long after, int most, CancellationToken ct)
    {
        const string last = "SELECT COALESCE(MAX(id), 0) FROM (SELECT id FROM visits WHERE id > @after ORDER BY id LIMIT @most) AS next";
        const string sql = """
            SELECT p.id AS Inviter, v.visitor_id AS Visitor, v.at AS At
            FROM visits v JOIN fission_participants p ON p.id = v.channel_id LEFT JOIN visitor_people o ON o.visitor_id = v.visitor_id
            WHERE v.id > @after AND v.id <= @until AND v.channel_id > 0
                AND NOT EXISTS (SELECT 1 FROM fission_invitees i
                    WHERE i.inviter_id = COALESCE(p.merged_into, p.id) AND i.visitor_id = COALESCE(o.person_id, v.visitor_id))
            ORDER BY v.id
            """;
        await using var connection = await database.OpenAsync(ct);
        var until = await connection.ExecuteScalarAsync<long>(new CommandDefinition(last, new { after, most }, cancellationToken: ct));
        var rows = until == 0 ? [] : await connection.QueryAsync<Missed>(new CommandDefinition(sql, new { after, until }, cancellationToken: ct));
        return ([.. rows.Select(row => new OpenedInvitation(new ParticipantId(row.Inviter), row.Visitor, DateTimeOffset.FromUnixTimeMilliseconds(row.At)))], until);
    }

    private sealed class Step
    {
        public long Visitor { get; init; }

        public long Inviter { get; init; }
    }

    private sealed class Known
    {
        public long Invited { get; init; }

        public long Joined { get; init; }
    }

    private sealed class Missed
    {
        public long Inviter { get; init; }

        public long Visitor { get; init; }

        public long At { get; init; }
    }
}
