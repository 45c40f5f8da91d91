using Dapper;
using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Notices.Sending;

/// <summary>A channel this process may send to until its lease ends.</summary>
internal sealed record LeasedChannel
{
    public long Id { get; init; }

    public long TenantId { get; init; }

    public int Kind { get; init; }

    public string Settings { get; init; } = "";

    public int? QuietFrom { get; init; }

    public int? QuietTo { get; init; }

    public long FreeAt { get; init; }

    public int Failures { get; init; }

    public long Lease { get; init; }

    public NoticeChannelId ChannelId => new(Id);

    public NoticeChannelKind ChannelKind => (NoticeChannelKind)Kind;

    public DateTimeOffset FreeAtInstant => DateTimeOffset.FromUnixTimeMilliseconds(FreeAt);

    public QuietHours? Quiet => QuietFrom is { } from && QuietTo is { } to ? new QuietHours(from, to) : null;
}

/// <summary>
/// The outbox. A channel is sent to by whoever holds its lease; each message is marked right after it was taken. So two processes never send
/// the same twice, except that one which dies between the two sends again what it had not marked.
/// </summary>
internal sealed class OutboxStore(Database database)
{
    /// <summary>Longer than one message takes; it is prolonged before each.</summary>
    public static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(60);

    /// <summary>Most notices told in one message.</summary>
    private const int MostTogether = 1_000;

    public async Task GiveUpAsync(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            UPDATE notice_deliveries SET status = @GivenUp, done_at = @Now, answer = COALESCE(answer, '没有发出：渠道已停用，或一直在免打扰时段')
            WHERE status = 1 AND created_at <= @Before
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new
        {
            GivenUp = (int)DeliveryStatus.GivenUp,
            Now = now.ToUnixTimeMilliseconds(),
            Before = (now - RetryRules.GiveUpAfter).ToUnixTimeMilliseconds(),
        };
        await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    /// <summary>Channels that have something to send and are neither busy nor waiting after a failure.</summary>
    public async Task<IReadOnlyList<NoticeChannelId>> DueChannelsAsync(DateTimeOffset now, CancellationToken ct)
    {
        const string sql = """
            SELECT notice_channels.id
            FROM notice_channels
            LEFT JOIN notice_channel_states AS states ON states.channel_id = notice_channels.id
            WHERE notice_channels.enabled AND COALESCE(states.leased_until, 0) <= @Now AND COALESCE(states.retry_at, 0) <= @Now
                AND EXISTS (SELECT 1 FROM notice_deliveries WHERE channel_id = notice_channels.id AND status = 1)
            """;
        await using var connection = await database.OpenAsync(ct);
        var ids = await connection.QueryAsync<long>(new CommandDefinition(sql, new { Now = now.ToUnixTimeMilliseconds() }, cancellationToken: ct));
        return [.. ids.Select(id => new NoticeChannelId(id))];
    }

    /// <summary>Null when another process has it, or it is gone.</summary>
    /// <param name="now">Null in <paramref name="onlyWhenDue"/>: also while it waits after a failure.</param>
    public async Task<LeasedChannel?> LeaseAsync(NoticeChannelId id, long lease, DateTimeOffset now, bool onlyWhenDue, CancellationToken ct)
    {
        const string make = """
            INSERT INTO notice_channel_states (channel_id, tenant_id, lease, leased_until, free_at, failures, retry_at)
            SELECT id, tenant_id, 0, 0, 0, 0, 0 FROM notice_channels WHERE id = @Id
            ON CONFLICT (channel_id) DO NOTHING
            """;
        const string take = """
            UPDATE notice_channel_states SET lease = @Lease, leased_until = @Until
            WHERE channel_id = @Id AND leased_until <= @Now AND retry_at <= @RetryBefore
            """;
        const string read = """
            SELECT notice_channels.id AS Id, notice_channels.tenant_id AS TenantId, kind AS Kind, settings AS Settings, quiet_from AS QuietFrom, quiet_to AS QuietTo,
                free_at AS FreeAt, failures AS Failures, lease AS Lease
            FROM notice_channels
            JOIN notice_channel_states ON channel_id = notice_channels.id
            WHERE notice_channels.id = @Id
            """;
        await using var connection = await database.OpenAsync(ct);
        var at = now.ToUnixTimeMilliseconds();
        var parameters = new
        {
            Id = id.Value,
            Lease = lease,
            Now = at,
            Until = (now + LeaseLength).ToUnixTimeMilliseconds(),
            RetryBefore = onlyWhenDue ? at : long.MaxValue,
        };
        await connection.ExecuteAsync(new CommandDefinition(make, parameters, cancellationToken: ct));
        return await connection.ExecuteAsync(new CommandDefinition(take, parameters, cancellationToken: ct)) == 0
            ? null
            : await connection.QuerySingleOrDefaultAsync<LeasedChannel>(new CommandDefinition(read, parameters, cancellationToken: ct));
    }

    /// <summary>False when the lease was lost; then nothing may be sent any more.</summary>
    public async Task<bool> ProlongAsync(LeasedChannel channel, DateTimeOffset now, CancellationToken ct)
    {
        const string sql = "UPDATE notice_channel_states SET leased_until = @Until WHERE channel_id = @Id AND lease = @Lease";
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { channel.Id, channel.Lease, Until = (now + LeaseLength).ToUnixTimeMilliseconds() };
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct)) > 0;
    }

    /// <summary>What waits for a channel, the oldest first.</summary>
    public async Task<IReadOnlyList<Delivery>> WaitingAsync(NoticeChannelId id, CancellationToken ct)
    {
        const string sql = """
            SELECT deliveries.id AS DeliveryId, notices.id AS NoticeId, notices.kind AS Kind, notices.live_code_id AS CodeId, code_name AS CodeName,
                notices.slot_id AS SlotId, slot_name AS SlotName, notices.expires_at AS ExpiresAt, hours_before AS HoursBefore, places_left AS PlacesLeft,
                lasts_minutes AS LastsMinutes, notices.created_at AS CreatedAt, notices.robot_id AS RobotId, notices.detail AS Detail, links.id AS LinkId
            FROM notice_deliveries AS deliveries
            JOIN notices ON notices.id = deliveries.notice_id
            LEFT JOIN renewal_links AS links ON links.delivery_id = deliveries.id
            WHERE deliveries.channel_id = @Id AND deliveries.status = 1
            ORDER BY deliveries.created_at, deliveries.id
            LIMIT @MostTogether
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<WaitingRow>(new CommandDefinition(sql, new { Id = id.Value, MostTogether }, cancellationToken: ct));
        return [.. rows.Select(row => row.ToDelivery())];
    }

    /// <summary>After a message was tried. Not to be interrupted: what was sent must be marked.</summary>
    public async Task SettleAsync(LeasedChannel channel, IReadOnlyList<DeliveryId> ids, SendAnswer answer, DateTimeOffset freeAt, DateTimeOffset now)
    {
        const string deliveries = """
            UPDATE notice_deliveries
            SET status = @Status, attempts = attempts + 1, told_together = @Together, answer = @Answer, done_at = @DoneAt
            WHERE id IN {=Ids} AND status = 1
            """;
        const string state = """
            UPDATE notice_channel_states
            SET free_at = @FreeAt, failures = @Failures, retry_at = @RetryAt, last_answer = @Answer, last_sent_at = COALESCE(@DoneAt, last_sent_at)
            WHERE channel_id = @Id
            """;
        var at = now.ToUnixTimeMilliseconds();
        var failures = answer.IsTaken ? 0 : channel.Failures + 1;
        var parameters = new
        {
            channel.Id,
            Ids = ids.Select(id => id.Value).ToArray(),
            Status = (int)(answer.IsTaken ? DeliveryStatus.Sent : DeliveryStatus.Waiting),
            Together = ids.Count,
            Answer = answer.Text,
            DoneAt = answer.IsTaken ? at : (long?)null,
            FreeAt = freeAt.ToUnixTimeMilliseconds(),
            Failures = failures,
            RetryAt = failures == 0 ? 0 : (now + RetryRules.WaitAfter(failures)).ToUnixTimeMilliseconds(),
        };
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        if (ids.Count > 0)
        {
            await connection.ExecuteAsync(deliveries, parameters, transaction);
        }

        await connection.ExecuteAsync(state, parameters, transaction);
        await transaction.CommitAsync(CancellationToken.None);
    }

    public async Task ReleaseAsync(LeasedChannel channel)
    {
        const string sql = "UPDATE notice_channel_states SET leased_until = 0 WHERE channel_id = @Id AND lease = @Lease";
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, new { channel.Id, channel.Lease });
    }

    private sealed record WaitingRow
    {
        public long DeliveryId { get; init; }

        public long NoticeId { get; init; }

        public int Kind { get; init; }

        public long CodeId { get; init; }

        public string CodeName { get; init; } = "";

        public long? SlotId { get; init; }

        public string? SlotName { get; init; }

        public long? ExpiresAt { get; init; }

        public int? HoursBefore { get; init; }

        public long? PlacesLeft { get; init; }

        public int? LastsMinutes { get; init; }

        public long CreatedAt { get; init; }

        public long? RobotId { get; init; }

        public string? Detail { get; init; }

        public long? LinkId { get; init; }

        public Delivery ToDelivery() => new(new DeliveryId(DeliveryId), ToNotice(), LinkId is { } link ? new RenewalLinkId(link) : null);

        private Notice ToNotice() => new()
        {
            Id = new NoticeId(NoticeId),
            Kind = (NoticeKind)Kind,
            LiveCodeId = CodeId == 0 ? null : new LiveCodeId(CodeId),
            RobotId = RobotId is { } robot ? new RobotId(robot) : null,
            Detail = Detail,
            CodeName = CodeName,
            SlotId = SlotId is { } slot ? new SlotId(slot) : null,
            SlotName = SlotName,
            ExpiresAt = ExpiresAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            HoursBefore = HoursBefore,
            PlacesLeft = PlacesLeft,
            LastsMinutes = LastsMinutes,
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        };
    }
}
