using System.Diagnostics;
using Huoma.E2E.Hosting;

namespace Huoma.E2E.Drills;

/// <summary>Many new visitors at once on slots that fill up, on one process or three, while an operator edits the slots to come.</summary>
[Collection(Drill.Name)]
public sealed class SlotRaceTests
{
    /// <summary>The first ones, which nobody edits; the last of them is a large one, so that the edits are done before the others have their turn.</summary>
    private const int Unedited = 4;

    private static readonly int Threshold = Drill.IsLong ? 100 : 40;
    private static readonly int[] Thresholds = [Threshold, Threshold, Threshold, 500, Threshold, Threshold, Threshold];

    [Theory, BothStores]
    public async Task Slots_FillUpOneAfterTheOther_WhenEverybodyComesAtOnce(Store store)
    {
        await using var server = await Drill.StartAsync(store);
        var console = await server.SignInAsync();
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, Thresholds);
        var image = (await console.UploadAsync(Pictures.Groups[1])).Id();
        var ledger = new Ledger();
        await using var others = new Others();
        if (store == Store.Postgres)
        {
            await others.StartAsync(server);
            await others.StartAsync(server);
        }

        var crowd = Crowd.Start(code.Text("key"), ledger, new Habits { Together = 96 }, [server.Address, .. others.Addresses]);
        await Drill.WaitAsync(() => ledger.Presses.Any(press => press.Slot == slots[0]), "the first slot pressed");
        await EditAsync(console, code.Id(), slots, image);
        var editedAt = Stopwatch.GetTimestamp();
        var edited = ledger.Scans.Select(scan => scan.Slot).Distinct().Count(slot => slot.Length > 0);
        await Drill.WaitAsync(() => ledger.Scans.Any(scan => scan.Reply.State == "off-duty" && scan.SentAt > editedAt), "all slots full");
        await crowd.StopAsync();

        var rotation = new Rotation([.. slots.Take(Unedited)], [.. Thresholds.Take(Unedited)]);
        var verdict = await Verdict.PassAsync(
            "slot race", server, code, ledger, rotation, TimeSpan.Zero, $", {1 + others.Addresses.Count} processes, edited while slot {edited} of {slots.Count} was served");
        verdict.Untold.ShouldBe(0);
        foreach (var slot in await console.SlotsAsync(code))
        {
            slot.Number("pressVisitors").ShouldBeGreaterThanOrEqualTo(slot.Number("threshold"), "everybody was served and some went without");
        }
    }

    /// <summary>Another threshold, off and on, another order, another picture: on the slots behind the unedited ones.</summary>
    private static async Task EditAsync(Operator console, string code, IReadOnlyList<string> slots, string image)
    {
        await console.PatchAsync($"slots/{slots[^1]}", new { enabled = false });
        await console.PatchAsync($"slots/{slots[^2]}", new { threshold = Threshold / 2 });
        await console.SendAsync(HttpMethod.Put, $"codes/{code}/slots/order", new { ids = slots.SkipLast(2).Append(slots[^1]).Append(slots[^2]) });
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
