using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>The visitor's page itself (contract 3, spec C and D.4).</summary>
public sealed class VisitPageTests
{
    [Fact]
    public async Task Page_HasOneQrAndIsSmallAndIsNeverStored()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var (code, _) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 5);

        var page = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));

        page.Html.Split("<img").Length.ShouldBe(2);
        page.Html.Length.ShouldBeLessThan(30 * 1024);
        page.Answer.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        page.Answer.Headers.CacheControl?.NoStore.ShouldBe(true);
        var cookie = page.Answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task Page_IsTheSameForEverybody()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var (code, _) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 5);

        var one = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));
        var two = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));

        two.Html.ShouldBe(one.Html);
    }

    [Fact]
    public async Task Page_ShowsTextAsText_WhenANameHoldsMarkup()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        await console.PatchAsync($"codes/{code.Id()}", new { name = "<script>alert(1)</script>" });
        await console.PatchAsync($"slots/{slots[0]}", new { supportWeChatId = "\"><img src=x>" });

        var page = await new Phone(app.Visitor()).ScanAsync(code.Text("key"));

        page.Html.ShouldNotContain("<script>alert");
        page.Html.ShouldNotContain("<img src=x");
        page.Html.ShouldContain("&lt;script&gt;");
    }

    [Fact]
    public async Task Page_TellsToOpenWeChat_WhenItIsAnotherBrowser()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var (code, _) = await new Operator(await app.SignInAsync()).CreateCodeWithSlotsAsync(sticky: true, 5);
        var phone = new Phone(app.Visitor());

        var inWeChat = await phone.ScanAsync(code.Text("key"));
        var elsewhere = await phone.OpenAsync(HttpMethod.Get, $"/q/{code.Text("key")}", ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0"));

        inWeChat.Html.ShouldContain("长按识别二维码进群");
        elsewhere.Html.ShouldContain("请使用微信");
        elsewhere.State.ShouldBe("qr");
    }

    [Fact]
    public async Task Visitor_IsSomebodyElse_WhenTheCookieWasTamperedWith()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var phone = new Phone(app.Visitor(keepsCookies: false));

        foreach (var cookie in (string[])["huoma_visitor=1", "huoma_visitor=" + new string('A', 54), "huoma_visitor=%00<script>"])
        {
            (await phone.OpenAsync(HttpMethod.Get, $"/q/{code.Text("key")}", ("Cookie", cookie))).Status.ShouldBe(HttpStatusCode.OK);
        }

        (await console.CountsAsync(code)).Number("visitors").ShouldBe(3);
    }
}
