using System.Net;
using System.Net.Http.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Accounts;

public sealed class UsersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Users_CanBeAdded_Listed_Changed_AndRemoved(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();

        var added = await owner.PostAsJsonAsync("/api/v1/users", new { account = "Wang.X", name = " 小王 ", role = "operator", password = TestAccounts.Password }, Ct);
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        var user = await added.JsonAsync();
        var id = user.GetProperty("id").GetString();
        added.Headers.Location?.ToString().ShouldBe($"/api/v1/users/{id}");
        user.EnumerateObject().Select(property => property.Name).ShouldBe(["id", "account", "name", "role", "disabled", "createdAt", "lastSignInAt"]);
        user.GetProperty("account").GetString().ShouldBe("Wang.X");
        user.GetProperty("name").GetString().ShouldBe("小王");
        user.GetProperty("createdAt").GetString().ShouldBe("2026-11-22T04:00:00.000Z");

        await app.SignInAsync("wang.x", TestAccounts.Password);
        var list = await (await owner.GetAsync("/api/v1/users", Ct)).JsonAsync();
        list.GetProperty("total").GetInt32().ShouldBe(2);
        list.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetString() == id)
            .GetProperty("lastSignInAt").GetString().ShouldBe("2026-11-22T04:00:00.000Z");

        var changed = await (await owner.PatchAsJsonAsync($"/api/v1/users/{id}", new { name = "大王", role = "viewer" }, Ct)).JsonAsync();
        changed.GetProperty("name").GetString().ShouldBe("大王");
        changed.GetProperty("role").GetString().ShouldBe("viewer");
        changed.GetProperty("disabled").GetBoolean().ShouldBeFalse();

        (await owner.DeleteAsync($"/api/v1/users/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await owner.DeleteAsync($"/api/v1/users/{id}", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
    }

    [Theory, BothStores]
    public async Task Users_ArePaged(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        for (var at = 0; at < 3; at++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            await owner.AddUserAsync($"user{at}", "viewer");
        }

        var page = await (await owner.GetAsync("/api/v1/users?page=2&pageSize=2", Ct)).JsonAsync();

        page.GetProperty("total").GetInt32().ShouldBe(4);
        page.GetProperty("page").GetInt32().ShouldBe(2);
        page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("account").GetString()).ShouldBe(["user1", "user2"]);
    }

    [Theory, BothStores]
    public async Task LastOwner_StaysOwner(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var me = await IdOfMeAsync(owner);
        var second = await owner.AddUserAsync("second", "owner");
        await owner.PatchAsJsonAsync($"/api/v1/users/{second}", new { disabled = true }, Ct);

        (await (await owner.PatchAsJsonAsync($"/api/v1/users/{me}", new { role = "operator" }, Ct)).CodeAsync(HttpStatusCode.Conflict)).ShouldBe("user.last-owner");
        (await (await owner.PatchAsJsonAsync($"/api/v1/users/{me}", new { disabled = true }, Ct)).CodeAsync(HttpStatusCode.Conflict)).ShouldBe("user.last-owner");
        (await (await owner.DeleteAsync($"/api/v1/users/{me}", Ct)).CodeAsync(HttpStatusCode.Conflict)).ShouldBe("user.last-owner");

        await owner.PatchAsJsonAsync($"/api/v1/users/{second}", new { disabled = false }, Ct);
        (await owner.DeleteAsync($"/api/v1/users/{me}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothStores]
    public async Task LastOwner_StaysOwner_WhenTwoDemoteEachOtherAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var other = app.StartAnother();
        var first = await app.SignInAsync();
        var firstId = await IdOfMeAsync(first);
        var secondId = await first.AddUserAsync("second", "owner");
        var second = await other.SignInAsync("second", TestAccounts.Password);

        await Task.WhenAll(
            first.PatchAsJsonAsync($"/api/v1/users/{secondId}", new { role = "viewer" }, Ct),
            second.PatchAsJsonAsync($"/api/v1/users/{firstId}", new { role = "viewer" }, Ct));

        var roles = new[] { await RoleAsync(first), await RoleAsync(second) };
        roles.Count(role => role == "owner").ShouldBe(1);
    }

    [Theory, BothStores]
    public async Task Account_IsTaken_WhateverItsCase_AndInWhicheverTenant(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        await app.AddOtherTenantAsync("foreign-boss");

        foreach (var account in new[] { HuomaApp.OwnerAccount.ToUpperInvariant(), "Foreign-Boss" })
        {
            var answer = await owner.PostAsJsonAsync("/api/v1/users", new { account, name = "甲", role = "viewer", password = TestAccounts.Password }, Ct);
            (await answer.CodeAsync(HttpStatusCode.Conflict)).ShouldBe("user.account-taken");
        }
    }

    [Theory, BothStores]
    public async Task Account_IsTakenOnce_WhenTwoAskAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var body = new { account = "wanted", name = "甲", role = "viewer", password = TestAccounts.Password };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => owner.PostAsJsonAsync("/api/v1/users", body, Ct)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
    }

    [Theory, BothStores]
    public async Task OtherTenants_Users_DoNotExist(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var foreign = await app.AddOtherTenantAsync("foreign-boss");
        var owner = await app.SignInAsync();
        var stranger = await app.SignInAsync("foreign-boss", TestAccounts.Password);

        (await (await owner.PatchAsJsonAsync($"/api/v1/users/{foreign}", new { disabled = true }, Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
        (await (await owner.DeleteAsync($"/api/v1/users/{foreign}", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
        (await owner.GetStringAsync("/api/v1/users", Ct)).ShouldNotContain("foreign-boss");

        var own = await (await stranger.GetAsync("/api/v1/users", Ct)).JsonAsync();
        own.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("account").GetString()).ShouldBe(["foreign-boss"]);
        (await (await stranger.DeleteAsync($"/api/v1/users/{await IdOfMeAsync(owner)}", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
    }

    [Theory, BothStores]
    public async Task Password_SetByTheOwner_EndsTheUsersSessions(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        var owner = await app.SignInAsync();
        var id = await owner.AddUserAsync("oper", "operator");
        var oper = await app.SignInAsync("oper", TestAccounts.Password);

        (await owner.PatchAsJsonAsync($"/api/v1/users/{id}", new { password = "another password" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await oper.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await app.SignInAsync("oper", "another password");
    }

    [Fact]
    public async Task Password_OfOneself_NeedsThePresentOne()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();

        var answer = await owner.PatchAsJsonAsync($"/api/v1/users/{await IdOfMeAsync(owner)}", new { password = "another password" }, Ct);

        (await answer.CodeAsync(HttpStatusCode.Conflict)).ShouldBe("user.own-password");
        await app.SignInAsync();
    }

    [Fact]
    public async Task ChangeUser_TouchesNothing_ThatIsNotItsBusiness()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();
        var id = await owner.AddUserAsync("oper", "operator");
        var before = await owner.GetStringAsync("/api/v1/users", Ct);
        var body = new { id = "00000000001", tenantId = "00000000001", account = "boss2", passwordHash = "x", createdAt = "2020-01-01T00:00:00Z" };

        (await owner.PatchAsJsonAsync($"/api/v1/users/{id}", body, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await owner.GetStringAsync("/api/v1/users", Ct)).ShouldBe(before);
    }

    private static async Task<string?> IdOfMeAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("user").GetProperty("id").GetString();

    private static async Task<string?> RoleAsync(HttpClient client) =>
        (await (await client.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("role").GetString();
}
