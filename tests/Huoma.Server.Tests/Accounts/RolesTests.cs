using System.Net;
using System.Text;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Accounts;

/// <summary>Every route of the API with every role, as the routes themselves say who may.</summary>
public sealed class RolesTests
{
    private static readonly string[] Public = ["GET /api/v1/setup", "POST /api/v1/setup", "POST /api/v1/session"];
    private static readonly string[] Roles = ["viewer", "operator", "owner"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private sealed record Call(string Method, string Pattern, bool IsPublic, IReadOnlyList<string> Policies, bool TakesForm)
    {
        public string Name => $"{Method} {Pattern}";

        public bool IsSafe => Method is "GET" or "HEAD";
    }

    [Fact]
    public async Task Routes_ArePublic_OnlyWhereThisListSaysSo()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);

        var open = Calls(app).Where(call => call.IsPublic).Select(call => call.Name);

        open.ShouldBe(Public, ignoreOrder: true);
    }

    [Fact]
    public async Task Routes_NeedSignIn_UnlessPublic()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var nobody = app.Console();
        var calls = Calls(app).Where(call => !call.IsPublic).ToList();

        foreach (var call in calls)
        {
            (await SendAsync(nobody, call)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, call.Name);
        }

        calls.Count.ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task Routes_AreForTheRolesTheySay()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();
        await owner.AddUserAsync("viewer", "viewer");
        await owner.AddUserAsync("operator", "operator");
        // Signing out comes last, for after it there is nobody to ask.
        var calls = Calls(app).Where(call => !call.IsPublic).OrderBy(call => call.Name == "DELETE /api/v1/session").ToList();
        var refused = 0;

        foreach (var role in Roles)
        {
            var client = role == "owner" ? owner : await app.SignInAsync(role, TestAccounts.Password);
            foreach (var call in calls)
            {
                var status = (await SendAsync(client, call)).StatusCode;
                if (IsFor(call, role))
                {
                    status.ShouldNotBe(HttpStatusCode.Forbidden, $"{role}: {call.Name}");
                    status.ShouldNotBe(HttpStatusCode.Unauthorized, $"{role}: {call.Name}");
                    ((int)status).ShouldBeLessThan(500, $"{role}: {call.Name}");
                }
                else
                {
                    status.ShouldBe(HttpStatusCode.Forbidden, $"{role}: {call.Name}");
                    refused++;
                }
            }
        }

        refused.ShouldBeGreaterThan(7);
    }

    [Fact]
    public async Task Routes_SayWhichRole()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);

        foreach (var call in Calls(app).Where(call => !call.IsPublic))
        {
            // What somebody has read is his own, too.
            var ownAccount = call.Pattern is "/api/v1/session" or "/api/v1/notices/read" || call.Pattern.StartsWith("/api/v1/me", StringComparison.Ordinal);
            // Groups of 企业微信 are looked up by whoever puts them under a code.
            var operators = call.Pattern == "/api/v1/robots/{id}/customer-groups/refresh";
            var owners = call.Pattern.StartsWith("/api/v1/users", StringComparison.Ordinal) || call.Pattern is "/api/v1/audit-log" or "/api/v1/quota/grants"
                || call.Pattern.StartsWith("/api/v1/jobs", StringComparison.Ordinal)
                || call.Pattern.StartsWith("/api/v1/official-account", StringComparison.Ordinal)
                || (call.Pattern.StartsWith("/api/v1/robots", StringComparison.Ordinal) && !call.IsSafe && !operators);
            call.Policies.ShouldBe([owners ? "Owner" : call.IsSafe || ownAccount ? "Viewer" : "Operator"], call.Name);
        }
    }

    [Fact]
    public async Task Routes_ThatChangeSomething_NeedTheConsoleHeader()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var owner = await app.SignInAsync();
        owner.DefaultRequestHeaders.Remove("X-Huoma-Console");
        var calls = Calls(app).Where(call => call is { IsPublic: false, IsSafe: false }).ToList();

        foreach (var call in calls)
        {
            (await (await SendAsync(owner, call)).CodeAsync(HttpStatusCode.Forbidden)).ShouldBe("session.console-header-missing", call.Name);
        }

        calls.Count.ShouldBeGreaterThan(5);
        (await owner.GetAsync("/api/v1/me", Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhatIsNoRoute_IsNotFound_AlsoForNobody()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var nobody = app.Console();

        (await (await nobody.GetAsync("/api/v1/nothing", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
        (await (await nobody.GetAsync("/.git/config", Ct)).CodeAsync(HttpStatusCode.NotFound)).ShouldBe("not-found");
        (await (await nobody.DeleteAsync("/api/v1/setup", Ct)).CodeAsync(HttpStatusCode.MethodNotAllowed)).ShouldBe("method-not-allowed");
    }

    private static bool IsFor(Call call, string role) => call.Policies.All(policy => policy switch
    {
        "Viewer" => true,
        "Operator" => role is "operator" or "owner",
        "Owner" => role == "owner",
        _ => throw new InvalidOperationException(policy),
    });

    private static List<Call> Calls(HuomaApp app) => app.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.StartsWith("/api/", StringComparison.Ordinal) == true)
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => new Call(
            method,
            endpoint.RoutePattern.RawText?.TrimEnd('/') ?? "",
            endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
            endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? "").ToList(),
            endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes.Contains("multipart/form-data") == true)))
        .ToList();

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, Call call)
    {
        var path = System.Text.RegularExpressions.Regex.Replace(call.Pattern, @"\{[^}]*\}", "00000000000");
        var request = new HttpRequestMessage(new HttpMethod(call.Method), path);
        if (!call.IsSafe)
        {
            request.Content = call.TakesForm ? new MultipartFormDataContent() : new StringContent("{}", Encoding.UTF8, "application/json");
        }

        return client.SendAsync(request, Ct);
    }
}
