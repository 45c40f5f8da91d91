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
        said.ShouldNotContain("Demo: no robot");
        var manual = codes.GetProperty("items").EnumerateArray().Single(code => code.Text("name") == "七天读书营");
        manual.Number("counts.slots").ShouldBe(2);
        manual.Number("counts.pressVisitors").ShouldBe(4);
        (await console.GetAsync("robots")).GetProperty("items")[0].GetProperty("seedIds").GetArrayLength().ShouldBe(2);
        await LookAsync(server);
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
