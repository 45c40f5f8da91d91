using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Huoma.Domain.Notices;
using Huoma.Server.Notices.Channels;

namespace Huoma.Server.Notices.Sending;

/// <summary>群机器人 of 企业微信, 钉钉 and 飞书: each with its own way to sign, to format and to say no.</summary>
internal sealed class ChatRobotClient(OutgoingClient client, TimeProvider time)
{
    // The platforms' own limits are 4 096 bytes and 20 KB.
    private const int WecomBytes = 4_000;
    private const int OthersBytes = 18_000;

    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private static readonly Dictionary<string, string> NoHeaders = [];

    public Task<SendAnswer> SendAsync(NoticeChannelKind kind, ChannelSettings settings, NoticeMessage message, CancellationToken ct)
    {
        var url = settings.Url ?? "";
        return kind switch
        {
            NoticeChannelKind.Wecom => PostAsync(url, WecomBody(message), "errcode", "errmsg", ct),
            NoticeChannelKind.Dingtalk => PostAsync(DingtalkUrl(url, settings.Secret), DingtalkBody(message), "errcode", "errmsg", ct),
            _ => PostAsync(url, FeishuBody(message, settings.Secret), "code", "msg", ct),
        };
    }

    private static object WecomBody(NoticeMessage message) => new { msgtype = "markdown", markdown = new { content = MessageFormats.Markdown(message, "\n", WecomBytes) } };

    private static object DingtalkBody(NoticeMessage message) =>
        new { msgtype = "markdown", markdown = new { title = $"{NoticeMessage.Product}：{message.Title}", text = MessageFormats.Markdown(message, "\n\n", OthersBytes) } };

    private object FeishuBody(NoticeMessage message, string? secret)
    {
        var card = new
        {
            header = new { title = new { tag = "plain_text", content = $"{NoticeMessage.Product}：{message.Title}" }, template = "orange" },
            elements = new[] { new { tag = "markdown", content = MessageFormats.Markdown(message, "\n", OthersBytes) } },
        };
        if (secret is null)
        {
            return new { msg_type = "interactive", card };
        }

        // The key is what elsewhere would be the message, and the message is empty.
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"), Array.Empty<byte>()));
        return new { timestamp, sign, msg_type = "interactive", card };
    }

    private string DingtalkUrl(string url, string? secret)
    {
        if (secret is null)
        {
            return url;
        }

        var timestamp = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}")));
        return $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}timestamp={timestamp}&sign={Uri.EscapeDataString(sign)}";
    }

    private Task<SendAnswer> PostAsync(string url, object body, string code, string text, CancellationToken ct) =>
        client.PostAsync(url, JsonSerializer.Serialize(body, Json), NoHeaders, answer => Read(answer, code, text), ct);

    /// <summary>The platforms answer 200 to everything; whether they took it stands in the body.</summary>
    private static SendAnswer Read(string body, string code, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(code, out var number) && number.TryGetInt64(out var said))
            {
                var words = root.TryGetProperty(text, out var message) && message.ValueKind == JsonValueKind.String ? message.GetString() : "";
                return said == 0 ? SendAnswer.Taken() : SendAnswer.Refused($"{said}：{words}");
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Said below.
        }

        return SendAnswer.Refused("对方的回答看不懂，请检查地址是否为群机器人的 Webhook 地址");
    }
}
