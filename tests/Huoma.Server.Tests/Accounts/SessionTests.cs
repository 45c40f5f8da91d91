using System.Net;
using System.Net.Http.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Accounts;

public sealed class SessionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task SignOut_EndsTheSession_AlsoForWhoCopiedTheCookie(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var cookie = TestAccounts.NameAndValue(await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword));
        var thief = app.WithCookie(cookie);
        (await thief.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await app.WithCookie(cookie).DeleteAsync("/api/v1/session", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await (await thief.GetAsync("/api/v1/me", Ct)).CodeAsync(HttpStatusCode.Unauthorized)).ShouldBe("session.required");
    }

    [Theory, BothStores]
    public async Task Session_Ends_WhenUnusedForTwelveHours(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();

        app.Clock.Advance(TimeSpan.FromHours(11));
        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromHours(11));
        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromHours(12));

        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothStores]
    public async Task Session_Ends_AfterThirtyDays_HoweverMuchUsed(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();

        for (var halfDays = 0; halfDays < 65; halfDays++)
        {
            app.Clock.Advance(TimeSpan.FromHours(11));
            (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK, $"after {halfDays} times eleven hours");
        }

        app.Clock.Advance(TimeSpan.FromHours(6));
        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothStores]
    public async Task Sessions_ThatAreOver_AreSweptAtTheNextSignIn(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await app.SignInAsync();
        await app.SignInAsync();
        app.Clock.Advance(TimeSpan.FromHours(13));

        await app.SignInAsync();

        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM sessions")).ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task ChangePassword_EndsTheOtherSessions_AndKeepsThisOne(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var here = await app.SignInAsync();
        var elsewhere = await app.SignInAsync();
        var body = new { currentPassword = HuomaApp.OwnerPassword, newPassword = TestAccounts.Password };

        (await here.PutAsJsonAsync("/api/v1/me/password", body, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await elsewhere.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.SignInAsync(HuomaApp.OwnerAccount, TestAccounts.Password);
        var old = await app.Console().PostAsJsonAsync("/api/v1/session", new { account = HuomaApp.OwnerAccount, password = HuomaApp.OwnerPassword }, Ct);
        old.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothStores]
    public async Task ChangePassword_NeedsThePresentOne_AndCanNotBeUsedToGuessIt(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var body = new { currentPassword = "not my password", newPassword = TestAccounts.Password };

        for (var guess = 0; guess < 5; guess++)
        {
            var answer = await owner.PutAsJsonAsync("/api/v1/me/password", body, Ct);
            (await answer.CodeAsync(HttpStatusCode.BadRequest)).ShouldBe("input.invalid");
            (await answer.JsonAsync()).GetProperty("errors").TryGetProperty("currentPassword", out _).ShouldBeTrue();
        }

        (await (await owner.PutAsJsonAsync("/api/v1/me/password", body, Ct)).CodeAsync(HttpStatusCode.TooManyRequests)).ShouldBe("session.throttled");
    }

    [Theory, BothStores]
    public async Task Role_HoldsFromTheNextRequest_InEveryProcess(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var owner = await app.SignInAsync();
        var id = await owner.AddUserAsync("second-owner", "owner");
        var second = await other.SignInAsync("second-owner", TestAccounts.Password);
        (await second.GetAsync("/api/v1/users", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await owner.PatchAsJsonAsync($"/api/v1/users/{id}", new { role = "viewer" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await (await second.GetAsync("/api/v1/users", Ct)).CodeAsync(HttpStatusCode.Forbidden)).ShouldBe("forbidden");
        (await (await second.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("role").GetString().ShouldBe("viewer");
    }

    [Theory, BothStores]
    public async Task Disabled_EndsAllSessions_AndLetsNobodyIn(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var id = await owner.AddUserAsync("oper", "operator");
        var oper = await app.SignInAsync("oper", TestAccounts.Password);

        await owner.PatchAsJsonAsync($"/api/v1/users/{id}", new { disabled = true }, Ct);

        (await oper.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var again = await app.Console().PostAsJsonAsync("/api/v1/session", new { account = "oper", password = TestAccounts.Password }, Ct);
        (await again.CodeAsync(HttpStatusCode.Unauthorized)).ShouldBe("session.wrong-credentials");
        await owner.PatchAsJsonAsync($"/api/v1/users/{id}", new { disabled = false }, Ct);
        (await oper.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "an ended session stays ended");
    }

    [Theory, BothStores]
    public async Task Guides_AreRemembered_PerUser(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        await owner.AddUserAsync("oper", "viewer");
        var oper = await app.SignInAsync("oper", TestAccounts.Password);

        (await owner.PutAsync("/api/v1/me/guides/new-group-code", content: null, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.PutAsync("/api/v1/me/guides/new-group-code", content: null, Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        var guides = (await (await owner.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("guides");
        guides.EnumerateArray().Select(guide => guide.GetString()).ShouldBe(["new-group-code"]);
        (await (await oper.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("guides").GetArrayLength().ShouldBe(0);
        (await (await owner.PutAsync("/api/v1/me/guides/No_Guide", content: null, Ct)).CodeAsync(HttpStatusCode.BadRequest)).ShouldBe("input.invalid");
    }
}
