using System.Net.Http.Json;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>公众号 with the simulator for WeChat: known silently, a name after a tap, the same 口令 on another phone.</summary>
public sealed class OfficialAccountTests
{
    private static readonly KeyValuePair<string, string>[] Settings =
    [
        new("Huoma__Simulator__Enabled", "true"),
        new("Huoma__OfficialAccount__AppId", "wxSIMULATOR000001"),
        new("Huoma__OfficialAccount__Secret", "secretOfTheSimulator"),
        new("Huoma__OfficialAccount__ApiBase", $"{ServerProcess.Own}/sim"),
        new("Huoma__OfficialAccount__AuthorizeBase", $"{ServerProcess.Own}/sim"),
        new("Huoma__OfficialAccount__ScriptUrl", $"{ServerProcess.Own}/sim/assets/jweixin.js"),
    ];

    [Fact]
    public async Task Participant_IsKnownSilently_GivesHisName_AndFindsHimselfOnAnotherPhone()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite, Settings);
        var console = await server.SignInAsync();
        await using var browser = await Browser.StartAsync();
        var key = await CampaignAsync(console, await browser.DeskAsync(server.Address));
        var (wang, _) = (await PersonAsync(server, "小王😀"), await PersonAsync(server, "小李"));

        // The first time the simulator asks whose phone it is; then it is silent.
        var phone = await browser.WeChatAsync(server.Address);
        var errors = Watch(phone);
        await phone.GotoAsync($"/t/{key}");
        await Browser.LookAsync(phone, "sim-authorize");
        await phone.GetByTestId(wang).ClickAsync();
        await Assertions.Expect(phone.Locator("html")).ToHaveAttributeAsync("data-state", "poster");
        new Uri(phone.Url).PathAndQuery.ShouldBe($"/t/{key}");
        var token = await phone.Locator("#token").InnerTextAsync();

        // The card a chat would show: the page is signed for the address it has.
        await Assertions.Expect(phone.Locator("html")).ToHaveAttributeAsync("data-wx", "config:ok");
        await Assertions.Expect(phone.Locator("#sim-card")).ToContainTextAsync("邀请好友一起读书");
        await phone.GotoAsync($"/t/{key}?from=singlemessage&isappinstalled=0");
        await Assertions.Expect(phone.Locator("html")).ToHaveAttributeAsync("data-wx", "config:ok");
        await Browser.LookAsync(phone, "campaign-share-card");

        // He taps for the avatar, refuses first, and agrees then.
        await phone.Locator("#avatar").ClickAsync();
        await Browser.LookAsync(phone, "sim-consent");
        await phone.GetByTestId("refuse").ClickAsync();
        await Assertions.Expect(phone.GetByText("没有取得微信头像和昵称")).ToBeVisibleAsync();
        await phone.Locator("#avatar").ClickAsync();
        await phone.GetByTestId("allow").ClickAsync();
        await Assertions.Expect(phone.Locator("#token")).ToHaveTextAsync(token);
        await Assertions.Expect(phone.Locator("#avatar")).ToBeHiddenAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "查看任务进度" }).ClickAsync();
        await Assertions.Expect(phone.Locator("#nickname")).ToHaveTextAsync("微信昵称：小王😀");
        await Browser.LookAsync(phone, "campaign-nickname");
        (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        errors.ShouldBeEmpty();

        // Another phone of his, without any cookie.
        var other = await browser.WeChatAsync(server.Address);
        await other.GotoAsync($"/t/{key}");
        await other.GetByTestId(wang).ClickAsync();
        await Assertions.Expect(other.Locator("#token")).ToHaveTextAsync(token);

        // And one of the simulator's own phones.
        var sim = await browser.PhoneAsync(server.Address);
        await sim.GotoAsync("/sim#/people");
        await sim.GetByRole(AriaRole.Button, new() { Name = "小王😀" }).ClickAsync();
        await sim.GetByRole(AriaRole.Link, new() { Name = "扫一扫" }).ClickAsync();
        await sim.GetByTestId("scan-text").FillAsync($"{server.Address}t/{key}");
        await sim.GetByTestId("scan").ClickAsync();
        var frame = sim.FrameLocator("iframe");
        await Assertions.Expect(frame.Locator("#token")).ToHaveTextAsync(token);
        await Assertions.Expect(frame.Locator("html")).ToHaveAttributeAsync("data-wx", "config:ok");

        await LookAtTheDeskAsync(server, browser);
    }

    /// <summary>What the operator sees.</summary>
    private static async Task LookAtTheDeskAsync(ServerProcess server, Browser browser)
    {
        var desk = await Browser.SignInAsync(await browser.DeskAsync(server.Address));
        await desk.GetByTestId("menu-campaigns").ClickAsync();
        await desk.GetByText("邀请好友一起读书").First.ClickAsync();
        await Assertions.Expect(desk.GetByTestId("participants")).ToContainTextAsync("小王😀");
        await Assertions.Expect(desk.GetByTestId("participants").Locator("img.face")).ToBeVisibleAsync();
        await Browser.LookAsync(desk, "campaign-participants");

        await desk.GetByTestId("menu-official-account").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("configured")).ToHaveTextAsync("已设置");
        await desk.GetByTestId("check").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("checks")).ToContainTextAsync("微信接口正常");
        await Assertions.Expect(desk.GetByTestId("checks")).ToContainTextAsync("Huoma__PublicUrl");
        await desk.GetByTestId("verify-file").SetInputFilesAsync(new FilePayload { Name = "wrong.txt", MimeType = "text/plain", Buffer = "abc"u8.ToArray() });
        await Assertions.Expect(desk.GetByTestId("file-problem")).ToContainTextAsync("文件名");
        await desk.GetByTestId("verify-file").SetInputFilesAsync(
            new FilePayload { Name = "MP_verify_Ab3dEf6hIj9lMn2p.txt", MimeType = "text/plain", Buffer = "Ab3dEf6hIj9lMn2p\n"u8.ToArray() });
        await Assertions.Expect(desk.GetByTestId("verify-files")).ToContainTextAsync("MP_verify_Ab3dEf6hIj9lMn2p.txt");
        await Browser.LookAsync(desk, "official-account");
        using var http = server.Client();
        (await http.GetStringAsync("/MP_verify_Ab3dEf6hIj9lMn2p.txt")).ShouldBe("Ab3dEf6hIj9lMn2p");

        var phone = await Browser.SignInAsync(await browser.PhoneAsync(server.Address));
        await phone.GotoAsync("/console/official-account");
        await phone.GetByTestId("check").ClickAsync();
        await phone.GetByTestId("checks").WaitForAsync();
        await Browser.LookAsync(phone, "phone-official-account");
        (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
    }

    private static List<string> Watch(IPage page)
    {
        var wrong = new List<string>();
        page.PageError += (_, error) => wrong.Add(error);
        page.Console += (_, line) =>
        {
            // The style the tests add to every page is refused here.
            if (line.Type == "error" && !line.Text.Contains("inline style", StringComparison.Ordinal))
            {
                wrong.Add(line.Text);
            }
        };
        return wrong;
    }

    private static async Task<string> PersonAsync(ServerProcess server, string name)
    {
        using var sim = server.Client();
        sim.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        var answer = await sim.PostAsJsonAsync("/sim/api/people", new { name });
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).Id();
    }

    /// <summary>A campaign on a code that robots would build for.</summary>
    private static async Task<string> CampaignAsync(Operator console, IPage page)
    {
        var code = await CampaignTests.AutoCodeAsync(console);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, await CampaignTests.PosterAsync(page));
        var poster = await console.UploadAsync(file, "poster");
        File.Delete(file);
        var campaign = await console.SendAsync(HttpMethod.Post, "campaigns", new
        {
            codeId = code.Id(),
            name = "邀请好友一起读书",
            description = "一起进群，每天读十页",
            goal = 2,
            posterImageId = poster.Id(),
            reward = new { kind = "link", url = "https://gift.example.com/" },
        });
        return campaign.Text("key");
    }
}
