using Huoma.Domain.Campaigns;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Campaigns.Desk;

/// <summary>合规体检 of texts before they are saved (U10).</summary>
internal static class CheckSharing
{
    private const int MaxTexts = 20;

    [SchemaExample("""{ "texts": ["分享后领取资料"] }""")]
    public sealed record Request(IReadOnlyList<string?>? Texts);

    public sealed record Response(IReadOnlyList<SharingConcern> Concerns);

    public static Ok<Response> Handle(Request request) => TypedResults.Ok(new Response(SharingRules.Check([.. (request.Texts ?? []).Take(MaxTexts)])));
}
