using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>The console on a phone at night: 375×812, by touch.</summary>
public sealed class PhoneConsoleTests
{
    [Fact]
    public async Task Operator_SwapsAQr_InFourTaps()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (console, code) = await CodeAsync(server);
        await using var browser = await Browser.StartAsync();
        var page = await browser.PhoneAsync(server.Address);
        await SignInAsync(page);
        await page.GotoAsync("/console/codes");

        // 群二维码管理 → 更换图片 → (the picture is chosen in the phone's album) → 确认.
        await page.GetByTestId("manage-slots").First.TapAsync();
        var chooser = await page.RunAndWaitForFileChooserAsync(() => page.GetByTestId("replace-picture").First.TapAsync());
        await chooser.SetFilesAsync(Pictures.Groups[5]);
        await Browser.LookAsync(page, "phone-replace");
        await page.GetByTestId("confirm-replace").TapAsync();
        await page.GetByTestId("confirm-replace").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        var slot = (await console.SlotsAsync(code))[0];
        var expected = (await console.UploadAsync(Pictures.Groups[5])).Text("id");
        slot.Text("imageId").ShouldBe(expected);
    }

    [Fact]
    public async Task Pages_NeedNoSidewaysScrolling()
    {
        await using var server = await ServerProcess.StartAsync(Store.Sqlite);
        var (console, code) = await CodeAsync(server);
        await console.PatchAsync($"codes/{code.Id()}", new { name = "七天读书营七天读书营七天读书营七天读书营七天读书营七天读书营", remark = new string('W', 50) });
        await using var browser = await Browser.StartAsync();
        var page = await browser.PhoneAsync(server.Address);
        await page.GotoAsync("/console/");
        await Browser.LookAsync(page, "phone-sign-in");
        await SignInAsync(page);

        (string Name, string Path)[] pages =
        [
            ("overview", "/console/"), ("list", "/console/codes"), ("slots", $"/console/codes/{code.Id()}/slots"), ("edit", $"/console/codes/{code.Id()}/edit"),
            ("new", "/console/codes/new"), ("notices", "/console/notices"), ("channels", "/console/notices/channels"),
            ("batch", $"/console/codes/new/{code.Id()}/slots"), ("done", $"/console/codes/new/{code.Id()}/done"), ("users", "/console/users"),
        ];
        foreach (var (name, path) in pages)
        {
            await page.GotoAsync(path);
            await page.Locator("main h1, main h2").First.WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Browser.LookAsync(page, $"phone-{name}");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, name);
        }
    }

    private static async Task<(Operator Console, System.Text.Json.JsonElement Code)> CodeAsync(ServerProcess server)
    {
        var console = await server.SignInAsync();
        var (code, _) = await console.CreateCodeWithSlotsAsync(sticky: true, 100, 50);
        return (console, code);
    }

    private static async Task SignInAsync(IPage page)
    {
        await page.GotoAsync("/console/");
        await page.GetByTestId("account").FillAsync(ServerProcess.Account);
        await page.GetByTestId("password").FillAsync(ServerProcess.Password);
        await page.GetByTestId("sign-in").TapAsync();
        await page.GetByTestId("today").Or(page.GetByTestId("onboarding")).First.WaitForAsync();
    }
}
