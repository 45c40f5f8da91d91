using System.Net;
using System.Net.Http.Json;
using Dapper;
using Huoma.Server.Accounts.Setup;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Accounts;

public sealed class SetupTests
{
    private static readonly Dictionary<string, string?> NoOwner = new() { ["Huoma:Owner:Account"] = null, ["Huoma:Owner:Password"] = null };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, BothStores]
    public async Task Setup_MakesTheFirstAccount_Once(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, NoOwner);
        var browser = app.Console();
        (await browser.GetStringAsync("/api/v1/setup", Ct)).ShouldBe("""{"needed":true}""");
        var body = await BodyAsync(app);

        var first = await browser.PostAsJsonAsync("/api/v1/setup", body, Ct);
        var second = await app.Console().PostAsJsonAsync("/api/v1/setup", body, Ct);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await first.JsonAsync()).GetProperty("tenant").GetProperty("name").GetString().ShouldBe("花店");
        (await (await browser.GetAsync("/api/v1/me", Ct)).JsonAsync()).GetProperty("role").GetString().ShouldBe("owner");
        (await second.CodeAsync(HttpStatusCode.Conflict)).ShouldBe("setup.already-done");
        (await browser.GetStringAsync("/api/v1/setup", Ct)).ShouldBe("""{"needed":false}""");
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM setup_tokens")).ShouldBe(0);
    }

    [Theory, BothStores]
    public async Task Setup_MakesOneAccount_WhenManyUseTheLinkAtOnce(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, NoOwner);
        await using var other = app.StartAnother();
        var body = await BodyAsync(app);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => (at % 2 == 0 ? app : other).Console().PostAsJsonAsync("/api/v1/setup", body, Ct)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT (SELECT count(*) FROM users) * 10 + (SELECT count(*) FROM tenants)")).ShouldBe(11);
    }

    [Theory, BothStores]
    public async Task Setup_WorksWithTheLinkOfEachProcess_ThatStartedOnTheEmptyStore(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, NoOwner);
        await using var other = app.StartAnother();
        var older = await BodyAsync(app);
        await BodyAsync(other);

        (await other.Console().PostAsJsonAsync("/api/v1/setup", older, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory, BothStores]
    public async Task Setup_NeedsTheToken(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store, NoOwner);
        var wrong = new { token = new string('x', 43), tenantName = "花店", account = "boss", password = TestAccounts.Password };

        (await (await app.Console().PostAsJsonAsync("/api/v1/setup", wrong, Ct)).CodeAsync(HttpStatusCode.Forbidden)).ShouldBe("setup.wrong-token");
        var without = await app.Console().PostAsJsonAsync("/api/v1/setup", new { tenantName = "花店", account = "boss", password = "short" }, Ct);
        (await without.CodeAsync(HttpStatusCode.BadRequest)).ShouldBe("input.invalid");
        (await without.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe(["token", "password"]);
        (await app.Console().GetStringAsync("/api/v1/setup", Ct)).ShouldBe("""{"needed":true}""");
    }

    [Theory, BothStores]
    public async Task Owner_ComesFromTheSettings_Once(Store store)
    {
        await using var app = await HuomaApp.StartAsync(store);
        await using var another = app.StartAnother();

        await another.SignInAsync();

        await using var connection = await app.Services.GetRequiredService<Database>().OpenAsync(Ct);
        (await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM users")).ShouldBe(1);
    }

    private static async Task<object> BodyAsync(HuomaApp app) => new
    {
        token = await app.Services.GetRequiredService<SetupStore>().AddTokenAsync(Ct),
        tenantName = " 花店 ",
        account = "boss",
        password = TestAccounts.Password,
    };
}
