using System.Text.Json;
using System.Text.RegularExpressions;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>名片码 from its first page to its QR, and 切换 as an operator sets it up.</summary>
public sealed partial class CardCodeTests
{
    [Fact]
    public async Task Operator_BuildsACardCode_AndItsQrShowsTheFirstCard()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);

        await FillBasicsAsync(page);
        await AddCardsAsync(page);
        await Assertions.Expect(page.GetByTestId("done")).ToContainTextAsync("名片码创建完成!");
        await Browser.LookAsync(page, "card-wizard-3");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("download-qr").First.ClickAsync());
        var reading = await QrReading.OfAsync(await download.PathAsync());
        var key = AddressPattern().Match(reading).Groups["key"].Value;
        key.ShouldNotBeEmpty(reading);
        var seen = await new Phone(server.Client()).ScanAsync(key);
        seen.State.ShouldBe("qr");

        await page.GetByTestId("finish").ClickAsync();
        await page.GetByTestId("manage-slots").ClickAsync();
        await Assertions.Expect(page.GetByTestId($"slot-{seen.Slot}").GetByTestId("slot-name")).ToHaveTextAsync("小明");
        await Assertions.Expect(page.GetByTestId("slot-round").First).ToHaveTextAsync("第 1 轮");
        await Assertions.Expect(page.GetByTestId("slot-presses").First).ToContainTextAsync("0");
        await Assertions.Expect(page.GetByTestId("menu-cards")).ToHaveAttributeAsync("aria-current", "page");
        await Browser.LookAsync(page, "card-slots");
    }

    [Fact]
    public async Task Operator_SwitchesAGroupCodeToACardCode_AndIsToldWhatIsWrong()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var group = await console.CreateCodeAsync();
        var (closed, gone, good) = (await CardAsync(console, "已关的", "off"), await CardAsync(console, "将被删的"), await CardAsync(console, "夜间客服"));
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);
        await page.GotoAsync($"/console/codes/{group.Id()}/edit");

        await page.GetByTestId("code-remark").FillAsync("改过的备注");
        await page.GetByTestId("hand-over").ClickAsync();
        await page.GetByTestId("when-after-presses").ClickAsync();
        await page.GetByTestId("hand-over-presses").GetByRole(AriaRole.Spinbutton).FillAsync("");
        await page.GetByTestId("save-code").ClickAsync();
        await Assertions.Expect(page.GetByText("请选择要切换到的名片码")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("请填写 1–10000000 的整数")).ToBeVisibleAsync();
        await page.GetByTestId("hand-over-presses").GetByRole(AriaRole.Spinbutton).FillAsync("300");

        // A number that is pasted whole is chosen; a target nobody could see anything of is warned of.
        var target = page.GetByTestId("hand-over-target").GetByRole(AriaRole.Combobox);
        await target.ClickAsync();
        await target.FillAsync(closed.Text("number"));
        await Assertions.Expect(page.GetByTestId("target-warning")).ToContainTextAsync("这个名片码已关闭");
        await Browser.LookAsync(page, "hand-over-closed");

        // The target disappears between choosing and saving: said at its field, and nothing is lost.
        await ChooseAsync(page, "将被删的");
        await console.SendAsync(HttpMethod.Delete, $"codes/{gone.Id()}");
        await page.GetByTestId("save-code").ClickAsync();
        await Assertions.Expect(page.GetByText("没有找到这个编号的活码，请核对活码编号")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("code-remark")).ToHaveValueAsync("改过的备注");
        await ChooseAsync(page, "夜间客服");
        await page.GetByTestId("save-code").ClickAsync();
        await page.GetByTestId("codes-table").WaitForAsync();

        var saved = await console.GetAsync($"codes/{group.Id()}");
        saved.Text("handOver.targetId").ShouldBe(good.Id());
        saved.Number("handOver.afterPresses").ShouldBe(300);
        saved.Text("remark").ShouldBe("改过的备注");
        await page.GotoAsync($"/console/codes/{good.Id()}/edit");
        await Assertions.Expect(page.GetByTestId("hands-over-from")).ToContainTextAsync("七天读书营");
        await Browser.LookAsync(page, "hand-over-target");
    }

    private static async Task FillBasicsAsync(IPage page)
    {
        await page.GetByTestId("menu-cards").ClickAsync();
        await page.GetByTestId("new-code").First.ClickAsync();
        await page.GetByTestId("guide-known").ClickAsync();
        await page.GetByTestId("code-name").FillAsync("读书会客服");
        await page.GetByTestId("code-remark").FillAsync("群满以后加好友拉群");
        await page.GetByTestId("recycle").ClickAsync();

        // What was typed is there again, and the guide is not.
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByTestId("draft-restored")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("code-name")).ToHaveValueAsync("读书会客服");
        await Browser.LookAsync(page, "card-wizard-1");
        await page.GetByTestId("next").ClickAsync();
    }

    private static async Task AddCardsAsync(IPage page)
    {
        await page.GetByTestId("picture-files").SetInputFilesAsync([Pictures.Cards[0], Pictures.Groups[0], Pictures.Cards[1]]);
        var rows = page.GetByTestId("batch-row");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("这是微信群二维码，不是个人名片二维码");
        await rows.Nth(0).GetByTestId("row-name").FillAsync("小明");
        await Browser.LookAsync(page, "card-wizard-2");
        await rows.Nth(1).GetByTestId("remove-row").ClickAsync();
        await page.GetByTestId("save-all").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved-slots")).ToContainTextAsync("2");

        // Back and forth without loss.
        await page.GetByTestId("previous").ClickAsync();
        await Assertions.Expect(page.GetByTestId("code-name")).ToHaveValueAsync("读书会客服");
        await page.GetByTestId("next").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saved-slots")).ToContainTextAsync("小明");
        await page.GetByTestId("next").ClickAsync();
    }

    private static async Task ChooseAsync(IPage page, string name)
    {
        await page.GetByTestId("hand-over-target").ClickAsync();
        await page.GetByTestId("target-option").Filter(new() { HasText = name }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("hand-over-target")).ToContainTextAsync(name);
        await Assertions.Expect(page.GetByTestId("target-option").First).ToBeHiddenAsync();
    }

    private static Task<JsonElement> CardAsync(Operator console, string name, string status = "on") =>
        console.SendAsync(HttpMethod.Post, "codes", new { kind = "card", name, remark = "测试", status });

    [GeneratedRegex("http://[^/\\s]+/q/(?<key>[1-9A-HJ-NP-Za-z]{8})", RegexOptions.ExplicitCapture)]
    private static partial Regex AddressPattern();
}
