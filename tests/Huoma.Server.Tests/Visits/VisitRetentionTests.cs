using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Visits;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Visits;

/// <summary>Old lines of the log go, figures and bindings stay.</summary>
public sealed class VisitRetentionTests
{
    [Theory, BothStores]
    public async Task Retention_DeletesTheLinesOnly(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:Visits:KeepDays"] = "3" });
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateCodeAsync();
        var slot = await console.AddSlotAsync(code.Id(), expiresAt: app.Clock.GetUtcNow().AddDays(30));
        var key = code.Text("key");
        var old = new Phone(app.Visitor());
        for (var visit = 0; visit < 3; visit++)
        {
            await old.PressAsync(key, await old.ScanAsync(key));
        }

        app.Clock.Set(app.Clock.GetUtcNow().AddDays(3).AddMinutes(1));
        var young = new Phone(app.Visitor());
        await young.PressAsync(key, await young.ScanAsync(key));
        await app.Services.GetRequiredService<VisitRetention>().RunAsync(TestContext.Current.CancellationToken);

        (await LinesAsync(app)).ShouldBe((1, 1));
        (await old.ScanAsync(key)).Slot.ShouldBe(slot);
        var counts = await new Operator(await app.SignInAsync()).CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((5, 2, 4, 2));
    }

    [Theory, BothStores]
    public async Task Retention_GoesOn_WhenThereIsMoreThanOneStep(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?>(StringComparer.Ordinal) { ["Huoma:Visits:KeepDays"] = "30" });
        await using (var connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken))
        {
            await connection.ExecuteAsync(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2500)
                INSERT INTO visits (tenant_id, live_code_id, visitor_id, channel_id, slot_id, round, kind, client, reason, at) SELECT 1, 1, n, 0, 0, 0, 1, 0, 13, n FROM numbers
                """);
            await connection.ExecuteAsync(
                """
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 2500)
                INSERT INTO presses (visitor_id, press_id, tenant_id, live_code_id, slot_id, round, channel_id, at) SELECT n / 3, -n, 1, 1, 1, 1, 0, n FROM numbers
                """);
        }

        await app.Services.GetRequiredService<VisitRetention>().RunAsync(TestContext.Current.CancellationToken);

        (await LinesAsync(app)).ShouldBe((0, 0));
    }

    private static async Task<(long Visits, long Presses)> LinesAsync(HuomaApp app)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        return (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM visits"), await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM presses"));
    }
}
