using System.Net;
using System.Text.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Channels;

/// <summary>What somebody at the console does with channels.</summary>
internal static class ChannelDesk
{
    public static async Task<IReadOnlyList<JsonElement>> CreateChannelsAsync(this Desk desk, string codeId, params string[] names)
    {
        var made = await desk.PostAsync($"codes/{codeId}/channels", names.Select(name => new { name, remark = $"备注 {name}" })).JsonAsync(HttpStatusCode.Created);
        return [.. made.At("items").EnumerateArray()];
    }

    public static Task<JsonElement> ListChannelsAsync(this Desk desk, string query = "") => desk.GetAsync("channels" + query).JsonAsync();

    /// <summary>As if so much had been counted in the hour that began at <paramref name="hour"/>, at one slot of a code.</summary>
    public static async Task CountAsync(
        this HuomaApp app, Desk desk, JsonElement channel, DateTimeOffset hour, int slot, int scans, int newVisitors, int dayVisitors, int presses, int newPressers, int dayPressers)
    {
        const string sql = """
            INSERT INTO visit_counts (live_code_id, hour, channel_id, slot_id, round, node, tenant_id, scans, new_visitors, day_visitors,
                shows, new_shown, day_shown, presses, new_pressers, day_pressers, new_code_pressers, day_code_pressers,
                entrance_new_visitors, entrance_day_visitors, entrance_new_pressers, entrance_day_pressers)
            VALUES (@Code, @Hour, @Channel, @Slot, 1, 1, @Tenant, @Scans, 0, 0, 0, 0, 0, @Presses, 0, 0, 0, 0, @NewVisitors, @DayVisitors, @NewPressers, @DayPressers)
            """;
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, new
        {
            Code = LiveCodeId.Parse(channel.Text("codeId")).Value,
            Hour = hour.ToUnixTimeMilliseconds(),
            Channel = ChannelId.Parse(channel.Id()).Value,
            Slot = slot,
            Tenant = desk.Tenant.Value,
            Scans = scans,
            Presses = presses,
            NewVisitors = newVisitors,
            DayVisitors = dayVisitors,
            NewPressers = newPressers,
            DayPressers = dayPressers,
        });
    }
}
