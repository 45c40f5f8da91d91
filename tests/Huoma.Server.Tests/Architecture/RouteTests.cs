using System.Net;
using Huoma.Server.Tests.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Huoma.Server.Tests.Architecture;

/// <summary>What is open to everybody is a list, and the list is here; all other routes ask for sign-in.</summary>
public sealed class RouteTests
{
    /// <summary>And the visitors' pages, which are answered before any route is looked for.</summary>
    private static readonly string[] Public =
    [
        "GET /",
        "GET /healthz/live",
        "GET /healthz/ready",
        "GET /console/{*path:nonfile}",
        "GET /m/{file}",
        "GET /MP_verify_{code}.txt",
        "GET /oauth/wechat/callback/{key}",
        "GET /openapi/{documentName}.json",
        "POST /q/{key}/press",
        "GET /r/{token}",
        "POST /r/{token}",
        "GET /robot-gateway/v1/ws",
        "GET /t/{key}",
        "GET /t/{key}/avatar",
        "GET /t/{key}/card-{version:long}.jpg",
        "GET /t/{key}/gift/{ticket}",
        "GET /t/{key}/poster/{file}",
        "GET /t/{key}/progress",
        "GET /t/{key}/privacy",
        "POST /t/{key}/claim",
        "POST /t/{key}/privacy",
        "POST /t/{key}/progress",
        "GET /wecom/callback/{id}",
        "POST /wecom/callback/{id}",
        "GET /api/v1/setup",
        "POST /api/v1/setup",
        "POST /api/v1/session",
    ];

    [Fact]
    public async Task Routes_NeedSignIn_WhenTheyAreNotOnThePublicList()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        var routes = RoutesOf(app);
        using var anybody = app.Console();

        var open = new List<string>();
        foreach (var route in routes.Except(Public))
        {
            var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
            using var request = new HttpRequestMessage(new HttpMethod(method), Filled(pattern));
            var answer = await anybody.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
            {
                open.Add($"{route}: {(int)answer.StatusCode}");
            }
        }

        open.ShouldBeEmpty();
        Public.ShouldBeSubsetOf(routes);
        routes.Count.ShouldBeGreaterThan(Public.Length);
    }

    private static List<string> RoutesOf(HuomaApp app) =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText != "{**path:file}"
           from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method != "HEAD"
           select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}",
    ];

    private static string Filled(string pattern) => System.Text.RegularExpressions.Regex.Replace(pattern, @"\{[^}]*\}", "00000000001");
}
