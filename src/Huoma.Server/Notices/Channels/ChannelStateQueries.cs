using Dapper;
using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Notices.Channels;

/// <summary>How a channel is doing.</summary>
internal sealed record ChannelState(int Waiting, int Failures, DateTimeOffset? LastSentAt, string? LastAnswer)
{
    public static ChannelState Fresh { get; } = new(0, 0, null, null);
}

/// <summary>One line of the delivery log.</summary>
/// <param name="ToldTogether">How many notices went out in the same message.</param>
/// <param name="Answer">What the platform said to the last try.</param>
[SchemaExample("""
    { "id": "3Kd9Zx7Lm0B", "noticeId": "7Hn4Wc6Pq2D", "kind": "slot-expiring", "codeName": "双十一读书会", "slotName": "一群", "status": "sent",
      "attempts": 1, "toldTogether": 1, "answer": "ok", "createdAt": "2026-11-22T04:00:00.000Z", "doneAt": "2026-11-22T04:00:03.000Z" }
    """)]
internal sealed record DeliveryResponse(
    DeliveryId Id, NoticeId NoticeId, NoticeKind Kind, string CodeName, string? SlotName, DeliveryStatus Status, int Attempts, int ToldTogether, string? Answer,
    DateTimeOffset CreatedAt, DateTimeOffset? DoneAt);

/// <summary>Reads what became of the notices that went to the tenant's channels.</summary>
internal sealed class ChannelStateQueries(Database database, CurrentTenant tenant)
{
    public async Task<IReadOnlyDictionary<NoticeChannelId, ChannelState>> OfTenantAsync(CancellationToken ct)
    {
        const string sql = """
            SELECT notice_channels.id AS ChannelId, COALESCE(states.failures, 0) AS Failures, states.last_sent_at AS LastSentAt, states.last_answer AS LastAnswer,
                (SELECT COUNT(*) FROM notice_deliveries WHERE channel_id = notice_channels.id AND status = 1) AS Waiting
            FROM notice_channels
            LEFT JOIN notice_channel_states AS states ON states.channel_id = notice_channels.id
            WHERE notice_channels.tenant_id = @TenantId
            """;
        await using var connection = await database.OpenAsync(ct);
        var rows = await connection.QueryAsync<StateRow>(new CommandDefinition(sql, new { TenantId = tenant.Id.Value }, cancellationToken: ct));
        return rows.ToDictionary(
            row => new NoticeChannelId(row.ChannelId), row => new ChannelState((int)row.Waiting, row.Failures, At(row.LastSentAt), row.LastAnswer));
    }

    public async Task<Listing<DeliveryResponse>> DeliveriesAsync(NoticeChannelId channelId, Paging paging, CancellationToken ct)
    {
        const string count = "SELECT COUNT(*) FROM notice_deliveries WHERE tenant_id = @TenantId AND channel_id = @ChannelId";
        const string sql = """
            SELECT deliveries.id AS Id, notices.id AS NoticeId, notices.kind AS Kind, notices.code_name AS CodeName, notices.slot_name AS SlotName,
                deliveries.status AS Status, deliveries.attempts AS Attempts, deliveries.told_together AS ToldTogether, deliveries.answer AS Answer,
                deliveries.created_at AS CreatedAt, deliveries.done_at AS DoneAt
            FROM notice_deliveries AS deliveries
            JOIN notices ON notices.id = deliveries.notice_id
            WHERE deliveries.tenant_id = @TenantId AND deliveries.channel_id = @ChannelId
            ORDER BY deliveries.created_at DESC, deliveries.id
            LIMIT @Size OFFSET @Skip
            """;
        await using var connection = await database.OpenAsync(ct);
        var parameters = new { TenantId = tenant.Id.Value, ChannelId = channelId.Value, paging.Size, paging.Skip };
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition(count, parameters, cancellationToken: ct));
        var rows = await connection.QueryAsync<DeliveryRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return new Listing<DeliveryResponse>([.. rows.Select(Describe)], (int)total, paging.Number, paging.Size);
    }

    private static DeliveryResponse Describe(DeliveryRow row) => new(
        new DeliveryId(row.Id), new NoticeId(row.NoticeId), (NoticeKind)row.Kind, row.CodeName, row.SlotName, (DeliveryStatus)row.Status, row.Attempts,
        row.ToldTogether, row.Answer, DateTimeOffset.FromUnixTimeMilliseconds(row.CreatedAt), At(row.DoneAt));

    private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private sealed record StateRow
    {
        public long ChannelId { get; init; }

        public int Failures { get; init; }

        public long? LastSentAt { get; init; }

        public string? LastAnswer { get; init; }

        public long Waiting { get; init; }
    }

    private sealed record DeliveryRow
    {
        public long Id { get; init; }

        public long NoticeId { get; init; }

        public int Kind { get; init; }

        public string CodeName { get; init; } = "";

        public string? SlotName { get; init; }

        public int Status { get; init; }

        public int Attempts { get; init; }

        public int ToldTogether { get; init; }

        public string? Answer { get; init; }

        public long CreatedAt { get; init; }

        public long? DoneAt { get; init; }
    }
}
