using System.Diagnostics;
using System.Net;

namespace Huoma.E2E.Drills;

/// <summary>SQLite's disk is full under load, and later has space again; the server stays and says so.</summary>
[Collection(Drill.Name)]
public sealed class DiskFullTests
{
    private static readonly int Visits = Drill.IsLong ? 5_000 : 1_500;
    private static readonly int Rounds = Drill.IsLong ? 3 : 1;

    [Fact]
    public async Task Visits_GoOnWhereTheyWere_WhenThereIsSpaceAgain()
    {
        await using var disk = await SmallDisk.TryMountAsync(Drill.IsLong ? "64m" : "24m");
        Assert.SkipWhen(disk is null, "Mounting a small disk is not allowed here (it takes root and CAP_SYS_ADMIN).");
        await using var server = await Drill.StartAsync(Store.Sqlite, new KeyValuePair<string, string>("Huoma__DataDirectory", Path.Combine(disk.Folder, "data")));
        var (code, rotation) = await Drill.CreateCodeAsync(server, Drill.IsLong ? 60 : 40);
        var ledger = new Ledger();
        var crowd = Crowd.Start(code.Text("key"), ledger, new Habits(), server.Address);
        using var http = server.Client();

        var slowest = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            await ledger.ReachesAsync(ledger.Acknowledged + Visits);
            await disk.FillAsync();
            await ledger.RefusesAsync(200);
            (await http.GetAsync("/healthz/live", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
            var freedAt = Stopwatch.GetTimestamp();
            disk.Free();
            var recovered = await ledger.RecoversAsync(freedAt);
            slowest = recovered > slowest ? recovered : slowest;
        }

        await ledger.ReachesAsync(ledger.Acknowledged + Visits);
        await crowd.StopAsync();
        server.IsRunning.ShouldBeTrue();
        await Verdict.PassAsync("disk full", server, code, ledger, rotation, slowest, $", {Rounds} times full, {ledger.Refused} turned away");
        await KillStormTests.ShouldBeSound(server);
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
