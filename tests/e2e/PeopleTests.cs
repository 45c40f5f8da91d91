using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>裂变用户 in the browser: decisions about many, who brought whom, and people who want to be forgotten.</summary>
public sealed class PeopleTests
{
    private const string LongName = "名字特别特别长的新朋友一二三四五六七八九十甲乙丙丁";

    [Fact]
    public async Task Operator_ConfirmsMany_LooksAtTheTree_AndPeopleAreForgotten()
    {
        await using var server = await ServerProcess.StartAsync(
            Store.Sqlite, new("Huoma__Simulator__Enabled", "true"), new("Huoma__Groups__LookSeconds", "1"));
        var console = await server.SignInAsync();
        var code = await CampaignTests.CodeWithARobotsGroupAsync(server, console);
        using var sim = server.Client();
        sim.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        (await sim.PostAsJsonAsync("/sim/api/people", new { name = LongName }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        await using var browser = await Browser.StartAsync();
        var campaign = await CreateAsync(console, code, await CampaignTests.PosterAsync(await browser.DeskAsync(server.Address)));
        var desk = await Browser.SignInAsync(await browser.DeskAsync(server.Address));
        await desk.GotoAsync($"/console/campaigns/{campaign.Id()}?show=to-be-confirmed");
        await Assertions.Expect(desk.GetByText("没有待确认的好友")).ToBeVisibleAsync();
        await Browser.LookAsync(desk, "people-nothing-to-confirm");
        await desk.GotoAsync($"/console/campaigns/{campaign.Id()}?show=tree");
        await Assertions.Expect(desk.GetByText("还没有邀请关系")).ToBeVisibleAsync();

        // Two friends join and say nothing.
        var inviter = await browser.WeChatAsync(server.Address);
        await inviter.GotoAsync(campaign.Text("posterUrl"));
        var token = await inviter.Locator("#token").InnerTextAsync();
        var link = await inviter.Locator("#share").InnerTextAsync();
        await JoinAsync(await browser.PhoneAsync(server.Address), "新人小王", link);
        await JoinAsync(await browser.PhoneAsync(server.Address), LongName, link);

        // The operator confirms both at once.
        await desk.GotoAsync($"/console/campaigns/{campaign.Id()}?show=to-be-confirmed");
        await Assertions.Expect(desk.GetByTestId("choose-invitee")).ToHaveCountAsync(2);
        await Browser.LookAsync(desk, "people-to-confirm");
        await desk.GetByTestId("select-page").ClickAsync();
        await desk.GetByTestId("confirm-chosen").ClickAsync();
        await desk.Locator(".confirm-box").GetByRole(AriaRole.Button, new() { Name = "确认" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("没有待确认的好友")).ToBeVisibleAsync();
        await Assertions.Expect(desk.GetByTestId("count-valid")).ToHaveTextAsync("2");

        // Who brought whom.
        await desk.GetByRole(AriaRole.Tab, new() { Name = "邀请关系" }).ClickAsync();
        await desk.GetByTestId("expand").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("branch")).ToContainTextAsync("新人小王");
        await Browser.LookAsync(desk, "people-tree");
        await desk.GetByTestId("tree-search").FillAsync(token);
        await desk.GetByTestId("tree-find").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("tree-path")).ToContainTextAsync(token);

        // One friend asks the operator to be forgotten, the inviter does it himself.
        await desk.GetByRole(AriaRole.Tab, new() { Name = "裂变用户" }).ClickAsync();
        await desk.GetByTestId("open-invitees").ClickAsync();
        await desk.GetByTestId("forget-invitee").First.ClickAsync();
        await Browser.LookAsync(desk, "people-remove");
        await desk.Locator(".confirm-box").GetByRole(AriaRole.Button, new() { Name = "删除个人数据" }).ClickAsync();
        await Assertions.Expect(desk.GetByTestId("invitees")).ToContainTextAsync("已删除个人数据");
        await Assertions.Expect(desk.GetByTestId("count-valid")).ToHaveTextAsync("2");
        await desk.Keyboard.PressAsync("Escape");
        await ForgetAsync(inviter, campaign);
        await Assertions.Expect(desk.GetByTestId("participants")).ToContainTextAsync("已删除个人数据");
        await Browser.LookAsync(desk, "people-removed");

        await LookOnPhoneAsync(await Browser.SignInAsync(await browser.PhoneAsync(server.Address)), campaign.Id());
    }

    private static async Task ForgetAsync(IPage inviter, JsonElement campaign)
    {
        await inviter.GotoAsync($"{campaign.Text("posterUrl")}/progress");
        await inviter.GetByRole(AriaRole.Link, new() { Name = "隐私说明与删除我的数据" }).ClickAsync();
        await Assertions.Expect(inviter.Locator("html")).ToHaveAttributeAsync("data-state", "privacy");
        await Browser.LookAsync(inviter, "people-privacy");
        (await inviter.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        await inviter.GetByRole(AriaRole.Button, new() { Name = "删除我的参与数据" }).ClickAsync();
        await Assertions.Expect(inviter.Locator("html")).ToHaveAttributeAsync("data-state", "confirm-removal");
        await Browser.LookAsync(inviter, "people-privacy-confirm");
        await inviter.GetByRole(AriaRole.Button, new() { Name = "确认删除，不再保留" }).ClickAsync();
        await Assertions.Expect(inviter.Locator("html")).ToHaveAttributeAsync("data-state", "removed");
    }

    /// <summary>Nothing is wider than the operator's phone.</summary>
    private static async Task LookOnPhoneAsync(IPage phone, string campaign)
    {
        foreach (var show in new[] { "tree", "to-be-confirmed", "participants" })
        {
            await phone.GotoAsync($"/console/campaigns/{campaign}?show={show}");
            await phone.Locator("h1").WaitForAsync();
            if (show == "tree")
            {
                await phone.GetByTestId("expand").ClickAsync();
                await phone.GetByTestId("branch").WaitForAsync();
            }

            await phone.EvaluateAsync("document.querySelector('.el-tabs').scrollIntoView()");
            await Browser.LookAsync(phone, $"phone-people-{show}");
            (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, show);
        }
    }

    private static async Task JoinAsync(IPage phone, string name, string link)
    {
        await phone.GotoAsync("/sim#/people");
        await phone.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "扫一扫" }).ClickAsync();
        await phone.GetByTestId("scan-text").FillAsync(link);
        await phone.GetByTestId("scan").ClickAsync();
        await phone.FrameLocator("iframe").Locator("#qr").ClickAsync(new() { Delay = 900 });
        await phone.GetByTestId("recognise").ClickAsync();
        await phone.GetByTestId("join").ClickAsync();
        await phone.GetByTestId("say").WaitForAsync();
    }

    private static async Task<JsonElement> CreateAsync(Operator console, JsonElement code, byte[] poster)
    {
        using var form = new MultipartFormDataContent();
        var picture = new ByteArrayContent(poster);
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(picture, "file", "poster.png");
        form.Add(new StringContent("poster"), "purpose");
        using var answer = await console.Http.PostAsync("/api/v1/images", form, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var image = await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return await console.SendAsync(HttpMethod.Post, "campaigns", new
        {
            codeId = code.Id(),
            name = "邀请好友一起读书",
            description = "一起进群",
            goal = 2,
            posterImageId = image.Id(),
            reward = new { kind = "link", url = "https://example.com/gift" },
        });
    }
}
