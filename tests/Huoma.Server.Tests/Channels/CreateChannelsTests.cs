using System.Net;
using System.Text;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Channels;

public sealed class CreateChannelsTests
{
    [Theory]
    [BothStores]
    public async Task Create_AnswersTheContract_InTheOrderGiven(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:PublicUrl"] = "https://qun.example.com" });
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();

        var made = await desk.PostAsync(
            $"codes/{code.Id()}/channels",
            new object[] { new { name = "  公众号菜单 📚 ", remark = "11 月" }, new { name = "线下海报", remark = (string?)null }, new { name = "朋友圈" } }).JsonAsync(HttpStatusCode.Created);

        made.Number("total").ShouldBe(3);
        made.Texts("name").ShouldBe(["公众号菜单 📚", "线下海报", "朋友圈"]);
        made.Texts("remark").ShouldBe(["11 月", "", ""]);
        made.Texts("key").Append(code.Text("key")).Distinct().Count().ShouldBe(4);
        var channel = made.At("items")[0];
        channel.Text("key").ShouldMatch("^[1-9A-Za-z]{8}$");
        channel.Text("url").ShouldBe($"https://qun.example.com/q/{channel.Text("key")}");
        channel.Text("codeId").ShouldBe(code.Id());
        channel.Text("codeName").ShouldBe("读书会");
        channel.Text("codeKind").ShouldBe("group");
        channel.Text("codeStatus").ShouldBe("on");
        channel.Flag("codeDeleted").ShouldBeFalse();
        channel.Flag("archived").ShouldBeFalse();
        channel.Text("createdAt").ShouldBe("2026-11-22T04:00:00.000Z");
        channel.At("counts").EnumerateObject().ShouldAllBe(count => count.Value.GetInt64() == 0);
        var list = await desk.ListChannelsAsync($"?codeId={code.Id()}");
        list.At("items").ToString().ShouldBe(made.At("items").ToString());
    }

    [Theory]
    [BothStores]
    public async Task Create_SaysWhatIsWrongByRow_AndMakesNone(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var path = $"codes/{(await desk.CreateCodeAsync()).Id()}/channels";
        object[] rows =
        [
            new { name = "好" },
            new { name = " \u200b " },
            new { name = new string('长', 31), remark = new string('长', 51) },
            new { name = "好 " },
            new { name = "a\nb" },
            null!,
        ];

        var problem = await desk.PostAsync(path, rows).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid");

        problem.At("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["[1].name", "[2].name", "[2].remark", "[3].name", "[4].name", "[5].name"]);
        problem.At("errors").GetProperty("[3].name")[0].GetString().ShouldBe("与第 1 个渠道重名，请换一个名称");
        await desk.PostAsync(path, Array.Empty<object>()).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "channels");
        await desk.PostAsync(path, Names(101)).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "channels");
        await desk.SendAsync(HttpMethod.Post, path, new StringContent("[{\"name\":\"a\"},{\"name\":7}]", Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, "input.malformed", "[1].name");
        await desk.SendAsync(HttpMethod.Post, path, new StringContent("{\"name\":\"a\"}", Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadRequest, "input.malformed");
        (await desk.ListChannelsAsync()).Number("total").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task Create_RefusesNamesInUse_ButNotThoseOfArchivedOrOtherCodes(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        var made = await desk.CreateChannelsAsync(id, "海报", "门店");

        var problem = await desk.PostAsync($"codes/{id}/channels", new[] { new { name = "新" }, new { name = "门店" }, new { name = "海报" } })
            .ProblemAsync(HttpStatusCode.Conflict, "channel.name-taken", "[1].name");

        problem.At("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["[1].name", "[2].name"]);
        (await desk.ListChannelsAsync()).Number("total").ShouldBe(2);
        await desk.CreateChannelsAsync((await desk.CreateCodeAsync("另一个")).Id(), "门店");
        await desk.PatchAsync($"channels/{made[1].Id()}", new { archived = true }).JsonAsync();
        await desk.CreateChannelsAsync(id, "门店");
    }

    [Theory]
    [BothStores]
    public async Task Create_StopsAtTheMostACodeMayHave_EvenWhenTwoAddAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        await FillAsync(app, desk, id, 950);

        var answers = await Task.WhenAll(
            desk.PostAsync($"codes/{id}/channels", Names(30, "甲")), desk.PostAsync($"codes/{id}/channels", Names(30, "乙")));

        answers.Select(answer => answer.StatusCode).Order().ShouldBe([HttpStatusCode.Created, HttpStatusCode.Conflict]);
        (await desk.ListChannelsAsync($"?codeId={id}")).Number("total").ShouldBe(980);
        var problem = await desk.PostAsync($"codes/{id}/channels", Names(21, "丙")).ProblemAsync(HttpStatusCode.Conflict, "channel.too-many");
        problem.Text("detail").ShouldContain("20 个");
        await desk.PostAsync($"codes/{id}/channels", Names(20, "丙")).JsonAsync(HttpStatusCode.Created);
    }

    [Theory]
    [BothStores]
    public async Task Create_NeedsACodeThatIsThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        await desk.DeleteAsync($"codes/{id}").JsonAsync(HttpStatusCode.NoContent);

        await desk.PostAsync($"codes/{id}/channels", Names(1)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.PostAsync("codes/00000000001/channels", Names(1)).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    private static object[] Names(int count, string prefix = "渠道") => [.. Enumerable.Range(1, count).Select(number => new { name = $"{prefix}{number}" })];

    private static async Task FillAsync(HuomaApp app, Desk desk, string codeId, int count)
    {
        const string sql = """
            INSERT INTO channels (id, tenant_id, live_code_id, key, name, remark, created_at) VALUES (@Id, @Tenant, @Code, @Key, @Key, '', 0)
            """;
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var code = LiveCodeId.Parse(codeId).Value;
        await connection.ExecuteAsync(sql, Enumerable.Range(1, count).Select(number => new { Id = (long)number, Tenant = desk.Tenant.Value, Code = code, Key = $"x{number:D7}" }), transaction);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
