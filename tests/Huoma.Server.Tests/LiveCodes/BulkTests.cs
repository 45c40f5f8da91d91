using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class BulkTests
{
    [Theory]
    [BothStores]
    public async Task Codes_AreClosedAtOnce_AndEachIdIsAnsweredFor(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var foreign = (await other.CreateCodeAsync("别家")).Text("id");
        var first = await desk.CreateCodeAsync("一");
        var second = await desk.CreateCodeAsync("二");
        await desk.PatchAsync($"codes/{second.Text("id")}", new { status = "off" }).JsonAsync();
        string[] ids = [first.Text("id"), second.Text("id"), foreign, "不是编号", first.Text("id")];

        var answer = await desk.PostAsync("codes/status", new { ids, status = "off" }).JsonAsync();

        Outcomes(answer).ShouldBe([(ids[0], "done"), (ids[1], "unchanged"), (foreign, "not-found"), ("不是编号", "not-found")]);
        (await desk.CodeAsync(ids[0])).Text("status").ShouldBe("off");
        (await other.CodeAsync(foreign)).Text("status").ShouldBe("on");
        var page = await new Phone(app.Visitor()).ScanAsync(first.Text("key"));
        page.State.ShouldBe("off-duty");

        await desk.PostAsync("codes/status", new { ids, status = "on" }).JsonAsync();
        (await desk.CodeAsync(ids[1])).Text("status").ShouldBe("on");
    }

    [Theory]
    [BothStores]
    public async Task Codes_AreDeletedAtOnce_AndComeBack(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var foreign = (await other.CreateCodeAsync("别家")).Text("id");
        var id = (await desk.CreateCodeAsync("一")).Text("id");

        Outcomes(await desk.PostAsync("codes/delete", new { ids = (string[])[foreign, id] }).JsonAsync()).ShouldBe([(foreign, "not-found"), (id, "done")]);
        Outcomes(await desk.PostAsync("codes/delete", new { ids = (string[])[id] }).JsonAsync()).ShouldBe([(id, "not-found")]);

        (await desk.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(0);
        (await desk.GetAsync("codes?deleted=true").JsonAsync()).Texts("id").ShouldBe([id]);
        (await other.CodeAsync(foreign)).Text("name").ShouldBe("别家");
    }

    [Theory]
    [BothStores]
    public async Task Bulk_SaysWhatIsWrong(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        string[] one = ["00000000001"];

        await desk.PostAsync("codes/status", new { ids = Array.Empty<string>(), status = "off" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
        await desk.PostAsync("codes/status", new { status = "off" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
        await desk.PostAsync("codes/status", new { ids = one }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "status");
        await desk.PostAsync("codes/status", new { ids = (string?[])[null], status = "off" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
        await desk.PostAsync("codes/delete", new { ids = Enumerable.Range(0, 101).Select(at => $"{at}") })
            .ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "ids");
    }

    [Theory]
    [BothStores]
    public async Task Bulk_AtTheSameTime_InOppositeOrders_BothSucceed(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var ids = new List<string>();
        for (var at = 0; at < 8; at++)
        {
            ids.Add((await desk.CreateCodeAsync($"码{at}")).Text("id"));
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => desk.PostAsync(
            "codes/status", new { ids = at % 2 == 0 ? ids : Enumerable.Reverse(ids), status = at % 2 == 0 ? "off" : "on" })));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await desk.GetAsync("codes").JsonAsync()).Texts("status").Distinct().Count().ShouldBe(1);
    }

    private static List<(string Id, string Outcome)> Outcomes(JsonElement answer) =>
        [.. answer.At("results").EnumerateArray().Select(result => (result.Text("id"), result.Text("outcome")))];
}
