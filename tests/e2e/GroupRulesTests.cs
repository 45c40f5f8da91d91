using System.Net.Http.Json;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>群规则 and 群公告: set at the console, seen on the imagined phone of somebody who joins.</summary>
public sealed class GroupRulesTests
{
    [Fact]
    public async Task Newcomer_IsWelcomed_ReadsTheAnnouncement_AndIsRemovedForAKeyword()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite, new KeyValuePair<string, string>("Huoma__Simulator__Enabled", "true"));
        var console = await server.SignInAsync();
        using var sim = server.Client();
        sim.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        var code = await CodeWithAGroupAsync(console, sim);
        await using var browser = await Browser.StartAsync();
        var desk = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(desk);
        await SetRulesAsync(desk, code.Id());

        // Somebody joins on his phone.
        var phone = await browser.PhoneAsync(server.Address);
        using var added = await sim.PostAsJsonAsync("/sim/api/people", new { name = "小王" }, TestContext.Current.CancellationToken);
        added.IsSuccessStatusCode.ShouldBeTrue(await added.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await phone.GotoAsync("/sim#/people");
        await phone.GetByRole(AriaRole.Button, new() { Name = "小王", Exact = true }).Last.ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "扫一扫" }).ClickAsync();
        await phone.GetByTestId("scan-text").FillAsync($"{server.Address}q/{code.Text("key")}");
        await phone.GetByTestId("scan").ClickAsync();
        await phone.FrameLocator("iframe").Locator("#qr").ClickAsync(new() { Delay = 900 });
        await phone.GetByTestId("recognise").ClickAsync();
        await phone.GetByTestId("join").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("message")).ToHaveCountAsync(2);
        await Assertions.Expect(phone.GetByTestId("message").First).ToContainTextAsync("@小王");
        await Assertions.Expect(phone.GetByTestId("message").First).ToContainTextAsync("欢迎加入读书群1");
        await Assertions.Expect(phone.Locator(".bubble.calls")).ToHaveCountAsync(1);
        await phone.GetByTestId("picture").SetInputFilesAsync(Pictures.Groups[0]);
        await Assertions.Expect(phone.GetByTestId("talk")).ToContainTextAsync("群里请不要发图片");

        await AnnounceAsync(desk, code.Id());
        await Assertions.Expect(phone.Locator(".notice")).ToContainTextAsync("今晚八点直播");
        await Browser.LookAsync(phone, "sim-rules");

        await phone.GetByTestId("say").FillAsync("领资料加 微 信");
        await phone.GetByTestId("send").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("talk")).ToContainTextAsync("你已不在这个群里");
        await Browser.LookAsync(phone, "sim-kicked");
        await LookBackAsync(desk, code.Id());
        await LookOnAPhoneAsync(browser, server, code.Id());
    }

    private static async Task SetRulesAsync(IPage desk, string codeId)
    {
        await desk.GotoAsync($"/console/codes/{codeId}/groups");
        await desk.GetByTestId("to-rules").ClickAsync();
        await desk.GetByTestId("rules-form").WaitForAsync();
        await desk.GetByTestId("welcome-on").ClickAsync();
        await desk.GetByTestId("save-rules").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("rules-errors")).ToBeVisibleAsync();
        await desk.GetByTestId("add-post").ClickAsync();
        var first = desk.GetByTestId("post-0");
        await first.GetByTestId("insert-newcomer").ClickAsync();
        await first.GetByTestId("post-text-box").PressSequentiallyAsync(" 欢迎加入");
        await first.GetByTestId("insert-group").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("chat-preview").First).ToContainTextAsync("@小王 欢迎加入读书群1");
        await desk.GetByTestId("add-post").ClickAsync();
        var second = desk.GetByTestId("post-1");
        await second.GetByText("链接", new() { Exact = true }).ClickAsync();
        await second.GetByTestId("post-title").FillAsync("新人必读");
        await second.GetByTestId("post-url").FillAsync("https://example.com/read");
        await desk.GetByTestId("reminder-on").ClickAsync();
        await desk.GetByTestId("reminder-text").FillAsync("群里请不要发图片，谢谢");
        await desk.GetByTestId("keywords-on").ClickAsync();
        await desk.GetByTestId("keywords").FillAsync("加微信\n兼职日结");
        await desk.EvaluateAsync("scrollTo(0, 0)");
        await Browser.LookAsync(desk, "group-rules");
        await desk.GetByTestId("save-rules").ClickAsync();
        await Assertions.Expect(desk.GetByText("已保存")).ToBeVisibleAsync();
    }

    private static async Task AnnounceAsync(IPage desk, string codeId)
    {
        await desk.GotoAsync($"/console/codes/{codeId}/announcements");
        await desk.GetByTestId("compose").ClickAsync();
        await desk.GetByTestId("announcement-text").FillAsync("今晚八点直播，大家都来");
        await Browser.LookAsync(desk, "announcement-compose");
        await desk.GetByTestId("send-announcement").ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "立即发送" }).ClickAsync();
        await Assertions.Expect(desk.GetByTestId("delivery")).ToContainTextAsync("已发送");
        await Browser.LookAsync(desk, "announcement-deliveries");
        await desk.Keyboard.PressAsync("Escape");
    }

    private static async Task LookBackAsync(IPage desk, string codeId)
    {
        await desk.GotoAsync($"/console/codes/{codeId}/rules");
        await desk.GetByTestId("try-keywords").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("trial-item")).ToContainTextAsync("领资料加 微 信");
        await desk.GetByTestId("trial").ScrollIntoViewIfNeededAsync();
        await Browser.LookAsync(desk, "keyword-trial");
        await desk.GetByTestId("kick-log").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("kick-hit")).ToContainTextAsync("已移出");
        await Browser.LookAsync(desk, "kick-log");
    }

    private static async Task LookOnAPhoneAsync(Browser browser, ServerProcess server, string codeId)
    {
        var phone = await browser.PhoneAsync(server.Address);
        await Browser.SignInAsync(phone);
        foreach (var (path, ready) in new[] { ("rules", "rules-form"), ("announcements", "announcements") })
        {
            await phone.GotoAsync($"/console/codes/{codeId}/{path}");
            await phone.GetByTestId(ready).WaitForAsync();
            await Browser.LookAsync(phone, $"phone-{path}");
            (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        }
    }

    private static async Task<JsonElement> CodeWithAGroupAsync(Operator console, HttpClient sim)
    {
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name = "小助手", driver = "simulator" });
        var limits = new { groupsPerDay = 100, createSpacingSeconds = 0, messageSpacingSeconds = 0, messagesPerMinute = 600, kickSpacingSeconds = 0 };
        await console.PatchAsync($"robots/{robot.Id()}", new { limits });
        await console.SendAsync(HttpMethod.Post, $"robots/{robot.Id()}/start");
        await UntilAsync(async () => (await sim.PostAsJsonAsync($"/sim/api/robots/{robot.Id()}/login", new { })).IsSuccessStatusCode);
        JsonElement contacts = default;
        await UntilAsync(async () => (contacts = await console.GetAsync($"robots/{robot.Id()}/contacts")).GetProperty("items") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() >= 2);
        var seedIds = contacts.GetProperty("items").EnumerateArray().Take(2).Select(contact => contact.Id()).ToList();
        await console.PatchAsync($"robots/{robot.Id()}", new { seedIds });
        await console.SendAsync(HttpMethod.Post, "quota/grants", new { groups = 5, reason = "测试" });
        var auto = new { groups = 1, theme = "读书群", firstNumber = 1, memberThreshold = 180 };
        var code = await console.SendAsync(HttpMethod.Post, "codes", new { kind = "group", building = "auto", name = "读书会", remark = "测试", auto });
        await UntilAsync(async () => (await console.GetAsync($"codes/{code.Id()}/groups")).GetProperty("items") is var groups && groups.GetArrayLength() == 1
            && groups[0].Text("state") == "serving");
        return code;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            tries.ShouldBeLessThan(300);
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
