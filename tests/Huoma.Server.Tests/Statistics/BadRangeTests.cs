using System.Net;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Statistics;

/// <summary>What is asked for in vain, and what is another's.</summary>
public sealed class BadRangeTests
{
    [Theory, BothStores]
    public async Task BadQuestions_AreAnsweredByField(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        (string Query, string Code, string Field)[] bad =
        [
            ("from=2026-11-22&to=2026-11-21", "stats.range-reversed", "to"),
            ("from=2026-11-22T05:00:00Z&to=2026-11-22T04:00:00Z", "stats.range-reversed", "to"),
            ("from=2024-11-22&to=2026-11-22", "stats.range-too-long", "from"),
            ("from=2026-10-01&to=2026-11-22&by=hour", "stats.hours-too-long", "by"),
            ("by=week", "input.invalid", "by"),
            ("range=last-week", "input.invalid", "range"),
            ("range=today&from=2026-11-22", "input.invalid", "range"),
            ("by=1", "input.invalid", "by"),
            ("from=yesterday", "input.invalid", "from"),
            ("to=2026-02-30", "input.invalid", "to"),
            ("to=0001-01-01", "input.invalid", "to"),
            ("to=9999-12-31", "input.invalid", "to"),
            ("from=9999-12-31T23:59:59-14:00", "input.invalid", "from"),
            ("from=22/11/2026", "input.invalid", "from"),
        ];
        foreach (var (query, problem, field) in bad)
        {
            foreach (var path in (string[])["stats", $"codes/{code}/stats", $"codes/{code}/stats/channels", $"codes/{code}/stats/slots", $"codes/{code}/stats.csv", "stats.xlsx"])
            {
                await desk.GetAsync($"{path}?{query}").ProblemAsync(HttpStatusCode.BadRequest, problem, field);
            }
        }

        await desk.GetAsync("stats?compare=next").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "compare");
        await desk.GetAsync($"codes/{code}/stats.csv?table=all").ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "table");
        await desk.GetAsync($"codes/{code}/stats/channels?ids={string.Join(',', Enumerable.Range(1, 11).Select(id => new ChannelId(id)))}")
            .ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
    }

    [Theory, BothStores]
    public async Task Statistics_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var code = (await desk.CreateCodeAsync()).Id();
        var channel = await app.AddChannelAsync(desk, code, "海报");
        var theirs = (await other.CreateCodeAsync()).Id();
        await app.CountAsync(desk.Tenant, new CountRow(code, app.Clock.GetUtcNow(), channel.Value) { Scans = 5, Visitors = 5 });
        await app.SumUpAsync();

        foreach (var path in (string[])["stats", "stats/channels", "stats/slots", "stats.csv", "stats.xlsx", "stats.csv?table=slots"])
        {
            await other.GetAsync($"codes/{code}/{path}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await desk.GetAsync($"codes/00000000001/{path}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        // Another code's channel, and another tenant's code that hands over.
        foreach (var entrance in (string[])[channel.ToString(), $"from-{code}", $"from-{theirs}", "from-", "none", "00000000000"])
        {
            await other.GetAsync($"codes/{theirs}/stats?channelId={entrance}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.GetAsync($"codes/{theirs}/stats.csv?channelId={entrance}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
            await other.GetAsync($"codes/{theirs}/stats/channels?ids={entrance}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await other.GetAsync("stats").JsonAsync()).Number("totals.scans").ShouldBe(0);
        (await desk.GetAsync("stats").JsonAsync()).Number("totals.scans").ShouldBe(5);
    }
}
