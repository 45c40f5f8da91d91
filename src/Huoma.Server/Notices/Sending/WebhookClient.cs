using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Huoma.Domain.Notices;
using Huoma.Server.Notices.Channels;

namespace Huoma.Server.Notices.Sending;

/// <summary>Any program, signed as Standard Webhooks say. A repeated try carries the same <c>webhook-id</c>.</summary>
internal sealed class WebhookClient(OutgoingClient client, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public async Task<SendAnswer> SendAsync(ChannelSettings settings, NoticeMessage message, CancellationToken ct)
    {
        if (WebhookSecret.KeyOf(settings.Secret) is not { } key)
        {
            return SendAnswer.Refused("没有密钥，请在渠道设置里填写");
        }

        var body = JsonSerializer.Serialize(BodyOf(message), Json);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["webhook-id"] = message.Id,
            ["webhook-timestamp"] = timestamp,
            ["webhook-signature"] = WebhookSecret.Sign(key, message.Id, timestamp, body),
        };
        return await client.PostAsync(settings.Url ?? "", body, headers, _ => SendAnswer.Taken(), ct);
    }

    private static object BodyOf(NoticeMessage message) => new
    {
        Type = message.IsTest ? "notice.test" : message.Items is [var only] ? $"notice.{KindOf(only.Notice.Kind)}" : "notice.digest",
        Timestamp = Iso(message.Now),
        Data = new { message.Title, Notices = message.Items.Select(item => ItemOf(item, message.Zone)) },
    };

    private static object ItemOf(MessageItem item, TimeZoneInfo zone) => new
    {
        Id = item.Notice.Id.ToString(),
        Kind = KindOf(item.Notice.Kind),
        item.Text.Title,
        item.Notice.CodeName,
        CodeId = item.Notice.LiveCodeId?.ToString(),
        RobotId = item.Notice.RobotId?.ToString(),
        item.Notice.Detail,
        item.Notice.SlotName,
        SlotId = item.Notice.SlotId?.ToString(),
        ExpiresAt = item.Notice.ExpiresAt is { } expiresAt ? Iso(expiresAt) : null,
        item.Notice.PlacesLeft,
        item.Notice.LastsMinutes,
        At = Iso(item.Notice.CreatedAt),
        LocalTime = NoticeTexts.Time(item.Notice.CreatedAt, zone),
        item.Text.Consequence,
        item.Text.Action,
        item.CodeUrl,
        item.RenewUrl,
    };

    private static string KindOf(NoticeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
