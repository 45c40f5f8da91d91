using Dapper;
using Huoma.Domain.Notices;
using Huoma.Server.Accounts;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Notices.Inbox;

/// <summary>A notice as the console shows it.</summary>
/// <param name="About">Where it is put right.</param>
/// <param name="CodeName">Of the code or the robot; empty when it is about neither.</param>
/// <param name="SlotName">Of the slot, or of the group.</param>
/// <param name="Detail">Why, in Chinese.</param>
/// <param name="LastsMinutes">So long the places last at the pace of that moment; null when nobody can tell.</param>
/// <param name="Forecast">The same in words: 按当前速度约 N 小时后用完.</param>
/// <param name="RenewedAt">When somebody put it right through a 续码链接.</param>
[SchemaExample("""
    { "id": "7Hn4Wc6Pq2D", "kind": "slot-expiring", "urgent": false, "title": "群二维码 24 小时内过期", "consequence": "过期后不再展示给访客", "action": "上传新的群二维码截图",
      "about": "slots", "codeId": "2Qk9Zx7Lm0B", "codeName": "双十一读书会", "slotId": "5Vd1Rt8Ys3K", "slotName": "一群", "robotId": null, "detail": null, "expiresAt": "2026-11-23T04:00:00.000Z", "hoursBefore": 24,
      "placesLeft": null, "lastsMinutes": null, "forecast": null, "read": false, "renewedAt": null, "createdAt": "2026-11-22T04:00:00.000Z" }
    """)]
internal sealed record NoticeResponse(
    NoticeId Id, NoticeKind Kind, bool Urgent, string Title, string Consequence, string Action, NoticeAbout About, LiveCodeId? CodeId, string CodeName, SlotId? SlotId,
    string? SlotName, RobotId? RobotId, string? Detail,
    DateTimeOffset? ExpiresAt, int? HoursBefore, long? PlacesLeft, int? LastsMinutes, string? Forecast, bool Read, DateTimeOffset? RenewedAt, DateTimeOffset CreatedAt);

/// <summary>One page of notices, and how many of all the signed-in user has not read.</summary>
internal sealed record NoticeListing(IReadOnlyList<NoticeResponse> Items, int Total, int Page, int PageSize, int Unread);

/// <summary>Which notices are asked for.</summary>
internal readonly record struct NoticeFilter(NoticeKind? Kind, LiveCodeId? LiveCodeId, bool UnreadOnly);

/// <summary>Reads the notices of the tenant as the signed-in user sees them.</summary>
internal sealed class NoticeQueries(Database database, CurrentTenant tenant, CurrentUser user, TimeProvider time)
{
    /// <summary>Older ones count as read, whoever has not looked: the badge is about what can still be put right.</summary>
    private static readonly TimeSpan UnreadFor = TimeSpan.FromDays(30);

    private const string IsUnread = """
        notices.created_at > @UnreadSince AND NOT EXISTS (SELECT 1 FROM notice_reads WHERE notice_reads.user_id = @UserId AND notice_reads.notice_id = notices.id)
        """;

    public async Task<NoticeListing> ListAsync(NoticeFilter filter, Paging paging, CancellationToken ct)
    {
        var where = "notices.tenant_id = @TenantId"
            + (filter.Kind is null ? "" : " AND notices.kind = @Kind")
            + (filter.LiveCodeId is null ? "" : " AND notices.live_code_id = @CodeId")
            + (filter.UnreadOnly ? $" AND {IsUnread}" : "");
        var sql = $"""
            SELECT notices.id AS Id, kind AS Kind, live_code_id AS CodeId, code_name AS CodeName, slot_id AS SlotId, slot_name AS SlotName, expires_at AS ExpiresAt,
                hours_before AS HoursBefore, places_left AS PlacesLeft, lasts_minutes AS LastsMinutes, created_at AS CreatedAt, robot_id AS RobotId, detail AS Detail,
                CASE WHEN {IsUnread} THEN 1 ELSE 0 END AS Unread,
                (SELECT MAX(used_at) FROM renewal_links WHERE renewal_links.notice_id = notices.id) AS RenewedAt
            FROM notices
            WHERE {where}
            ORDER BY notices.created_at DESC, notices.kind, notices.id
            LIMIT @Size OFFSET @Skip
            """;
        var parameters = new
        {
            TenantId = tenant.Id.Value,
            UserId = user.Id.Value,
            Kind = (int?)filter.Kind,
            CodeId = filter.LiveCodeId?.Value,
            UnreadSince = (time.GetUtcNow() - UnreadFor).ToUnixTimeMilliseconds(),
            paging.Size,
            paging.Skip,
        };
        await using var connection = await database.OpenAsync(ct);
        var total = await connection.ExecuteScalarAsync<long>(new CommandDefinition($"SELECT COUNT(*) FROM notices WHERE {where}", parameters, cancellationToken: ct));
        var unread = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition($"SELECT COUNT(*) FROM notices WHERE notices.tenant_id = @TenantId AND {IsUnread}", parameters, cancellationToken: ct));
        var rows = await connection.QueryAsync<NoticeRow>(new CommandDefinition(sql, parameters, cancellationToken: ct));
        return new NoticeListing([.. rows.Select(row => row.Describe())], (int)total, paging.Number, paging.Size, (int)unread);
    }

    private sealed record NoticeRow
    {
        public long Id { get; init; }

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

        public int Unread { get; init; }

        public long? RobotId { get; init; }

        public string? Detail { get; init; }

        public long? RenewedAt { get; init; }

        public NoticeResponse Describe()
        {
            var notice = new Notice
            {
                Id = new NoticeId(Id),
                Kind = (NoticeKind)Kind,
                LiveCodeId = CodeId == 0 ? null : new LiveCodeId(CodeId),
                RobotId = RobotId is { } robot ? new RobotId(robot) : null,
                Detail = Detail,
                CodeName = CodeName,
                SlotId = SlotId is { } slot ? new SlotId(slot) : null,
                SlotName = SlotName,
                ExpiresAt = At(ExpiresAt),
                HoursBefore = HoursBefore,
                PlacesLeft = PlacesLeft,
                LastsMinutes = LastsMinutes,
                CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
            };
            var text = NoticeTexts.Of(notice);
            return new NoticeResponse(
                notice.Id, notice.Kind, notice.IsUrgent, text.Title, text.Consequence, text.Action, notice.About, notice.LiveCodeId, CodeName, notice.SlotId, SlotName,
                notice.RobotId, Detail,
                notice.ExpiresAt, HoursBefore, PlacesLeft, LastsMinutes, NoticeTexts.Forecast(LastsMinutes), Unread == 0, At(RenewedAt), notice.CreatedAt);
        }

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
