using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>决策回放 and 沙盘推演 (U6), at the desk and on the phone.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Operator_SeesWhyAVisitorSawWhatHeSaw_AndRehearsesTheNextRush()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 1);
        var visitor = new Phone(server.Client());
        await visitor.PressAsync(code.Text("key"), await visitor.ScanAsync(code.Text("key")));
        await visitor.ScanAsync(code.Text("key"));
        await new Phone(server.Client()).ScanAsync(code.Text("key"));
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);

        await page.GotoAsync($"/console/codes/{code.Id()}/slots");
        await page.GetByTestId("to-visits").ClickAsync();
        var visits = page.GetByTestId("visit");
        await Assertions.Expect(visits).ToHaveCountAsync(3);
        await Assertions.Expect(visits.First).ToContainTextAsync("启用中的二维码都满了");
        await Assertions.Expect(visits.Nth(1)).ToContainTextAsync("哪怕已经满了");
        await Browser.LookAsync(page, "replay");
        await visits.Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(visits).ToHaveCountAsync(2);
        await page.ReloadAsync();
        await Assertions.Expect(visits).ToHaveCountAsync(2);
        await page.GetByTestId("all-visitors").ClickAsync();
        await Assertions.Expect(visits).ToHaveCountAsync(3);

        await page.GetByTestId("to-rehearsal").ClickAsync();
        await page.GetByTestId("rehearse").ClickAsync();
        await Assertions.Expect(page.GetByTestId("rehearsal-verdict")).ToContainTextAsync("第 1 位访客");
        await Browser.LookAsync(page, "rehearsal");
    }
}
