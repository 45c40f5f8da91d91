using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>渠道码 as an operator uses them: several at once, downloaded, renamed, archived.</summary>
public sealed class ChannelTests
{
    private const string LongName = "十一月双十一直播间右下角挂件专属入口二维码第一批投放素材之三号";

    [Fact]
    public async Task Operator_MakesThreeChannels_DownloadsEditsAndArchivesThem()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var code = await console.CreateCodeAsync("七天读书营");
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);

        await page.GotoAsync("/console/codes");
        await page.GetByTestId("to-channels").ClickAsync();
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await Browser.LookAsync(page, "channels-empty");
        await page.GetByTestId("new-channels").ClickAsync();
        await WriteThreeAsync(page);

        var names = page.GetByTestId("channel-name");
        await Assertions.Expect(names).ToHaveTextAsync(["公众号菜单", "朋友圈", LongName[..30]]);
        await Browser.LookAsync(page, "channels-list");
        var made = (await console.GetAsync($"channels?codeId={code.Id()}")).At("items");
        await ShouldDownloadAsync(page, made[0].Text("url"));

        await page.GetByTestId("edit-channel").First.ClickAsync();
        await page.GetByTestId("channel-name-field").FillAsync("朋友圈");
        await page.GetByTestId("save-channel").ClickAsync();
        await Assertions.Expect(page.GetByTestId("channel-form")).ToContainTextAsync("已有名为「朋友圈」");
        await Browser.LookAsync(page, "channels-edit");
        await page.GetByTestId("channel-name-field").FillAsync("公众号文章");
        await page.GetByTestId("save-channel").ClickAsync();
        await Assertions.Expect(names.First).ToHaveTextAsync("公众号文章");

        await page.GetByTestId("archive-channel").Nth(1).ClickAsync();
        await page.Locator(".confirm-box .el-button--primary").ClickAsync();
        await Assertions.Expect(names).ToHaveTextAsync(["公众号文章", LongName[..30]]);
        await page.GetByTestId("show-archived").ClickAsync();
        await Assertions.Expect(names).ToHaveTextAsync(["朋友圈"]);
        await Browser.LookAsync(page, "channels-archived");
    }

    private static async Task WriteThreeAsync(IPage page)
    {
        await Assertions.Expect(page.GetByTestId("chosen-code")).ToContainTextAsync("七天读书营");
        await page.GetByTestId("save-channels").ClickAsync();
        await Assertions.Expect(page.GetByTestId("channel-row")).ToContainTextAsync("请填写渠道名称");
        await page.GetByTestId("row-name").FillAsync("公众号菜单");
        await page.GetByTestId("paste-names").ClickAsync();
        await page.GetByTestId("paste-field").FillAsync($"朋友圈\t每天早上\n\n{LongName[..30]}");
        await page.GetByTestId("paste-add").ClickAsync();
        await Assertions.Expect(page.GetByTestId("channel-row")).ToHaveCountAsync(3);
        await page.GetByTestId("add-row").ClickAsync();
        await page.GetByTestId("remove-row").Last.ClickAsync();
        await Browser.LookAsync(page, "channels-new");
        await page.GetByTestId("save-channels").ClickAsync();
    }

    private static async Task ShouldDownloadAsync(IPage page, string url)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-channel").First.ClickAsync());
        download.SuggestedFilename.ShouldBe("公众号菜单-七天读书营.png");
        (await QrReading.OfAsync(await download.PathAsync())).ShouldContain(url);

        await page.GetByTestId("download-all").ClickAsync();
        await Browser.LookAsync(page, "channels-download-all");
        var zip = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-all-860").ClickAsync());
        zip.SuggestedFilename.ShouldBe("七天读书营-渠道码.zip");
        await using var archive = await System.IO.Compression.ZipFile.OpenReadAsync(await zip.PathAsync());
        archive.Entries.Count.ShouldBe(3);
    }
}
