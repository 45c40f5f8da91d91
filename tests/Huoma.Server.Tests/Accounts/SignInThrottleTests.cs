using System.Globalization;
using System.Net.Http.Json;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Huoma.Server.Tests.Accounts;

public sealed class SignInThrottleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task SignIn_LooksAtTenWrongPasswordsAtMost_InFiveMinutes_FromManyAddresses(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var lookedAt = 0;

        for (var second = 0; second < 300; second += 3)
        {
            var process = second % 2 == 0 ? app : other;
            var answer = await process.TrySignInAsync(HuomaApp.OwnerAccount, $"guess number {second}", $"198.51.100.{second % 50}");
            lookedAt += answer.Response.StatusCode == StatusCodes.Status401Unauthorized ? 1 : 0;
            app.Clock.Advance(TimeSpan.FromSeconds(3));
        }

        lookedAt.ShouldBeInRange(5, 10);
    }

    [Theory, BothStores]
    public async Task SignIn_CountsEachOfMany_ThatComeAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(at => app.TrySignInAsync("somebody", "wrong password", $"198.51.100.{at}")));

        answers.Count(answer => answer.Response.StatusCode == StatusCodes.Status401Unauthorized).ShouldBe(5);
        answers.Count(answer => answer.Response.StatusCode == StatusCodes.Status429TooManyRequests).ShouldBe(25);
    }

    [Theory, BothStores]
    public async Task SignIn_IsLookedAtAgain_AfterWhatRetryAfterSays(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await GuessAsync(app, HuomaApp.OwnerAccount, times: 5);

        var early = await app.TrySignInAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword);
        early.Response.StatusCode.ShouldBe(StatusCodes.Status429TooManyRequests);
        var seconds = int.Parse(early.Response.Headers.RetryAfter.ToString(), CultureInfo.InvariantCulture);
        app.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await app.TrySignInAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword)).Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
    }

    [Theory, BothStores]
    public async Task SignIn_ForgetsTheWrongOnes_OnceRight(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);

        for (var round = 0; round < 5; round++)
        {
            await GuessAsync(app, HuomaApp.OwnerAccount, times: 2);
            (await app.TrySignInAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword)).Response.StatusCode.ShouldBe(StatusCodes.Status200OK);
        }
    }

    [Theory, BothStores]
    public async Task SignIn_StopsOneAddress_ThatTriesManyAccounts_ByTheTwentieth(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var statuses = new List<int>();

        for (var at = 0; at < 25; at++)
        {
            statuses.Add((await app.TrySignInAsync($"account{at}", "summer-2026-x")).Response.StatusCode);
        }

        statuses.IndexOf(StatusCodes.Status429TooManyRequests).ShouldBeInRange(10, 19);
        (await app.TrySignInAsync("account-x", "summer-2026-x", "192.0.2.2")).Response.StatusCode.ShouldBe(StatusCodes.Status401Unauthorized);
    }

    [Theory, BothStores]
    public async Task SignIn_CountsTheRealAddress_WhateverTheRequestSaysAboutItself(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var statuses = new List<int>();

        for (var at = 0; at < 20; at++)
        {
            statuses.Add((await app.TrySignInAsync($"account{at}", "summer-2026-x", forwardedFor: $"203.0.113.{at}")).Response.StatusCode);
        }

        statuses.ShouldContain(StatusCodes.Status429TooManyRequests);
    }

    [Fact]
    public async Task SignIn_CountsTheForwardedAddress_OfAProxyThatIsTrusted()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite, new Dictionary<string, string?> { ["Huoma:TrustedProxies"] = "10.1.0.0/16, 192.0.2.1" });
        var clients = new List<int>();
        var spoofer = new List<int>();

        for (var at = 0; at < 20; at++)
        {
            clients.Add((await app.TrySignInAsync($"a{at}", "summer-2026-x", forwardedFor: $"203.0.113.{at}, 10.1.2.3")).Response.StatusCode);
            spoofer.Add((await app.TrySignInAsync($"b{at}", "summer-2026-x", forwardedFor: $"203.0.113.{at}, 198.51.100.9")).Response.StatusCode);
        }

        clients.ShouldAllBe(status => status == StatusCodes.Status401Unauthorized);
        spoofer.ShouldContain(StatusCodes.Status429TooManyRequests);
    }

    [Theory, BothStores]
    public async Task SignIn_WorksFromAKnownDevice_WhileStrangersGuess(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var device = await app.SignInAsync();
        var credentials = new { account = HuomaApp.OwnerAccount, password = HuomaApp.OwnerPassword };
        await GuessAsync(app, HuomaApp.OwnerAccount, times: 6);

        (await app.Console().PostAsJsonAsync("/api/v1/session", credentials, Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.TooManyRequests);

        (await device.PostAsJsonAsync("/api/v1/session", credentials, Ct)).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Theory, BothStores]
    public async Task SignIn_IsThrottled_FromAKnownDeviceToo(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var device = await app.SignInAsync();
        var statuses = new List<int>();

        for (var at = 0; at < 10; at++)
        {
            var answer = await device.PostAsJsonAsync("/api/v1/session", new { account = HuomaApp.OwnerAccount, password = "wrong password" }, Ct);
            statuses.Add((int)answer.StatusCode);
        }

        statuses.Count(status => status == StatusCodes.Status401Unauthorized).ShouldBe(5);
    }

    private static async Task GuessAsync(HuomaApp app, string account, int times)
    {
        for (var at = 0; at < times; at++)
        {
            await app.TrySignInAsync(account, "wrong password", $"198.51.100.{at}");
        }
    }
}
