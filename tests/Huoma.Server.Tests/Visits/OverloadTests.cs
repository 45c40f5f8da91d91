using System.Data.Common;
using System.Net;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Huoma.Server.Tests.Visits;

/// <summary>The store takes no visits for a while: nobody waits for ever, nobody is counted, and who has a group still sees it.</summary>
public sealed class OverloadTests
{
    private static readonly Dictionary<string, string?> Impatient = new(StringComparer.Ordinal) { ["Huoma:Visits:MaxWaitMilliseconds"] = "200" };

    [Theory, BothStores]
    public async Task Visitors_AreToldToComeBack_ExceptWhoHasAGroup(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Impatient);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 1, 100);
        var key = code.Text("key");
        var known = new Phone(app.Visitor());
        var page = await known.ScanAsync(key);
        page.Slot.ShouldBe(slots[0]);
        (await known.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);

        await using (await LockAsync(app, store))
        {
            var again = await known.ScanAsync(key);
            (again.Status, again.State, again.Slot).ShouldBe((HttpStatusCode.OK, "qr", slots[0]));
            again.Answer.Headers.GetValues("Huoma-Uncounted").ShouldBe(["1"]);
            var stranger = await new Phone(app.Visitor()).ScanAsync(key);
            (stranger.Status, stranger.State).ShouldBe((HttpStatusCode.ServiceUnavailable, "busy"));
            stranger.Answer.Headers.RetryAfter.ShouldNotBeNull();
            (await known.PressAsync(key, page)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        var after = new Phone(app.Visitor());
        (await UntilCountedAsync(after, key)).Slot.ShouldBe(slots[1]);
        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses")).ShouldBe((2, 2, 1));
    }

    [Theory, BothStores]
    public async Task Newcomer_IsNotCounted_WhenHeWasToldToComeBack(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Impatient);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var key = code.Text("key");
        (await new Phone(app.Visitor()).ScanAsync(key)).Status.ShouldBe(HttpStatusCode.OK);
        await using (await LockAsync(app, store))
        {
            (await new Phone(app.Visitor()).ScanAsync(key)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        (await UntilCountedAsync(new Phone(app.Visitor()), key)).Status.ShouldBe(HttpStatusCode.OK);
        (await console.CountsAsync(code)).Number("scans").ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task Overload_ShowsNoQr_ThatHasExpiredOrWasSwitchedOff(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, Impatient);
        var console = new Operator(await app.SignInAsync());
        var code = await console.CreateCodeAsync();
        await console.AddSlotAsync(code.Id(), expiresAt: app.Clock.GetUtcNow().AddHours(1));
        var known = new Phone(app.Visitor());
        (await known.ScanAsync(code.Text("key"))).State.ShouldBe("qr");
        app.Clock.Set(app.Clock.GetUtcNow().AddHours(1));

        await using (await LockAsync(app, store))
        {
            (await known.ScanAsync(code.Text("key"))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
    }

    /// <summary>Nothing can be written until it is disposed of.</summary>
    private static async Task<DbConnection> LockAsync(HuomaApp app, Store store)
    {
        var database = app.Services.GetRequiredService<Database>();

        // Not from the pool of SQLite's: it would go back there with its transaction open, and lock everybody out until it is used again.
        DbConnection connection = store == Store.Postgres
            ? new NpgsqlConnection(database.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(store == Store.Postgres ? "BEGIN; LOCK TABLE commit_ledger IN ACCESS EXCLUSIVE MODE" : "BEGIN IMMEDIATE");
        return connection;
    }

    private static async Task<SeenPage> UntilCountedAsync(Phone phone, string key)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var page = await phone.ScanAsync(key);
            if (page.Status == HttpStatusCode.OK || deadline.Elapsed > TimeSpan.FromSeconds(20))
            {
                return page;
            }
        }
    }
}
