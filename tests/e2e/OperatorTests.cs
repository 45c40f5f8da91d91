using System.Net;
using System.Text.RegularExpressions;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>The main job, as an operator does it: from a folder of screenshots to rotating groups whose numbers agree.</summary>
public sealed partial class OperatorTests
{
    private const int Visitors = 250;
    private const int Threshold = 100;

    [Theory, BothStores]
    public async Task Operator_BuildsACodeFromPictures_AndVisitorsFillItsGroups(Store store)
    {
        await using var server = await ServerProcess.StartAsync(store);
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);
        await Browser.LookAsync(page, $"{store}-overview-empty");

        await FillWizardAsync(page, store);
        var key = await KeyOfDownloadedQrAsync(page);

        var slots = await CrowdAsync(server, key);

        slots.Select(slot => slot.Count()).ShouldBe([Threshold, Threshold, Visitors - (2 * Threshold)]);
        await page.GetByTestId("finish").ClickAsync();
        await ShouldTellTheFiguresAsync(page, store);
    }

    private static async Task FillWizardAsync(IPage page, Store store)
    {
        await page.GotoAsync("/console/codes/new");
        await page.GetByTestId("guide-known").ClickAsync();
        await page.GetByTestId("code-name").FillAsync("七天读书营");
        await page.GetByTestId("code-remark").FillAsync("11 月直播间引流");
        await Browser.LookAsync(page, $"{store}-wizard-1");
        await page.GetByTestId("next").ClickAsync();

        await page.GetByTestId("picture-files").SetInputFilesAsync(Pictures.Groups.Take(3));
        await Assertions.Expect(page.GetByTestId("batch-row")).ToHaveCountAsync(3);
        await Browser.LookAsync(page, $"{store}-wizard-2");
        await page.GetByTestId("save-all").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved-slots")).ToContainTextAsync("3");
        await Browser.LookAsync(page, $"{store}-wizard-2-saved");
        await page.GetByTestId("next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("done")).ToContainTextAsync("群活码创建完成!");
        await Browser.LookAsync(page, $"{store}-wizard-3");
    }

    /// <summary>The QR that would be printed is read back by a reader that is not ours.</summary>
    private static async Task<string> KeyOfDownloadedQrAsync(IPage page)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-qr").First.ClickAsync());
        var file = await download.PathAsync();
        var reading = await QrReading.OfAsync(file);
        var url = AddressPattern().Match(reading);
        url.Success.ShouldBeTrue(reading);
        return url.Groups["key"].Value;
    }

    /// <summary>Each visitor scans and presses, one after the other, so that the groups must fill exactly.</summary>
    private static async Task<List<IGrouping<string, string>>> CrowdAsync(ServerProcess server, string key)
    {
        var seen = new List<string>();
        for (var visitor = 0; visitor < Visitors; visitor++)
        {
            var phone = new Phone(server.Client());
            var page = await phone.ScanAsync(key);
            page.State.ShouldBe("qr");
            (await phone.PressAsync(key, page)).ShouldBe(HttpStatusCode.NoContent);
            seen.Add(page.Slot);
        }

        return seen.GroupBy(slot => slot, StringComparer.Ordinal).ToList();
    }

    private static async Task ShouldTellTheFiguresAsync(IPage page, Store store)
    {
        var table = page.GetByTestId("codes-table");
        await Assertions.Expect(table).ToContainTextAsync("七天读书营");
        await Assertions.Expect(table).ToContainTextAsync("250");
        await Browser.LookAsync(page, $"{store}-list");
        await page.GetByTestId("manage-slots").First.ClickAsync();
        var states = page.GetByTestId("slot-state");
        await Assertions.Expect(states).ToHaveTextAsync(["已满", "已满", "使用中"]);
        await Assertions.Expect(page.GetByTestId("press-bar")).ToHaveTextAsync([HundredOfHundred(), HundredOfHundred(), FiftyOfHundred()]);
        await Browser.LookAsync(page, $"{store}-slots");
        await page.GotoAsync("/console/");
        await Assertions.Expect(page.GetByTestId("today")).ToContainTextAsync("250");
        await Browser.LookAsync(page, $"{store}-overview");
    }

    [GeneratedRegex("http://[^/\\s]+/q/(?<key>[1-9A-HJ-NP-Za-z]{8})", RegexOptions.ExplicitCapture)]
    private static partial Regex AddressPattern();

    [GeneratedRegex("100\\s*/\\s*100")]
    private static partial Regex HundredOfHundred();

    [GeneratedRegex("50\\s*/\\s*100")]
    private static partial Regex FiftyOfHundred();
}
