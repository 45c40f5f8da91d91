using Dapper;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.Robots;
using Huoma.Server.Visits;
using Huoma.Server.Visits.Stores;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Huoma.Server.Tests.Visits;

/// <summary>Newcomers are stored by one statement that does nothing when what was remembered is no longer so (ADR 0026).</summary>
public sealed class PostgresShortcutTests
{
    private const int Node = 9_001;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_IsStoredAtOnce_UntilSomethingHasChanged()
    {
        await using var app = await HuomaApp.StartAsync(Store.Postgres);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 2, 5);
        await using var desk = await Desk.OpenAsync(app, LiveCodeId.Parse(code.Id()));

        desk.TryCommit(2).ShouldBeTrue();
        (await desk.VisitorsAsync()).ShouldBe(1);

        // Somebody asked for the outcome before it was there: then there is none any more.
        await desk.ExecuteAsync($"UPDATE commit_ledger SET batch = -3 WHERE node = {Node}");
        desk.TryCommit(3).ShouldBeFalse();
        desk.TryCommit(4).ShouldBeTrue();

        await desk.ExecuteAsync($"UPDATE commit_ledger SET epoch = epoch + 1 WHERE node = {Node}");
        desk.TryCommit(5).ShouldBeFalse("seats were counted without it");
        desk.Load(6);
        desk.TryCommit(7).ShouldBeTrue();

        foreach (var phone in Enumerable.Range(0, 2).Select(_ => new Phone(app.Visitor())))
        {
            await phone.PressAsync(code.Text("key"), await phone.ScanAsync(code.Text("key")));
        }

        desk.TryCommit(8).ShouldBeFalse("the slot is full");
        desk.Load(9);
        desk.TryCommit(10).ShouldBeTrue("the next one is not");

        await console.PatchAsync($"slots/{slots[1]}", new { threshold = 9 });
        desk.TryCommit(11).ShouldBeFalse("the code was edited");
        (await desk.VisitorsAsync()).ShouldBe(4);
    }

    [Theory]
    [InlineData("batch = -2", false)]
    [InlineData("epoch = epoch + 1", false)]
    [InlineData("batch = 1", true)]
    public async Task Batch_ObeysTheLedger_WhenItsRowChangesWhileItWaits(string change, bool isStored)
    {
        await using var app = await HuomaApp.StartAsync(Store.Postgres);
        var (code, _) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 5);
        await using var desk = await Desk.OpenAsync(app, LiveCodeId.Parse(code.Id()));
        await using var other = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        await using var watch = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        await using var transaction = await other.BeginTransactionAsync(Ct);
        await other.ExecuteAsync($"UPDATE commit_ledger SET {change} WHERE node = {Node}");
        var commit = Task.Run(() => desk.TryCommit(2), Ct);
        await Eventually.BeAsync(
            () => watch.ExecuteScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"),
            waiting => waiting > 0);
        await transaction.CommitAsync(Ct);

        (await commit).ShouldBe(isStored);
        (await desk.VisitorsAsync()).ShouldBe(isStored ? 1 : 0);
    }

    [Fact]
    public async Task Ledger_TellsWhetherABatchTookPlace_AndThatItNeverWill()
    {
        await using var app = await HuomaApp.StartAsync(Store.Postgres);
        var (code, _) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 5);
        using var store = new PostgresVisitStore(
            app.Services.GetRequiredService<Database>(), app.Clock, app.Services.GetRequiredService<Calendar>(), Node, TimeSpan.FromSeconds(3));
        VisitBatch Batch(long number) => Desk.Newcomer(LiveCodeId.Parse(code.Id()), number);

        store.Commit(Batch(1));
        store.HasCommitted(Batch(1)).ShouldBeTrue();
        store.HasCommitted(Batch(2)).ShouldBeFalse();
        store.HasCommitted(Batch(2)).ShouldBeFalse("asking is no answer");
        store.Commit(Batch(3));
        store.Commit(Batch(4));
        store.HasCommitted(Batch(4)).ShouldBeTrue();
    }

    [Fact]
    public async Task Newcomer_SeesTheNextSlot_WhenAnotherProcessFilledTheOneBefore()
    {
        await using var app = await HuomaApp.StartAsync(Store.Postgres);
        await using var other = app.StartAnother();
        var (code, slots) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 1, 5);
        var key = code.Text("key");
        (await new Phone(other.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[0]);
        (await new Phone(other.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[0]);

        var phone = new Phone(app.Visitor());
        await phone.PressAsync(key, await phone.ScanAsync(key));
        (await new Phone(other.Visitor()).ScanAsync(key)).Slot.ShouldBe(slots[1]);
    }

    [Fact]
    public async Task Cap_CountsEverybody_WhenItIsSwitchedOnInTheRush()
    {
        await using var app = await HuomaApp.StartAsync(Store.Postgres);
        await using var other = app.StartAnother();
        HuomaApp[] apps = [app, other];
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 500, 500);
        var key = code.Text("key");
        await Parallel.ForAsync(0, 400, new ParallelOptions { MaxDegreeOfParallelism = 24 }, async (visitor, _) =>
        {
            if (visitor == 200)
            {
                await console.PatchAsync($"codes/{code.Id()}", new { seats = new { cap = 150 } });
            }

            await new Phone(apps[visitor % 2].Visitor()).ScanAsync(key);
        });

        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        foreach (var slot in slots)
        {
            const string seats = "SELECT seats_taken FROM slot_counts WHERE slot_id = @slot";
            const string shown = "SELECT count(*) FROM slot_visitors WHERE slot_id = @slot AND last_shown_on <> 0";
            var id = new { slot = SlotId.Parse(slot).Value };
            (await connection.ExecuteScalarAsync<long>(seats, id)).ShouldBe(await connection.ExecuteScalarAsync<long>(shown, id));
        }
    }

    /// <summary>A writer whose batches are made by hand; the first has been loaded.</summary>
    private sealed class Desk(HuomaApp app, LiveCodeId code, NpgsqlConnection connection) : IAsyncDisposable
    {
        private readonly PostgresMemory memory = new();

        public static async Task<Desk> OpenAsync(HuomaApp app, LiveCodeId code)
        {
            var connection = new NpgsqlConnection(app.Services.GetRequiredService<Database>().ConnectionString);
            await connection.OpenAsync(Ct);
            var desk = new Desk(app, code, connection);
            await desk.ExecuteAsync($"INSERT INTO commit_ledger (node, batch) VALUES ({Node}, 0)");
            desk.Load(1);
            return desk;
        }

        /// <summary>One visitor who never came before; his number is of no process's block.</summary>
        public static VisitBatch Newcomer(LiveCodeId code, long number) =>
            new([new VisitCommand(VisitVerb.Scan, code, 1_000_000_000 + number, isNewVisitor: true, channelId: 0)], number);

        public void Load(long number)
        {
            new PostgresVisitReads(connection, Node, memory).Load(Newcomer(code, number));
            connection.Execute("ROLLBACK");
        }

        public bool TryCommit(long number) => new PostgresShortcut(memory, Node).TryCommit(
            Newcomer(code, number), app.Services.GetRequiredService<Calendar>().At(app.Clock.GetUtcNow()), connection);

        public Task ExecuteAsync(string sql) => connection.ExecuteAsync(sql);

        public Task<long> VisitorsAsync() => connection.ExecuteScalarAsync<long>(
            "SELECT count(*) FROM visits JOIN slot_visitors ON slot_visitors.visitor_id = visits.visitor_id WHERE visits.visitor_id > 1000000000 AND visits.live_code_id = @code",
            new { code = code.Value });

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
