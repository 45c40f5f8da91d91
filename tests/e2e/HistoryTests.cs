using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>Mistakes are taken back in the console, and visitors see it at once.</summary>
public sealed class HistoryTests
{
    [Fact]
    public async Task Operator_TakesBackADeletion_AndAReplacedPicture()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var (code, slots) = await console.CreateCodeWithSlotsAsync(sticky: true, 100);
        var key = code.Text("key");
        var former = (await console.SlotsAsync(code))[0].Text("imageUrl");
        var visitor = new Phone(server.Client());
        (await visitor.ScanAsync(key)).Html.ShouldContain(former);
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);

        await DeleteAndRestoreAsync(page, visitor, key);
        (await visitor.ScanAsync(key)).Slot.ShouldBe(slots[0]);

        await ReplaceAsync(page, Pictures.Groups[5]);
        (await visitor.ScanAsync(key)).Html.ShouldNotContain(former);
        await page.GetByTestId("undo").ClickAsync();
        await Assertions.Expect(page.GetByText("已换回原来的图片")).ToBeVisibleAsync();
        (await visitor.ScanAsync(key)).Html.ShouldContain(former);

        // Later than ten seconds: from the history.
        await ReplaceAsync(page, Pictures.Groups[6]);
        await page.GetByTestId("show-history").ClickAsync();
        await Assertions.Expect(page.GetByTestId("audit-entry").First).ToContainTextAsync("更换了「一群」的图片");
        await Browser.LookAsync(page, "history");
        await page.GetByTestId("undo-picture").First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("audit-entry").First).ToContainTextAsync("撤销更换");
        (await visitor.ScanAsync(key)).Html.ShouldContain(former);
        await page.GotoAsync("/console/audit-log");
        await Assertions.Expect(page.GetByTestId("audit-entry").First).ToContainTextAsync("撤销更换");
        await Browser.LookAsync(page, "audit-log");
    }

    private static async Task DeleteAndRestoreAsync(IPage page, Phone visitor, string key)
    {
        await page.GotoAsync("/console/codes");
        await page.GetByTestId("select-code").First.ClickAsync();
        await Browser.LookAsync(page, "bulk-bar");
        await page.GetByTestId("bulk-remove").ClickAsync();
        await Browser.LookAsync(page, "bulk-remove");
        await page.Locator(".confirm-box .el-button--danger").ClickAsync();
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        (await visitor.ScanAsync(key)).State.ShouldBe("off-duty");

        await page.GetByTestId("to-bin").ClickAsync();
        await Assertions.Expect(page.GetByTestId("days-left")).ToContainTextAsync("30");
        await Browser.LookAsync(page, "recycle-bin");
        await page.GetByTestId("restore").ClickAsync();
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
    }

    private static async Task ReplaceAsync(IPage page, string picture)
    {
        if (!page.Url.EndsWith("/slots", StringComparison.Ordinal))
        {
            await page.GotoAsync("/console/codes");
            await page.GetByTestId("manage-slots").First.ClickAsync();
        }

        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByTestId("replace-picture").First.ClickAsync());
        await chooser.SetFilesAsync(picture);
        await page.GetByTestId("confirm-replace").ClickAsync();
        await page.GetByTestId("undo").WaitForAsync();
        await Browser.LookAsync(page, "undo-toast");
    }
}
