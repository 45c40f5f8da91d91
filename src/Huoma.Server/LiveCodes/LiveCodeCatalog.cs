using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Data.Common;
using Dapper;
using Huoma.Domain.LiveCodes;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.LiveCodes;

/// <summary>A slot as visitors see it. (Public, for Razor pages are, and take it as a parameter.)</summary>
/// <param name="QrPlace">The four corners of the QR in the picture; null when it was not read.</param>
public sealed record SlotCard(SlotId Id, int Round, bool Enabled, string ImageUrl, int Width, int Height, string? QrPlace, string? SupportWeChatId, DateTimeOffset ExpiresAt);

/// <summary>A live code as visitors see it, true for one version of it.</summary>
/// <param name="IsOpen">On, and not deleted.</param>
/// <param name="HandOver">The code it hands over to; null while 切换 is off.</param>
/// <param name="LeaseMinutes">座位租约: how long after it was loaded a page shows its QR; null: for ever (U4).</param>
public sealed record LiveCodeCard(
    LiveCodeId Id, LiveCodeKind Kind, string Key, long Version, bool IsOpen, HandOverCard? HandOver, int? LeaseMinutes, string Name, WelcomePage Welcome, string? WelcomeImageUrl,
    IReadOnlyDictionary<SlotId, SlotCard> Slots)
{
    /// <summary>Visitors who are known to be members on the code's 黑名单 (F110).</summary>
    public IReadOnlySet<long> Blocked { get; init; } = FrozenSet<long>.Empty;

    public bool Blocks(long visitorId) => Blocked.Count > 0 && Blocked.Contains(visitorId);
}

/// <summary>Where a code hands its visitors over to.</summary>
public sealed record HandOverCard(LiveCodeId TargetId, string TargetKey, HandOverWhen When);

/// <summary>
/// What the visitor pages are made of, kept in memory by key. A copy is as good as its version: each batch of visits tells the
/// version it decided on, and a newer one is read anew before the page is made, so that an edit can not be missed.
/// </summary>
internal sealed class LiveCodeCatalog(Database database) : IDisposable
{
    /// <summary>Somebody who guesses addresses must not use up the connections that everybody else needs.</summary>
    private const int MaxReads = 4;

    private readonly SemaphoreSlim reads = new(MaxReads);
    private readonly ConcurrentDictionary<string, LiveCodeCard> cards = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Lazy<Task<LiveCodeCard?>>> loading = new(StringComparer.Ordinal);

    /// <summary>Null when there never was such a key.</summary>
    public ValueTask<LiveCodeCard?> FindAsync(string key) => cards.TryGetValue(key, out var card) ? new(card) : new(LoadAsync(key));

    /// <summary>As it was read last, without asking the store; null when it never was.</summary>
    public LiveCodeCard? Known(string key) => cards.GetValueOrDefault(key);

    /// <summary>The card of <paramref name="version"/> or a later one.</summary>
    public async ValueTask<LiveCodeCard> NotOlderAsync(LiveCodeCard card, long version)
    {
        // The first load may be one that others began before the edit; the second then reads what came after it.
        for (var attempt = 0; card.Version < version && attempt < 2; attempt++)
        {
            card = await LoadAsync(card.Key) ?? card;
        }

        return card;
    }

    public void Dispose() => reads.Dispose();

    /// <summary>A crowd that asks for the same code at once waits for one read: hundreds would use up the connections.</summary>
    private async Task<LiveCodeCard?> LoadAsync(string key)
    {
        if (key.Length != LiveCodeNumbers.KeyLength)
        {
            return null;
        }

        var load = loading.GetOrAdd(key, _ => new Lazy<Task<LiveCodeCard?>>(() => ReadAsync(key)));
        try
        {
            // Two reads may have seen different versions; the newer one stays.
            return await load.Value is { } card ? cards.AddOrUpdate(key, card, (_, known) => known.Version > card.Version ? known : card) : null;
        }
        finally
        {
            loading.TryRemove(KeyValuePair.Create(key, load));
        }
    }

    private async Task<LiveCodeCard?> ReadAsync(string key)
    {
        await reads.WaitAsync();
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            return await ReadAsync(connection, key);
        }
        finally
        {
            reads.Release();
        }
    }

    private static async Task<LiveCodeCard?> ReadAsync(DbConnection connection, string key)
    {
        const string code = """
            SELECT c.id AS Id, c.kind AS Kind, c.version + c.laps AS Version, c.status AS Status, c.deleted_at AS DeletedAt, c.seat_cap AS SeatCap,
                   c.seat_lease_minutes AS LeaseMinutes, c.name AS Name, c.welcome_enabled AS Enabled, c.welcome_group_intro AS GroupIntro,
                   c.welcome_founder_intro AS FounderIntro, i.hash AS Hash, i.extension AS Extension,
                   c.auto_blacklist AS HasBlacklist, t.id AS TargetId, t.key AS TargetKey, c.hand_over_when AS HandOverWhen
            FROM live_codes c LEFT JOIN images i ON i.id = c.welcome_image_id AND i.tenant_id = c.tenant_id
            LEFT JOIN live_codes t ON c.hand_over_enabled AND t.id = c.hand_over_target_id
            WHERE c.key = @key
            """;
        const string slots = """
            SELECT s.id AS Id, s.round AS Round, s.enabled AS Enabled, s.support_we_chat_id AS SupportWeChatId, s.expires_at AS ExpiresAt, i.hash AS Hash, i.extension AS Extension,
                   i.width AS Width, i.height AS Height, i.qr_place AS QrPlace
            FROM slots s JOIN images i ON i.id = s.image_id AND i.tenant_id = s.tenant_id
            WHERE s.live_code_id = @id AND s.deleted_at IS NULL
            """;

        // Who is on the blacklist, as far as an invitation told which visitor he is.
        const string blocked = """
            SELECT DISTINCT i.visitor_id FROM blacklist_entries b
            JOIN fission_invitees i ON i.tenant_id = b.tenant_id AND i.member_id = b.member_id AND i.confirmed_at IS NOT NULL
            WHERE b.live_code_id = @id
            """;

        // The slots are read after the code: an edit in between makes them newer than the version says, and the next batch says so.
        if (await connection.QuerySingleOrDefaultAsync<CodeRow>(code, new { key }) is not { } row)
        {
            return null;
        }

        var rows = await connection.QueryAsync<SlotRow>(slots, new { id = row.Id });
        var welcome = new WelcomePage(row.Enabled, null, row.GroupIntro, row.FounderIntro);
        var image = row.Hash is null ? null : $"/m/{row.Hash}.{row.Extension}";
        var isOpen = row.Status == (int)LiveCodeStatus.On && row.DeletedAt is null;
        var lease = row.SeatCap is null ? null : row.LeaseMinutes;
        var handOver = row is { TargetId: { } target, TargetKey: { } targetKey } ? new HandOverCard(new LiveCodeId(target), targetKey, (HandOverWhen)row.HandOverWhen) : null;
        return new LiveCodeCard(
            new LiveCodeId(row.Id), (LiveCodeKind)row.Kind, key, row.Version, isOpen, handOver, lease, row.Name, welcome, image,
            rows.Select(Card).ToDictionary(slot => slot.Id))
        {
            Blocked = row.HasBlacklist ? (await connection.QueryAsync<long>(blocked, new { id = row.Id })).ToFrozenSet() : FrozenSet<long>.Empty,
        };
    }

    private static SlotCard Card(SlotRow row) => new(
        new SlotId(row.Id), row.Round, row.Enabled, $"/m/{row.Hash}.{row.Extension}", row.Width, row.Height, row.QrPlace, row.SupportWeChatId,
        DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt));

    private sealed class CodeRow
    {
        public long Id { get; init; }

        public int Kind { get; init; }

        public long Version { get; init; }

        public int Status { get; init; }

        public long? DeletedAt { get; init; }

        public int? SeatCap { get; init; }

        public int? LeaseMinutes { get; init; }

        public string Name { get; init; } = "";

        public bool Enabled { get; init; }

        public bool HasBlacklist { get; init; }

        public string GroupIntro { get; init; } = "";

        public string FounderIntro { get; init; } = "";

        public string? Hash { get; init; }

        public string? Extension { get; init; }

        public long? TargetId { get; init; }

        public string? TargetKey { get; init; }

        public int HandOverWhen { get; init; }
    }

    private sealed class SlotRow
    {
        public long Id { get; init; }

        public int Round { get; init; }

        public bool Enabled { get; init; }

        public string? SupportWeChatId { get; init; }

        public long ExpiresAt { get; init; }

        public string Hash { get; init; } = "";

        public string Extension { get; init; } = "";

        public int Width { get; init; }

        public int Height { get; init; }

        public string? QrPlace { get; init; }
    }
}
