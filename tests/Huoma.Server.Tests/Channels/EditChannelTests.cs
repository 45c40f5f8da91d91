using System.Net;
using Huoma.Domain.Accounts;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;

namespace Huoma.Server.Tests.Channels;

public sealed class EditChannelTests
{
    [Theory]
    [BothStores]
    public async Task Edit_ChangesNameAndRemarkOnly(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var made = (await desk.CreateChannelsAsync((await desk.CreateCodeAsync()).Id(), "甲", "乙"))[0];
        var path = $"channels/{made.Id()}";

        await desk.PatchAsync(path, new { name = " 新名 ", key = "aaaaaaaa", codeId = "00000000001" }).JsonAsync();
        var edited = await desk.PatchAsync(path, new { remark = " " }).JsonAsync();

        (edited.Text("name"), edited.Text("remark")).ShouldBe(("新名", ""));
        foreach (var constant in (string[])["id", "codeId", "key", "url", "createdAt"])
        {
            edited.Text(constant).ShouldBe(made.Text(constant));
        }

        await desk.PatchAsync(path, new { name = " " }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await desk.PatchAsync(path, new { name = new string('长', 31) }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "name");
        await desk.PatchAsync(path, new { remark = new string('长', 51) }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "remark");
        await desk.PatchAsync(path, new { name = "乙" }).ProblemAsync(HttpStatusCode.Conflict, "channel.name-taken", "name");
        (await desk.PatchAsync(path, new { name = "新名" }).JsonAsync()).ToString().ShouldBe(edited.ToString());
    }

    [Theory]
    [BothStores]
    public async Task Archive_HidesIt_UntilItIsTakenOut(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        var channel = (await desk.CreateChannelsAsync(id, "甲"))[0];
        var path = $"channels/{channel.Id()}";

        (await desk.PatchAsync(path, new { archived = true }).JsonAsync()).Flag("archived").ShouldBeTrue();

        (await desk.ListChannelsAsync()).Number("total").ShouldBe(0);
        (await desk.ListChannelsAsync("?archived=true")).Texts("name").ShouldBe(["甲"]);
        using var qr = await desk.GetAsync($"{path}/qr");
        qr.StatusCode.ShouldBe(HttpStatusCode.OK);
        await desk.DeleteAsync(path).ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        var twin = (await desk.CreateChannelsAsync(id, "甲"))[0];
        await desk.PatchAsync(path, new { archived = false }).ProblemAsync(HttpStatusCode.Conflict, "channel.name-taken", "name");
        await desk.PatchAsync($"channels/{twin.Id()}", new { name = "甲 2" }).JsonAsync();
        await desk.PatchAsync(path, new { archived = false }).JsonAsync();
        (await desk.ListChannelsAsync()).Number("total").ShouldBe(2);
    }

    [Theory]
    [BothStores]
    public async Task Ids_OfAnotherTenant_AreNotThere(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var desk = await Desk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var id = (await desk.CreateCodeAsync()).Id();
        var channel = (await desk.CreateChannelsAsync(id, "甲"))[0];
        await app.CountAsync(desk, channel, app.Clock.GetUtcNow(), slot: 0, scans: 5, newVisitors: 5, dayVisitors: 5, presses: 0, newPressers: 0, dayPressers: 0);
        var before = (await desk.ListChannelsAsync()).ToString();

        Task<HttpResponseMessage>[] foreign =
        [
            other.PostAsync($"codes/{id}/channels", new[] { new { name = "夺" } }),
            other.GetAsync($"codes/{id}/channels/qr"),
            other.GetAsync($"channels?codeId={id}"),
            other.PatchAsync($"channels/{channel.Id()}", new { name = "夺" }),
            other.GetAsync($"channels/{channel.Id()}/qr"),
        ];

        foreach (var answer in foreign)
        {
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await other.ListChannelsAsync()).Number("total").ShouldBe(0);
        (await other.ListChannelsAsync("?archived=true")).Number("total").ShouldBe(0);
        (await desk.ListChannelsAsync()).ToString().ShouldBe(before);
    }

    [Fact]
    public async Task Viewers_ReadOnly()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var viewer = await Desk.OpenOtherTenantAsync(app, Role.Viewer);

        await viewer.PostAsync("codes/00000000001/channels", new[] { new { name = "甲" } }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        await viewer.PatchAsync("channels/00000000001", new { name = "甲" }).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
        (await viewer.ListChannelsAsync()).Number("total").ShouldBe(0);
    }
}
