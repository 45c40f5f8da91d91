using System.Globalization;

namespace Huoma.E2E.Drills;

/// <summary>SIGTERM under load: what was taken in is finished and answered, then the server ends.</summary>
[Collection(Drill.Name)]
public sealed class ShutdownTests
{
    private static readonly int Visits = Drill.IsLong ? 5_000 : 1_000;
    private static readonly int Rounds = Drill.IsLong ? 5 : 1;

    [Theory, BothStores]
    public async Task Terminate_AnswersEverybodyWhoIsInside_BeforeItEnds(Store store)
    {
        await using var server = await Drill.StartAsync(store);
        var (code, rotation) = await Drill.CreateCodeAsync(server, Drill.IsLong ? 60 : 12);
        var ledger = new Ledger();
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < Rounds; round++)
        {
            var crowd = Crowd.Start(code.Text("key"), ledger, new Habits(), server.Address);
            await ledger.ReachesAsync(ledger.Acknowledged + Visits);
            var (exitCode, took) = await server.StopAsync();
            await crowd.StopAsync();
            exitCode.ShouldBe(0);
            slowest = took > slowest ? took : slowest;
            await server.StartAsync();
        }

        var unanswered = ledger.Scans.Concat(ledger.Presses).Count(entry => entry.Reply.Status == Reply.Unanswered);
        var drained = string.Create(CultureInfo.InvariantCulture, $" (drained and ended), {Rounds} times, {unanswered} lines closed without an answer");
        var verdict = await Verdict.PassAsync("shutdown", server, code, ledger, rotation, slowest, drained);

        // A line may close just when a visitor speaks again; but then nothing of him is stored.
        verdict.Untold.ShouldBe(0);
        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
