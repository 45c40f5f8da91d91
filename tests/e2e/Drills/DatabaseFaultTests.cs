using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>PostgreSQL goes away under load, once in good order and once by kill -9, and comes back; the server stays.</summary>
[Collection(Drill.Name)]
public sealed class DatabaseFaultTests
{
    private static readonly int Visits = Drill.IsLong ? 10_000 : 1_000;
    private static readonly int Rounds = Drill.IsLong ? 3 : 1;

    [Fact]
    public async Task Visits_GoOnWhereTheyWere_WhenTheDatabaseComesBack()
    {
        await using var postgres = await DrillPostgres.CreateAsync();
        await using var server = await Drill.StartAsync(Store.Postgres, new KeyValuePair<string, string>("ConnectionStrings__Postgres", postgres.ConnectionString));
        var (code, rotation) = await Drill.CreateCodeAsync(server, Drill.IsLong ? 100 : 25);
        var ledger = new Ledger();
        var crowd = Crowd.Start(code.Text("key"), ledger, new Habits(), server.Address);

        var slowest = TimeSpan.Zero;
        for (var round = 0; round < Rounds * 2; round++)
        {
            await ledger.ReachesAsync(ledger.Acknowledged + Visits);
            await (round % 2 == 0 ? postgres.StopAsync() : postgres.CrashAsync());
            await ledger.RefusesAsync(100);
            var backAt = await postgres.StartAsync();
            var recovered = await ledger.RecoversAsync(backAt);
            slowest = recovered > slowest ? recovered : slowest;
        }

        await ledger.ReachesAsync(ledger.Acknowledged + Visits);
        await crowd.StopAsync();
        var stale = await UsesUpStaleConnectionsAsync(server);
        await Verdict.PassAsync(
            "database fault", server, code, ledger, rotation, slowest, $", {Rounds} restarts and {Rounds} crashes, {ledger.Refused} turned away, {stale} stale connections afterwards");
        server.IsRunning.ShouldBeTrue();
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    /// <summary>The console may meet a dead connection in the pool once each; a pool of twenty is clean after twenty good answers.</summary>
    private static async Task<int> UsesUpStaleConnectionsAsync(ServerProcess server)
    {
        using var http = server.Client();
        var (good, bad) = (0, 0);
        while (good < 20)
        {
            using var answer = await http.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
            (good, bad) = answer.IsSuccessStatusCode ? (good + 1, bad) : (0, bad + 1);
            bad.ShouldBeLessThanOrEqualTo(20);
        }

        return bad;
    }
}
