using System.Diagnostics;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>Many new visitors at once on slots that fill up, on one process or three, while an operator edits the slots to come.</summary>
[Collection(Drill.Name)]
public sealed class SlotRaceTests
{
    private const int Slots = 7;

    /// <summary>The first ones, which nobody edits.</summary>
    private const int Unedited = 3;

    private static readonly int Threshold = Drill.IsLong ? 100 : 40;

    [Theory, BothStores]
    public async Task Slots_FillUpOneAfterTheOther_WhenEverybodyComesAtOnce(Store store)
    {
        await using var server = await Drill.StartAsync(store);
        var console = await server.SignInAsync();
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, [.. Enumerable.Repeat(Threshold, Slots)]);
        var ledger = new Ledger();
        await using var others = new Others();
        if (store == Store.Postgres)
        {
            await others.StartAsync(server);
            await others.StartAsync(server);
        }

        var began = Stopwatch.GetTimestamp();
        var habits = new Habits { Together = 96, Visitors = Threshold * Slots * 2 };
        var crowd = Crowd.Start(code.Text("key"), ledger, habits, [server.Address, .. others.Addresses]);
        await Drill.WaitAsync(() => ledger.Presses.Any(press => press.Slot == slots[0]), "the first slot pressed");
        await EditAsync(console, code.Id(), slots);
        var edited = ledger.Scans.Max(scan => scan.Slot.Length == 0 ? 0 : slots.Index().First(slot => slot.Item == scan.Slot).Index);
        await crowd.EndsAsync();

        var rotation = new Rotation([.. slots.Take(Unedited)], [.. Enumerable.Repeat(Threshold, Unedited)]);
        var verdict = await Verdict.PassAsync(
            "slot race", server, code, ledger, rotation, TimeSpan.Zero, $", {1 + others.Addresses.Count} processes, edited while slot {edited + 1} of {Slots} was served");
        verdict.Untold.ShouldBe(0);
        foreach (var slot in await console.SlotsAsync(code))
        {
            slot.Number("pressVisitors").ShouldBeGreaterThanOrEqualTo(slot.Number("threshold"), "everybody was served and some went without");
        }
    }

    /// <summary>Another threshold, off and on, another order, another picture: on the slots behind the unedited ones.</summary>
    private static async Task EditAsync(Operator console, string code, IReadOnlyList<string> slots)
    {
        await console.PatchAsync($"slots/{slots[^1]}", new { enabled = false });
        await console.PatchAsync($"slots/{slots[^2]}", new { threshold = Threshold / 2 });
        await console.SendAsync(HttpMethod.Put, $"codes/{code}/slots/order", new { ids = slots.SkipLast(2).Append(slots[^1]).Append(slots[^2]) });
        var image = (await console.UploadAsync(Pictures.Groups[1])).Id();
        await console.SendAsync(HttpMethod.Put, $"slots/{slots[^3]}/image", new { imageId = image, newGroup = false });
        await console.PatchAsync($"slots/{slots[^1]}", new { enabled = true });
    }

    /// <summary>More processes on the same database.</summary>
    private sealed class Others : IAsyncDisposable
    {
        private readonly List<ServerProcess> servers = [];

        public IReadOnlyList<Uri> Addresses => [.. servers.Select(server => server.Address)];

        public async Task StartAsync(ServerProcess first) => servers.Add(await first.StartAnotherAsync());

        public async ValueTask DisposeAsync()
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }
    }
}
