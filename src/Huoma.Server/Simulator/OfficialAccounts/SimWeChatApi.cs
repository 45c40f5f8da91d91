using System.Text.Json;
using Huoma.Domain.Simulator;
using Huoma.Server.Imaging;
using Huoma.Server.OfficialAccount;
using Huoma.Server.OfficialAccount.Sharing;
using Huoma.Server.Simulator.Worlds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Simulator.OfficialAccounts;

/// <summary>The API of 公众号 as far as it is used: errors are numbers in answers of status 200, sent as text.</summary>
internal sealed class SimWeChatApi(Simulation simulation, IOptions<OfficialAccountOptions> options, PictureWorkshop workshop)
{
    private const int AvatarSide = 132;

    private Simulation Simulation { get; } = simulation;

    private OfficialAccountOptions Options { get; } = options.Value;

    private PictureWorkshop Workshop { get; } = workshop;

    /// <summary>What a page told WeChat's script.</summary>
    internal sealed record JsConfig(string AppId, long Timestamp, string NonceStr, string Signature, string Url);

    internal sealed record JsVerdict(bool Ok, string ErrMsg);

    /// <summary>sns/oauth2/access_token.</summary>
    public static async Task<IResult> Exchange(string? appid, string? secret, string? code, SimWeChatApi api, CancellationToken ct)
    {
        if (api.Wrong(appid, secret) is { } number)
        {
            return Error(number);
        }

        var (issued, token, errcode) = await api.Change((account, world, now) => account.Exchange(world, code ?? "", now), ct);
        return issued is null ? Error(errcode) : Answer(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["access_token"] = token,
            ["expires_in"] = SimOfficialAccount.TokenSeconds,
            ["openid"] = SimOfficialAccount.OpenIdOf(issued.PersonId, issued.IsSnapshot),
            ["scope"] = issued.WithProfile ? "snsapi_userinfo" : "snsapi_base",
        }.With("unionid", issued.WithProfile && !issued.IsSnapshot ? SimOfficialAccount.UnionIdOf(issued.PersonId) : null).With("is_snapshotuser", issued.IsSnapshot ? 1 : null));
    }

    /// <summary>sns/userinfo.</summary>
    public static async Task<IResult> UserInfo(string? access_token, string? openid, SimWeChatApi api, CancellationToken ct)
    {
        var (person, name, errcode) = await api.Change(
            (account, world, now) =>
            {
                var (id, number) = account.Profile(access_token ?? "", openid ?? "", now);
                return (id, id is null ? "" : world.NameOf(id), number);
            }, ct);
        return person is null ? Error(errcode) : Answer(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["openid"] = openid ?? "",
            ["nickname"] = name,
            ["sex"] = 0,
            ["headimgurl"] = $"{api.Options.ApiBase.TrimEnd('/')}/avatars/{person}.png",
            ["privilege"] = Array.Empty<string>(),
            ["unionid"] = SimOfficialAccount.UnionIdOf(person),
        });
    }

    /// <summary>cgi-bin/stable_token.</summary>
    public static async Task<IResult> Token(JsonElement body, SimWeChatApi api, CancellationToken ct)
    {
        if (api.Wrong(Text(body, "appid"), Text(body, "secret")) is { } number)
        {
            return Error(number);
        }

        var isForced = body.TryGetProperty("force_refresh", out var force) && force.ValueKind == JsonValueKind.True;
        var token = await api.Change((account, world, now) => account.TokenAt(world, now, isForced), ct);
        return Answer(new Dictionary<string, object>(StringComparer.Ordinal) { ["access_token"] = token.Text, ["expires_in"] = SimOfficialAccount.TokenSeconds });
    }

    /// <summary>cgi-bin/ticket/getticket.</summary>
    public static async Task<IResult> Ticket(string? access_token, SimWeChatApi api, CancellationToken ct)
    {
        var (ticket, errcode) = await api.Change((account, world, now) => account.TicketAt(world, access_token ?? "", now), ct);
        return ticket is null ? Error(errcode) : Answer(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["errcode"] = 0,
            ["errmsg"] = "ok",
            ["ticket"] = ticket.Text,
            ["expires_in"] = SimOfficialAccount.TokenSeconds,
        });
    }

    /// <summary>Whether WeChat's script would trust the page.</summary>
    public static async Task<Ok<JsVerdict>> Verify(JsConfig config, SimWeChatApi api, HttpContext context, CancellationToken ct)
    {
        var ticket = await api.Simulation.ReadAsync((world, _) => world.OfficialAccount.Ticket?.Text, ct);
        var isOurs = Uri.TryCreate(config.Url, UriKind.Absolute, out var url) && url.Authority == context.Request.Host.Value;
        return TypedResults.Ok(
            config.AppId != api.Options.AppId ? new JsVerdict(Ok: false, "config:invalid appid")
            : !isOurs ? new JsVerdict(Ok: false, "config:invalid url domain")
            : ticket is null || PageSignature.Of(ticket, config.NonceStr, config.Timestamp, config.Url) != config.Signature ? new JsVerdict(Ok: false, "config:invalid signature")
            : new JsVerdict(Ok: true, "config:ok"));
    }

    /// <summary>A face in the person's colour.</summary>
    public static async Task<Results<FileContentHttpResult, NotFound>> Avatar(string personId, SimWeChatApi api, CancellationToken ct)
    {
        var colour = await api.Simulation.ReadAsync((world, _) => world.People.TryGetValue(personId, out var person) ? person.Colour : null, ct);
        return colour is null ? TypedResults.NotFound() : TypedResults.File(await api.Workshop.RunAsync(() => PictureCodec.ToPng(Draw(colour)), ct), "image/png");
    }

    private int? Wrong(string? appId, string? secret) => appId != Options.AppId || string.IsNullOrEmpty(appId) ? SimOfficialAccount.InvalidAppId
        : secret != Options.Secret ? SimOfficialAccount.WrongSecret : null;

    private Task<T> Change<T>(Func<SimOfficialAccount, SimWorld, DateTimeOffset, T> change, CancellationToken ct) =>
        Simulation.ChangeAsync((world, now) => change(world.OfficialAccount, world, now), ct);

    private static Raster Draw(string colour)
    {
        var ground = Convert.FromHexString(colour.AsSpan(1));
        var pixels = new byte[AvatarSide * AvatarSide * 3];
        for (var at = 0; at < AvatarSide * AvatarSide; at++)
        {
            var (x, y) = ((at % AvatarSide) - (AvatarSide / 2), at / AvatarSide);
            var isFace = (x * x) + ((y - 52) * (y - 52)) < 24 * 24 || ((x * x) / 2) + ((y - 132) * (y - 132)) < 42 * 42;
            for (var band = 0; band < 3; band++)
            {
                pixels[(at * 3) + band] = isFace ? (byte)245 : ground[band];
            }
        }

        return new Raster(pixels, AvatarSide, AvatarSide, 3);
    }

    private static string? Text(JsonElement body, string name) => body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static ContentHttpResult Error(int errcode) =>
        Answer(new Dictionary<string, object>(StringComparer.Ordinal) { ["errcode"] = errcode, ["errmsg"] = "simulated, rid: 0" });

    private static ContentHttpResult Answer(IReadOnlyDictionary<string, object> answer) => TypedResults.Content(JsonSerializer.Serialize(answer), "text/plain");
}

internal static class AnswerFields
{
    public static Dictionary<string, object> With(this Dictionary<string, object> answer, string name, object? value)
    {
        if (value is not null)
        {
            answer[name] = value;
        }

        return answer;
    }
}
