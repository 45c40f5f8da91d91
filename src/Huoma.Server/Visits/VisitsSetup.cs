using System.Text.Encodings.Web;
using System.Text.Unicode;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Visits.Pages;
using Huoma.Server.Visits.Replay;
using Huoma.Server.Visits.Stores;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Visits;

internal static class VisitsSetup
{
    /// <summary>Visitor ids a process leases at a time.</summary>
    private const int VisitorBlock = 65_536;

    public static void AddVisits(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<VisitOptions>().BindConfiguration(VisitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        // Chinese stays readable, and a third as long, in the markup.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<LiveCodeCatalog>();
        services.AddSingleton<Entrances>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<VisitPages>();
        services.AddSingleton<VisitAnswers>();
        services.AddSingleton<VisitorCookie>();
        services.AddSingleton<Visiting>();
        services.AddSingleton<VisitMetrics>();
        services.AddScoped<VisitLogQueries>();
        services.AddScoped<RehearsalQueries>();
        services.AddSingleton<VisitStart>();
        services.AddSingleton(provider => new IdBlocks(provider.GetRequiredService<Database>(), "visitors", VisitorBlock));
        services.AddSingleton(provider => provider.GetRequiredService<VisitStart>().MakeSeals());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<VisitJournal>(provider, provider.GetRequiredService<VisitStart>().MakeStores()));
    }

    /// <summary>Fetches what the visitor path needs of the database, so that the first visitor does not wait for it.</summary>
    public static async Task StartVisitsAsync(this WebApplication app)
    {
        await app.Services.GetRequiredService<VisitStart>().PrepareAsync(CancellationToken.None);
        app.Services.GetRequiredService<VisitJournal>();
    }

    /// <summary>What is known only once the database is there.</summary>
    private sealed class VisitStart(Database database, Keys keys, TimeProvider time, Calendar calendar, IOptions<VisitOptions> options, ILogger<VisitJournal> log)
    {
        private byte[] visitorKey = [];
        private byte[] pressKey = [];
        private readonly List<int> nodes = [];

        public async Task PrepareAsync(CancellationToken ct)
        {
            visitorKey = await keys.GetAsync("visitor", ct);
            pressKey = await keys.GetAsync("press", ct);
            using var numbers = new IdBlocks(database, "nodes", blockSize: 1);
            while (nodes.Count < (database.IsPostgres ? VisitJournal.Pipelines : 1))
            {
                nodes.Add((int)await numbers.NextAsync(ct));
            }
        }

        public Seals MakeSeals() => new(visitorKey, pressKey);

        /// <summary>One for each pipeline; each counts under a number of its own, so that none waits for another's rows.</summary>
        public List<IVisitStore> MakeStores() => nodes.ConvertAll<IVisitStore>(node =>
            database.IsPostgres ? new PostgresVisitStore(database, time, calendar, node, TimeSpan.FromMilliseconds(options.Value.MaxWaitMilliseconds)) : new SqliteVisitStore(database, time, calendar, node, log));
    }
}
