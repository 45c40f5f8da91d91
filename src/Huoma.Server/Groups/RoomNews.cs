using System.Text.Json;
using Huoma.Domain.Groups;

namespace Huoma.Server.Groups;

/// <summary>What gateways tell about groups, as docs/robot-gateway.md describes it. What is missing reads as null or empty; the protocol's edge checked the rest.</summary>
internal static class RoomNews
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="Scene">How he joined, where it is told for each; see <see cref="Joined.Scene"/>.</param>
    /// <param name="JoinedAt">When he joined, where it is told.</param>
    internal sealed record Member(
        string? Id, string? Name, string? RoomAlias, string? Avatar, string? InviterId, string? Scene, DateTimeOffset? JoinedAt, string? UnionId, string? State)
    {
        public static IReadOnlyList<MemberSeen> SeenOf(IReadOnlyList<Member?>? members) =>
        [
            .. from member in members ?? []
               where member is { Id.Length: > 0 }
               select new MemberSeen(
                   member.Id ?? "", member.Name ?? "", member.RoomAlias, member.Avatar, member.InviterId, member.JoinedAt, SourceOf(member.Scene), member.UnionId, member.State),
        ];

        private static MemberSource? SourceOf(string? scene) => scene switch { "robot" => MemberSource.Robot, "member" => MemberSource.Member, _ => null };
    }

    internal sealed record Joined(string? RoomId, IReadOnlyList<Member?>? Members, string? InviterId, string? Scene, DateTimeOffset? At, bool NeedResync)
    {
        public bool IsWholeTruth => !NeedResync && Members is { Count: > 0 };
    }

    internal sealed record Left(string? RoomId, IReadOnlyList<string>? MemberIds, string? RemoverId, string? How, DateTimeOffset? At, bool NeedResync);

    /// <summary>The event: who is in it by ids. The answer to a question is <see cref="Snapshot"/>.</summary>
    internal sealed record Present(string? RoomId, string? Name, string? OwnerId, IReadOnlyList<string>? MemberIds, bool NeedResync);

    internal sealed record Snapshot(string? RoomId, string? Name, string? OwnerId, IReadOnlyList<Member?>? Members, IReadOnlyList<string>? AdminIds);

    internal sealed record Renamed(string? RoomId, string? Name);

    internal sealed record Said(string? MsgId, string? RoomId, string? SenderId, string? SenderName, string? Type, string? Text, DateTimeOffset? At);

    internal sealed record Sent(int? SentParts);

    internal sealed record Created(string? RoomId, bool? NameApplied);

    /// <param name="IsPermanent">It does not run out.</param>
    internal sealed record RoomQr(string? Qr, DateTimeOffset? IssuedAt, DateTimeOffset? ExpiresAt, bool IsPermanent);

    internal sealed record Room(string? RoomId, string? Name, int? MemberCount);

    internal sealed record RoomList(IReadOnlyList<Room?>? Rooms);

    internal sealed record Kicked(IReadOnlyList<KickedMember?>? Results);

    internal sealed record KickedMember(string? Id, bool Ok, string? Code);

    /// <summary>Null when it is nothing of the kind.</summary>
    public static T? Read<T>(string? json)
        where T : class
    {
        try
        {
            return json is null ? null : JsonSerializer.Deserialize<T>(json, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read{T}(string?)"/>
    public static T? Read<T>(JsonElement data)
        where T : class => Read<T>(data.GetRawText());
}
