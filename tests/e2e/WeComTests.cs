using Huoma.E2E.Hosting;
using Microsoft.Playwright;

namespace Huoma.E2E;

/// <summary>企业微信: connected, and one of its groups put under a code.</summary>
public sealed class WeComTests
{
    [Fact]
    public async Task Owner_ConnectsWeCom_AndAddsACustomerGroup()
    {
        await using var weCom = WeComStandIn.Start();
        await using var server = await ServerProcess.StartAsync(
            Store.Sqlite, new("Huoma__WeCom__ApiBase", weCom.Address), new("Huoma__Outgoing__AllowNetworks", "127.0.0.1/32"));
        await using var browser = await Browser.StartAsync();
        var page = await browser.DeskAsync(server.Address);
        await Browser.SignInAsync(page);

        await page.GotoAsync("/console/robots");
        await page.GetByTestId("add-robot").First.ClickAsync();
        await page.GetByTestId("driver-wecom").ClickAsync();
        await page.GetByTestId("robot-name").FillAsync("企微一号");
        await page.GetByTestId("wecom-corp-id").FillAsync("ww1234567890abcdef");
        await page.GetByTestId("save-robot").ClickAsync();
        await Assertions.Expect(page.GetByText("不能为空").First.Or(page.GetByText("请填写").First)).ToBeVisibleAsync();
        await Browser.LookAsync(page, "wecom-add");
        await page.GetByTestId("wecom-secret").FillAsync("the-secret");
        await page.GetByTestId("wecom-token").FillAsync("QDG6eK");
        await page.GetByTestId("wecom-aes-key").FillAsync("jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C");
        await page.GetByTestId("save-robot").ClickAsync();

        await Assertions.Expect(page.GetByTestId("callback-url")).ToContainTextAsync("/wecom/callback/");
        await Assertions.Expect(page.GetByTestId("robot-state")).ToHaveTextAsync("正常");
        await Assertions.Expect(page.GetByTestId("can-room-kick")).ToContainTextAsync("没有移出成员的接口");
        (await page.ContentAsync()).ShouldNotContain("the-secret");
        await Browser.LookAsync(page, "wecom-robot");

        var console = await server.SignInAsync();
        var code = await console.SendAsync(HttpMethod.Post, "codes", new
        {
            kind = "group",
            building = "auto",
            name = "企微护肤群",
            remark = "测试",
            auto = new { groups = 0, theme = "护肤", firstNumber = 1, memberThreshold = 180 },
        });
        await page.GotoAsync($"/console/codes/{code.Id()}/groups");
        await Assertions.Expect(page.GetByTestId("empty")).ToContainTextAsync("添加企业微信群");
        await page.GetByTestId("add-wecom-group").ClickAsync();
        await Assertions.Expect(page.GetByTestId("customer-groups").Locator("li")).ToHaveCountAsync(3);
        await Browser.LookAsync(page, "wecom-groups");
        await page.GetByTestId("customer-group-wrA").GetByTestId("link-group").ClickAsync();

        await Assertions.Expect(page.GetByTestId("group-1")).ToHaveAttributeAsync("data-state", "serving");
        await Assertions.Expect(page.GetByTestId("group-1")).ToContainTextAsync("护肤交流一群");
        await Assertions.Expect(page.GetByTestId("group-1").GetByTestId("members")).ToHaveTextAsync("2");
        await Browser.LookAsync(page, "wecom-group");
        await page.GetByTestId("members-of").ClickAsync();
        await Assertions.Expect(page.GetByTestId("member-wmA")).ToContainTextAsync("王五");
        await Assertions.Expect(page.GetByTestId("kick")).ToHaveCountAsync(0);

        await LookOnThePhoneAsync(browser, server, page.Url, weCom);
    }

    private static async Task LookOnThePhoneAsync(Browser browser, ServerProcess server, string groups, WeComStandIn weCom)
    {
        var phone = await browser.PhoneAsync(server.Address);
        await Browser.SignInAsync(phone);
        await phone.GotoAsync(groups);
        await Assertions.Expect(phone.GetByTestId("group-1")).ToBeVisibleAsync();
        await Browser.LookAsync(phone, "wecom-group-phone");
        await phone.GetByTestId("add-wecom-group").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("customer-group-wrA").GetByTestId("link-group")).ToBeDisabledAsync();
        await Browser.LookAsync(phone, "wecom-groups-phone");

        // What 企业微信 says no to is said in words.
        weCom.Errcode = 60020;
        await phone.GetByTestId("refresh-customer-groups").ClickAsync();
        await Assertions.Expect(phone.GetByText("企业可信IP").First).ToBeVisibleAsync();
        weCom.Errcode = 0;
        await phone.GotoAsync("/console/robots");
        await phone.GetByText("企微一号").ClickAsync();
        await Assertions.Expect(phone.GetByTestId("wecom-panel")).ToBeVisibleAsync();
        await phone.GetByTestId("edit-wecom").ClickAsync();
        await Browser.LookAsync(phone, "wecom-edit-phone");
    }
}
