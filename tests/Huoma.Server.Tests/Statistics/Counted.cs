using System.Globalization;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Statistics.Counting;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Statistics;

/// <summary>A row of visit_counts, as the visits' side writes it.</summary>
internal sealed record CountRow(string Code, DateTimeOffset Hour, long Channel = 0, long Slot = 0, int Round = 1)
{
    public int Scans { get; init; }

    public int Visitors { get; init; }

    public int NewVisitors { get; init; }

    public int Presses { get; init; }

    public int PressVisitors { get; init; }

    public int Ios { get; init; }

    public int Android { get; init; }

    public int WeCom { get; init; }
}

/// <summary>Puts totals of hours, and channels, into the store: what the visits' and the channels' side would have written.</summary>
internal static class Counted
{
    public static async Task CountAsync(this HuomaApp app, TenantId tenant, params IReadOnlyCollection<CountRow> rows)
    {
        const string sql = """
            INSERT INTO visit_counts (live_code_id, hour, channel_id, slot_id, round, node, tenant_id, scans, new_visitors, day_visitors,
                shows, new_shown, day_shown, presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers,
                entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers, scans_ios, scans_android, scans_wecom)
            VALUES (@Code, @Hour, @Channel, @Slot, @Round, 1, @Tenant, @Scans, @NewVisitors, @Visitors,
                @Scans, @NewVisitors, @Visitors, @Presses, @PressVisitors, @PressVisitors, @PressVisitors, @PressVisitors,
                @NewVisitors, @Visitors, @PressVisitors, @PressVisitors, @Ios, @Android, @WeCom)
            """;
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var row in rows)
        {
            await connection.ExecuteAsync(sql, new
            {
                Code = LiveCodeId.Parse(row.Code).Value,
                Hour = row.Hour.ToUnixTimeMilliseconds(),
                row.Channel,
                row.Slot,
                row.Round,
                Tenant = tenant.Value,
                row.Scans,
                row.Visitors,
                row.NewVisitors,
                row.Presses,
                row.PressVisitors,
                row.Ios,
                row.Android,
                row.WeCom,
            }, transaction);
        }

        await transaction.CommitAsync();
    }

    public static async Task<ChannelId> AddChannelAsync(this HuomaApp app, Desk desk, string code, string name)
    {
        const string sql = """
            INSERT INTO channels (id, tenant_id, live_code_id, key, name, remark, created_at, archived_at)
            VALUES (@Id, @Tenant, @Code, @Key, @name, '', 0, NULL)
            """;
        var id = Huoma.Server.Platform.NewId.Of<Huoma.Domain.Channels.ChannelCode>();
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, new { Id = id.Value, Tenant = desk.Tenant.Value, Code = LiveCodeId.Parse(code).Value, Key = id.ToString(), name });
        return id;
    }

    /// <summary>The job that sums up closed hours, now.</summary>
    public static Task SumUpAsync(this HuomaApp app) => app.Services.GetRequiredService<SumUpHours>().RunAsync(TestContext.Current.CancellationToken);

    public static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
