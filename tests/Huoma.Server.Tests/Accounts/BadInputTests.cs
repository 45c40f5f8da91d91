using System.Net;
using System.Text;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Accounts;

public sealed class BadInputTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly (string Body, string Code, string? Field)[] Bodies =
    [
        ("not json", "input.malformed", null),
        ("", "input.malformed", null),
        ("null", "input.malformed", null),
        ("[]", "input.malformed", null),
        ("""{ "account": 5, "name": "甲", "role": "viewer", "password": "a fine password" }""", "input.malformed", "account"),
        ("""{ "account": "abc", "name": ["甲"], "role": "viewer", "password": "a fine password" }""", "input.malformed", "name"),
        ("""{ "account": "abc", "name": "甲", "role": "boss", "password": "a fine password" }""", "input.malformed", "role"),
        ("""{ "account": "abc", "name": "甲", "role": 3, "password": "a fine password" }""", "input.malformed", "role"),
        ("""{ "account": "abc", "name": "甲", "role": "viewer", "password": null }""", "input.invalid", "password"),
        ("""{ "account": "abc", "name": "甲", "password": "a fine password" }""", "input.invalid", "role"),
        ("""{ "account": "ab", "name": "甲", "role": "viewer", "password": "a fine password" }""", "input.invalid", "account"),
        ("""{ "account": "<script>alert(1)</script>", "name": "甲", "role": "viewer", "password": "a fine password" }""", "input.invalid", "account"),
        ("""{ "account": "abc", "name": "   ", "role": "viewer", "password": "a fine password" }""", "input.invalid", "name"),
        ("""{ "account": "abc", "name": "甲\u0000乙", "role": "viewer", "password": "a fine password" }""", "input.invalid", "name"),
        ("""{ "account": "abc", "name": "甲", "role": "viewer", "password": "12345678" }""", "input.invalid", "password"),
        ("""{ "account": "abcdefghi", "name": "甲", "role": "viewer", "password": "abcdefghi" }""", "input.invalid", "password"),
        ($$"""{ "account": "abc", "name": "{{new string('甲', 31)}}", "role": "viewer", "password": "a fine password" }""", "input.invalid", "name"),
        ($$"""{ "account": "{{new string('a', 65)}}", "name": "甲", "role": "viewer", "password": "a fine password" }""", "input.invalid", "account"),
        ($$"""{ "account": "abc", "name": "甲", "role": "viewer", "password": "{{string.Concat(Enumerable.Repeat("ab", 65))}}" }""", "input.invalid", "password"),
    ];

    [Fact]
    public async Task AddUser_SaysWhatIsWrong_AndAddsNobody()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();

        foreach (var (body, code, field) in Bodies)
        {
            var answer = await owner.PostAsync("/api/v1/users", new StringContent(body, Encoding.UTF8, "application/json"), Ct);

            (await answer.CodeAsync(HttpStatusCode.BadRequest)).ShouldBe(code, body);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"], body);
            answer.Headers.Contains("Content-Security-Policy").ShouldBeTrue(body);
            if (field is not null)
            {
                (await answer.JsonAsync()).GetProperty("errors").EnumerateObject().Select(error => error.Name).ShouldBe([field], body);
            }
        }

        (await (await owner.GetAsync("/api/v1/users", Ct)).JsonAsync()).GetProperty("total").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("/api/v1/users", "name")]
    [InlineData("/api/v1/session", "account")]
    public async Task BrokenUtf8_IsMalformed(string path, string field)
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes($$"""{ "{{field}}": "甲"""), 0xC3, 0x28, 0xFF, .. "\" }"u8];
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/json");

        var answer = await owner.PostAsync(path, content, Ct);

        (await answer.CodeAsync(HttpStatusCode.BadRequest)).ShouldBe("input.malformed");
    }

    [Fact]
    public async Task SignIn_RefusesWhatIsNoAccountOrPassword()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var client = app.Console();
        string[] bodies =
        [
            """{ "account": "\ud800", "password": "a fine password" }""",
            """{ "account": "a\u0000b", "password": "a fine password" }""",
            """{ "account": "", "password": "a fine password" }""",
            """{ "account": "boss" }""",
            """{ "account": { "$ne": null }, "password": { "$ne": null } }""",
        ];

        foreach (var body in bodies)
        {
            var answer = await client.PostAsync("/api/v1/session", new StringContent(body, Encoding.UTF8, "application/json"), Ct);

            (await answer.CodeAsync(HttpStatusCode.BadRequest)).ShouldBeOneOf("input.invalid", "input.malformed");
        }
    }

    [Fact]
    public async Task SignIn_TakesJsonOnly()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var body = new StringContent($$"""{ "account": "{{HuomaApp.OwnerAccount}}", "password": "{{HuomaApp.OwnerPassword}}" }""", Encoding.UTF8, "text/plain");

        var answer = await app.Console().PostAsync("/api/v1/session", body, Ct);

        (await answer.CodeAsync(HttpStatusCode.UnsupportedMediaType)).ShouldBe("input.unsupported-type");
    }

    [Fact]
    public async Task MalformedId_IsNotFound()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();

        foreach (var id in new[] { "not-an-id", "zzzzzzzzzzz", "' OR 1=1 --", "%2e%2e%2fme" })
        {
            (await (await owner.DeleteAsync($"/api/v1/users/{id}", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found", id);
        }
    }
}
