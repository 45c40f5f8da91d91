using System.Data.Common;
using Dapper;
using Huoma.Domain.Notices;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Notices.Watch;

/// <summary>Writes notices, each with its deliveries and links in one transaction: whoever is killed in between leaves all of it or nothing.</summary>
internal sealed class NoticeStore(Database database)
{
    /// <summary>A few milliseconds of SQLite's one write lock, and few enough parameters.</summary>
    private const int Step = 100;

    /// <summary>Writes what was not told before; how many that were.</summary>
    public async Task<int> TellAsync(IReadOnlyList<WatchedEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        if (events.Count == 0)
        {
            return 0;
        }

        await using var connection = await database.OpenAsync(ct);
        // In the order of their keys, so that two processes that tell the same never wait for each other in a circle.
        var fresh = new List<WatchedEvent>();
        foreach (var some in events.Chunk(Step))
        {
            fresh.AddRange(await NotToldAsync(connection, some, now, ct));
        }

        var told = 0;
        foreach (var some in fresh.OrderBy(found => found.Event.Key, StringComparer.Ordinal).Chunk(Step))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            foreach (var found in some)
            {
                told += await TellAsync(connection, transaction, found, now);
            }

            await transaction.CommitAsync(ct);
        }

        return told;
    }

    private async Task<IEnumerable<WatchedEvent>> NotToldAsync(
        DbConnection connection, IReadOnlyList<WatchedEvent> events, DateTimeOffset now, CancellationToken ct)
    {
        // A list as a parameter is not the same on both databases.
        var known = database.IsPostgres ? "SELECT event_key FROM notices WHERE event_key = ANY(@Keys)" : "SELECT event_key FROM notices WHERE event_key IN @Keys";
        var keys = await connection.QueryAsync<string>(
            new CommandDefinition(known, new { Keys = events.Select(found => found.Event.Key).ToArray() }, cancellationToken: ct));
        var told = keys.ToHashSet(StringComparer.Ordinal);
        var left = events.Where(found => !told.Contains(found.Event.Key)).ToList();
        var resting = left.Where(found => NoticeRules.Rests(found.Event.Kind)).Select(found => found.LiveCodeId?.Value ?? 0).Distinct().ToArray();
        if (resting.Length == 0)
        {
            return left;
        }

        const string lately = "SELECT live_code_id AS CodeId, kind AS Kind FROM notices WHERE live_code_id IN {=Ids} AND created_at > @Since";
        var since = (now - NoticeRules.Rest).ToUnixTimeMilliseconds();
        var recent = (await connection.QueryAsync<Recent>(new CommandDefinition(lately, new { Ids = resting, Since = since }, cancellationToken: ct))).ToHashSet();
        return left.Where(found => !NoticeRules.Rests(found.Event.Kind) || !recent.Contains(new Recent { CodeId = found.LiveCodeId?.Value ?? 0, Kind = (int)found.Event.Kind }));
    }

    private static async Task<int> TellAsync(DbConnection connection, DbTransaction transaction, WatchedEvent found, DateTimeOffset now)
    {
        const string insert = """
            INSERT INTO notices (id, tenant_id, event_key, kind, live_code_id, code_name, slot_id, slot_name, image_id, expires_at, hours_before,
                places_left, lasts_minutes, urgent, created_at, robot_id, detail)
            VALUES (@Id, @TenantId, @Key, @Kind, @CodeId, @CodeName, @SlotId, @SlotName, @ImageId, @ExpiresAt, @HoursBefore,
                @PlacesLeft, @LastsMinutes, @Urgent, @Now, @RobotId, @Detail)
            ON CONFLICT (event_key) DO NOTHING
            """;
        var told = found.Event;
        var row = new
        {
            Id = NewId.Of<Notice>().Value,
            TenantId = found.TenantId.Value,
            told.Key,
            Kind = (int)told.Kind,
            CodeId = found.LiveCodeId?.Value ?? 0,
            CodeName = found.Name,
            SlotId = told.Slot?.State.Id.Value,
            found.SlotName,
            RobotId = found.RobotId?.Value,
            found.Detail,
            ImageId = told.Slot?.ImageId.Value,
            ExpiresAt = told.Slot?.State.ExpiresAt.ToUnixTimeMilliseconds(),
            told.HoursBefore,
            told.PlacesLeft,
            LastsMinutes = (int?)told.LastsFor?.TotalMinutes,
            Urgent = NoticeRules.IsUrgent(told.Kind, told.HoursBefore),
            Now = now.ToUnixTimeMilliseconds(),
        };
        if (await connection.ExecuteAsync(insert, row, transaction) == 0)
        {
            return 0;
        }

        const string channels = "SELECT id FROM notice_channels WHERE tenant_id = @TenantId AND enabled AND (kinds & @Bit) <> 0";
        var ids = (await connection.QueryAsync<long>(channels, new { row.TenantId, Bit = NoticeKinds.BitOf(told.Kind) }, transaction)).ToList();
        foreach (var channelId in ids)
        {
            await AddressAsync(connection, transaction, row.TenantId, row.Id, channelId, row.CodeId, told.Kind, row.SlotId, now);
        }

        return 1;
    }

    private static async Task AddressAsync(
        DbConnection connection, DbTransaction transaction, long tenantId, long noticeId, long channelId, long codeId, NoticeKind kind, long? slotId,
        DateTimeOffset now)
    {
        // From the table once more: a channel that was deleted a moment ago gets nothing, and breaks nothing.
        const string delivery = """
            INSERT INTO notice_deliveries (id, tenant_id, notice_id, channel_id, status, attempts, told_together, created_at)
            SELECT @Id, tenant_id, @NoticeId, id, @Waiting, 0, 0, @Now FROM notice_channels WHERE id = @ChannelId
            """;
        const string link = """
            INSERT INTO renewal_links (id, tenant_id, notice_id, delivery_id, live_code_id, slot_id, created_at, expires_at)
            VALUES (@LinkId, @TenantId, @NoticeId, @Id, @CodeId, @SlotId, @Now, @Until)
            """;
        var row = new
        {
            Id = NewId.Of<Delivery>().Value,
            LinkId = NewId.Of<RenewalLink>().Value,
            TenantId = tenantId,
            NoticeId = noticeId,
            ChannelId = channelId,
            CodeId = codeId,
            SlotId = IsAboutPicture(kind) ? slotId : null,
            Waiting = (int)DeliveryStatus.Waiting,
            Now = now.ToUnixTimeMilliseconds(),
            Until = (now + RenewalRules.LinkLifetime).ToUnixTimeMilliseconds(),
        };
        await connection.ExecuteAsync(delivery, row, transaction);

        // The others are put right in the console, not by a picture.
        if (NoticeKinds.AboutOf(kind) == NoticeAbout.Slots)
        {
            await connection.ExecuteAsync(link, row, transaction);
        }
    }

    private static bool IsAboutPicture(NoticeKind kind) => kind is NoticeKind.SlotExpired or NoticeKind.SlotExpiring;

    private sealed record Recent
    {
        public long CodeId { get; init; }

        public int Kind { get; init; }
    }
}
