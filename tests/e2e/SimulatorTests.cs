using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>模拟器: a visitor's whole way on the imagined phone, from the printed code into the group, with a robot listening.</summary>
public sealed class SimulatorTests
{
    [Fact]
    public async Task Person_ScansPressesJoinsAndTalks_AndTheRobotHearsOfIt()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite, new KeyValuePair<string, string>("Huoma__Simulator__Enabled", "true"));
        var console = await server.SignInAsync();
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name = "演示机器人", driver = "simulator" });
        await console.SendAsync(HttpMethod.Post, $"robots/{robot.Id()}/start");
        await using var browser = await Browser.StartAsync();
        var page = await browser.PhoneAsync(server.Address);
        var wrong = new List<string>();
        page.Console += (_, line) =>
        {
            // The style the tests add to every page is refused here, and one link is refused on purpose.
            if (line.Type == "error" && !line.Text.Contains("inline style", StringComparison.Ordinal) && !line.Text.Contains("status of 409", StringComparison.Ordinal))
            {
                wrong.Add(line.Text);
            }
        };
        page.PageError += (_, error) => wrong.Add(error);

        // The robot's own phone.
        await page.GotoAsync("/sim#/robots");
        var phone = page.Locator("#phone");
        await phone.GetByTestId("log-in").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("robot-state")).ToHaveTextAsync("在线");
        await Browser.LookAsync(page, "sim-robot");
        var code = await CodeWithAGroupOfTheRobotAsync(server, console);

        // Somebody comes, scans, and presses the QR long.
        await page.GotoAsync("/sim#/people");
        await page.GetByTestId("new-name").FillAsync("<b>新人</b>");
        await page.GetByTestId("add-person").ClickAsync();
        await page.WaitForURLAsync("**/sim#/chats");
        await page.GetByRole(AriaRole.Link, new() { Name = "扫一扫" }).ClickAsync();
        await Browser.LookAsync(page, "sim-scan");
        await page.GetByTestId("scan-text").FillAsync($"{server.Address}q/{code.Text("key")}");
        await page.GetByTestId("scan").ClickAsync();
        var qr = page.FrameLocator("iframe").Locator("#qr");
        await Assertions.Expect(page.FrameLocator("iframe").Locator("#hint")).ToHaveTextAsync("长按识别二维码进群");
        await Browser.LookAsync(page, "sim-web");
        await qr.ClickAsync(new() { Delay = 900 });
        await page.GetByTestId("recognise").ClickAsync();
        await Assertions.Expect(page.GetByTestId("offered-group")).ToHaveTextAsync("读书会（3）");
        await page.GetByTestId("join").ClickAsync();

        // In the group.
        await page.GetByTestId("say").FillAsync("大家好 <img src=x onerror=alert(1)>");
        await page.GetByTestId("send").ClickAsync();
        await Assertions.Expect(page.GetByTestId("message")).ToHaveCountAsync(1);
        await page.GetByTestId("mention").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "演示机器人" }).ClickAsync();
        await page.GetByTestId("send").ClickAsync();
        await page.GetByTestId("link").ClickAsync();
        await page.GetByTestId("link-title").FillAsync("活动");
        await page.GetByTestId("link-url").FillAsync("javascript:alert(1)");
        await page.GetByTestId("send-link").ClickAsync();
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("http");
        await page.GetByTestId("link-url").FillAsync($"{server.Address}q/{code.Text("key")}");
        await page.GetByTestId("send-link").ClickAsync();
        await page.GetByTestId("picture").SetInputFilesAsync(Pictures.Groups[0]);
        await Assertions.Expect(page.GetByTestId("message")).ToHaveCountAsync(4);
        await Assertions.Expect(page.GetByTestId("grey")).ToContainTextAsync("“<b>新人</b>”通过扫描“演示机器人”分享的二维码加入群聊");
        await Browser.LookAsync(page, "sim-chat");
        await HeardAsync(console, robot.Id(), "room.memberJoined", 1);
        await HeardAsync(console, robot.Id(), "room.message", 4);
        (await console.CountsAsync(code)).Number("pressVisitors").ShouldBe(1);

        // The same on a desk, where the robots stand beside the phone.
        var desk = await browser.DeskAsync(server.Address);
        await desk.GotoAsync("/sim");
        await desk.GetByRole(AriaRole.Button, new() { Name = "小助手-阿明" }).ClickAsync();
        await desk.GetByTestId("chat").ClickAsync();
        await Assertions.Expect(desk.GetByTestId("message")).ToHaveCountAsync(4);
        await Browser.LookAsync(desk, "sim-desk");

        // Out again.
        await page.Locator("#more").ClickAsync();
        await Browser.LookAsync(page, "sim-members");
        await page.GetByTestId("leave").ClickAsync();
        await page.GetByTestId("chat").ClickAsync();
        await Assertions.Expect(page.GetByTestId("grey").Last).ToHaveTextAsync("“<b>新人</b>”退出了群聊");
        await Assertions.Expect(page.GetByTestId("say")).ToBeHiddenAsync();
        wrong.ShouldBeEmpty();
    }

    private static async Task<JsonElement> CodeWithAGroupOfTheRobotAsync(ServerProcess server, Operator console)
    {
        using var sim = server.Client();
        sim.DefaultRequestHeaders.Add("X-Huoma-Simulator", "1");
        var world = await sim.GetFromJsonAsync<JsonElement>("/sim/api/world");
        var account = world.GetProperty("people").EnumerateArray().Single(person => person.Flag("isRobot"));
        var friends = account.GetProperty("friendIds").EnumerateArray().Take(2).Select(id => id.GetString());
        var group = await PostAsync(sim, "groups", new { ownerId = account.Id(), name = "读书会", memberIds = friends });
        var qr = await PostAsync(sim, $"groups/{group.Id()}/qr", new { personId = account.Id() });
        var picture = await sim.GetByteArrayAsync($"/sim/api/qr?format=png&text={Uri.EscapeDataString(qr.Text("text"))}");
        using var form = new MultipartFormDataContent();
        var content = new ByteArrayContent(picture);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        form.Add(content, "file", "qr.png");
        form.Add(new StringContent("slot"), "purpose");
        using var answer = await console.Http.PostAsync("/api/v1/images", form);
        var image = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var code = await console.CreateCodeAsync("读书活动");
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/slots", new { imageId = image.Id(), name = "一群", threshold = 100 });
        return code;
    }

    private static async Task<JsonElement> PostAsync(HttpClient sim, string path, object body)
    {
        using var answer = await sim.PostAsJsonAsync($"/sim/api/{path}", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task HeardAsync(Operator console, string robotId, string type, int times)
    {
        for (var tries = 0; ; tries++)
        {
            var events = (await console.GetAsync($"robots/{robotId}/events")).GetProperty("items").EnumerateArray().Count(one => one.Text("type") == type);
            if (events == times)
            {
                return;
            }

            tries.ShouldBeLessThan(100, $"{events} of {type}");
            await Task.Delay(100);
        }
    }
}
