using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Huoma.Server.Tests.LiveCodes;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Notices;

/// <summary>What the channels are sent, signed and written as their platforms want it.</summary>
public sealed class NoticeChannelTests
{
    private static readonly byte[] WebhookKey = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    [Theory, BothStores]
    public async Task Wecom_IsSentMarkdown_ThatSaysAllThereIsToSay(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.WecomAsync(receiver);
        var (code, slot) = await desk.ExpiringAsync(TimeSpan.FromHours(23), "读书会 <@all> [x](http://evil)", "一*群*");

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);

        var got = receiver.Got.ShouldHaveSingleItem();
        (got.Path, got.Query["key"]).ShouldBe(("/cgi-bin/webhook/send", "canary-4f1a"));
        got.Json.Text("msgtype").ShouldBe("markdown");
        var text = got.Json.Text("markdown.content");
        text.ShouldStartWith("**群二维码 24 小时内过期**\n");
        text.ShouldContain("活码：读书会 ＜＠all＞ ［x］（http://evil）");
        text.ShouldContain("群二维码：一＊群＊");
        text.ShouldContain("有效期至：2026-11-23 11:00（北京时间）");
        text.ShouldContain("时间：2026-11-22 12:00（北京时间）");
        text.ShouldContain("影响：过期后不再展示给访客");
        text.ShouldContain($"[在控制台查看]({NoticeDesk.PublicUrl}/console/codes/{code}/slots?slot={slot.Id()})");
        text.ShouldContain($"[上传新的群二维码截图]({NoticeDesk.PublicUrl}/r/");
        Encoding.UTF8.GetByteCount(text).ShouldBeLessThan(4096);
    }

    [Theory, BothStores]
    public async Task Dingtalk_IsSigned_InTheAddress(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.ChannelAsync(new { kind = "dingtalk", name = "钉钉群", url = receiver.Url("/robot/send?access_token=t1"), secret = "SECcanary" });
        await desk.ExpiringAsync(TimeSpan.FromHours(1));

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);

        var got = receiver.Got.ShouldHaveSingleItem();
        var timestamp = desk.Now.ToUnixTimeMilliseconds();
        got.Query["access_token"].ShouldBe("t1");
        got.Query["timestamp"].ShouldBe($"{timestamp}");
        got.Query["sign"].ShouldBe(Convert.ToBase64String(HMACSHA256.HashData("SECcanary"u8.ToArray(), Encoding.UTF8.GetBytes($"{timestamp}\nSECcanary"))));
        got.Json.Text("markdown.title").ShouldBe("活码：群二维码 2 小时内过期");
        got.Json.Text("markdown.text").ShouldContain("活码：读书会");
    }

    [Theory, BothStores]
    public async Task Feishu_IsSigned_InTheBody(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.ChannelAsync(new { kind = "feishu", name = "飞书群", url = receiver.Url("/open-apis/bot/v2/hook/h1"), secret = "fs-canary" });
        await desk.ExpiringAsync(TimeSpan.FromHours(1));

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);

        var json = receiver.Got.ShouldHaveSingleItem().Json;
        var timestamp = desk.Now.ToUnixTimeSeconds();
        json.Text("timestamp").ShouldBe($"{timestamp}");
        json.Text("sign").ShouldBe(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\nfs-canary"), Array.Empty<byte>())));
        json.Text("msg_type").ShouldBe("interactive");
        json.At("card.elements")[0].Text("content").ShouldContain("活码：读书会");
    }

    [Theory, BothStores]
    public async Task Webhook_IsSigned_AsStandardWebhooksSay(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        await desk.ChannelAsync(new { kind = "webhook", name = "系统", url = receiver.Url("/hook"), secret = "whsec_" + Convert.ToBase64String(WebhookKey) });
        var (code, slot) = await desk.ExpiringAsync(TimeSpan.FromHours(1));
        receiver.Answers = _ => (503, "");

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);
        receiver.Answers = _ => (204, "");
        app.Clock.Advance(TimeSpan.FromSeconds(16));
        await NoticeDesk.SendAsync(app);

        receiver.Got.Count.ShouldBe(2);
        receiver.Got[1].Headers["webhook-id"].ShouldBe(receiver.Got[0].Headers["webhook-id"]);
        foreach (var got in receiver.Got)
        {
            var signed = $"{got.Headers["webhook-id"]}.{got.Headers["webhook-timestamp"]}.{got.Body}";
            got.Headers["webhook-signature"].ShouldBe("v1," + Convert.ToBase64String(HMACSHA256.HashData(WebhookKey, Encoding.UTF8.GetBytes(signed))));
        }

        receiver.Got[1].Headers["webhook-timestamp"].ShouldBe($"{desk.Now.ToUnixTimeSeconds()}");
        var json = receiver.Got[1].Json;
        json.Text("type").ShouldBe("notice.slot-expiring");
        var item = json.At("data.notices")[0];
        (item.Text("codeId"), item.Text("slotId"), item.Text("expiresAt")).ShouldBe((code, slot.Id(), "2026-11-22T05:00:00.000Z"));
        NoticeDesk.LinkIn(item.Text("renewUrl")).ShouldStartWith("/r/");
    }

    [Theory, BothStores]
    public async Task Mail_IsSent_ByTheTenantsServer(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var server = new MailServer();
        var desk = await NoticeDesk.OpenAsync(app);
        var smtp = new { host = "127.0.0.1", port = server.Port, security = "none", from = "huoma@example.com", to = (string[])["ops@example.com", "boss@example.com"] };
        var channel = await desk.ChannelAsync(new { kind = "email", name = "邮件", smtp });
        await desk.ExpiringAsync(TimeSpan.FromHours(1));

        await NoticeDesk.WatchAsync(app);
        await NoticeDesk.SendAsync(app);

        using var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(server.Mails.ShouldHaveSingleItem())), TestContext.Current.CancellationToken);
        mail.Subject.ShouldBe("活码：群二维码 2 小时内过期（读书会）");
        mail.To.ToString().ShouldBe("ops@example.com, boss@example.com");
        mail.TextBody.ShouldNotBeNull().ShouldContain("活码：读书会");
        mail.HtmlBody.ShouldNotBeNull().ShouldContain($"<a href=\"{NoticeDesk.PublicUrl}/r/");
        channel.Text("target").ShouldBe("ops@example.com、boss@example.com");
        channel.Flag("smtp.hasPassword").ShouldBeFalse();
    }

    [Theory, BothStores]
    public async Task Test_ShowsWhatThePlatformSaid_AndKeepsItsLimit(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        var path = $"notice-channels/{(await desk.WecomAsync(receiver)).Id()}/test";

        (await desk.Desk.PostAsync(path, new { }).JsonAsync()).Flag("isTaken").ShouldBeTrue();
        receiver.Got.ShouldHaveSingleItem().Json.Text("markdown.content").ShouldContain("测试通知");
        receiver.Answers = got => (200, $$"""{"errcode":93000,"errmsg":"invalid webhook url {{receiver.Url("/cgi-bin/webhook/send?key=canary-4f1a")}}"}""");
        var refused = await desk.Desk.PostAsync(path, new { }).JsonAsync();
        (refused.Flag("isTaken"), refused.Text("answer")).ShouldBe((false, "93000：invalid webhook url …"));
        receiver.Answers = _ => (200, "<html>hello</html>");
        (await desk.Desk.PostAsync(path, new { }).JsonAsync()).Text("answer").ShouldContain("Webhook 地址");
        receiver.Answers = _ => (404, "");
        (await desk.Desk.PostAsync(path, new { }).JsonAsync()).Text("answer").ShouldContain("HTTP 404");
        await desk.Desk.PostAsync(path, new { }).JsonAsync();
        await desk.Desk.PostAsync(path, new { }).ProblemAsync(HttpStatusCode.TooManyRequests, "notice-channel.busy");
        receiver.Got.Count.ShouldBe(5);
    }

    [Theory, BothStores]
    public async Task Secrets_AreNeverShown_AndSealedInTheDatabase(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        await using var receiver = await Receiver.StartAsync();
        var desk = await NoticeDesk.OpenAsync(app);
        var url = receiver.Url("/robot/send?access_token=canary-token-77");
        var channel = await desk.ChannelAsync(new { kind = "dingtalk", name = "钉钉群", url, secret = "SECcanary-secret" });
        var edited = await desk.Desk.PatchAsync($"notice-channels/{channel.Id()}", new { name = "改名", kinds = (string[])["code-exhausted"] }).JsonAsync();
        var listed = await desk.Desk.GetAsync("notice-channels").JsonAsync();

        foreach (var shown in (string[])[channel.ToString(), edited.ToString(), listed.ToString()])
        {
            shown.ShouldNotContain("canary");
        }

        (edited.Text("name"), edited.Text("target"), edited.Flag("hasSecret")).ShouldBe(("改名", "127.0.0.1 …n-77", true));
        edited.At("kinds").ToString().ShouldBe("""["code-exhausted"]""");
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(TestContext.Current.CancellationToken);
        (await connection.ExecuteScalarAsync<string>("SELECT settings FROM notice_channels"))!.ShouldNotContain("canary");
        (await connection.ExecuteScalarAsync<string>("SELECT settings FROM notice_channels"))!.Length.ShouldBeGreaterThan(100);

        // What is not sent stays, and still works.
        (await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync()).Flag("isTaken").ShouldBeTrue();
        receiver.Got[0].Query["access_token"].ShouldBe("canary-token-77");
        receiver.Got[0].Query.Keys.ShouldContain("sign");
        await desk.Desk.PatchAsync($"notice-channels/{channel.Id()}", new { secret = "" }).JsonAsync();
        await desk.Desk.PostAsync($"notice-channels/{channel.Id()}/test", new { }).JsonAsync();
        receiver.Got[1].Query.Keys.ShouldNotContain("sign");
    }

    [Theory, BothStores]
    public async Task BadInput_IsSaidByItsField(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        Task<System.Text.Json.JsonElement> RefusedAsync(object request, string field) =>
            desk.Desk.PostAsync("notice-channels", request).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", field);

        await RefusedAsync(new { name = "x", url = "https://a.example.com" }, "kind");
        await RefusedAsync(new { kind = "wecom", name = "x" }, "url");
        await RefusedAsync(new { kind = "wecom", name = "x", url = "ftp://a.example.com/" }, "url");
        await RefusedAsync(new { kind = "wecom", name = "x", url = "file:///etc/passwd" }, "url");
        await RefusedAsync(new { kind = "wecom", name = "", url = "https://a.example.com" }, "name");
        await RefusedAsync(new { kind = "webhook", name = "x", url = "https://a.example.com", secret = "short" }, "secret");
        await RefusedAsync(new { kind = "email", name = "x" }, "smtp.host");
        await RefusedAsync(new { kind = "email", name = "x", smtp = new { host = "h", port = 465, from = "a@b.example", to = (string[])["no mail"] } }, "smtp.to");
        await RefusedAsync(new { kind = "email", name = "x", smtp = new { host = "h", port = 465, user = "u", from = "a@b.example", to = (string[])["c@b.example"] } }, "smtp.password");
        await RefusedAsync(new { kind = "wecom", name = "x", url = "https://a.example.com", quiet = new { from = "25:00", to = "08:00" } }, "quiet");
        await desk.Desk.PostAsync("notice-channels", new { kind = "wecom", name = "x", url = "https://a.example.com", quiet = new { from = "01:00", to = "20:00" } })
            .ProblemAsync(HttpStatusCode.Conflict, "notice-channel.quiet-too-long", "quiet");
        await desk.Desk.PostAsync("notice-channels", new { kind = "wecom", name = "x", url = "https://a.example.com", kinds = Array.Empty<string>() })
            .ProblemAsync(HttpStatusCode.Conflict, "notice-channel.no-kinds", "kinds");
    }

    [Theory, BothStores]
    public async Task Password_DoesNotFollow_ToAnotherServer(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        object Smtp(string host, string? password = null) =>
            new { host, port = 465, security = "ssl", user = "u", password, from = "a@b.example", to = (string[])["c@b.example"] };
        var channel = await desk.ChannelAsync(new { kind = "email", name = "邮件", smtp = Smtp("smtp.b.example", "canary") });
        var path = $"notice-channels/{channel.Id()}";

        (await desk.Desk.PatchAsync(path, new { smtp = Smtp("smtp.b.example") }).JsonAsync()).Flag("smtp.hasPassword").ShouldBeTrue();
        await desk.Desk.PatchAsync(path, new { smtp = Smtp("evil.example") }).ProblemAsync(HttpStatusCode.BadRequest, "input.invalid", "smtp.password");
        await desk.Desk.PatchAsync(path, new { smtp = Smtp("other.example", "new") }).JsonAsync();
    }

    [Theory, BothStores]
    public async Task Channels_OfAnotherTenant_AreNotThere_AndViewersChangeNone(Store store)
    {
        await using var app = await NoticeDesk.StartAsync(store);
        var desk = await NoticeDesk.OpenAsync(app);
        var other = await Desk.OpenOtherTenantAsync(app);
        var path = $"notice-channels/{(await desk.ChannelAsync(new { kind = "wecom", name = "我的", url = "https://a.example.com" })).Id()}";

        Task<HttpResponseMessage>[] foreign =
        [
            other.GetAsync(path), other.PatchAsync(path, new { name = "夺" }), other.DeleteAsync(path), other.PostAsync($"{path}/test", new { }), other.GetAsync($"{path}/deliveries"),
        ];
        foreach (var answer in foreign)
        {
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        (await other.GetAsync("notice-channels").JsonAsync()).Number("total").ShouldBe(0);
        await desk.Desk.PostAsync("users", new { account = "viewer@example.com", name = "看", role = "viewer", password = "dancing-llama-7" }).JsonAsync(HttpStatusCode.Created);
        using var viewer = await app.SignInAsync("viewer@example.com", "dancing-llama-7");
        (await viewer.GetAsync($"/api/v1/{path}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await viewer.DeleteAsync($"/api/v1/{path}", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.Desk.GetAsync(path).JsonAsync()).Text("name").ShouldBe("我的");
        await desk.Desk.DeleteAsync(path).JsonAsync(HttpStatusCode.NoContent);
        await desk.Desk.GetAsync(path).ProblemAsync(HttpStatusCode.NotFound, "not-found");
    }
}
