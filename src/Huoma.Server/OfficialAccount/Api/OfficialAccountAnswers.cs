using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.OfficialAccount;

namespace Huoma.Server.OfficialAccount.Api;

/// <summary>What the API said: the answer, or what was in the way.</summary>
internal readonly record struct Heard<T>(T? Answer, OfficialAccountFault? Fault)
    where T : class;

/// <summary>Errors are numbers in answers of status 200; without a number it is success.</summary>
internal interface IOfficialAccountAnswer
{
    int Errcode { get; }
}

/// <summary>For what a code was exchanged.</summary>
/// <param name="IsSnapshotuser">1: 网页快照页, and the person is a virtual one.</param>
internal sealed record WebToken(int Errcode, string? AccessToken, string? Openid, string? Unionid, int? IsSnapshotuser) : IOfficialAccountAnswer
{
    // What a record writes of itself would end in a log one day.
    public override string ToString() => nameof(WebToken);
}

internal sealed record WebUser(int Errcode, string? Openid, string? Nickname, string? Headimgurl, string? Unionid) : IOfficialAccountAnswer
{
    public override string ToString() => nameof(WebUser);
}

internal sealed record AccessToken(int Errcode, [property: JsonPropertyName("access_token")] string? Token, int? ExpiresIn) : IOfficialAccountAnswer
{
    public override string ToString() => nameof(AccessToken);
}

internal sealed record JsTicket(int Errcode, string? Ticket, int? ExpiresIn) : IOfficialAccountAnswer
{
    public override string ToString() => nameof(JsTicket);
}

internal static class OfficialAccountJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };
}
