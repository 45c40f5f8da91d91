using Microsoft.Playwright;

namespace Huoma.E2E.Hosting;

/// <summary>Debian's Chromium, headless, as an operator's desk, his phone at night, or a visitor's WeChat.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string WeChatOnAndroid =
        "Mozilla/5.0 (Linux; Android 14; PGT-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36 XWEB/1260117 MicroMessenger/8.0.54.2760 WeChat/arm64";

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        this.playwright = playwright;
        this.browser = browser;
    }

    /// <summary>Milliseconds; pages that look again every few seconds need more than Playwright's five.</summary>
    private const int Patience = 20_000;

    /// <summary>Where pictures of the screens go, for people to look at; unset: none are taken.</summary>
    private static string? ScreenFolder { get; } = Environment.GetEnvironmentVariable("HUOMA_SCREENSHOTS");

    public static async Task<Browser> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var driver = await Playwright.CreateAsync();
        var chromium = await driver.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        return new Browser(driver, chromium);
    }

    public Task<IPage> DeskAsync(Uri address) => OpenAsync(new() { BaseURL = address.ToString(), ViewportSize = new() { Width = 1440, Height = 900 } });

    public Task<IPage> PhoneAsync(Uri address) => OpenAsync(Mobile(address));

    public Task<IPage> WeChatAsync(Uri address, bool runsScripts = true)
    {
        var options = Mobile(address);
        options.UserAgent = WeChatOnAndroid;
        options.JavaScriptEnabled = runsScripts;
        return OpenAsync(options);
    }

    /// <summary>The console, as the first owner.</summary>
    public static async Task<IPage> SignInAsync(IPage page)
    {
        await page.GotoAsync("/console/");
        await page.GetByTestId("account").FillAsync(ServerProcess.Account);
        await page.GetByTestId("password").FillAsync(ServerProcess.Password);
        await page.GetByTestId("sign-in").ClickAsync();
        await page.GetByTestId("user-menu").WaitForAsync();
        return page;
    }

    /// <summary>Keeps a picture of the screen when they are wanted.</summary>
    public static async Task LookAsync(IPage page, string name)
    {
        if (ScreenFolder is not null)
        {
            await page.EvaluateAsync("Promise.all([...document.images].map(image => image.complete || new Promise(done => { image.onload = image.onerror = done })))");
            await page.ScreenshotAsync(new() { Path = Path.Combine(ScreenFolder, $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static BrowserNewContextOptions Mobile(Uri address) => new()
    {
        BaseURL = address.ToString(),
        ViewportSize = new() { Width = 375, Height = 812 },
        IsMobile = true,
        HasTouch = true,
        DeviceScaleFactor = 2,
    };

    private async Task<IPage> OpenAsync(BrowserNewContextOptions options)
    {
        options.Locale = "zh-CN";
        options.TimezoneId = "Asia/Shanghai";
        options.ReducedMotion = ReducedMotion.Reduce;
        options.AcceptDownloads = true;
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);

        // Half-finished transitions make pictures differ; nothing here is about motion.
        await context.AddInitScriptAsync(
            "document.addEventListener('DOMContentLoaded', () => { const style = document.createElement('style'); style.textContent = '*{transition:none!important;animation:none!important}'; document.head.append(style); })");
        return await context.NewPageAsync();
    }
}
