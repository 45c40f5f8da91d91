using System.Diagnostics;
using Dapper;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>kill -9 under load, again and again: what was answered is stored, once.</summary>
[Collection(Drill.Name)]
public sealed class KillStormTests
{
    private static readonly int Rounds = Drill.IsLong ? 12 : 2;
    private static readonly int Visits = Drill.IsLong ? 100_000 : 3_000;

    [Theory, BothStores]
    public async Task Kill_LosesNothingThatWasAnswered(Store store)
    {
        await using var server = await Drill.StartAsync(store);
        var (code, rotation) = await Drill.CreateCodeAsync(server, Drill.IsLong ? 120 : 20);
        var ledger = new Ledger();
        var crowd = Crowd.Start(code.Text("key"), ledger, new Habits(), server.Address);

        var slowest = TimeSpan.Zero;
        for (var round = 1; round <= Rounds; round++)
        {
            await ledger.ReachesAsync(Visits * round / (Rounds + 1));
            var killedAt = Stopwatch.GetTimestamp();
            await server.KillAsync();
            await server.StartAsync();
            var recovered = await ledger.RecoversAsync(killedAt);
            slowest = recovered > slowest ? recovered : slowest;
        }

        await ledger.ReachesAsync(Visits);
        await crowd.StopAsync();
        await Verdict.PassAsync("kill storm", server, code, ledger, rotation, slowest, $" (start included), {Rounds} kills");
        await ShouldBeSound(server);
    }

    internal static async Task ShouldBeSound(ServerProcess server)
    {
        if (server.Store == Store.Sqlite)
        {
            await using var connection = await server.OpenStoreAsync();
            (await connection.QueryAsync<string>("PRAGMA integrity_check")).ShouldBe(["ok"]);
        }
    }
}
