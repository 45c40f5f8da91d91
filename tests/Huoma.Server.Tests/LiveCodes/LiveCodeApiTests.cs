using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

public sealed class LiveCodeApiTests
{
    [Theory]
    [BothStores]
    public async Task Create_AnswersTheContract(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, new Dictionary<string, string?> { ["Huoma:PublicUrl"] = "https://qun.example.com/" });
        var desk = await Desk.OpenAsync(app);

        using var answer = await desk.PostAsync("codes", Desk.CodeOf("  读书会 <b>📚</b> ", "线下海报"));

        var code = await Task.FromResult(answer).JsonAsync(HttpStatusCode.Created);
        answer.Headers.Location?.ToString().ShouldBe($"/api/v1/codes/{code.Text("id")}");
        code.Text("name").ShouldBe("读书会 <b>📚</b>");
        code.Text("remark").ShouldBe("线下海报");
        code.Text("number").ShouldMatch("^20261122120000[0-9]{7}$");
        code.Text("key").ShouldMatch("^[1-9A-Za-z]{8}$");
        code.Text("url").ShouldBe($"https://qun.example.com/q/{code.Text("key")}");
        code.Text("kind").ShouldBe("group");
        code.Text("building").ShouldBe("manual");
        code.Text("status").ShouldBe("on");
        code.Flag("sticky").ShouldBeTrue();
        code.Flag("welcome.enabled").ShouldBeFalse();
        code.IsNull("welcome.imageUrl").ShouldBeTrue();
        code.Text("handOver.when").ShouldBe("immediately");
        code.IsNull("auto").ShouldBeTrue();
        code.Number("counts.usableSlots").ShouldBe(0);
        code.Number("version").ShouldBeGreaterThan(0);
        code.Text("createdAt").ShouldBe("2026-11-22T04:00:00.000Z");
    }

    [Theory]
    [BothStores]
    public async Task Edit_ChangesWhatIsSent_AndNothingElse(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var made = await desk.CreateCodeAsync();
        var path = $"codes/{made.Text("id")}";
        var imageId = await desk.PictureAsync();

        await desk.PatchAsync(path, new { status = "off", sticky = false }).JsonAsync();
        await desk.PatchAsync(path, new { welcome = new { enabled = true, imageId, groupIntro = "第一行\n第二行" } }).JsonAsync();
        await desk.PatchAsync(path, new { welcome = new { founderIntro = "老师" } }).JsonAsync();

        var code = await desk.CodeAsync(made.Text("id"));
        code.Text("name").ShouldBe("读书会");
        code.Text("status").ShouldBe("off");
        code.Flag("sticky").ShouldBeFalse();
        code.Flag("welcome.enabled").ShouldBeTrue();
        code.Text("welcome.imageId").ShouldBe(imageId);
        code.Text("welcome.imageUrl").ShouldMatch("^/m/[0-9a-f]{64}\\.jpg$");
        code.Text("welcome.groupIntro").ShouldBe("第一行\n第二行");
        code.Text("welcome.founderIntro").ShouldBe("老师");
        code.Number("version").ShouldBeGreaterThan(made.Number("version"));
        foreach (var constant in (string[])["id", "number", "key", "url", "kind", "building", "createdAt"])
        {
            code.Text(constant).ShouldBe(made.Text(constant));
        }
    }

    [Theory]
    [BothStores]
    public async Task Edit_RefusesAWelcomePageWithoutPicture(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var made = await desk.CreateCodeAsync();
        var path = $"codes/{made.Text("id")}";

        await desk.PatchAsync(path, new { name = "改名", welcome = new { enabled = true } })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.welcome-without-picture", "welcome.imageId");

        (await desk.CodeAsync(made.Text("id"))).Text("name").ShouldBe("读书会");
        await desk.PatchAsync(path, new { welcome = new { enabled = true, imageId = await desk.PictureAsync() } }).JsonAsync();
        await desk.PatchAsync(path, new { welcome = new { imageId = (string?)null } })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.welcome-without-picture", "welcome.imageId");
        var off = await desk.PatchAsync(path, new { welcome = new { enabled = false, imageId = (string?)null } }).JsonAsync();
        off.IsNull("welcome.imageId").ShouldBeTrue();
    }

    [Theory]
    [BothStores]
    public async Task Delete_HidesTheCodeAndItsSlotsEverywhere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var code = await desk.CreateCodeAsync();
        var id = code.Text("id");
        var slot = await desk.AddSlotAsync(id);

        await desk.DeleteAsync($"codes/{id}").JsonAsync(HttpStatusCode.NoContent);

        await desk.DeleteAsync($"codes/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.GetAsync($"codes/{id}").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.PatchAsync($"codes/{id}", new { name = "x" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.GetAsync($"codes/{id}/slots").ProblemAsync(HttpStatusCode.NotFound, "not-found");
        await desk.PatchAsync($"slots/{slot.Text("id")}", new { name = "x" }).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        (await desk.GetAsync("codes").JsonAsync()).Number("total").ShouldBe(0);
    }

    [Theory]
    [BothStores]
    public async Task List_FiltersSearchesAndPages(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        foreach (var name in (string[])["甲 Alpha", "乙 100%", "丙_下划线", "丁", "戊"])
        {
            await desk.CreateCodeAsync(name, $"备注{name[0]}");
            app.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var all = await desk.GetAsync("codes").JsonAsync();
        await desk.PatchAsync($"codes/{all.At("items")[0].Text("id")}", new { status = "off" }).JsonAsync();

        all.Number("total").ShouldBe(5);
        all.Number("page").ShouldBe(1);
        all.Number("pageSize").ShouldBe(20);
        all.Texts("name").ShouldBe(["戊", "丁", "丙_下划线", "乙 100%", "甲 Alpha"]);
        await ShouldListAsync("?page=2&pageSize=2", 5, "丙_下划线", "乙 100%");
        await ShouldListAsync("?page=4&pageSize=2", 5);
        await ShouldListAsync("?status=off", 1, "戊");
        await ShouldListAsync("?status=on&kind=group&building=manual&pageSize=1", 4, "丁");
        await ShouldListAsync("?kind=card", 0);
        await ShouldListAsync("?q=alpha", 1, "甲 Alpha");
        await ShouldListAsync("?q=%25", 1, "乙 100%");
        await ShouldListAsync("?q=_", 1, "丙_下划线");
        await ShouldListAsync("?q=备注丁", 1, "丁");
        await ShouldListAsync($"?q={all.At("items")[1].Text("number")}", 1, "丁");

        async Task ShouldListAsync(string query, int total, params string[] names)
        {
            var list = await desk.GetAsync("codes" + query).JsonAsync();
            list.Number("total").ShouldBe(total, query);
            list.Texts("name").ShouldBe(names, query);
        }
    }

    [Theory]
    [BothStores]
    public async Task Counts_AreOfTodayAndEver_WhereverTheDayBegins(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Text("id");
        var slot = await desk.AddSlotAsync(id, "一群", threshold: 10);
        await desk.AddSlotAsync(id, "二群", threshold: 10);
        var midnight = new DateTimeOffset(2026, 11, 21, 16, 0, 0, TimeSpan.Zero);
        await desk.CountAsync(slot, midnight.AddHours(-1), scans: 50, visitors: 40, presses: 30, pressVisitors: 6);
        await desk.CountAsync(slot, midnight, scans: 5, visitors: 4, presses: 3, pressVisitors: 4);

        var list = await desk.GetAsync("codes").JsonAsync();

        var counts = list.At("items")[0].At("counts");
        ((long[])[counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")]).ShouldBe([55, 44, 33, 10]);
        ((long[])[counts.Number("todayScans"), counts.Number("todayVisitors"), counts.Number("todayPresses"), counts.Number("todayPressVisitors")])
            .ShouldBe([5, 4, 3, 4]);
        ((long[])[counts.Number("slots"), counts.Number("usableSlots"), counts.Number("joins")]).ShouldBe([2, 1, 0]);
        (await desk.CodeAsync(id)).At("counts").ToString().ShouldBe(counts.ToString());
        var slots = await desk.SlotsAsync(id);
        slots[0].Text("state").ShouldBe("full");
        slots[1].Text("state").ShouldBe("serving");
        ((long[])[slots[0].Number("views"), slots[0].Number("visitors"), slots[0].Number("presses"), slots[0].Number("pressVisitors")]).ShouldBe([55, 44, 33, 10]);
        ((long[])[slots[0].Number("todayViews"), slots[0].Number("todayVisitors"), slots[0].Number("todayPresses"), slots[0].Number("todayPressVisitors")])
            .ShouldBe([5, 4, 3, 4]);
    }
}
