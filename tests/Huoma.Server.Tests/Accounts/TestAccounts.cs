using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Huoma.Domain.Accounts;
using Huoma.Server.Accounts;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Accounts;

/// <summary>Users and tenants for tests, and requests that need more than a plain client.</summary>
internal static class TestAccounts
{
    public const string Password = "a fine password";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Adds a user as the owner would and gives his id.</summary>
    public static async Task<string> AddUserAsync(this HttpClient owner, string account, string role, string password = Password)
    {
        var answer = await owner.PostAsJsonAsync("/api/v1/users", new { account, name = account, role, password }, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.JsonAsync()).GetProperty("id").GetString() ?? "";
    }

    /// <summary>A second tenant with an owner, straight into the store: there is no route that makes one.</summary>
    public static async Task<string> AddOtherTenantAsync(this HuomaApp app, string account)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = app.Clock.GetUtcNow();
        var tenant = new Tenant(NewId.Of<Tenant>(), "别的团队", now);
        var owner = new User(NewId.Of<User>(), tenant.Id, account, "别的老板", Role.Owner, services.GetRequiredService<Passwords>().Hash(Password), now);
        var db = services.GetRequiredService<HuomaDb>();
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync(Ct);
        db.Users.Add(owner);
        await db.SaveChangesAsync(Ct);
        return owner.Id.ToString();
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Ct));

    /// <summary>The problem's code, after a look at the status.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage answer, HttpStatusCode expected)
    {
        answer.StatusCode.ShouldBe(expected, await answer.Content.ReadAsStringAsync(Ct));
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return (await answer.JsonAsync()).GetProperty("code").GetString();
    }

    /// <summary>A try to sign in from an address, without cookies.</summary>
    public static Task<HttpContext> TrySignInAsync(this HuomaApp app, string account, string password, string address = "192.0.2.1", string? forwardedFor = null) =>
        app.Server.SendAsync(
            context =>
            {
                context.Request.Method = HttpMethods.Post;
                context.Request.Path = "/api/v1/session";
                context.Request.ContentType = "application/json";
                context.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
                context.Request.Body = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { account, password }));
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
                if (forwardedFor is not null)
                {
                    context.Request.Headers["X-Forwarded-For"] = forwardedFor;
                }
            },
            Ct);

    /// <summary>A client that says exactly these cookies, like one who copied them.</summary>
    public static HttpClient WithCookie(this HuomaApp app, string cookie)
    {
        var client = app.CreateDefaultClient();
        client.DefaultRequestHeaders.Add("X-Huoma-Console", "1");
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }

    /// <summary>Signs in without a cookie jar and gives the Set-Cookie line of the session.</summary>
    public static async Task<string> SessionCookieAsync(this HuomaApp app, string account, string password, string? oldCookie = null)
    {
        using var client = oldCookie is null ? app.CreateDefaultClient() : app.WithCookie(oldCookie);
        var answer = await client.PostAsJsonAsync("/api/v1/session", new { account, password }, Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Ct));
        return answer.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("huoma_session=", StringComparison.Ordinal));
    }

    public static string NameAndValue(string setCookie) => setCookie.Split(';')[0];

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }
}
