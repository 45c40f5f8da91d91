using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Campaigns.Privacy;

/// <summary>
/// Removes the personal data of campaigns that ended longer ago than <see cref="CampaignsOptions.KeepPersonalDays"/>, as the notice promises. A few people at a
/// time, each as if he had asked for it.
/// </summary>
internal sealed class ForgetEndedCampaigns(
    Database database, IServiceScopeFactory scopes, IOptions<CampaignsOptions> options, TimeProvider time, ILogger<ForgetEndedCampaigns> log) : IScheduledJob
{
    private const string Actor = "系统";
    private const int AtOnce = 200;

    public async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var days = options.Value.KeepPersonalDays;
        var people = 0L;
        while (await NextAsync(time.GetUtcNow().AddDays(-days), ct) is { Count: > 0 } next)
        {
            foreach (var (campaign, visitor) in next)
            {
                await RemoveAsync(new CampaignId(campaign), visitor, ct);
                people++;
            }
        }

        if (people > 0)
        {
            log.PeopleForgotten(people, days);
        }

        return JobResult.Of(("people", people));
    }

    private async Task<IReadOnlyList<(long Campaign, long Visitor)>> NextAsync(DateTimeOffset endedBefore, CancellationToken ct)
    {
        const string sql = """
            SELECT p.campaign_id, p.visitor_id FROM fission_participants p JOIN fission_campaigns c ON c.id = p.campaign_id
            WHERE p.removed_at IS NULL AND (c.ends_at < @before OR c.out_of_stock_at < @before)
            UNION
            SELECT i.campaign_id, i.visitor_id FROM fission_invitees i JOIN fission_campaigns c ON c.id = i.campaign_id
            WHERE i.removed_at IS NULL AND (c.ends_at < @before OR c.out_of_stock_at < @before)
            LIMIT @AtOnce
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(long, long)>(new CommandDefinition(sql, new { before = endedBefore.ToUnixTimeMilliseconds(), AtOnce }, cancellationToken: ct));
        return [.. rows];
    }

    private async Task RemoveAsync(CampaignId id, long visitorId, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<HuomaDb>();
        FissionCampaign campaign = await db.Campaigns.AsNoTracking().IgnoreQueryFilters().SingleAsync(row => row.Id == id, ct);
        scope.ServiceProvider.GetRequiredService<CurrentTenant>().Is(campaign.TenantId);
        scope.ServiceProvider.GetRequiredService<CurrentActor>().IsMachine(Actor);
        await scope.ServiceProvider.GetRequiredService<PersonRemoval>().RemoveAsync(campaign, visitorId, ct);
    }
}
