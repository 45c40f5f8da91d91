using System.Net;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.LiveCodes;

/// <summary>切换到名片码/群活码 as a setting (D10–D12): what is taken, what is refused, and that nothing is lost by it.</summary>
public sealed class HandOverApiTests
{
    private const string Number = "handOver.targetNumber";
    private const string Presses = "handOver.afterPresses";

    [Theory]
    [BothStores]
    public async Task HandOver_IsTaken_InBothDirections(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (group, card) = (await desk.CreateCodeAsync("读书会"), await CreateCardAsync(desk));

        var switched = await HandOverAsync(desk, group, new { enabled = true, targetNumber = card.Text("number"), when = "exhausted", afterPresses = 9 }).JsonAsync();
        switched.Flag("handOver.enabled").ShouldBeTrue();
        switched.Text("handOver.targetId").ShouldBe(card.Text("id"));
        switched.Text("handOver.targetName").ShouldBe("客服名片");
        switched.Text("handOver.when").ShouldBe("exhausted");
        switched.IsNull(Presses).ShouldBeTrue();

        // The target knows; lists do not tell.
        var from = (await desk.CodeAsync(card.Text("id"))).At("handsOverFrom").EnumerateArray().ShouldHaveSingleItem();
        from.Text("id").ShouldBe(group.Text("id"));
        from.Text("name").ShouldBe("读书会");
        from.Text("number").ShouldBe(group.Text("number"));
        switched.At("handsOverFrom").GetArrayLength().ShouldBe(0);
        (await desk.GetAsync("codes?kind=card").JsonAsync()).At("items")[0].IsNull("handsOverFrom").ShouldBeTrue();

        var off = await HandOverAsync(desk, group, new { enabled = false }).JsonAsync();
        off.Flag("handOver.enabled").ShouldBeFalse();
        off.Text(Number).ShouldBe(card.Text("number"));
        off.Text("handOver.when").ShouldBe("exhausted");
        (await desk.CodeAsync(card.Text("id"))).At("handsOverFrom").GetArrayLength().ShouldBe(0);

        var back = await HandOverAsync(desk, card, new { enabled = true, targetNumber = group.Text("number"), afterPresses = 300 }).JsonAsync();
        back.Text("handOver.when").ShouldBe("after-presses");
        back.Number(Presses).ShouldBe(300);
    }

    [Theory]
    [BothStores]
    public async Task HandOver_CanBeMadeWithTheCode(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var group = await desk.CreateCodeAsync();

        var card = await CreateCardAsync(desk, new { enabled = true, targetNumber = $" {group.Text("number")} ", afterPresses = 50 });

        card.Text("handOver.targetId").ShouldBe(group.Text("id"));
        card.Flag("recycle").ShouldBeTrue();
        await desk.PostAsync("codes", CardOf(new { enabled = true })).ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-without-target", Number);
        await desk.PostAsync("codes", CardOf(new { enabled = true, targetNumber = group.Text("number") }))
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-after-presses", Presses);
        (await desk.GetAsync("codes?kind=card").JsonAsync()).Number("total").ShouldBe(1);
    }

    [Theory]
    [BothStores]
    public async Task HandOver_RefusesEachBadTarget_AndChangesNothing(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var theirs = await CreateCardAsync(await Desk.OpenOtherTenantAsync(app));
        var (group, another, card) = (await desk.CreateCodeAsync(), await desk.CreateCodeAsync("另一个"), await CreateCardAsync(desk));
        await HandOverAsync(desk, card, new { enabled = true, targetNumber = group.Text("number"), afterPresses = 5 }).JsonAsync();
        var before = (await desk.CodeAsync(group.Text("id"))).ToString();

        foreach (var (number, code) in ((string?, string)[])
        [
            (null, "without-target"), ("", "without-target"), ("2026112212000000000000", "target-missing"), (theirs.Text("number"), "target-missing"),
            (theirs.Text("id"), "target-missing"), (another.Text("number"), "same-kind"), (group.Text("number"), "same-kind"), (card.Text("number"), "loop"),
        ])
        {
            await desk.PatchAsync($"codes/{group.Text("id")}", new { name = "改名", handOver = new { enabled = true, targetNumber = number, when = "exhausted" } })
                .ProblemAsync(HttpStatusCode.Conflict, $"live-code.hand-over-{code}", Number);
        }

        await HandOverAsync(desk, group, new { enabled = true, targetNumber = "1\0" }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", Number);
        await HandOverAsync(desk, group, new { enabled = true, targetNumber = new string('1', 51) }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", Number);
        await HandOverAsync(desk, group, new { enabled = true, targetNumber = 7 }).ProblemAsync(HttpStatusCode.BadRequest, "input.malformed", Number);
        await HandOverAsync(desk, card, new { when = "immediately" }).ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-when", "handOver.when");
        await HandOverAsync(desk, card, new { when = "never" }).ProblemAsync(HttpStatusCode.BadRequest, "input.malformed", "handOver.when");
        (await desk.CodeAsync(group.Text("id"))).ToString().ShouldBe(before);
    }

    [Theory]
    [BothStores]
    public async Task AfterPresses_RefusesWhatIsNoCount(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (group, card) = (await desk.CreateCodeAsync(), await CreateCardAsync(desk));
        var before = (await desk.CodeAsync(card.Text("id"))).ToString();

        foreach (var (presses, code) in ((object, string)[])
        [
            (0, "input.invalid"), (-3, "input.invalid"), (10_000_001, "input.invalid"), (1.5, "input.malformed"), ("一百", "input.malformed"), ("100", "input.malformed"),
            (99_999_999_999, "input.malformed"), (true, "input.malformed"),
        ])
        {
            await HandOverAsync(desk, card, new { enabled = true, targetNumber = group.Text("number"), afterPresses = presses })
                .ProblemAsync(HttpStatusCode.BadRequest, code, Presses);
            await HandOverAsync(desk, card, new { enabled = false, afterPresses = presses }).ProblemAsync(HttpStatusCode.BadRequest, code, Presses);
        }

        await HandOverAsync(desk, card, new { enabled = true, targetNumber = group.Text("number") })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-after-presses", Presses);
        (await desk.CodeAsync(card.Text("id"))).ToString().ShouldBe(before);
    }

    [Theory]
    [BothStores]
    public async Task Target_CanNotBeDeleted_BeforeTheSwitchIsOff(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (group, card) = (await desk.CreateCodeAsync("读书会"), await CreateCardAsync(desk));
        await HandOverAsync(desk, group, new { enabled = true, targetNumber = card.Text("number") }).JsonAsync();

        var refused = await desk.DeleteAsync($"codes/{card.Text("id")}").ProblemAsync(HttpStatusCode.Conflict, "live-code.is-hand-over-target");
        refused.Text("detail").ShouldContain("读书会");

        await HandOverAsync(desk, group, new { enabled = false }).JsonAsync();
        await desk.DeleteAsync($"codes/{card.Text("id")}").JsonAsync(HttpStatusCode.NoContent);

        // The switch remembered what is gone: it can stay off, and is not switched on again.
        (await desk.CodeAsync(group.Text("id"))).IsNull(Number).ShouldBeTrue();
        await HandOverAsync(desk, group, new { enabled = false }).JsonAsync();
        await HandOverAsync(desk, group, new { enabled = true }).ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-target-missing", Number);
        await HandOverAsync(desk, group, new { enabled = true, targetNumber = card.Text("number") })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.hand-over-target-missing", Number);
    }

    [Theory]
    [BothStores]
    public async Task Target_IsNeverDeletedWhileItIsChosen_AndNoCircleCloses(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var second = store == Store.Postgres ? app.StartAnother() : null;
        var (desk, other) = (await Desk.OpenAsync(app), await Desk.OpenAsync(second ?? app));
        for (var round = 0; round < 6; round++)
        {
            var (group, card) = (await desk.CreateCodeAsync(), await CreateCardAsync(desk));
            var answers = await Task.WhenAll(
                HandOverAsync(desk, group, new { enabled = true, targetNumber = card.Text("number") }),
                round % 2 == 0
                    ? other.DeleteAsync($"codes/{card.Text("id")}")
                    : HandOverAsync(other, card, new { enabled = true, targetNumber = group.Text("number"), afterPresses = 1 }));

            answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
            answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(1);
        }
    }

    [Theory]
    [BothStores]
    public async Task Recycle_IsRefused_OnGroupsBuiltByHand(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var (group, card) = (await desk.CreateCodeAsync(), await CreateCardAsync(desk));

        await desk.PatchAsync($"codes/{group.Text("id")}", new { recycle = true })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.recycle-not-for-manual-groups", "recycle");
        await desk.PostAsync("codes", new { kind = "card", building = "auto", name = "x", remark = "y" })
            .ProblemAsync(HttpStatusCode.Conflict, "live-code.card-building", "building");

        (await desk.PatchAsync($"codes/{card.Text("id")}", new { recycle = false }).JsonAsync()).Flag("recycle").ShouldBeFalse();
    }

    [Theory]
    [BothStores]
    public async Task Cards_SpeakOfPersonalCards_AndLast(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await CreateCardAsync(desk)).Text("id");

        var slot = await desk.AddSlotAsync(id, new { imageId = await desk.PictureAsync("https://u.wechat.com/kQexample1"), supportWeChatId = "xiaoming" });
        var wrong = await desk.AddSlotAsync(id, new { imageId = await desk.PictureAsync("https://weixin.qq.com/g/AwYAAexample2") });

        slot.Text("name").ShouldBe("名片1");
        slot.IsNull("expiresAt").ShouldBeTrue();
        slot.At("warnings").GetArrayLength().ShouldBe(0);
        wrong.At("warnings")[0].Text("message").ShouldBe("这是微信群二维码，不是个人名片二维码");
        app.Clock.Advance(TimeSpan.FromDays(400));
        desk = await Desk.OpenAsync(app);
        (await desk.SlotsAsync(id))[0].Text("state").ShouldBe("serving");
        var replaced = await desk.PutAsync($"slots/{slot.Text("id")}/image", new { imageId = await desk.PictureAsync("https://u.wechat.com/kQexample3"), newGroup = true }).JsonAsync();
        replaced.IsNull("expiresAt").ShouldBeTrue();
        replaced.Number("round").ShouldBe(2);
        await desk.GetAsync("overview").JsonAsync();
    }

    private static Task<HttpResponseMessage> HandOverAsync(Desk desk, JsonElement code, object handOver) =>
        desk.PatchAsync($"codes/{code.Text("id")}", new { handOver });

    private static object CardOf(object? handOver) => new { kind = "card", name = "客服名片", remark = "备注", recycle = true, handOver };

    private static Task<JsonElement> CreateCardAsync(Desk desk, object? handOver = null) => desk.PostAsync("codes", CardOf(handOver)).JsonAsync(HttpStatusCode.Created);
}
