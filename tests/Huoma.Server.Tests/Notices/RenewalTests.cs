using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Notices;

/// <summary>免登录续码: one link, one picture, nobody signed in.</summary>
public sealed class RenewalTests
{
    [Theory, BothStores]
    public async Task Link_ShowsTheSlot_AndReplacesItsPicture_Once(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (desk, code, slot, path) = await LinkAsync(app, receiver);

        // Looking does not use it up, whoever looks.
        var robot = app.Visitor();
        robot.DefaultRequestHeaders.UserAgent.Clear();
        robot.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "WeChatLinkPreview/1.0 bot");
        (await robot.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Visitor().SendAsync(new HttpRequestMessage(HttpMethod.Head, path), TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var opened = await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, path);
        opened.State.ShouldBe("renewal");
        opened.Html.ShouldContain("读书会");
        opened.Html.ShouldContain("一群");
        opened.Html.ShouldContain(slot.Text("imageUrl"));
        opened.Html.ShouldContain("有效期至</dt><dd>2026-11-22 13:00（北京时间）");
        opened.Html.ShouldContain("value=\"2026-11-29T12:00\"");
        opened.Html.ShouldNotContain("<script");
        ShouldBePrivate(opened.Answer);

        var done = await SendAsync(app, path, Pictures.Groups[3], ("until", "2026-11-28T09:30"));

        (done.Status, done.State).ShouldBe((HttpStatusCode.OK, "renewal-done"));
        done.Html.ShouldContain("2026-11-28 09:30（北京时间）");
        ShouldBePrivate(done.Answer);
        var after = await SlotAsync(desk, code, slot);
        after.Text("imageUrl").ShouldNotBe(slot.Text("imageUrl"));
        (after.Text("expiresAt"), after.Number("round"), after.Number("threshold")).ShouldBe(("2026-11-28T01:30:00.000Z", 1, 100));
        done.Html.ShouldContain(after.Text("imageUrl"));

        var again = await SendAsync(app, path, Pictures.Groups[4]);
        (again.Status, again.State).ShouldBe((HttpStatusCode.Gone, "renewal-used"));
        (await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, path)).State.ShouldBe("renewal-used");
        (await SlotAsync(desk, code, slot)).ToString().ShouldBe(after.ToString());
        var notice = (await desk.NoticesAsync()).Single(notice => notice.Text("kind") == "slot-expiring");
        notice.Text("renewedAt").ShouldBe("2026-11-22T04:00:00.000Z");
        await ShouldBeAuditedAsync(app, slot, after);
    }

    [Theory, BothStores]
    public async Task TwoAtOnce_OneIsTaken(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (desk, code, slot, path) = await LinkAsync(app, receiver);

        var answers = await Task.WhenAll(Pictures.Groups.Skip(2).Take(4).Select(picture => Task.Run(() => SendAsync(app, path, picture), TestContext.Current.CancellationToken)));

        answers.Select(answer => answer.State).Order().ShouldBe(["renewal-done", "renewal-used", "renewal-used", "renewal-used"]);
        var after = await SlotAsync(desk, code, slot);
        answers.Single(answer => answer.State == "renewal-done").Html.ShouldContain(after.Text("imageUrl"));
        await ShouldBeAuditedAsync(app, slot, after);
    }

    [Theory, BothStores]
    public async Task Link_IsOver_AfterThreeDays_AndWhenThereIsNothingToRenew(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (desk, code, slot, path) = await LinkAsync(app, receiver);

        app.Clock.Advance(TimeSpan.FromHours(72) - TimeSpan.FromMilliseconds(1));
        (await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, path)).State.ShouldBe("renewal");
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, path)).State.ShouldBe("renewal-expired");
        var late = await SendAsync(app, path, Pictures.Groups[3], ("until", "2026-12-01T09:30"));
        (late.Status, late.State).ShouldBe((HttpStatusCode.Gone, "renewal-expired"));

        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero));
        await desk.Desk.DeleteAsync($"slots/{slot.Id()}").JsonAsync(HttpStatusCode.NoContent);
        (await SendAsync(app, path, Pictures.Groups[3])).State.ShouldBe("renewal-gone");
        (await desk.Desk.SlotsAsync(code)).Count.ShouldBe(2);
    }

    [Theory, BothStores]
    public async Task Forged_IsRefused_AndGuessingSlowedDown(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (_, _, _, path) = await LinkAsync(app, receiver);
        var phone = new Phone(app.Visitor());

        string[] forged = [path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), path + "A", path[..14], "/r/x", "/r/00000000001" + path[14..]];
        foreach (var guess in forged)
        {
            var answer = await phone.OpenAsync(HttpMethod.Get, guess);
            (answer.Status, answer.State).ShouldBe((HttpStatusCode.NotFound, "renewal-unknown"), guess);
        }

        (await SendAsync(app, forged[0], Pictures.Groups[3])).State.ShouldBe("renewal-unknown");
        SeenPage last = await phone.OpenAsync(HttpMethod.Get, "/r/x");
        for (var guess = forged.Length + 2; guess < 21; guess++)
        {
            last = await phone.OpenAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/r/guess{guess}"));
        }

        (last.Status, last.State).ShouldBe((HttpStatusCode.TooManyRequests, "renewal-throttled"));
        (await phone.OpenAsync(HttpMethod.Get, path)).State.ShouldBe("renewal");
    }

    [Theory, BothStores]
    public async Task BadPicture_KeepsTheForm_WithAllThatWasTyped(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (desk, code, slot, path) = await LinkAsync(app, receiver);

        var broken = await SendAsync(app, path, "no picture at all"u8.ToArray(), ("until", "2026-12-24T18:00"), ("newGroup", "true"));
        (broken.Status, broken.State).ShouldBe((HttpStatusCode.BadRequest, "renewal"));
        broken.Html.ShouldContain("只支持 JPG、PNG、WebP、GIF 图片");
        broken.Html.ShouldContain("value=\"2026-12-24T18:00\"");
        broken.Html.ShouldContain("name=\"newGroup\" value=\"true\" checked");
        var large = await SendAsync(app, path, new byte[(2 * 1024 * 1024) + 1]);
        (large.Status, large.Html.Contains("不能超过 2 MB", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, true));
        (await SendAsync(app, path, Array.Empty<byte>())).Html.ShouldContain("id=\"error\"");

        // No QR in it: kept, but to be explained. The picture need not be sent again.
        var doubtful = await SendAsync(app, path, await File.ReadAllBytesAsync(Pictures.Banner, TestContext.Current.CancellationToken), ("until", "2026-12-24T18:00"));
        (doubtful.Status, doubtful.State).ShouldBe((HttpStatusCode.Conflict, "renewal"));
        doubtful.Html.ShouldContain("没有识别到二维码");
        doubtful.Html.ShouldContain("name=\"overrideReason\"");
        var kept = Regex.Match(doubtful.Html, "name=\"imageId\" value=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture).Groups["id"].Value;
        var past = await KeepAsync(app, path, ("imageId", kept), ("overrideReason", "海报里有码"), ("until", "2026-11-01T00:00"));
        past.Html.ShouldContain("有效期已经过去");
        past.Html.ShouldContain($"value=\"{kept}\"");
        past.Html.ShouldContain("value=\"2026-11-01T00:00\"");
        (await SlotAsync(desk, code, slot)).ToString().ShouldBe(slot.ToString());

        var done = await KeepAsync(app, path, ("imageId", kept), ("overrideReason", "海报里有码"), ("until", "2026-12-24T18:00"));
        done.State.ShouldBe("renewal-done", done.Html);
        var after = await SlotAsync(desk, code, slot);
        (after.Text("imageId"), after.Text("overrideReason")).ShouldBe((kept, "海报里有码"));
    }

    [Theory, BothStores]
    public async Task Link_TouchesNoOtherTenant(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var (desk, code, slot, path) = await LinkAsync(app, receiver);
        var other = await Desk.OpenOtherTenantAsync(app);
        var theirs = await other.AddSlotAsync((await other.CreateCodeAsync()).Id());

        // Their picture is none of ours, and nothing that is sent chooses the slot.
        var answer = await KeepAsync(app, path, ("imageId", theirs.Text("imageId")), ("slotId", theirs.Id()), ("id", theirs.Id()));
        answer.State.ShouldBe("renewal");
        answer.Html.ShouldNotContain(theirs.Text("imageUrl"));
        (await SlotAsync(desk, code, slot)).ToString().ShouldBe(slot.ToString());

        (await SendAsync(app, path, Pictures.Groups[3], ("slotId", theirs.Id()))).State.ShouldBe("renewal-done");
        (await other.SlotsAsync(theirs.Text("codeId"))).ShouldHaveSingleItem().ToString().ShouldBe(theirs.ToString());
    }

    [Theory, BothStores]
    public async Task LinkOfACode_AddsAGroup(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(receiver);
        var code = (await desk.Desk.CreateCodeAsync()).Id();
        var slot = await desk.Desk.AddSlotAsync(code, "一群", threshold: 5);
        await desk.Desk.CountAsync(slot, desk.Now.AddDays(-1), pressVisitors: 5);
        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);
        var path = NoticeDesk.LinkIn(receiver.Got.ShouldHaveSingleItem().Json.Text("markdown.content"));

        var opened = await new Phone(app.Visitor()).OpenAsync(HttpMethod.Get, path);
        opened.Html.ShouldContain("添加群二维码");
        var done = await SendAsync(app, path, Pictures.Groups[3], ("name", "二群"));

        done.State.ShouldBe("renewal-done", done.Html);
        var slots = await desk.Desk.SlotsAsync(code);
        slots.Select(row => (row.Text("name"), row.Text("state"))).ShouldBe([("一群", "full"), ("二群", "serving")]);
        (await SendAsync(app, path, Pictures.Groups[4])).State.ShouldBe("renewal-used");
        (await desk.Desk.SlotsAsync(code)).Count.ShouldBe(2);
    }

    /// <summary>A slot that expires in an hour, and the link to it that went to a chat group.</summary>
    private static async Task<(NoticeDesk Desk, string CodeId, JsonElement Slot, string Path)> LinkAsync(HuomaApp app, Receiver receiver)
    {
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(receiver);
        var (code, slot) = await desk.ExpiringAsync(TimeSpan.FromHours(1));
        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);
        return (desk, code, slot, NoticeDesk.LinkIn(receiver.Got.ShouldHaveSingleItem().Json.Text("markdown.content")));
    }

    private static async Task<SeenPage> SendAsync(HuomaApp app, string path, string file, params (string Name, string Value)[] fields) =>
        await SendAsync(app, path, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), fields);

    /// <summary>Sends the form without a picture, as somebody who keeps the one he has sent.</summary>
    private static Task<SeenPage> KeepAsync(HuomaApp app, string path, params (string Name, string Value)[] fields) => SendAsync(app, path, default(byte[]), fields);

    private static async Task<SeenPage> SendAsync(HuomaApp app, string path, byte[]? picture, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        if (picture is not null)
        {
            var content = new ByteArrayContent(picture);
            content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(content, "image", "IMG_0042.jpg");
        }

        var answer = await app.Visitor().PostAsync(path, form, TestContext.Current.CancellationToken);
        return new SeenPage(answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer);
    }

    private static async Task<JsonElement> SlotAsync(NoticeDesk desk, string codeId, JsonElement slot) =>
        (await desk.Desk.SlotsAsync(codeId)).Single(row => row.Id() == slot.Id());

    private static void ShouldBePrivate(HttpResponseMessage answer)
    {
        answer.Headers.CacheControl?.ToString().ShouldBe("no-store");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldStartWith("default-src 'none'");
        policy.ShouldContain("script-src 'none'");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
    }

    private static async Task ShouldBeAuditedAsync(HuomaApp app, JsonElement before, JsonElement after)
    {
        const string sql = "SELECT actor AS Actor, channel_name AS ChannelName, slot_id AS SlotId, old_image_id AS OldImageId, new_image_id AS NewImageId FROM renewals";
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        var row = (await connection.QueryAsync<Renewal>(sql)).ShouldHaveSingleItem();
        row.ShouldBe(new Renewal
        {
            Actor = "续码链接",
            ChannelName = "运营群",
            SlotId = SlotId.Parse(before.Id()).Value,
            OldImageId = ImageId.Parse(before.Text("imageId")).Value,
            NewImageId = ImageId.Parse(after.Text("imageId")).Value,
        });
    }

    private sealed record Renewal
    {
        public string Actor { get; init; } = "";

        public string ChannelName { get; init; } = "";

        public long SlotId { get; init; }

        public long OldImageId { get; init; }

        public long NewImageId { get; init; }
    }
}
