using System.Diagnostics;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>What <c>make run DEMO=1</c> fills an empty store with.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Script_FillsAnEmptyStore_AndLeavesAFilledOneAlone()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite, new KeyValuePair<string, string>("Huoma__Simulator__Enabled", "true"));
        var console = await server.SignInAsync();

        var said = await RunAsync(server);
        var codes = await console.GetAsync("codes");

        said.ShouldContain($"{server.Address}sim");
        said.ShouldNotContain("Demo: no ");
        var manual = codes.GetProperty("items").EnumerateArray().Single(code => code.Text("name") == "七天读书营");
        manual.Number("counts.slots").ShouldBe(2);
        manual.Number("counts.pressVisitors").ShouldBe(4);
        (await console.GetAsync("robots")).GetProperty("items")[0].GetProperty("seedIds").GetArrayLength().ShouldBe(2);
        await LookAsync(server);
        await LookAtGroupsAsync(server, codes.GetProperty("items").EnumerateArray().Single(code => code.Text("name") == "护肤交流").Id());
        (await RunAsync(server)).ShouldNotContain("filling");
        (await console.GetAsync("codes")).Number("total").ShouldBe(codes.Number("total"));
    }

    /// <summary>As one of those who are in a group already.</summary>
    private static async Task LookAsync(ServerProcess server)
    {
        await using var browser = await Browser.StartAsync();
        var desk = await browser.DeskAsync(server.Address);
        await desk.GotoAsync("/sim");
        await desk.GetByRole(AriaRole.Button, new() { Name = "小美" }).ClickAsync();
        await desk.GetByTestId("chat").Filter(new() { HasText = "读书营一群" }).ClickAsync();
        await Assertions.Expect(desk.GetByTestId("message")).ToHaveCountAsync(3);
        await Browser.LookAsync(desk, "simulator");
    }

    /// <summary>The groups a robot made, as its operator sees them at the desk and on the phone.</summary>
    private static async Task LookAtGroupsAsync(ServerProcess server, string codeId)
    {
        await using var browser = await Browser.StartAsync();
        foreach (var (page, name) in new[] { (await browser.DeskAsync(server.Address), "groups"), (await browser.PhoneAsync(server.Address), "phone-groups") })
        {
            await page.GotoAsync("/console/");
            await page.GetByTestId("account").FillAsync(ServerProcess.Account);
            await page.GetByTestId("password").FillAsync(ServerProcess.Password);
            await page.GetByTestId("sign-in").ClickAsync();
            await page.GetByTestId("today").WaitForAsync();
            await page.GotoAsync($"/console/codes/{codeId}/groups");
            await Assertions.Expect(page.GetByTestId("group-1")).ToContainTextAsync("护肤交流群1");
            await Assertions.Expect(page.GetByTestId("group-2")).ToContainTextAsync("待使用");
            await Assertions.Expect(page.GetByTestId("group-1").GetByTestId("members")).ToHaveTextAsync("4");
            await Browser.LookAsync(page, name);
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(page.ViewportSize!.Width);
            await page.GetByTestId("group-1").GetByTestId("members-of").ClickAsync();
            await Assertions.Expect(page.GetByTestId("members-list")).ToContainTextAsync("爱美的小林");
            await Browser.LookAsync(page, $"{name}-members");
            await page.Keyboard.PressAsync("Escape");
            await page.GetByTestId("show-blacklist").ClickAsync();
            await page.GetByTestId("blacklist-off").WaitForAsync();
            await Browser.LookAsync(page, $"{name}-blacklist");
            await page.GotoAsync("/console/quota");
            await Assertions.Expect(page.GetByTestId("quota-left")).ToContainTextAsync("18");
            await Browser.LookAsync(page, $"{name}-quota");
            await page.GotoAsync("/console/codes/new");
            await page.GetByTestId("guide-known").Or(page.GetByTestId("code-name")).First.WaitForAsync();
            if (await page.GetByTestId("guide-known").IsVisibleAsync())
            {
                await page.GetByTestId("guide-known").ClickAsync();
            }

            await page.GetByTestId("code-name").FillAsync("双十一福利群");
            await page.GetByTestId("code-remark").FillAsync("朋友圈");
            await page.GetByTestId("building-auto").ClickAsync();
            await page.GetByTestId("next").ClickAsync();
            await page.GetByTestId("auto-theme").FillAsync("福利群");
            await Assertions.Expect(page.GetByTestId("auto-names")).ToContainTextAsync("福利群1、福利群2");
            await Browser.LookAsync(page, $"{name}-wizard");
        }
    }

    private static async Task<string> RunAsync(ServerProcess server)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Huoma.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardOutput = true };
        Array.ForEach([Path.Combine(root.FullName, "scripts", "demo.mjs"), server.Address.ToString(), ServerProcess.Account, ServerProcess.Password], start.ArgumentList.Add);
        using var script = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        var said = await script.StandardOutput.ReadToEndAsync();
        await script.WaitForExitAsync();
        return said;
    }
}
