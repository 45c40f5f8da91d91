using System.Threading.Channels;
using Dapper;
using Huoma.Domain.Campaigns;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Visits;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Invitations;

/// <summary>Somebody opened an invitation.</summary>
internal readonly record struct OpenedInvitation(ParticipantId Inviter, long VisitorId, DateTimeOffset At);

/// <summary>
/// Invitations by their key, for visitors, and the scans through them until they are recorded. A key never leads elsewhere, so what was found
/// is kept; there may be very many, so the oldest are forgotten.
/// </summary>
internal sealed class InvitationCatalog(Database database) : IInvitations, IDisposable
{
    private const int Kept = 100_000;
    private const int MaxWaiting = 65_536;

    /// <summary>Somebody who guesses addresses must not use up the connections that everybody else needs.</summary>
    private const int MaxReads = 4;

    private readonly SemaphoreSlim reads = new(MaxReads);
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = Kept });
    private readonly Channel<OpenedInvitation> opened = Channel.CreateBounded<OpenedInvitation>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Rings when somebody opened an invitation.</summary>
    public Bell Bell { get; } = new();

    public ValueTask<InvitationEntrance?> FindAsync(string key) => known.TryGetValue(key, out InvitationEntrance? found) ? new(found) : new(LoadAsync(key));

    public async Task<IReadOnlyDictionary<long, InvitationName>> NamesAsync(TenantId tenant, IReadOnlyCollection<long> entrances, CancellationToken ct)
    {
        if (entrances.Count == 0)
        {
            return new Dictionary<long, InvitationName>();
        }

        const string sql = """
            SELECT p.id AS Id, c.name AS Campaign, p.token AS Token FROM fission_participants p JOIN fission_campaigns c ON c.id = p.campaign_id
            WHERE p.tenant_id = @Tenant AND p.id IN {=Ids}
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<(long Id, string Campaign, string Token)>(
            new CommandDefinition(sql, new { Tenant = tenant.Value, Ids = entrances.ToArray() }, cancellationToken: ct));
        return rows.ToDictionary(row => row.Id, row => new InvitationName(row.Campaign, row.Token));
    }

    // What finds no place is read from the log of visits later.
    public void Scanned(long invitationId, long visitorId, DateTimeOffset at)
    {
        opened.Writer.TryWrite(new OpenedInvitation(new ParticipantId(invitationId), visitorId, at));
        Bell.Ring();
    }

    /// <summary>What was opened since the last call, in order.</summary>
    public IReadOnlyList<OpenedInvitation> TakeOpened(int most)
    {
        var taken = new List<OpenedInvitation>();
        while (taken.Count < most && opened.Reader.TryRead(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }

    public void Dispose()
    {
        known.Dispose();
        reads.Dispose();
    }

    private async Task<InvitationEntrance?> LoadAsync(string key)
    {
        const string sql = """
            SELECT p.id AS Id, c.key AS LiveCodeKey, f.key AS CampaignKey
            FROM fission_participants p JOIN live_codes c ON c.id = p.live_code_id JOIN fission_campaigns f ON f.id = p.campaign_id WHERE p.key = @key
            """;
        if (key.Length != Participant.KeyLength)
        {
            return null;
        }

        await reads.WaitAsync();
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            var rows = await connection.QueryAsync<(long Id, string LiveCodeKey, string CampaignKey)>(sql, new { key });
            return rows.AsList() is [var (id, liveCodeKey, campaignKey)]
                ? known.Set(key, new InvitationEntrance(id, liveCodeKey, $"/t/{campaignKey}/privacy"), new MemoryCacheEntryOptions { Size = 1 })
                : null;
        }
        finally
        {
            reads.Release();
        }
    }
}
