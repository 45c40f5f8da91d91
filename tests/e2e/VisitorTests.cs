using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>The visitor's page in a real browser with real touches (spec C).</summary>
public sealed class VisitorTests
{
    [Fact]
    public async Task LongPress_CountsOnce_ByTouch()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (console, code) = await CodeAsync(server);
        await using var browser = await Browser.StartAsync();
        var page = await browser.WeChatAsync(server.Address);
        await page.GotoAsync($"/q/{code}");
        await Browser.LookAsync(page, "visitor-qr");

        // A tap and a swipe are no press.
        await TouchAsync(page, holdMilliseconds: 120);
        await TouchAsync(page, holdMilliseconds: 700, moveBy: 40);
        var answer = await page.RunAndWaitForResponseAsync(() => TouchAsync(page, holdMilliseconds: 700), response => response.Url.EndsWith("/press", StringComparison.Ordinal));

        answer.Status.ShouldBe(204);
        await ShouldHaveAsync(console, presses: 1);
    }

    [Fact]
    public async Task LongPress_Counts_WhenTheSystemTakesTheTouchAway()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (console, code) = await CodeAsync(server);
        await using var browser = await Browser.StartAsync();
        var page = await browser.WeChatAsync(server.Address);
        await page.GotoAsync($"/q/{code}");

        await page.RunAndWaitForResponseAsync(
            () => TouchAsync(page, holdMilliseconds: 400, end: "touchCancel"), response => response.Url.EndsWith("/press", StringComparison.Ordinal));
        await page.RunAndWaitForResponseAsync(
            () => page.DispatchEventAsync("#qr", "contextmenu"), response => response.Url.EndsWith("/press", StringComparison.Ordinal));

        await ShouldHaveAsync(console, presses: 2);
    }

    [Fact]
    public async Task Page_ShowsExactlyOneReadableQr_LargeEnough_WithoutScriptsToo()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (_, code) = await CodeAsync(server);
        await using var browser = await Browser.StartAsync();
        var page = await browser.WeChatAsync(server.Address, runsScripts: false);
        await page.GotoAsync($"/q/{code}");

        var picture = Path.Combine(Path.GetTempPath(), $"huoma-{Guid.NewGuid():N}.png");
        await page.ScreenshotAsync(new() { Path = picture });
        var reading = await QrReading.OfAsync(picture);
        File.Delete(picture);

        reading.Split("https://weixin.qq.com/g/").Length.ShouldBe(2, reading);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
    }

    [Fact]
    public async Task Pages_LookRight_InEveryState()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (console, key) = await CodeAsync(server);
        var code = (await console.GetAsync("codes")).GetProperty("items")[0];
        await using var browser = await Browser.StartAsync();
        var page = await browser.WeChatAsync(server.Address);

        var banner = (await console.UploadAsync(Pictures.Banner, "welcome")).Id();
        await console.PatchAsync($"codes/{code.Id()}", new { welcome = new { enabled = true, imageId = banner, groupIntro = "每天一小时，七天读完一本书。", founderIntro = "李老师，十年阅读推广人。" } });
        await page.GotoAsync($"/q/{key}");
        await Browser.LookAsync(page, "visitor-welcome");
        await page.GetByText("点击入群").ClickAsync();
        await Assertions.Expect(page.Locator("#qr")).ToBeVisibleAsync();

        await console.PatchAsync($"codes/{code.Id()}", new { status = "off" });
        await page.GotoAsync($"/q/{key}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("店小二已下班");
        await Browser.LookAsync(page, "visitor-off-duty");
        await page.GotoAsync("/q/nosuchkey");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-state", "off-duty");
        await Browser.LookAsync(page, "visitor-unknown");
    }

    private static async Task<(Operator Console, string Key)> CodeAsync(ServerProcess server)
    {
        var console = await server.SignInAsync();
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        await console.PatchAsync($"slots/{slots[0]}", new { supportWeChatId = "huoma-kefu-01" });
        return (console, code.Text("key"));
    }

    private static async Task ShouldHaveAsync(Operator console, long presses)
    {
        var counts = (await console.GetAsync("codes")).GetProperty("items")[0].GetProperty("counts");
        (counts.Number("scans"), counts.Number("presses"), counts.Number("pressVisitors")).ShouldBe((1, presses, 1));
    }

    /// <summary>One finger on the QR, by the browser's own input, not by a made-up event.</summary>
    private static async Task TouchAsync(IPage page, int holdMilliseconds, int moveBy = 0, string end = "touchEnd")
    {
        var box = await page.Locator("#qr").BoundingBoxAsync() ?? throw new InvalidOperationException("no QR");
        var session = await page.Context.NewCDPSessionAsync(page);
        var (x, y) = (page.ViewportSize!.Width / 2, box.Y > 0 ? box.Y + 100 : 200);
        await TouchAsync(session, "touchStart", (x, y));
        if (moveBy > 0)
        {
            await TouchAsync(session, "touchMove", (x, y + moveBy));
        }

        // How long a finger rests is what is tested here.
        await page.WaitForTimeoutAsync(holdMilliseconds);
        await TouchAsync(session, end);
    }

    private static Task TouchAsync(ICDPSession session, string type, params (float X, float Y)[] points) => session.SendAsync("Input.dispatchTouchEvent", new()
    {
        ["type"] = type,
        ["touchPoints"] = points.Select(point => new Dictionary<string, object> { ["x"] = point.X, ["y"] = point.Y }).ToArray(),
    });
}
