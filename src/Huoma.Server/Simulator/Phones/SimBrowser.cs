using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Huoma.Server.Simulator.Gateways;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Hosting.Server;

namespace Huoma.Server.Simulator.Phones;

/// <summary>
/// The browser in the imagined phones: asks this server for its visitors' pages as WeChat would, with the person's own cookies, and makes
/// what comes fit into a frame of the simulator. The pages themselves stay as they are, and can be framed nowhere else.
/// </summary>
internal sealed partial class SimBrowser(Simulation simulation, IServer server) : IDisposable
{
    private const string WeChat = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.54(0x18003632) NetType/WIFI Language/zh_CN";
    private const string Authorize = "/sim/connect/oauth2/authorize";
    private const int MaxPageBytes = 4 * 1024 * 1024;

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What visitors may open.</summary>
    public static bool IsForVisitors(string path) => VisitorPath().IsMatch(path) && !path.Contains("..", StringComparison.Ordinal);

    public async Task SendAsync(HttpContext context, string personId, string path)
    {
        var ct = context.RequestAborted;
        var cookies = await simulation.ReadAsync((world, _) => world.People.TryGetValue(personId, out var person) ? string.Join("; ", person.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")) : null, ct);
        if (cookies is null || GatewayDial.OwnAddress(server) is not { } own)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(own, $"/{path}{context.Request.QueryString}"));
        request.Headers.TryAddWithoutValidation("User-Agent", WeChat);
        request.Headers.Host = context.Request.Host.Value;
        if (cookies.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }

        if (HttpMethods.IsPost(context.Request.Method))
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, ct);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) ? type : null;
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        await RememberAsync(personId, answer, ct);
        await PassOnAsync(context, answer, personId, ct);
    }

    public void Dispose() => http.Dispose();

    private async Task RememberAsync(string personId, HttpResponseMessage answer, CancellationToken ct)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            return;
        }

        List<string[]> given = [.. set.Select(line => line.Split(';')[0].Split('=', 2)).Where(pair => pair.Length == 2)];
        await simulation.ChangeAsync(
            (world, _) =>
            {
                given.ForEach(pair => world.People[personId].Cookies[pair[0].Trim()] = pair[1].Trim());
                return given.Count;
            }, ct);
    }

    private static async Task PassOnAsync(HttpContext context, HttpResponseMessage answer, string personId, CancellationToken ct)
    {
        var (response, prefix) = (context.Response, $"/sim/web/{personId}/");
        response.StatusCode = (int)answer.StatusCode;
        response.Headers.CacheControl = "no-store";
        response.ContentType = answer.Content.Headers.ContentType?.ToString();
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'self'";
        if (answer.Headers.Location is { IsAbsoluteUri: false } next)
        {
            response.Headers.Location = $"{prefix}{next.OriginalString.TrimStart('/')}";
        }
        else if (answer.Headers.Location is { IsAbsoluteUri: true, AbsolutePath: Authorize } toWeChat)
        {
            response.Headers.Location = $"{Authorize}{toWeChat.Query}&phone={personId}";
        }

        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified || HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (answer.Content.Headers.ContentType?.MediaType != "text/html")
        {
            await answer.Content.CopyToAsync(response.Body, ct);
            return;
        }

        await answer.Content.LoadIntoBufferAsync(MaxPageBytes, ct);
        var html = Rooted().Replace(await answer.Content.ReadAsStringAsync(ct), $"${{quote}}{prefix}${{kind}}/");
        if (answer.Headers.TryGetValues("Content-Security-Policy", out var policy))
        {
            response.Headers.ContentSecurityPolicy = Refit(policy.First(), html);
        }

        await response.WriteAsync(html, ct);
    }

    // Its own script has other addresses in it now, and so another hash.
    private static string Refit(string policy, string html)
    {
        var script = Script().Match(html);
        var hash = script.Success ? $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups["code"].Value)))}'" : "'none'";
        return ScriptPolicy().Replace(policy, allowed => $"script-src {string.Concat(allowed.Value.Split(' ').Where(part => part.StartsWith("http", StringComparison.Ordinal)).Select(part => $"{part} "))}{hash}").Replace("frame-ancestors 'none'", "frame-ancestors 'self'", StringComparison.Ordinal);
    }

    [GeneratedRegex("^(?:q|t|oauth/wechat/callback)/[A-Za-z0-9/_.-]+$", RegexOptions.NonBacktracking)]
    private static partial Regex VisitorPath();

    // Addresses of visitors' pages, in attributes and in scripts. Pictures (/m/…) stay where they are.
    [GeneratedRegex("(?<quote>[\"'])/(?<kind>q|t)/", RegexOptions.NonBacktracking)]
    private static partial Regex Rooted();

    [GeneratedRegex("<script>(?<code>[\\s\\S]*?)</script>", RegexOptions.NonBacktracking)]
    private static partial Regex Script();

    [GeneratedRegex("script-src [^;]*", RegexOptions.NonBacktracking)]
    private static partial Regex ScriptPolicy();
}
