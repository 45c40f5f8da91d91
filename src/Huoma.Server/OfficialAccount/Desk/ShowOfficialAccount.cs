using Huoma.Server.OfficialAccount.Verification;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Huoma.Server.OfficialAccount.Desk;

/// <summary>公众号: whether it is set, and what to enter at 公众平台. Never its secret.</summary>
internal static class ShowOfficialAccount
{
    /// <param name="Domain">For 网页授权域名 and JS接口安全域名: a host name alone.</param>
    /// <param name="Elsewhere">The API is not WeChat's own, but a proxy or the simulator.</param>
    [SchemaExample("""
        { "configured": true, "appId": "wx0123456789abcdef", "domain": "hm.example.com", "elsewhere": false, "verifyFiles": [] }
        """)]
    public sealed record Response(bool Configured, string? AppId, string Domain, bool Elsewhere, IReadOnlyList<VerifyFileResponse> VerifyFiles);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        HuomaDb db, CurrentTenant tenant, PublicUrl url, IOptions<OfficialAccountOptions> options, CancellationToken ct)
    {
        if (!await PlatformTenant.IsAsync(db, tenant.Id, ct))
        {
            return OfficialAccountProblems.NotPlatform;
        }

        var files = await db.VerifyFiles.AsNoTracking().OrderBy(row => row.CreatedAt).ToListAsync(ct);
        return TypedResults.Ok(new Response(
            options.Value.IsConfigured, options.Value.IsConfigured ? options.Value.AppId : null, new Uri(url.Of("/")).Host,
            options.Value.IsConfigured && new Uri(options.Value.ApiBase).Host != "api.weixin.qq.com", files.ConvertAll(file => VerifyFileResponse.Of(file, url))));
    }
}
