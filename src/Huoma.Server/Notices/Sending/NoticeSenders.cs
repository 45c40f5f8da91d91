using Huoma.Domain.Notices;
using Huoma.Server.Notices.Channels;

namespace Huoma.Server.Notices.Sending;

/// <summary>Sends a message the way its channel wants it.</summary>
internal sealed class NoticeSenders(ChatRobotClient robots, WebhookClient webhooks, MailClient mail)
{
    public async Task<SendAnswer> SendAsync(NoticeChannelKind kind, ChannelSettings settings, NoticeMessage message, CancellationToken ct)
    {
        var answer = await (kind switch
        {
            NoticeChannelKind.Email => mail.SendAsync(settings, message, ct),
            NoticeChannelKind.Webhook => webhooks.SendAsync(settings, message, ct),
            _ => robots.SendAsync(kind, settings, message, ct),
        });
        return answer with { Text = WithoutSecrets(answer.Text, settings) };
    }

    // A platform may repeat what it was sent.
    private static string WithoutSecrets(string text, ChannelSettings settings) =>
        new[] { settings.Url, settings.Secret, settings.Smtp?.Password }.OfType<string>().Where(secret => secret.Length > 3)
            .Aggregate(text, (clean, secret) => clean.Replace(secret, "…", StringComparison.Ordinal));
}
