using System.Text.Encodings.Web;
using Huoma.Server.OfficialAccount;
using Huoma.Server.Simulator.Worlds;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Simulator.OfficialAccounts;

/// <summary>
/// 网页授权 as a phone shows it: silent once it is known who holds the phone, a consent page for nickname and avatar. Plain pages, each choice a link.
/// </summary>
internal sealed class SimAuthorize(Simulation simulation, IOptions<OfficialAccountOptions> options, HtmlEncoder html)
{
    /// <summary>Who holds this browser, when it is not one of the simulator's own phones.</summary>
    public const string Cookie = "huoma_sim_phone";

    private const string Callback = "/oauth/wechat/callback/";
    private const string Snapshot = ".snapshot";
    private const int MostPeople = 200;

    private const string Policy = "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <param name="As">Who holds the phone from now on: a person's id, with <c>.snapshot</c> behind it in a 网页快照页.</param>
    /// <param name="Allow">The answer at the consent page.</param>
    /// <param name="Phone">One of the simulator's own phones asks, in its frame.</param>
    private sealed record Asked(string? AppId, string? Back, string? Scope, string? State, string? As, bool? Allow, string? Phone)
    {
        public static Asked Of(IQueryCollection query)
        {
            string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;
            return new Asked(
                Text("appid"), Text("redirect_uri"), Text("scope"), Text("state"), Text("as"), bool.TryParse(Text("allow"), out var allows) ? allows : null, Text("phone"));
        }
    }

    public static Task HandleAsync(HttpContext context, SimAuthorize authorize, CancellationToken ct) => authorize.AnswerAsync(context, Asked.Of(context.Request.Query), ct);

    private async Task AnswerAsync(HttpContext context, Asked asked, CancellationToken ct)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (asked.AppId != options.Value.AppId || asked.Scope is not ("snsapi_base" or "snsapi_userinfo"))
        {
            await SayAsync(context, "无法打开该页面", "<p>AppID 或 scope 参数错误（10005）</p>", ct);
            return;
        }

        // What 网页授权域名 is at the real one: this server, and of it only where sign-ins end.
        if (!Uri.TryCreate(asked.Back, UriKind.Absolute, out var back) || back.Authority != context.Request.Host.Value || !back.AbsolutePath.StartsWith(Callback, StringComparison.Ordinal))
        {
            await SayAsync(context, "无法打开该页面", "<p>redirect_uri 域名与后台配置不一致（10003）</p>", ct);
            return;
        }

        var holder = asked.As ?? asked.Phone ?? context.Request.Cookies[Cookie] ?? "";
        var isSnapshot = holder.EndsWith(Snapshot, StringComparison.Ordinal);
        var person = await simulation.ReadAsync((world, _) => world.People.TryGetValue(isSnapshot ? holder[..^Snapshot.Length] : holder, out var found) && !found.IsRobot ? (found.Id, found.Name) : default, ct);
        if (person.Id is null)
        {
            await ChooseAsync(context, ct);
            return;
        }

        if (asked.As is not null)
        {
            context.Response.Cookies.Append(Cookie, holder, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/sim" });
        }

        await GoOnAsync(context, asked, back, person, isSnapshot, ct);
    }

    private async Task GoOnAsync(HttpContext context, Asked asked, Uri back, (string Id, string Name) person, bool isSnapshot, CancellationToken ct)
    {
        var withProfile = asked.Scope == "snsapi_userinfo";
        if (withProfile && asked.Allow is null)
        {
            await ConsentAsync(context, person, ct);
            return;
        }

        var answer = $"{(back.Query.Length == 0 ? "?" : back.Query + "&")}state={Uri.EscapeDataString(asked.State ?? "")}";
        if (!withProfile || asked.Allow == true)
        {
            var code = await simulation.ChangeAsync((world, now) => world.OfficialAccount.IssueCode(world, person.Id, withProfile, isSnapshot, now), ct);
            answer += $"&code={code}";
        }

        // The simulator's own phones stay in their frame.
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = $"{(asked.Phone is null ? "" : $"/sim/web/{person.Id}")}{back.AbsolutePath}{answer}";
    }

    private async Task ChooseAsync(HttpContext context, CancellationToken ct)
    {
        var people = await simulation.ReadAsync((world, _) => world.People.Values.Where(one => !one.IsRobot).Take(MostPeople).Select(one => (one.Id, one.Name)).ToList(), ct);
        var rows = string.Concat(people.Select(one =>
            $"<li><a class=\"row\" data-testid=\"{one.Id}\" href=\"{With(context, "as", one.Id)}\">{Picture(one.Id)}<b>{html.Encode(one.Name)}</b></a>"
            + $"<a class=\"row\" href=\"{With(context, "as", one.Id + Snapshot)}\"><small>以网页快照打开</small></a></li>"));
        await SayAsync(context, "这部手机的微信是谁？", people.Count == 0 ? "<p>模拟器里还没有人，请先在 <a href=\"/sim#/people\">模拟器</a> 里添加</p>" : $"<ul class=\"list\">{rows}</ul>", ct);
    }

    private Task ConsentAsync(HttpContext context, (string Id, string Name) person, CancellationToken ct) => SayAsync(
        context, "申请获取你的昵称、头像",
        $"<p class=\"row\">{Picture(person.Id)}<b>{html.Encode(person.Name)}</b></p>"
        + $"<p><a class=\"button\" data-testid=\"allow\" href=\"{With(context, "allow", "true")}\">允许</a></p><p><a class=\"row\" data-testid=\"refuse\" href=\"{With(context, "allow", "false")}\">拒绝</a></p>", ct);

    private static string Picture(string personId) => $"<img class=\"avatar\" width=\"40\" height=\"40\" alt=\"\" src=\"/sim/avatars/{personId}.png\"> ";

    private string With(HttpContext context, string name, string value) => html.Encode($"/sim/connect/oauth2/authorize{context.Request.QueryString.Add(name, value)}");

    private static Task SayAsync(HttpContext context, string title, string body, CancellationToken ct)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Policy;
        return context.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><link rel=\"icon\" href=\"data:,\">"
            + $"<link rel=\"stylesheet\" href=\"/sim/assets/authorize.css\"><title>微信模拟器</title></head><body><main><h1>{title}</h1>{body}</main></body></html>", ct);
    }
}
