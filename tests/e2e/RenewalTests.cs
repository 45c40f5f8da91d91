using System.Net;
using System.Text.RegularExpressions;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>免登录续码 on a phone: from the message in a chat group to the new picture on the visitors' page.</summary>
public sealed class RenewalTests
{
    private const string Code = "双十一七天读书营";

    [Fact]
    public async Task Operator_AddsAChannel_IsTold_AndReadsWhatWasDone()
    {
        using var group = new ChatGroup();
        await using var server = await StartAsync();
        await using var browser = await Browser.StartAsync();
        var desk = await browser.DeskAsync(server.Address);
        await desk.GotoAsync("/console/notices/channels");
        await desk.GetByTestId("account").FillAsync(ServerProcess.Account);
        await desk.GetByTestId("password").FillAsync(ServerProcess.Password);
        await desk.GetByTestId("sign-in").ClickAsync();

        await desk.GetByTestId("add-channel").ClickAsync();
        await desk.GetByTestId("channel-name").FillAsync("运营值班群");
        await desk.GetByTestId("channel-url").FillAsync(group.Url);
        await desk.GetByTestId("quiet").ClickAsync();
        await Browser.LookAsync(desk, "channel-dialog");
        await desk.GetByTestId("save-channel").ClickAsync();
        await desk.GetByTestId("save-channel").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var tested = group.NextAsync();
        await desk.GetByTestId("test-channel").ClickAsync();
        (await tested).ShouldContain("测试通知");
        await Assertions.Expect(desk.GetByTestId("test-answer")).ToContainTextAsync("已送达");

        var console = await server.SignInAsync();
        var code = await console.CreateCodeAsync(Code);
        await console.AddSlotAsync(code.Id(), expiresAt: DateTimeOffset.UtcNow.AddHours(1));
        (await group.NextAsync()).ShouldContain($"活码：{Code}");
        var phone = await browser.PhoneAsync(server.Address);
        await phone.GotoAsync("/console/");
        await phone.GetByTestId("account").FillAsync(ServerProcess.Account);
        await phone.GetByTestId("password").FillAsync(ServerProcess.Password);
        await phone.GetByTestId("sign-in").TapAsync();
        await Assertions.Expect(phone.GetByTestId("unread")).ToHaveTextAsync("1");
        await phone.GetByTestId("bell").TapAsync();
        await Assertions.Expect(phone.GetByTestId("notice-slot-expiring")).ToContainTextAsync(Code);
        await Browser.LookAsync(phone, "phone-notices-filled");
        await ShouldFitAsync(phone);
        await desk.GotoAsync("/console/notices");
        await desk.GetByTestId("notice-slot-expiring").WaitForAsync();
        await Browser.LookAsync(desk, "notices");
        await phone.GetByTestId("read-all").TapAsync();
        await Assertions.Expect(phone.GetByTestId("unread")).ToHaveCountAsync(0);

        await phone.GotoAsync("/console/notices/channels");
        await phone.GetByTestId("channel-log").WaitForAsync();
        await Browser.LookAsync(phone, "phone-channels-filled");
        await ShouldFitAsync(phone);
        await phone.GetByTestId("edit-channel").TapAsync();
        await phone.GetByTestId("save-channel").WaitForAsync();
        await Browser.LookAsync(phone, "phone-channel-dialog");
        await ShouldFitAsync(phone);
        await phone.GotoAsync("/console/notices/channels");
        await phone.GetByTestId("channel-log").TapAsync();
        await Assertions.Expect(phone.GetByTestId("delivery-log")).ToContainTextAsync("已送达");
        await Browser.LookAsync(phone, "phone-delivery-log");
        await desk.GotoAsync("/console/notices/channels");
        await desk.GetByTestId("channel-log").WaitForAsync();
        await Browser.LookAsync(desk, "channels");
    }

    [Fact]
    public async Task Link_RenewsAPicture_ByTouch_WithoutScripts()
    {
        using var group = new ChatGroup();
        await using var server = await StartAsync();
        var console = await server.SignInAsync();
        await console.SendAsync(HttpMethod.Post, "notice-channels", new { kind = "wecom", name = "运营群", url = group.Url });
        var code = await console.CreateCodeAsync(Code);
        var slot = await console.AddSlotAsync(code.Id(), expiresAt: DateTimeOffset.UtcNow.AddHours(1));
        var link = Regex.Match(await group.NextAsync(), $@"{Regex.Escape(server.Address.ToString())}r/[\w-]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;

        await using var browser = await Browser.StartAsync();
        var page = await browser.WeChatAsync(server.Address, runsScripts: false);
        await page.GotoAsync(link);
        await Browser.LookAsync(page, "renewal");
        await Assertions.Expect(page.GetByText(Code)).ToBeVisibleAsync();
        await ShouldFitAsync(page);

        // A picture of the wrong kind first: the form stays, and so does what was typed.
        await page.Locator("#until").FillAsync("2030-01-02T03:04");
        await page.Locator("#image").SetInputFilesAsync(Pictures.Banner);
        await page.GetByText("确认更换").TapAsync();
        await Assertions.Expect(page.Locator("#error")).ToContainTextAsync("没有识别到二维码");
        await Assertions.Expect(page.Locator("#until")).ToHaveValueAsync("2030-01-02T03:04");
        await Browser.LookAsync(page, "renewal-doubtful");
        await ShouldFitAsync(page);
        await page.Locator("#image").SetInputFilesAsync(Pictures.Groups[5]);
        await page.GetByText("确认更换").TapAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-state", "renewal-done");
        await Browser.LookAsync(page, "renewal-done");

        var renewed = (await console.SlotsAsync(code)).Single(found => found.Id() == slot);
        renewed.Text("imageId").ShouldBe((await console.UploadAsync(Pictures.Groups[5])).Id());
        renewed.Text("expiresAt").ShouldBe("2030-01-01T19:04:00.000Z");
        await page.GotoAsync($"/q/{code.Text("key")}");
        await Assertions.Expect(page.Locator("#qr")).ToHaveAttributeAsync("src", renewed.Text("imageUrl"));
        await page.GotoAsync(link);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-state", "renewal-used");
        await Browser.LookAsync(page, "renewal-used");
    }

    /// <summary>A server that looks and sends every second, and may reach the chat group on this machine.</summary>
    private static Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(
        Store.Sqlite, new("Huoma__Notices__WatchSeconds", "1"), new("Huoma__Notices__SendSeconds", "1"), new("Huoma__Outgoing__AllowNetworks", "127.0.0.1/32"));

    private static async Task ShouldFitAsync(IPage page) =>
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();

    /// <summary>A chat group whose robot is on this machine: says yes to every message and keeps it.</summary>
    private sealed class ChatGroup : IDisposable
    {
        private readonly HttpListener listener = new();

        public ChatGroup()
        {
            var port = ServerProcess.FreePort();
            Url = $"http://127.0.0.1:{port}/cgi-bin/webhook/send?key=k";
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            listener.Start();
        }

        public string Url { get; }

        /// <summary>The next message.</summary>
        public async Task<string> NextAsync()
        {
            var context = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
            using var reader = new StreamReader(context.Request.InputStream);
            var text = System.Text.Json.JsonDocument.Parse(await reader.ReadToEndAsync()).RootElement.Text("markdown.content");
            await using var writer = new StreamWriter(context.Response.OutputStream);
            await writer.WriteAsync("""{"errcode":0,"errmsg":"ok"}""");
            return text;
        }

        public void Dispose() => listener.Close();
    }
}
