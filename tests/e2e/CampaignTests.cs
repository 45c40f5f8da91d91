using System.Net.Http.Json;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>任务宝 from the new task to 领取福利, with the simulator for WeChat.</summary>
public sealed class CampaignTests
{
    [Fact]
    public async Task Friend_ScansJoinsAndSaysTheToken_AndTheInviterTakesTheReward()
    {
        await using var server = await ServerProcess.StartAsync(
            Store.Sqlite, new("Huoma__Simulator__Enabled", "true"), new("Huoma__Groups__LookSeconds", "1"));
        var console = await server.SignInAsync();
        var code = await CodeWithARobotsGroupAsync(server, console);
        await console.CreateCodeAsync("手动的活码");
        await using var browser = await Browser.StartAsync();

        // The operator makes the task; a code built by hand is grey.
        var desk = await Browser.SignInAsync(await browser.DeskAsync(server.Address));
        var poster = await PosterAsync(await browser.DeskAsync(server.Address));
        await desk.GetByTestId("menu-campaigns").ClickAsync();
        await Browser.LookAsync(desk, "campaigns-empty");
        await desk.GetByTestId("new-campaign").ClickAsync();
        await desk.GetByTestId("save-campaign").ClickAsync();
        await Assertions.Expect(desk.GetByText("请选择活码")).ToBeVisibleAsync();
        await desk.GetByTestId("campaign-code").ClickAsync();
        await Assertions.Expect(desk.Locator(".el-select-dropdown__item.is-disabled")).ToContainTextAsync("手动建群无法核对进群");
        await desk.GetByTestId($"code-option-{code.Id()}").ClickAsync();
        await desk.GetByTestId("campaign-name").FillAsync("邀请好友一起读书");
        await desk.GetByTestId("campaign-description").FillAsync("分享后领取资料");
        await Assertions.Expect(desk.GetByTestId("concerns")).ToContainTextAsync("2.1.2");
        await desk.GetByTestId("campaign-description").FillAsync("邀请好友进群一起学");
        await Assertions.Expect(desk.GetByTestId("concerns")).ToBeHiddenAsync();
        await desk.GetByTestId("campaign-goal").Locator("input").FillAsync("1");
        await desk.GetByTestId("poster-file").SetInputFilesAsync(new FilePayload { Name = "poster.png", MimeType = "image/png", Buffer = poster });
        await desk.Locator("img.poster").WaitForAsync();
        await desk.GetByTestId("reward-url").FillAsync($"{server.Address}healthz/live");
        await Browser.LookAsync(desk, "campaign-new");
        await desk.GetByTestId("save-campaign").ClickAsync();
        var posterUrl = await desk.GetByTestId("poster-url").InnerTextAsync();

        // Somebody takes part and sends his link on.
        var inviter = await browser.WeChatAsync(server.Address);
        await inviter.GotoAsync(posterUrl);
        var token = await inviter.Locator("#token").InnerTextAsync();
        var link = await inviter.Locator("#share").InnerTextAsync();
        await Browser.LookAsync(inviter, "campaign-poster");
        (await inviter.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);

        // A friend scans, joins and says the token.
        var friend = await browser.PhoneAsync(server.Address);
        await friend.GotoAsync("/sim#/people");
        await friend.GetByRole(AriaRole.Button, new() { Name = "新人小王" }).ClickAsync();
        await friend.GetByRole(AriaRole.Link, new() { Name = "扫一扫" }).ClickAsync();
        await friend.GetByTestId("scan-text").FillAsync(link);
        await friend.GetByTestId("scan").ClickAsync();
        await friend.FrameLocator("iframe").Locator("#qr").ClickAsync(new() { Delay = 900 });
        await friend.GetByTestId("recognise").ClickAsync();
        await friend.GetByTestId("join").ClickAsync();

        // He may be the friend; nobody knows until he says the token.
        await desk.GetByTestId("open-invitees").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("invitees")).ToContainTextAsync("待确认");
        await Assertions.Expect(desk.GetByTestId("invitees")).ToContainTextAsync("新人小王");
        await Browser.LookAsync(desk, "campaign-invitees");
        await friend.GetByTestId("say").FillAsync($"口令 {token}");
        await friend.GetByTestId("send").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("invitees")).ToContainTextAsync("在群里说出了邀请口令");
        await Assertions.Expect(desk.GetByTestId("count-completed")).ToHaveTextAsync("1");

        // The inviter sees it and takes the reward; the operator sees that.
        await inviter.GotoAsync($"{posterUrl}/progress");
        await Assertions.Expect(inviter.Locator("html")).ToHaveAttributeAsync("data-state", "completed");
        await Browser.LookAsync(inviter, "campaign-progress");
        await inviter.GetByRole(AriaRole.Button, new() { Name = "领取福利" }).ClickAsync();
        await Assertions.Expect(inviter.GetByRole(AriaRole.Link, new() { Name = "打开福利" })).ToHaveAttributeAsync("href", $"{server.Address}healthz/live");
        await Browser.LookAsync(inviter, "campaign-reward");
        await Assertions.Expect(desk.GetByTestId("count-claimed")).ToHaveTextAsync("1");
        await desk.Keyboard.PressAsync("Escape");
        await Browser.LookAsync(desk, "campaign");

        // Whoever comes by the invitation is told below the group's QR what is remembered of him.
        var another = await browser.WeChatAsync(server.Address);
        await another.GotoAsync(link);
        await Browser.LookAsync(another, "campaign-friend");
        await another.GetByRole(AriaRole.Link, new() { Name = "隐私说明" }).ClickAsync();
        await Assertions.Expect(another.Locator("html")).ToHaveAttributeAsync("data-state", "privacy");

        // On the operator's phone nothing is wider than the screen.
        var phone = await Browser.SignInAsync(await browser.PhoneAsync(server.Address));
        foreach (var (path, name) in new[] { ("campaigns", "phone-campaigns"), (new Uri(desk.Url).AbsolutePath["/console/".Length..], "phone-campaign"), ("campaigns/new", "phone-campaign-new") })
        {
            await phone.GotoAsync($"/console/{path}");
            await phone.Locator("h1").WaitForAsync();
            await Browser.LookAsync(phone, name);
            (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, path);
        }
    }

    /// <summary>An upright picture, drawn by the browser itself.</summary>
    internal static async Task<byte[]> PosterAsync(IPage page)
    {
        await page.SetViewportSizeAsync(750, 1334);
        await page.SetContentAsync("<body style='margin:0;background:linear-gradient(#ffd9a8,#d7263d);font:700 72px sans-serif;color:#fff;text-align:center'><p style='padding-top:200px'>七天读书营</p>");
        return await page.ScreenshotAsync();
    }

    /// <summary>A code for which robots would build.</summary>
    internal static async Task<JsonElement> AutoCodeAsync(Operator console)
    {
        await console.SendAsync(HttpMethod.Post, "quota/grants", new { groups = 3, reason = "演示" });
        var auto = new { groups = 1, theme = "读书群", firstNumber = 1, memberThreshold = 180 };
        return await console.SendAsync(HttpMethod.Post, "codes", new { kind = "group", building = "auto", name = "读书活动", remark = "演示", auto });
    }

    internal static async Task<JsonElement> CodeWithARobotsGroupAsync(ServerProcess server, Operator console)
    {
        using var sim = server.Client();
        sim.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name = "演示机器人", driver = "simulator" });
        await UntilAsync(async () => (await console.GetAsync($"robots/{robot.Id()}")).Flag("online"));
        await console.SendAsync(HttpMethod.Post, $"robots/{robot.Id()}/start");
        JsonElement world;
        do
        {
            await Task.Delay(100);
            world = await sim.GetFromJsonAsync<JsonElement>("/sim/api/world");
        }
        while (world.GetProperty("robots")[0].Text("login") != "scanning");

        (await sim.PostAsJsonAsync($"/sim/api/robots/{robot.Id()}/login", new { })).EnsureSuccessStatusCode();
        await UntilAsync(async () => (await console.GetAsync($"robots/{robot.Id()}")).Text("login.state") == "online");
        world = await sim.GetFromJsonAsync<JsonElement>("/sim/api/world");
        var friends = world.GetProperty("people").EnumerateArray().Single(person => person.Flag("isRobot")).GetProperty("friendIds").EnumerateArray().Take(2).Select(id => id.GetString());
        await console.PatchAsync($"robots/{robot.Id()}", new
        {
            seedIds = friends,
            limits = new { groupsPerDay = 100, createSpacingSeconds = 0, messageSpacingSeconds = 0, messagesPerMinute = 600, kickSpacingSeconds = 0 },
        });
        var code = await AutoCodeAsync(console);
        await UntilAsync(async () =>
            (await console.GetAsync($"codes/{code.Id()}/groups")).GetProperty("items").EnumerateArray().Any(group => group.Text("state") == "serving" && group.Number("members") >= 3));
        (await sim.PostAsJsonAsync("/sim/api/people", new { name = "新人小王" })).EnsureSuccessStatusCode();
        return code;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var tries = 0; !await condition(); tries++)
        {
            tries.ShouldBeLessThan(300);
            await Task.Delay(100);
        }
    }
}
