using System.Net;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Visits;

/// <summary>What is counted, and what is not (D1, D2, spec E.5 items 2 and 13).</summary>
public sealed class CountingTests
{
    [Theory, BothStores]
    public async Task Counts_TellEventsFromPeople_WhenOneVisitorReloadsAndPressesAgain(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 2, 100);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());

        SeenPage? page = null;
        for (var reload = 0; reload < 50; reload++)
        {
            page = await phone.ScanAsync(key);
        }

        for (var press = 0; press < 5; press++)
        {
            (await phone.PressAsync(key, page!)).ShouldBe(HttpStatusCode.NoContent);
        }

        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((50, 1, 5, 1));
        var slot = (await console.SlotsAsync(code))[0];
        slot.Text("state").ShouldBe("serving");
        (slot.Number("views"), slot.Number("visitors"), slot.Number("presses"), slot.Number("pressVisitors")).ShouldBe((50, 1, 5, 1));
    }

    [Theory, BothStores]
    public async Task Press_CountsOnce_WhenItIsSentTwice(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        var page = await phone.ScanAsync(key);

        for (var time = 0; time < 3; time++)
        {
            (await phone.PressAsync(key, page, "same")).ShouldBe(HttpStatusCode.NoContent);
        }

        (await console.CountsAsync(code)).Number("presses").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Today_BeginsAtMidnightInShanghai(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        app.Clock.Set(new DateTimeOffset(2026, 11, 22, 23, 59, 59, TimeSpan.FromHours(8)));
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        await phone.PressAsync(key, await phone.ScanAsync(key));

        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var morning = await console.CountsAsync(code);
        (morning.Number("todayScans"), morning.Number("todayVisitors"), morning.Number("scans")).ShouldBe((0, 0, 1));
        await phone.PressAsync(key, await phone.ScanAsync(key));
        await phone.ScanAsync(key);

        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((3, 1, 2, 1));
        (counts.Number("todayScans"), counts.Number("todayVisitors"), counts.Number("todayPresses"), counts.Number("todayPressVisitors")).ShouldBe((2, 1, 1, 1));
    }

    [Theory, BothStores]
    public async Task Scan_CountsNothing_WhenNobodyLooks(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var path = $"/q/{code.Text("key")}";
        var phone = new Phone(app.Visitor(keepsCookies: false));

        SeenPage[] pages =
        [
            await phone.OpenAsync(HttpMethod.Head, path),
            await phone.OpenAsync(HttpMethod.Get, path, ("Sec-Purpose", "prefetch;prerender")),
            await phone.OpenAsync(HttpMethod.Get, path, ("Purpose", "prefetch")),
            await phone.OpenAsync(HttpMethod.Get, path, ("User-Agent", "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)")),
            await phone.OpenAsync(HttpMethod.Get, path, ("User-Agent", "facebookexternalhit/1.1")),
        ];

        foreach (var page in pages)
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        pages[0].Html.ShouldBeEmpty();
        pages[1].Slot.ShouldBe(slots[0]);
        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors")).ShouldBe((0, 0));
        (await console.SlotsAsync(code))[0].Number("views").ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Welcome_CountsTheScanAndChoosesOnEntry(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var banner = (await console.UploadAsync(Pictures.Banner, "welcome")).Id();
        await console.PatchAsync($"codes/{code.Id()}", new { welcome = new { enabled = true, imageId = banner, groupIntro = "每天一小时", founderIntro = "李老师" } });
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());

        var welcome = await phone.ScanAsync(key);
        welcome.State.ShouldBe("welcome");
        welcome.Html.ShouldContain("每天一小时");
        welcome.Html.ShouldNotContain("id=\"qr\"");
        (await console.SlotsAsync(code))[0].Number("views").ShouldBe(0);

        var entered = await phone.EnterAsync(key);
        entered.Slot.ShouldBe(slots[0]);
        (await phone.PressAsync(key, entered)).ShouldBe(HttpStatusCode.NoContent);
        var counts = await console.CountsAsync(code);
        (counts.Number("scans"), counts.Number("visitors"), counts.Number("pressVisitors")).ShouldBe((1, 1, 1));
        (await console.SlotsAsync(code))[0].Number("views").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Press_IsRefusedAndChangesNothing_WhenItIsNotHonest(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var (other, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        var page = await phone.ScanAsync(key);
        var elsewhere = new Phone(app.Visitor());
        await elsewhere.ScanAsync(other.Text("key"));

        // Somebody who was never shown it, somebody without a cookie, the wrong address, a changed token, no token, an old one.
        (await elsewhere.PressAsync(key, page)).ShouldBe(HttpStatusCode.Forbidden);
        (await new Phone(app.Visitor()).PressAsync(key, page)).ShouldBe(HttpStatusCode.BadRequest);
        (await phone.PressAsync(other.Text("key"), page)).ShouldBe(HttpStatusCode.BadRequest);
        (await phone.PressAsync(key, page with { Html = page.Html.Replace(page.PressToken, (page.PressToken[0] == 'A' ? "B" : "A") + page.PressToken[1..], StringComparison.Ordinal) })).ShouldBe(HttpStatusCode.BadRequest);
        (await phone.PressAsync(key, page with { Html = "" })).ShouldBe(HttpStatusCode.BadRequest);
        app.Clock.Advance(TimeSpan.FromHours(37));
        (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.BadRequest);

        // By now the operator's session has ended as well.
        (await new Operator(await app.SignInAsync()).CountsAsync(code)).Number("presses").ShouldBe(0);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", HttpStatusCode.BadRequest)]
    [InlineData("multipart/form-data", HttpStatusCode.BadRequest)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("text/plain; charset=bogus", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/octet-stream", HttpStatusCode.BadRequest)]
    public async Task Press_IsRefused_WhenTheBodyIsNoneOfOurs(string type, HttpStatusCode status)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        using var body = new StringContent("zzz");
        body.Headers.Remove("Content-Type");
        body.Headers.TryAddWithoutValidation("Content-Type", type);

        var answer = await app.Visitor().PostAsync("/q/anything/press", body, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(status);
    }

    [Theory, BothStores]
    public async Task Press_IsTakenAsFormToo(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var console = new Operator(await app.SignInAsync());
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 5);
        var key = code.Text("key");
        var phone = new Phone(app.Visitor());
        var page = await phone.ScanAsync(key);

        using var form = new FormUrlEncodedContent([new("token", page.PressToken), new("id", "form-1")]);
        var answer = await phone.Http.PostAsync($"/q/{key}/press", form, TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await console.CountsAsync(code)).Number("pressVisitors").ShouldBe(1);
    }
}
