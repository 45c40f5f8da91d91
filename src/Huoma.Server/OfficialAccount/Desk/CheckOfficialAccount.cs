using System.Net;
using Huoma.Domain.OfficialAccount;
using Huoma.Server.OfficialAccount.Api;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Desk;

/// <summary>What was looked at.</summary>
internal enum OfficialAccountCheck
{
    /// <summary>AppId and Secret are set.</summary>
    Settings = 1,

    /// <summary>The public address is one 公众平台 takes.</summary>
    Address = 2,

    /// <summary>WeChat gives this server an access token and a ticket for pages.</summary>
    Api = 3,
}

/// <summary>自检: looks at the settings and asks WeChat for a token and a ticket.</summary>
internal static class CheckOfficialAccount
{
    /// <param name="Message">What is in the way and what to do, or that it is good.</param>
    public sealed record Item(OfficialAccountCheck Check, bool Ok, string Message);

    [SchemaExample("""{ "items": [ { "check": "settings", "ok": true, "message": "已设置 AppId 和 AppSecret" } ] }""")]
    public sealed record Response(IReadOnlyList<Item> Items);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HuomaDb db, CurrentTenant tenant, PublicUrl url, IOptions<OfficialAccountOptions> options, SharedKeys keys, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return OfficialAccountProblems.NotPlatform;
        }

        if (!options.Value.IsConfigured)
        {
            const string missing = "还没有设置公众号。请在服务器设置 Huoma__OfficialAccount__AppId 和 Huoma__OfficialAccount__Secret 后重启；不设置也能使用，访客只凭 Cookie 识别";
            return TypedResults.Ok(new Response([new Item(OfficialAccountCheck.Settings, Ok: false, missing)]));
        }

        var fault = await keys.TryAsync(ct);
        return TypedResults.Ok(new Response(
        [
            new Item(OfficialAccountCheck.Settings, Ok: true, "已设置 AppId 和 AppSecret"),
            Judge(new Uri(url.Of("/"))),
            new Item(OfficialAccountCheck.Api, fault is null, Describe(fault)),
        ]));
    }

    private static Item Judge(Uri address) => new(
        OfficialAccountCheck.Address, IsGood(address),
        IsGood(address) ? $"访问地址可用，请确认公众平台的两个域名都填写了 {address.Host}"
            : $"公众平台只接受已备案、使用 80/443 端口的域名，现在的访问地址是 {address.GetLeftPart(UriPartial.Authority)}，请设置 Huoma__PublicUrl");

    private static bool IsGood(Uri address) => address.IsDefaultPort && !address.IsLoopback && !IPAddress.TryParse(address.Host.Trim('[', ']'), out _);

    private static string Describe(OfficialAccountFault? fault) => fault switch
    {
        null => "微信接口正常：已取得访问令牌和 JS 接口票据",
        { Number: { } number } => $"{fault.Message}（错误码 {number}）",
        _ => fault.Message,
    };
}
