using System.Text.Json;
using System.Text.Unicode;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Gateway;

/// <summary>What a gateway sent, read and bounded.</summary>
internal abstract record GatewayMessage
{
    private const int TextMaxLength = 200;
    private const int ErrorMaxLength = 500;
    private const int MaxCapabilities = 100;

    private GatewayMessage()
    {
    }

    /// <param name="Capabilities">By robot; null: none were given.</param>
    public sealed record Hello(
        string GatewayId, string Version, string Puppet, IReadOnlyList<string> Robots, IReadOnlyDictionary<string, IReadOnlyList<string>>? Capabilities) : GatewayMessage;

    /// <param name="Json">Null when it was too large to be kept.</param>
    public sealed record Event(long Seq, string EventId, string Type, string RobotId, DateTimeOffset At, string? Json) : GatewayMessage;

    public sealed record Result(string CommandId, CommandResult Content) : GatewayMessage;

    /// <summary>Of a kind nobody knows (yet).</summary>
    public sealed record Ignored : GatewayMessage;

    /// <summary>Not this protocol.</summary>
    public sealed record Malformed(string Reason) : GatewayMessage;

    public sealed record OtherVersion : GatewayMessage;

    public static GatewayMessage Read(ReadOnlyMemory<byte> bytes)
    {
        if (!Utf8.IsValid(bytes.Span))
        {
            return new Malformed("not UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return document.RootElement is { ValueKind: JsonValueKind.Object } message ? Read(message) : new Malformed("no JSON object");
        }
        catch (JsonException)
        {
            return new Malformed("not JSON");
        }
    }

    private static GatewayMessage Read(JsonElement message)
    {
        if (message.Number("v") is not { } version || message.Text("kind", TextMaxLength) is not { } kind)
        {
            return new Malformed("v or kind is missing");
        }

        return version != 1 ? new OtherVersion() : kind switch
        {
            "hello" => ReadHello(message),
            "event" => ReadEvent(message),
            "result" => ReadResult(message),
            _ => new Ignored(),
        };
    }

    private static GatewayMessage ReadHello(JsonElement message)
    {
        if (message.Text("gatewayId", TextMaxLength) is not { } gatewayId || message.Text("version", TextMaxLength) is not { } version
            || message.Text("puppet", TextMaxLength) is not { } puppet || message.Number("lastSeq") is null
            || message.List("robots") is not { } robots || robots.Any(robot => robot.ValueKind != JsonValueKind.String))
        {
            return new Malformed("hello lacks a field");
        }

        Dictionary<string, IReadOnlyList<string>>? capabilities = null;
        if (message.TryGetProperty("capabilities", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            capabilities = new(StringComparer.Ordinal);
            foreach (var robot in given.EnumerateObject())
            {
                capabilities[robot.Name] = WordsOf(robot.Value);
            }
        }

        return new Hello(gatewayId, version, puppet, [.. robots.Select(robot => robot.Clean(TextMaxLength))], capabilities);
    }

    private static GatewayMessage ReadEvent(JsonElement message) =>
        message.Number("seq") is { } seq and >= 1 && message.Text("id", TextMaxLength) is { } id && message.Text("type", TextMaxLength) is { } type
        && message.Text("robotId", TextMaxLength) is { } robotId && InstantJsonConverter.TryParse(message.Text("at", TextMaxLength), out var at)
        && message.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? new Event(seq, id, type, robotId, at, GatewayJson.Write(data, GatewayJson.MaxEventBytes))
            : new Malformed("event lacks a field");

    private static GatewayMessage ReadResult(JsonElement message)
    {
        if (message.Text("id", TextMaxLength) is not { } id || !message.TryGetProperty("ok", out var ok) || ok.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return new Malformed("result lacks a field");
        }

        var data = message.TryGetProperty("data", out var given) && given.ValueKind == JsonValueKind.Object ? GatewayJson.Write(given, GatewaySocket.MaxMessageBytes) : null;
        if (ok.ValueKind == JsonValueKind.True)
        {
            return new Result(id, new CommandResult(Ok: true, data ?? "{}"));
        }

        return message.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object && error.Text("code", TextMaxLength) is { } code
            ? new Result(id, new CommandResult(Ok: false, data, code, error.Text("message", ErrorMaxLength), RetryAfterOf(error)))
            : new Malformed("result lacks its error");
    }

    /// <summary>Capabilities as they were listed; what is no text is left out.</summary>
    public static IReadOnlyList<string> WordsOf(JsonElement list) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Take(MaxCapabilities).Select(word => word.Clean(TextMaxLength))]
        : [];

    private static TimeSpan? RetryAfterOf(JsonElement error) =>
        error.Number("retryAfterSec") is { } seconds and > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, int.MaxValue)) : null;
}
