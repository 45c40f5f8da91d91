using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Groups;

/// <summary>A robot's gateway and the groups it knows: answers what it is told by the protocol, and reports what the test lets happen.</summary>
internal sealed class RoomWorld : IAsyncDisposable
{
    public const string Account = "wxid_robot";

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly HuomaApp app;
    private readonly string robotId;
    private readonly WebSocket socket;
    private readonly SemaphoreSlim sending = new(1);
    private readonly CancellationTokenSource over = new();
    private readonly Task listening;
    private long seq;

    private RoomWorld(HuomaApp app, string robotId, WebSocket socket)
    {
        this.app = app;
        this.robotId = robotId;
        this.socket = socket;
        listening = ListenAsync();
    }

    public string RobotId => robotId;

    public Dictionary<string, Room> Rooms { get; } = new(StringComparer.Ordinal);

    /// <summary>What the platform calls members everywhere, where it tells.</summary>
    public ConcurrentDictionary<string, string> UnionIds { get; } = new(StringComparer.Ordinal);

    /// <summary>What the next commands of a type are answered with, in place of what they would do.</summary>
    public Dictionary<string, Queue<object>> Instead { get; } = new(StringComparer.Ordinal);

    public List<(string Type, JsonElement Data)> Told { get; } = [];

    public static async Task<RoomWorld> ConnectAsync(HuomaApp app, Operator console, string name = "小助手", string[]? capabilities = null)
    {
        var robot = await console.SendAsync(HttpMethod.Post, "robots", new { name, driver = "simulator" });
        await console.PatchAsync($"robots/{robot.Id()}", new
        {
            seedIds = new[] { "wxid_a", "wxid_b" },
            limits = new { groupsPerDay = 1000, createSpacingSeconds = 0, messageSpacingSeconds = 0, messagesPerMinute = 600, kickSpacingSeconds = 0 },
        });
        return await ConnectAsync(app, robot.Id(), robot.Text("gatewayToken"), capabilities);
    }

    public static async Task<RoomWorld> ConnectAsync(HuomaApp app, string robotId, string token, string[]? capabilities = null)
    {
        var client = app.Server.CreateWebSocketClient();
        client.ConfigureRequest = request =>
        {
            request.Headers.Authorization = $"Bearer {token}";
            request.Headers["X-Gateway-Id"] = $"gw-{robotId}";
        };
        var connection = await client.ConnectAsync(new Uri(app.Server.BaseAddress, "robot-gateway/v1/ws"), TestContext.Current.CancellationToken);
        var world = new RoomWorld(app, robotId, connection);
        await world.SendAsync(new { v = 1, kind = "hello", gatewayId = $"gw-{robotId}", version = "1", puppet = "test", robots = new[] { robotId }, lastSeq = 0, capabilities = capabilities is null ? [] : new Dictionary<string, string[]> { [robotId] = capabilities } });
        await world.ReportAsync("robot.login", new { userId = Account, name = "小助手", avatar = (string?)null });
        return world;
    }

    public async Task JoinAsync(string roomId, string id, string? inviter = Account)
    {
        app.Clock.Advance(Moment);
        Rooms[roomId].Members[id] = $"成员{id}";
        await ReportAsync("room.memberJoined", new
        {
            roomId,
            members = new[] { new { id, name = $"成员{id}", roomAlias = (string?)null, avatar = (string?)null, inviterId = inviter, unionId = UnionIds.GetValueOrDefault(id) } },
            inviterId = inviter,
            scene = inviter == Account ? "robot" : "member",
            at = app.Clock.GetUtcNow(),
            needResync = false,
        });
    }

    public async Task LeaveAsync(string roomId, string id)
    {
        app.Clock.Advance(Moment);
        Rooms[roomId].Members.Remove(id);
        await ReportAsync("room.memberLeft", new { roomId, memberIds = new[] { id }, removerId = (string?)null, how = "left", at = app.Clock.GetUtcNow() });
    }

    /// <summary>A member writes, or sends a picture (no text).</summary>
    public Task SayAsync(string roomId, string id, string? text, DateTimeOffset? at = null, string? messageId = null) => ReportAsync("room.message", new
    {
        msgId = messageId ?? Guid.NewGuid().ToString(),
        roomId,
        senderId = id,
        senderName = $"成员{id}",
        type = text is null ? "image" : "text",
        text,
        mentionIds = Array.Empty<string>(),
        at = at ?? app.Clock.GetUtcNow(),
    });

    /// <param name="id">Of an event that is reported again.</param>
    public Task ReportAsync(string type, object data, Guid? id = null) => SendAsync(new
    {
        v = 1,
        kind = "event",
        seq = Interlocked.Increment(ref seq),
        id = id ?? Guid.NewGuid(),
        type,
        robotId,
        at = app.Clock.GetUtcNow(),
        data,
    });

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await listening;
        socket.Dispose();
        sending.Dispose();
        over.Dispose();
    }

    private async Task ListenAsync()
    {
        var buffer = new byte[1 << 20];
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var received = await socket.ReceiveAsync(buffer, over.Token);
                using var message = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
                if (message.RootElement.Text("kind") == "cmd")
                {
                    await AnswerAsync(message.RootElement.Clone());
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or WebSocketException or JsonException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(JsonElement command)
    {
        var (id, type, data) = (command.Text("id"), command.Text("type"), command.At("data"));
        lock (Told)
        {
            Told.Add((type, data));
        }

        if (Instead.TryGetValue(type, out var queue) && queue.TryDequeue(out var answer))
        {
            await SendAsync(answer switch
            {
                string code => new { v = 1, kind = "result", id, ok = false, error = new { code, message = "no" } },
                Partly partly => new { v = 1, kind = "result", id, ok = false, error = new { code = partly.Code, message = "no" }, data = new { sentParts = partly.SentParts } },
                _ => (object)new { v = 1, kind = "result", id, ok = true, data = answer },
            });
            return;
        }

        await SendAsync(Do(type, data) is { } done
            ? new { v = 1, kind = "result", id, ok = true, data = done }
            : (object)new { v = 1, kind = "result", id, ok = false, error = new { code = "ROOM_NOT_FOUND", message = "no such room" } });
    }

    private object? Do(string type, JsonElement data)
    {
        if (type == "room.create")
        {
            var made = new Room($"{Rooms.Count + 1}@chatroom", data.Text("name"));
            made.Members[Account] = "小助手";
            foreach (var seed in data.At("memberIds").EnumerateArray())
            {
                made.Members[seed.GetString() ?? ""] = "种子";
            }

            Rooms[made.Id] = made;
            return new { roomId = made.Id, nameApplied = true };
        }

        if (type == "room.list")
        {
            return new { rooms = Rooms.Values.Select(room => new { roomId = room.Id, name = room.Name, ownerId = Account, memberCount = room.Members.Count }) };
        }

        return data.TryGetProperty("roomId", out var roomId) && Rooms.TryGetValue(roomId.GetString() ?? "", out var found) ? Do(type, data, found) : type.StartsWith("robot.", StringComparison.Ordinal) ? new { state = "online" } : null;
    }

    private object Do(string type, JsonElement data, Room room)
    {
        switch (type)
        {
            case "room.qr":
                var now = app.Clock.GetUtcNow();
                return new { qr = $"https://weixin.qq.com/g/{room.Id[..^9]}-{Guid.NewGuid():N}", issuedAt = now, expiresAt = now.AddDays(7), expiresAtIsEstimate = true };
            case "room.members":
                return new
                {
                    name = room.Name,
                    ownerId = room.OwnerId,
                    adminIds = room.AdminIds,
                    members = room.Present().Select(member => new
                    {
                        id = member.Key,
                        name = member.Value,
                        roomAlias = (string?)null,
                        avatar = (string?)null,
                        inviterId = (string?)null,
                        unionId = UnionIds.GetValueOrDefault(member.Key),
                    }),
                };
            case "room.rename":
                room.Name = data.Text("name");
                return new { };
            case "room.kick":
                var ids = data.At("memberIds").EnumerateArray().Select(id => id.GetString() ?? "").ToList();
                return new { results = ids.ConvertAll(id => new { id, ok = room.Members.Remove(id) }) };
            case "room.announce":
                room.Announcements.Add(data.Text("text"));
                return new { };
            case "room.send":
                room.Messages.Add(data.At("parts"));
                return new { msgIds = data.At("parts").EnumerateArray().Select(_ => Guid.NewGuid().ToString()) };
            default:
                return new { };
        }
    }

    private async Task SendAsync(object message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    internal sealed class Room(string id, string name)
    {
        public string Id { get; } = id;

        public string Name { get; set; } = name;

        public Dictionary<string, string> Members { get; } = new(StringComparer.Ordinal);

        public List<JsonElement> Messages { get; } = [];

        public List<string> Announcements { get; } = [];

        public string OwnerId { get; set; } = Account;

        public List<string> AdminIds { get; } = [];

        /// <summary>Who is in it at this moment; a test that lets people come while robots look locks the list.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Present()
        {
            lock (Members)
            {
                return [.. Members];
            }
        }

        /// <summary>The texts of all messages.</summary>
        public IReadOnlyList<string> Texts() => [.. Messages.ToArray().SelectMany(parts => parts.EnumerateArray()).Select(part => part.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "")];
    }

    /// <summary>So many parts of a message were sent, and then it failed.</summary>
    internal sealed record Partly(string Code, int SentParts);
}
