using System.Net;
using System.Text.Json;
using Dapper;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>按展示人数上限 and 座位租约 at the console (U4).</summary>
public sealed class SeatApiTests
{
    private const string Off = """{"cap":null,"leaseMinutes":null}""";

    [Theory]
    [BothStores]
    public async Task Create_HasNoCap_UnlessAsked(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);

        var plain = await desk.CreateCodeAsync();
        var capped = await desk.PostAsync("codes", new { kind = "group", name = "限", remark = "注", seats = new { cap = 150, leaseMinutes = 5 } })
            .JsonAsync(HttpStatusCode.Created);

        plain.At("seats").ToString().ShouldBe(Off);
        capped.At("seats").ToString().ShouldBe("""{"cap":150,"leaseMinutes":5}""");
        (await desk.CodeAsync(capped.Text("id"))).At("seats").ToString().ShouldBe("""{"cap":150,"leaseMinutes":5}""");
        (await desk.GetAsync("codes?q=限").JsonAsync()).At("items")[0].Number("seats.cap").ShouldBe(150);
    }

    [Theory]
    [BothStores]
    public async Task Edit_ChangesTheSeatsThatAreSent_AndNothingElse(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var path = $"codes/{(await desk.CreateCodeAsync()).Text("id")}";

        await ShouldBecomeAsync(new { seats = new { cap = 100 } }, """{"cap":100,"leaseMinutes":null}""");
        await ShouldBecomeAsync(new { seats = new { leaseMinutes = 3 } }, """{"cap":100,"leaseMinutes":3}""");
        await ShouldBecomeAsync(new { name = "改名" }, """{"cap":100,"leaseMinutes":3}""");
        await ShouldBecomeAsync(new { seats = new { cap = 500 } }, """{"cap":500,"leaseMinutes":3}""");
        await ShouldBecomeAsync(new { seats = new { leaseMinutes = (int?)null } }, """{"cap":500,"leaseMinutes":null}""");
        await ShouldBecomeAsync(new { seats = new { cap = 1, leaseMinutes = 60 } }, """{"cap":1,"leaseMinutes":60}""");
        await ShouldBecomeAsync(new { seats = new { cap = (int?)null } }, Off);
        await ShouldBecomeAsync(new { seats = new { } }, Off);

        async Task ShouldBecomeAsync(object change, string seats) => (await desk.PatchAsync(path, change).JsonAsync()).At("seats").ToString().ShouldBe(seats);
    }

    [Theory]
    [InlineData(0, null, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(-1, null, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(501, 5, "live-code.seat-cap-out-of-range", "seats.cap")]
    [InlineData(100, 0, "live-code.lease-out-of-range", "seats.leaseMinutes")]
    [InlineData(100, 61, "live-code.lease-out-of-range", "seats.leaseMinutes")]
    [InlineData(null, 5, "live-code.lease-without-cap", "seats.leaseMinutes")]
    public async Task Seats_AreRefused_WhenTheyCanNotBeCarriedOut(int? cap, int? leaseMinutes, string code, string field)
    {
        foreach (var store in (Store[])[Store.Sqlite, Store.Postgres])
        {
            await using var app = await HuomaApp.StartAsync(store);
            var desk = await Desk.OpenAsync(app);
            var made = await desk.CreateCodeAsync();
            var seats = new { cap, leaseMinutes };

            await desk.PostAsync("codes", new { kind = "group", name = "x", remark = "y", seats }).ProblemAsync(HttpStatusCode.Conflict, code, field);
            await desk.PatchAsync($"codes/{made.Text("id")}", new { name = "改名", seats }).ProblemAsync(HttpStatusCode.Conflict, code, field);

            (await desk.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(1);
            (await desk.CodeAsync(made.Text("id"))).ToString().ShouldBe(made.ToString());
        }
    }

    [Theory]
    [BothStores]
    public async Task Slots_TellTheSeatsTaken_AndAreFullByThem(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var first = await desk.AddSlotAsync(id, "一群");
        var second = await desk.AddSlotAsync(id, "二群");
        await desk.CountAsync(first, app.Clock.GetUtcNow().AddDays(-1), scans: 9, visitors: 6, presses: 3, pressVisitors: 2);
        await desk.CountAsync(first, app.Clock.GetUtcNow(), scans: 5, visitors: 4);
        (await desk.SlotsAsync(id))[0].IsNull("seatsTaken").ShouldBeTrue();

        await desk.PatchAsync($"codes/{id}", new { seats = new { cap = 10 } }).JsonAsync();

        // Not counted yet: everybody who saw it.
        (await SeatsAsync(desk, id)).ShouldBe([(10, "full"), (0, "serving")]);
        (await desk.CodeAsync(id)).Number("counts.usableSlots").ShouldBe(1);
        (await WarningsAsync(desk)).ShouldBeEmpty();

        // Less one whose seat went back.
        await LeaseAsync(app, desk, first, (9, null));
        (await SeatsAsync(desk, id)).ShouldBe([(9, "serving"), (0, "waiting")]);

        // Counted, with two seats whose leases have run out by now; each of the ways the console counts sees that.
        await CountSeatsAsync(app, first, taken: 10);
        await CountSeatsAsync(app, second, taken: 10);
        (await WarningsAsync(desk)).ShouldBe(["code-exhausted"]);
        await LeaseAsync(app, desk, first, (1, -1), (2, 0), (3, 1));
        (await SeatsAsync(desk, id)).ShouldBe([(10, "full"), (10, "full")]);
        await desk.PatchAsync($"codes/{id}", new { seats = new { leaseMinutes = 5 } }).JsonAsync();
        (await SeatsAsync(desk, id)).ShouldBe([(8, "serving"), (10, "full")]);
        (await desk.GetAsync("codes").JsonAsync()).At("items")[0].Number("counts.usableSlots").ShouldBe(1);
        (await WarningsAsync(desk)).ShouldBe(["code-running-out"]);

        await desk.PatchAsync($"codes/{id}", new { seats = new { cap = (int?)null } }).JsonAsync();
        (await desk.SlotsAsync(id)).ShouldAllBe(slot => slot.IsNull("seatsTaken"));
    }

    private static async Task<IEnumerable<(long Taken, string State)>> SeatsAsync(Desk desk, string id) =>
        (await desk.SlotsAsync(id)).Select(slot => (slot.Number("seatsTaken"), slot.Text("state")));

    private static async Task<IEnumerable<string>> WarningsAsync(Desk desk) =>
        (await desk.GetAsync("overview").JsonAsync()).At("warnings").EnumerateArray().Select(warning => warning.Text("kind"));

    private static Task CountSeatsAsync(HuomaApp app, JsonElement slot, long taken) => ExecuteAsync(
        app,
        """
        INSERT INTO slot_counts (slot_id, round, tenant_id, live_code_id, press_visitors, seats_taken)
        SELECT id, round, tenant_id, live_code_id, 0, @Taken FROM slots WHERE id = @Slot
        ON CONFLICT (slot_id, round) DO UPDATE SET seats_taken = excluded.seats_taken
        """,
        new { Slot = SlotId.Parse(slot.Text("id")).Value, Taken = taken });

    // Minutes from now; null: it went back.
    private static async Task LeaseAsync(HuomaApp app, Desk desk, JsonElement slot, params (long Visitor, int? Minutes)[] leases)
    {
        const string sql = """
            INSERT INTO slot_visitors (visitor_id, live_code_id, slot_id, round, tenant_id, is_bound, last_scan_on, last_shown_on, last_press_on, presses, leased_until)
            VALUES (@Visitor, @Code, @Slot, 1, @Tenant, @Bound, 1, 1, 0, 0, @Until)
            """;
        foreach (var (visitor, minutes) in leases)
        {
            await ExecuteAsync(app, sql, new
            {
                Visitor = visitor,
                Code = LiveCodeId.Parse(slot.Text("codeId")).Value,
                Slot = SlotId.Parse(slot.Text("id")).Value,
                Tenant = desk.Tenant.Value,
                Bound = true,
                Until = minutes is { } left ? app.Clock.GetUtcNow().AddMinutes(left).ToUnixTimeMilliseconds() : SlotVisitor.SeatReturned,
            });
        }
    }

    private static async Task ExecuteAsync(HuomaApp app, string sql, object parameters)
    {
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, parameters);
    }
}
