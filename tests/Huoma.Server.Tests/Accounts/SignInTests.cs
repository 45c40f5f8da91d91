using System.Net;
using System.Net.Http.Json;
using Dapper;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Tests.Accounts;

public sealed class SignInTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Me_SaysWhoIsSignedIn(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();

        var me = await (await owner.GetAsync("/api/v1/me", Ct)).JsonAsync();

        me.GetProperty("user").GetProperty("account").GetString().ShouldBe(HuomaApp.OwnerAccount);
        me.GetProperty("user").GetProperty("id").GetString()?.Length.ShouldBe(11);
        me.GetProperty("role").GetString().ShouldBe("owner");
        me.GetProperty("tenant").GetProperty("name").GetString().ShouldNotBeNullOrEmpty();
        me.GetProperty("quota").GetProperty("groupsLeft").GetInt32().ShouldBe(0);
        me.GetProperty("guides").GetArrayLength().ShouldBe(0);
        me.GetRawText().ShouldNotContain("hash", Case.Insensitive);
        me.GetRawText().ShouldNotContain("password", Case.Insensitive);
    }

    [Theory, BothStores]
    public async Task SignIn_SaysTheSame_ForAWrongPasswordAndAnUnknownAccount(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var client = app.Console();

        var wrong = await client.PostAsJsonAsync("/api/v1/session", new { account = HuomaApp.OwnerAccount, password = "wrong password" }, Ct);
        var unknown = await client.PostAsJsonAsync("/api/v1/session", new { account = "nobody", password = "wrong password" }, Ct);

        (await wrong.CodeAsync(HttpStatusCode.Unauthorized)).ShouldBe("session.wrong-credentials");
        (await unknown.CodeAsync(HttpStatusCode.Unauthorized)).ShouldBe("session.wrong-credentials");
        (await wrong.JsonAsync()).GetProperty("detail").GetString().ShouldBe((await unknown.JsonAsync()).GetProperty("detail").GetString());
        wrong.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Theory, BothStores]
    public async Task SignIn_TakesTheAccount_WhateverItsCase(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);

        var owner = await app.SignInAsync(" Owner@EXAMPLE.com ", HuomaApp.OwnerPassword);

        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SignIn_SetsACookie_ThatScriptsAndOtherSitesDoNotGet()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);

        var cookie = await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword);

        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
        cookie.ShouldContain("path=/", Case.Insensitive);
        cookie.ShouldNotContain("secure", Case.Insensitive);
        // 256 bits in base64url
        TestAccounts.NameAndValue(cookie).Length.ShouldBe("huoma_session=".Length + 43);
    }

    [Fact]
    public async Task SignIn_SetsASecureCookie_OverHttps()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var client = app.CreateClient(new WebApplicationFactoryClientOptions { BaseAddress = new Uri("https://localhost") });

        var answer = await client.PostAsJsonAsync("/api/v1/session", new { account = HuomaApp.OwnerAccount, password = HuomaApp.OwnerPassword }, Ct);

        answer.Headers.GetValues("Set-Cookie").ShouldAllBe(line => line.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory, BothStores]
    public async Task SignIn_MakesANewSession_AndEndsTheOneItCameWith(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var first = TestAccounts.NameAndValue(await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword));

        var second = TestAccounts.NameAndValue(await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword, oldCookie: first));

        second.ShouldNotBe(first);
        (await app.WithCookie(first).GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.WithCookie(second).GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothStores]
    public async Task SignIn_NeverTakesATokenTheClientChose(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        const string planted = "huoma_session=planted-by-somebody-else";

        var cookie = await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword, oldCookie: planted);

        TestAccounts.NameAndValue(cookie).ShouldNotBe(planted);
        (await app.WithCookie(planted).GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothStores]
    public async Task Store_KnowsNeitherPasswordsNorTokens(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var token = TestAccounts.NameAndValue(await app.SessionCookieAsync(HuomaApp.OwnerAccount, HuomaApp.OwnerPassword))["huoma_session=".Length..];

        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        var kept = (await connection.QueryAsync<string>("SELECT token_hash FROM sessions UNION SELECT password_hash FROM users")).ToList();

        kept.Count.ShouldBe(2);
        kept.ShouldAllBe(text => !text.Contains(token, StringComparison.Ordinal) && !text.Contains(HuomaApp.OwnerPassword, StringComparison.Ordinal));
    }

    [Theory, BothStores]
    public async Task SignIn_RenewsAHash_MadeWithFewerRounds(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var weak = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 500 })).HashPassword(new object(), HuomaApp.OwnerPassword);
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        await connection.ExecuteAsync("UPDATE users SET password_hash = @Weak", new { Weak = weak });

        await app.SignInAsync();

        (await connection.QuerySingleAsync<string>("SELECT password_hash FROM users")).ShouldNotBe(weak);
        await app.SignInAsync();
    }
}
