using System.Collections.Concurrent;
using System.Net;
using Huoma.E2E.Hosting;

namespace Huoma.E2E;

/// <summary>kill -9 under load: what was answered is stored.</summary>
public sealed class CrashTests
{
    private const int Together = 48;
    private const int Rounds = 3;

    [Theory, BothStores]
    public async Task Kill_LosesNothingThatWasAnswered(Store store)
    {
        await using var server = await ServerProcess.StartAsync(store);
        var console = await server.SignInAsync();
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 200, 500, 500, 500, 500, 500, 500, 500);
        var ledger = new Ledger();

        for (var round = 0; round < Rounds; round++)
        {
            await CrowdAsync(server, code.Text("key"), ledger);
            await server.StartAsync();
        }

        var counts = await console.CountsAsync(code);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{store}: answered {ledger.Scans} scans and {ledger.Presses} presses, stored {counts.Number("scans")} and {counts.Number("presses")}");
        ledger.Scans.ShouldBeGreaterThan(300);

        // More may be stored than was answered: committed, but the answer had no time to leave. Less never.
        counts.Number("scans").ShouldBeInRange(ledger.Scans, ledger.Scans + ledger.Unanswered);
        counts.Number("presses").ShouldBeInRange(ledger.Presses, ledger.Presses + ledger.Unanswered);
        counts.Number("pressVisitors").ShouldBe(counts.Number("presses"));
        (await console.SlotsAsync(code)).Sum(slot => slot.Number("pressVisitors")).ShouldBe(counts.Number("presses"));
        await ShouldKnowEveryBinding(code.Text("key"), ledger);
    }

    /// <summary>Visitors scan and press, each once, until the server is killed in the middle of it.</summary>
    private static async Task CrowdAsync(ServerProcess server, string key, Ledger ledger)
    {
        var enough = new TaskCompletionSource();
        var before = ledger.Scans;
        var crowd = Enumerable.Range(0, Together).Select(async _ =>
        {
            while (await VisitAsync(server, key, ledger))
            {
                if (ledger.Scans - before > 250)
                {
                    enough.TrySetResult();
                }
            }
        }).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromMinutes(2));
        await server.KillAsync();
        await Task.WhenAll(crowd);
    }

    private static async Task<bool> VisitAsync(ServerProcess server, string key, Ledger ledger)
    {
        var phone = new Phone(server.Client());
        try
        {
            var page = await phone.ScanAsync(key);
            if (page.Status != HttpStatusCode.OK)
            {
                return page.Status == HttpStatusCode.ServiceUnavailable;
            }

            ledger.Scanned(phone, page.Slot);
            if (await phone.PressAsync(key, page) == HttpStatusCode.NoContent)
            {
                ledger.Pressed();
            }

            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            ledger.Broke();
            return false;
        }
    }

    private static async Task ShouldKnowEveryBinding(string key, Ledger ledger)
    {
        foreach (var (phone, slot) in ledger.Shown.Take(60))
        {
            (await phone.ScanAsync(key)).Slot.ShouldBe(slot);
        }

    }

    /// <summary>What the visitors were told, written down before they act on it.</summary>
    private sealed class Ledger
    {
        private int presses;
        private int unanswered;

        public ConcurrentQueue<(Phone Phone, string Slot)> Shown { get; } = new();

        public int Scans => Shown.Count;

        public int Presses => presses;

        public int Unanswered => unanswered;

        public void Scanned(Phone phone, string slot) => Shown.Enqueue((phone, slot));

        public void Pressed() => Interlocked.Increment(ref presses);

        public void Broke() => Interlocked.Increment(ref unanswered);
    }
}
