using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.WeCom;

namespace Huoma.Server.WeCom.Api;

/// <summary>What the API said: the answer, or what was in the way.</summary>
internal readonly record struct Told<T>(T? Answer, WeComFault? Fault)
    where T : class;

/// <summary>Every answer has a number; 0 is success, whatever the HTTP status.</summary>
internal interface IWeComAnswer
{
    int Errcode { get; }
}

internal sealed record TokenAnswer(int Errcode, string? AccessToken, int? ExpiresIn) : IWeComAnswer;

internal sealed record DoneAnswer(int Errcode) : IWeComAnswer;

internal sealed record ChatListAnswer(int Errcode, IReadOnlyList<ListedChat?>? GroupChatList, string? NextCursor) : IWeComAnswer;

internal sealed record ListedChat(string? ChatId);

internal sealed record ChatAnswer(int Errcode, Chat? GroupChat) : IWeComAnswer;

/// <summary>客户群 with its members.</summary>
internal sealed record Chat(string? ChatId, string? Name, string? Owner, IReadOnlyList<ChatMember?>? MemberList, string? MemberVersion);

/// <param name="Type">1 of the corporation, 2 a customer.</param>
/// <param name="JoinTime">Seconds since 1970.</param>
/// <param name="JoinScene">1 invited, 2 by an invitation's link, 3 by a QR.</param>
/// <param name="Invitor">Told only of those whom the corporation's people invited.</param>
/// <param name="State">Of the join way by which he came.</param>
internal sealed record ChatMember(
    string? Userid, int Type, long? JoinTime, int? JoinScene, ChatInvitor? Invitor, string? GroupNickname, string? Name, string? Unionid, string? State);

internal sealed record ChatInvitor(string? Userid);

internal sealed record AddedJoinWayAnswer(int Errcode, string? ConfigId) : IWeComAnswer;

internal sealed record JoinWayAnswer(int Errcode, JoinWaySettings? JoinWay) : IWeComAnswer;

/// <param name="QrCode">The address of its picture.</param>
internal sealed record JoinWaySettings(string? ConfigId, string? QrCode, string? State, IReadOnlyList<string?>? ChatIdList);

internal static class WeComJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = true,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
