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
        var card = await console.SendAsync(HttpMethod.Post, "codes", new
        {
            kind = "card",
            name = "客服名片客服名片客服名片客服名片客服名片客服名片客服名片",
            remark = new string('W', 50),
            recycle = true,
            handOver = new { enabled = true, targetNumber = code.Text("number"), afterPresses = 10_000_000 },
        });
        await console.PatchAsync($"codes/{code.Id()}", new { name = "七天读书营七天读书营七天读书营七天读书营七天读书营七天读书营", remark = new string('W', 50) });
        await console.SendAsync(HttpMethod.Post, $"codes/{code.Id()}/channels", new[] { new { name = new string('渠', 30), remark = new string('W', 50) } });
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name = new string('W', 30), driver = "gateway", riskAccepted = true });
        await console.PatchAsync($"robots/{robot.Id()}", new { seedIds = new[] { new string('x', 128), new string('y', 128) } });
        await console.SendAsync(HttpMethod.Post, $"robots/{robot.Id()}/start");
        await using var browser = await Browser.StartAsync();
        var page = await browser.PhoneAsync(server.Address);
        await page.GotoAsync("/console/");
        await Browser.LookAsync(page, "phone-sign-in");
        await SignInAsync(page);

        (string Name, string Path)[] pages =
        [
            ("overview", "/console/"), ("list", "/console/codes"), ("slots", $"/console/codes/{code.Id()}/slots"), ("edit", $"/console/codes/{code.Id()}/edit"),
            ("new", "/console/codes/new"), ("batch", $"/console/codes/new/{code.Id()}/slots"), ("done", $"/console/codes/new/{code.Id()}/done"), ("users", "/console/users"),
            ("cards", "/console/cards"), ("new-card", "/console/cards/new"), ("card-slots", $"/console/codes/{card.Id()}/slots"), ("card-edit", $"/console/codes/{card.Id()}/edit"),
            ("channels", "/console/channels"), ("channels-new", $"/console/channels/new?codeId={code.Id()}"),
            ("bin", "/console/codes/deleted"), ("log", "/console/audit-log"), ("notices", "/console/notices"), ("notice-channels", "/console/notices/channels"),
            ("replay", $"/console/codes/{code.Id()}/visits"), ("rehearsal", $"/console/codes/{code.Id()}/rehearsal"), ("statistics", $"/console/statistics/{code.Id()}"),
            ("robots", "/console/robots"), ("robot", $"/console/robots/{robot.Id()}"),
        ];
        var tooWide = new List<string>();
        foreach (var (name, path) in pages)
        {
            await page.GotoAsync(path);
            await page.Locator("main h1, main h2").First.WaitForAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await Browser.LookAsync(page, $"phone-{name}");
            var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            if (width > 375)
            {
                tooWide.Add($"{name}: {width} px");
            }
        }

        tooWide.ShouldBeEmpty();

        await page.GotoAsync("/console/codes");
        await page.GetByTestId("select-code").First.TapAsync();
        await page.GetByTestId("bulk-bar").WaitForAsync();
        await Browser.LookAsync(page, "phone-bulk");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(375, "bulk");
        await page.GotoAsync($"/console/codes/{code.Id()}/slots");
        await page.GetByTestId("show-history").TapAsync();
        await page.GetByTestId("audit-entry").First.WaitForAsync();
        await Browser.LookAsync(page, "phone-history");
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
