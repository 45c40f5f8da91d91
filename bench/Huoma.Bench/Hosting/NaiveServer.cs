using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Bench.Hosting;

/// <summary>The usual way to count a scan, to compare with: one EF Core transaction a request, the code's row locked.</summary>
internal static class NaiveServer
{
    public static async Task ServeAsync(string port, string file, string connectionString)
    {
        var page = StaticPage.Read(file);
        var builder = StaticPage.Builder(port);
        builder.Services.AddDbContextPool<NaiveDb>(options => options.UseNpgsql(connectionString));
        await using var app = builder.Build();
        await FillAsync(app);
        app.Run(async context =>
        {
            var path = context.Request.Path.Value ?? "/";
            if (int.TryParse(path.AsSpan(path.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture, out var codeId))
            {
                await ScanAsync(context.RequestServices.GetRequiredService<NaiveDb>(), codeId);
            }

            await page.SendAsync(context);
        });
        await app.RunAsync();
    }

    private static async Task ScanAsync(NaiveDb db, int codeId)
    {
        var now = TimeProvider.System.GetUtcNow();
        var visitorId = Random.Shared.NextInt64();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var code = await db.Codes.FromSql($"SELECT * FROM \"Codes\" WHERE \"Id\" = {codeId} FOR UPDATE").SingleAsync();
        var slots = await db.Slots.Where(slot => slot.CodeId == codeId).OrderBy(slot => slot.Id).ToListAsync();
        var shown = slots.First(slot => slot.Presses < slot.Threshold);
        var visitor = await db.Visitors.SingleOrDefaultAsync(row => row.VisitorId == visitorId && row.CodeId == codeId);
        if (visitor is null)
        {
            visitor = new NaiveVisitor { VisitorId = visitorId, CodeId = codeId };
            db.Visitors.Add(visitor);
            code.Visitors++;
        }

        visitor.LastAt = now;
        visitor.SlotId = shown.Id;
        code.Scans++;
        shown.Shows++;
        db.Visits.Add(new NaiveVisit { VisitorId = visitorId, CodeId = codeId, SlotId = shown.Id, At = now });
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private static async Task FillAsync(WebApplication app)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<NaiveDb>();
        await db.Database.EnsureCreatedAsync();
        for (var id = 1; id <= 1000; id++)
        {
            db.Codes.Add(new NaiveCode { Id = id });
            db.Slots.Add(new NaiveSlot { Id = id, CodeId = id, Threshold = int.MaxValue });
        }

        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
    }
}

internal sealed class NaiveDb(DbContextOptions<NaiveDb> options) : DbContext(options)
{
    public DbSet<NaiveCode> Codes => Set<NaiveCode>();

    public DbSet<NaiveSlot> Slots => Set<NaiveSlot>();

    public DbSet<NaiveVisitor> Visitors => Set<NaiveVisitor>();

    public DbSet<NaiveVisit> Visits => Set<NaiveVisit>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NaiveCode>().Property(code => code.Id).ValueGeneratedNever();
        modelBuilder.Entity<NaiveSlot>().Property(slot => slot.Id).ValueGeneratedNever();
        modelBuilder.Entity<NaiveSlot>().HasIndex(slot => slot.CodeId);
        modelBuilder.Entity<NaiveVisitor>().HasKey(visitor => new { visitor.VisitorId, visitor.CodeId });
    }
}

internal sealed class NaiveCode
{
    public int Id { get; set; }

    public long Scans { get; set; }

    public long Visitors { get; set; }
}

internal sealed class NaiveSlot
{
    public int Id { get; set; }

    public int CodeId { get; set; }

    public int Threshold { get; set; }

    public long Presses { get; set; }

    public long Shows { get; set; }
}

internal sealed class NaiveVisitor
{
    public long VisitorId { get; set; }

    public int CodeId { get; set; }

    public int SlotId { get; set; }

    public DateTimeOffset LastAt { get; set; }
}

internal sealed class NaiveVisit
{
    public long Id { get; set; }

    public long VisitorId { get; set; }

    public int CodeId { get; set; }

    public int SlotId { get; set; }

    public DateTimeOffset At { get; set; }
}
