using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Huoma.Domain.Robots;
using Huoma.Domain.WeCom;
using Huoma.Server.Platform.Http;
using Huoma.Server.Robots;
using Huoma.Server.Robots.Gateway;
using Huoma.Server.Robots.Inbox;
using Huoma.Server.WeCom.Chats;

namespace Huoma.Server.WeCom.Callbacks;

/// <summary>
/// Stores what a callback says in the robot's inbox, in the words of the gateway protocol, once by its content: the platform numbers nothing, sends
/// again what it thinks was lost, and somebody may send a copy. Only then is it acknowledged.
/// </summary>
internal sealed class CallbackIntake(RobotScopes scopes, RobotBells bells, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new InstantJsonConverter() } };

    public async Task StoreAsync(KnownRobot robot, ChatChange change, string message, CancellationToken ct)
    {
        await using var scope = scopes.Of(robot.TenantId);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await SessionStore.LockAsync(db, robot.Id, ct);
        await ChatStore.ToldAsync(db, robot, change.ChatId, change.Version, change.Kind == ChatChangeKind.Dismissed, change.At, ct);
        if (EventOf(change) is var (type, data))
        {
            var eventId = $"wecom:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)))}";
            var json = JsonSerializer.Serialize(data, data.GetType(), Json);
            var happened = new GatewayMessage.Event(1, eventId, type, robot.Id.ToString(), change.At, json);
            await InboxStore.AddEventAsync(db, robot, happened, json, time.GetUtcNow(), ct);
        }

        await transaction.CommitAsync(ct);
        bells.Inbox.Ring();
    }

    /// <summary>Null: nobody has to react. All others make the member list be read anew, whatever they tell: they come late, or not at all.</summary>
    private static (string Type, object Data)? EventOf(ChatChange change) => change.Kind switch
    {
        ChatChangeKind.Created => null,

        // Who they are stands in the list only.
        ChatChangeKind.Joined => (EventTypes.MemberJoined, new { roomId = change.ChatId, members = Array.Empty<object>(), scene = "unknown", at = change.At, needResync = true }),
        ChatChangeKind.Left => (
            EventTypes.MemberLeft,
            new { roomId = change.ChatId, memberIds = change.MemberIds, how = change.IsRemoved ? "kicked" : "left", at = change.At, needResync = true }),
        _ => (EventTypes.MemberSnapshot, new { roomId = change.ChatId, needResync = true }),
    };
}
