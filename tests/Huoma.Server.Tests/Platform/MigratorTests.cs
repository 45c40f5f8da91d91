using System.Data.Common;
using Dapper;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Platform;

/// <summary>The schema's way to the newest version, also when things go wrong on it.</summary>
public sealed class MigratorTests
{
    [Theory, BothStores]
    public async Task Start_RefusesWithAClearLine_WhenTheDatabaseIsNewer(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await ExecuteAsync(app, "INSERT INTO schema_migrations (number, name, checksum, applied_at) VALUES (9999, 'from_the_future', 'x', 0)");

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => MigrateAsync(app));

        refusal.Message.ShouldContain("newer than this program");
        refusal.Message.ShouldContain("9999");
    }

    [Theory, BothStores]
    public async Task Start_Refuses_WhenAnAppliedMigrationWasEdited(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await ExecuteAsync(app, "UPDATE schema_migrations SET checksum = 'other' WHERE number = 1");

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => MigrateAsync(app));

        refusal.Message.ShouldContain("changed after it had been applied");
    }

    [Theory, BothStores]
    public async Task Migrate_GoesOnWhereItStopped_WhenItWasKilledHalfWay(Store store)
    {
        // Killed between two steps, for a step and its line are one transaction.
        await using var app = await HuomaApp.StartAsync(store);
        await UndoLastStepAsync(app);

        await MigrateAsync(app);

        (await app.Services.GetRequiredService<Migrator>().IsCurrentAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
        await ExecuteAsync(app, "SELECT count(*) FROM visit_counts");
    }

    [Theory, BothStores]
    public async Task Migrate_AppliesEachStepOnce_WhenProcessesStartAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await UndoLastStepAsync(app);

        var migrator = app.Services.GetRequiredService<Migrator>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => MigrateAsync(app))));

        (await migrator.IsCurrentAsync(TestContext.Current.CancellationToken)).ShouldBeTrue();
    }

    [Theory, BothStores]
    public async Task Schema_HasEveryColumnOfTheModel(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        using var scope = app.Services.CreateScope();
        var model = scope.ServiceProvider.GetRequiredService<HuomaDb>().Model;

        var tables = model.GetEntityTypes().Where(entity => entity.GetTableName() is not null).ToList();
        tables.Count.ShouldBeGreaterThan(3);
        foreach (var entity in tables)
        {
            await ExecuteAsync(app, $"SELECT {string.Join(", ", ColumnsOf(entity))} FROM {entity.GetTableName()} LIMIT 1");
        }
    }

    private static Task MigrateAsync(HuomaApp app) => app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);

    private static async Task UndoLastStepAsync(HuomaApp app)
    {
        foreach (var table in (string[])["visits", "slot_visitors", "presses", "slot_counts", "visit_counts", "id_blocks"])
        {
            await ExecuteAsync(app, $"DROP TABLE {table}");
        }

        await ExecuteAsync(app, "DELETE FROM schema_migrations WHERE number = 4");
    }

    private static IEnumerable<string> ColumnsOf(IEntityType entity) =>
        entity.GetProperties().Concat(entity.GetComplexProperties().SelectMany(part => part.ComplexType.GetProperties())).Select(property => property.GetColumnName());

    private static async Task ExecuteAsync(HuomaApp app, string sql)
    {
        await using DbConnection connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(sql);
    }
}
