using System.Security.Cryptography;
using System.Text;
using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Campaigns.Rewards;

/// <summary>What became of a claim.</summary>
internal enum ClaimOutcome
{
    Claimed = 1,

    /// <summary>He has it already; it is shown again.</summary>
    ClaimedBefore = 2,
    NotCompleted = 3,
    OutOfStock = 4,
}

/// <summary>福利: claimed once by each participant and each code by one, however many ask at once. Codes are sealed.</summary>
internal sealed class RewardStore(Database database, SecretSeal seal, TimeProvider time)
{
    private const int Chunk = 500;

    private readonly byte[] hashKey = seal.KeyFor("reward-codes");

    public async Task<ClaimOutcome> ClaimAsync(FissionCampaign campaign, ParticipantId participant, CancellationToken ct)
    {
        // The condition is part of the write: friends who leave at this moment, and a second tap, find it decided.
        const string claim = """
            UPDATE fission_participants SET claimed_at = @Now
            WHERE id = @Id AND merged_into IS NULL AND claimed_at IS NULL AND completed_at IS NOT NULL AND (NOT @Deducts OR completed_goal <= (
                SELECT COUNT(*) FROM fission_invitees WHERE inviter_id = fission_participants.id AND state = @Valid))
            """;
        const string before = "SELECT COUNT(*) FROM fission_participants WHERE id = @Id AND claimed_at IS NOT NULL";
        var parameters = new { Id = participant.Value, Now = time.GetUtcNow().ToUnixTimeMilliseconds(), Deducts = campaign.DeductsLeavers, Valid = (int)InviteeState.Valid };
        await using var connection = await database.OpenAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await connection.ExecuteAsync(claim, parameters, transaction) == 0)
        {
            return await connection.ExecuteScalarAsync<long>(before, parameters, transaction) > 0 ? ClaimOutcome.ClaimedBefore : ClaimOutcome.NotCompleted;
        }

        if (campaign.RewardKind == RewardKind.Codes)
        {
            // Others who take a code at the same time are passed by, not waited for.
            var take = $"""
                UPDATE reward_codes SET participant_id = @Id, taken_at = @Now
                WHERE id = (SELECT id FROM reward_codes WHERE campaign_id = @Campaign AND participant_id IS NULL ORDER BY place LIMIT 1{(database.IsPostgres ? " FOR UPDATE SKIP LOCKED" : "")})
                """;
            if (await connection.ExecuteAsync(take, new { parameters.Id, parameters.Now, Campaign = campaign.Id.Value }, transaction) == 0)
            {
                await transaction.RollbackAsync(ct);
                return ClaimOutcome.OutOfStock;
            }
        }

        await transaction.CommitAsync(ct);
        return ClaimOutcome.Claimed;
    }

    /// <summary>The code a participant took; null when he took none.</summary>
    public async Task<string?> CodeOfAsync(ParticipantId participant, CancellationToken ct)
    {
        const string sql = "SELECT sealed FROM reward_codes WHERE participant_id = @id";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<string?>(new CommandDefinition(sql, new { id = participant.Value }, cancellationToken: ct)) is { } text ? seal.Open(text) : null;
    }

    /// <summary>Ends the campaign when no code is left; how many there ever were, or null when there are some left.</summary>
    public async Task<long?> EndWhenOutAsync(CampaignId campaign, CancellationToken ct)
    {
        const string end = """
            UPDATE fission_campaigns SET out_of_stock_at = @now
            WHERE id = @id AND NOT EXISTS (SELECT 1 FROM reward_codes WHERE campaign_id = @id AND participant_id IS NULL)
            """;
        const string count = "SELECT COUNT(*) FROM reward_codes WHERE campaign_id = @id";
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { id = campaign.Value, now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return await connection.ExecuteAsync(new CommandDefinition(end, parameters, cancellationToken: ct)) == 0
            ? null
            : await connection.ExecuteScalarAsync<long>(new CommandDefinition(count, parameters, cancellationToken: ct));
    }

    /// <summary>A one-time link is used up by its first opening.</summary>
    public async Task<bool> OpenGiftAsync(ParticipantId participant, CancellationToken ct)
    {
        const string sql = "UPDATE fission_participants SET gift_opened_at = @now WHERE id = @id AND claimed_at IS NOT NULL AND gift_opened_at IS NULL";
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { id = participant.Value, now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) == 1;
    }

    public async Task<bool> IsGiftOpenedAsync(ParticipantId participant, CancellationToken ct)
    {
        const string sql = "SELECT COUNT(*) FROM fission_participants WHERE id = @id AND gift_opened_at IS NOT NULL";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { id = participant.Value }, cancellationToken: ct)) > 0;
    }

    /// <summary>Adds those that are not there yet, in their order; how many that were.</summary>
    public async Task<int> StockAsync(FissionCampaign campaign, IReadOnlyList<string> codes, CancellationToken ct)
    {
        const string sql = """
            INSERT INTO reward_codes (id, tenant_id, campaign_id, place, hash, sealed) VALUES (@Id, @Tenant, @Campaign, @Place, @Hash, @Sealed)
            ON CONFLICT (campaign_id, hash) DO NOTHING
            """;
        const string last = "SELECT COALESCE(MAX(place), 0) FROM reward_codes WHERE campaign_id = @id";
        await using var connection = await database.OpenAsync(ct);
        var place = await connection.ExecuteScalarAsync<int>(new CommandDefinition(last, new { id = campaign.Id.Value }, cancellationToken: ct));
        var added = 0;
        foreach (var some in codes.Chunk(Chunk))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            foreach (var code in some)
            {
                var row = new
                {
                    Id = NewId.Of<RewardCode>().Value,
                    Tenant = campaign.TenantId.Value,
                    Campaign = campaign.Id.Value,
                    Place = ++place,
                    Hash = Convert.ToHexStringLower(HMACSHA256.HashData(hashKey, Encoding.UTF8.GetBytes(code)).AsSpan(0, 16)),
                    Sealed = seal.Close(code),
                };
                added += await connection.ExecuteAsync(sql, row, transaction);
            }

            await transaction.CommitAsync(ct);
        }

        return added;
    }

    public async Task<long> CountAsync(CampaignId campaign, CancellationToken ct)
    {
        const string sql = "SELECT COUNT(*) FROM reward_codes WHERE campaign_id = @id";
        await using var connection = await database.OpenAsync(ct);
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(sql, new { id = campaign.Value }, cancellationToken: ct));
    }
}
