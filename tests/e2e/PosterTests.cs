using System.Globalization;
using System.Text.Json;
using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>裂变海报 designed in the browser: what the operator drags is what participants get.</summary>
public sealed class PosterTests
{
    [Fact]
    public async Task Qr_StandsWhereTheOperatorDraggedIt_OnTheParticipantsPoster()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var code = await CampaignTests.AutoCodeAsync(console);
        await using var browser = await Browser.StartAsync();
        var desk = await Browser.SignInAsync(await browser.DeskAsync(server.Address));
        await UploadAsync(desk, await CampaignTests.PosterAsync(await browser.DeskAsync(server.Address)), code);

        await desk.GetByTestId("design-poster").ClickAsync();
        await desk.GetByTestId("poster-preview").WaitForAsync();
        (await NumberAsync(desk, "x")).ShouldBe(250);
        await DragAsync(desk, "part-qr", -160, -130);
        await DragAsync(desk, "corner-qr", 30, 30);
        var (x, y, size) = (await NumberAsync(desk, "x"), await NumberAsync(desk, "y"), await NumberAsync(desk, "size"));
        x.ShouldBe(0, "no further than the edge");
        y.ShouldBeLessThan(850);
        size.ShouldBeGreaterThan(290);
        await desk.GetByTestId("poster-undo").ClickAsync();
        (await NumberAsync(desk, "size")).ShouldBe(250);
        await desk.GetByTestId("part-qr").PressAsync("ArrowRight");
        await desk.GetByTestId("part-qr").PressAsync("Shift+ArrowRight");
        (await NumberAsync(desk, "x")).ShouldBe(11);
        await WriteAsync(desk);
        await Assertions.Expect(desk.Locator(".preview")).ToHaveAttributeAsync("aria-busy", "false");
        await Browser.LookAsync(desk, "poster-editor");
        await desk.GetByTestId("poster-done").ClickAsync();
        await desk.GetByTestId("save-campaign").ClickAsync();
        var posterUrl = await desk.GetByTestId("poster-url").InnerTextAsync();

        var layout = (await console.GetAsync("campaigns")).GetProperty("items")[0].GetProperty("layout");
        layout.Number("qr.x").ShouldBe(11);
        layout.Text("nickname.text").ShouldBe("我是{昵称}");
        layout.GetProperty("texts")[0].Text("text").ShouldBe("一起来读书");
        layout.Flag("avatar.shown").ShouldBeTrue();

        // Somebody takes part: the QR of his poster leads to his invitation, and is where it was put.
        var inviter = await browser.WeChatAsync(server.Address);
        await inviter.GotoAsync(posterUrl);
        var link = await inviter.Locator("#share").InnerTextAsync();
        await Browser.LookAsync(inviter, "poster-of-a-participant");
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jpg");
        var poster = await inviter.APIRequest.GetAsync(new Uri(server.Address, await inviter.Locator("#poster").GetAttributeAsync("src")).ToString());
        await File.WriteAllBytesAsync(file, await poster.BodyAsync(), TestContext.Current.CancellationToken);
        (await QrReading.OfAsync(file)).ShouldContain(link);
        File.Delete(file);
    }

    [Fact]
    public async Task Editor_IsUsableOnAPhone_AndSaysWhatIsWrong()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var console = await server.SignInAsync();
        var code = await CampaignTests.AutoCodeAsync(console);
        await using var browser = await Browser.StartAsync();
        var phone = await Browser.SignInAsync(await browser.PhoneAsync(server.Address));
        await UploadAsync(phone, await CampaignTests.PosterAsync(await browser.DeskAsync(server.Address)), code);

        await phone.GetByTestId("design-poster").ClickAsync();
        await phone.GetByTestId("poster-preview").WaitForAsync();
        await Browser.LookAsync(phone, "phone-poster-editor");
        await phone.GetByTestId("choose-nickname").ClickAsync();
        await phone.GetByTestId("part-text").FillAsync("{name} 邀请你");
        await Assertions.Expect(phone.GetByTestId("part-fields")).ToContainTextAsync("只能使用一次");
        await Assertions.Expect(phone.GetByTestId("poster-done")).ToBeDisabledAsync();
        await phone.GetByTestId("part-fields").ScrollIntoViewIfNeededAsync();
        await Browser.LookAsync(phone, "phone-poster-wrong");
        await phone.GetByTestId("poster-reset").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("poster-done")).ToBeEnabledAsync();
        (await phone.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375);
        (await phone.Locator(".app-dialog .el-dialog__body").EvaluateAsync<int>("body => body.scrollWidth - body.clientWidth")).ShouldBe(0);
    }

    private static async Task WriteAsync(IPage desk)
    {
        await desk.GetByTestId("choose-nickname").ClickAsync();
        await desk.GetByTestId("part-text").FillAsync("我是{昵称}");
        await desk.GetByTestId("show-avatar").ClickAsync();
        await desk.GetByTestId("poster-add-text").ClickAsync();
        await desk.GetByTestId("part-text").FillAsync("一起来读书");
        await desk.GetByTestId("part-size").Locator("input").FillAsync("60");
        await desk.GetByTestId("part-size").Locator("input").PressAsync("Enter");
    }

    private static async Task UploadAsync(IPage page, byte[] poster, JsonElement code)
    {
        await page.GotoAsync($"/console/campaigns/new?codeId={code.Id()}");
        await page.GetByTestId("campaign-name").FillAsync("一起读书");
        await page.GetByTestId("reward-url").FillAsync("https://example.com/gift");
        await page.GetByTestId("poster-file").SetInputFilesAsync(new FilePayload { Name = "poster.png", MimeType = "image/png", Buffer = poster });
    }

    private static async Task<int> NumberAsync(IPage page, string name) =>
        int.Parse(await page.GetByTestId($"part-{name}").Locator("input").InputValueAsync(), CultureInfo.InvariantCulture);

    private static async Task DragAsync(IPage page, string part, int right, int down)
    {
        var box = await page.GetByTestId(part).BoundingBoxAsync() ?? throw new InvalidOperationException(part);
        var (x, y) = (box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x + (right / 2), y + (down / 2));
        await page.Mouse.MoveAsync(x + right, y + down);
        await page.Mouse.UpAsync();
    }
}
