using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Huoma.Domain.Robots;
using Huoma.Server.Platform.Http;

namespace Huoma.Server.Robots.Gateway;

/// <summary>
/// Reads and writes the JSON of the protocol. What comes in is somebody else's (nicknames, messages): texts are cut, and freed of control
/// characters and of halves of characters, before anybody works with them.
/// </summary>
internal static class GatewayJson
{
    public const int MaxEventBytes = 1024 * 1024;

    /// <summary>The longest text there is: that of a message.</summary>
    private const int MaxText = 10_000;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static byte[] Welcome(long sessionId, DateTimeOffset now) => Write(writer =>
    {
        writer.WriteString("kind", "welcome");
        writer.WriteString("sessionId", $"s-{sessionId:x}");
        writer.WriteString("serverTime", Iso(now));
    });

    public static byte[] Ack(long seq) => Write(writer =>
    {
        writer.WriteString("kind", "ack");
        writer.WriteNumber("seq", seq);
    });

    /// <param name="origin">Of this server: pictures are stored by their path alone. (In a text the same letters have their quotes escaped.)</param>
    public static byte[] Command(RobotCommand command, string origin) => Write(writer =>
    {
        writer.WriteString("kind", "cmd");
        writer.WriteString("id", command.Id.ToString());
        writer.WriteString("type", command.Type);
        writer.WriteString("robotId", command.RobotId.ToString());
        writer.WriteString("deadline", Iso(command.Deadline));
        writer.WritePropertyName("data");
        writer.WriteRawValue(command.Data.Replace("\"url\":\"/m/", $"\"url\":\"{origin}/m/", StringComparison.Ordinal));
    });

    /// <summary>The same with clean texts; null when it is longer than <paramref name="most"/>.</summary>
    public static string? Write(JsonElement element, int most)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            Copy(element, writer);
        }

        return bytes.WrittenCount <= most ? Encoding.UTF8.GetString(bytes.WrittenSpan) : null;
    }

    /// <summary>A text that is there and is one; null otherwise, and when it is empty.</summary>
    public static string? Text(this JsonElement element, string name, int most) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.Clean(most) is { Length: > 0 } text ? text : null;

    public static long? Number(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;

    public static bool? Flag(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean() : null;

    /// <summary>A list that is there and not empty.</summary>
    public static IReadOnlyList<JsonElement>? List(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            ? [.. value.EnumerateArray()] : null;

    /// <summary>At most so many code units, no control characters but line breaks and tabs, no halves of characters.</summary>
    public static string Clean(this JsonElement text, int most)
    {
        var clean = new StringBuilder();
        foreach (var rune in TextOf(text).EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > most)
            {
                break;
            }

            if (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString();
    }

    // An escaped half of a character is good JSON and no text.
    private static string TextOf(JsonElement text)
    {
        try
        {
            return text.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static void Copy(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(NameOf(property));
                    Copy(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Copy(item, writer);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(element.Clean(MaxText));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static byte[] Write(Action<Utf8JsonWriter> content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v", 1);
            content(writer);
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string Iso(DateTimeOffset instant) => InstantJsonConverter.Write(instant);
}
