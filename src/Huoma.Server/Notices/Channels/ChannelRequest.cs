using System.Globalization;
using System.Net.Mail;
using Huoma.Domain;
using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Platform.Outgoing;

namespace Huoma.Server.Notices.Channels;

/// <summary>A mail server as the console sends it; a password that is missing stays what it was.</summary>
internal sealed record SmtpInput(string? Host, int? Port, SmtpSecurity? Security, string? User, string? Password, string? From, IReadOnlyList<string>? To);

/// <summary>免打扰时段 as <c>22:30</c> and <c>08:00</c> in the system's time zone.</summary>
internal sealed record QuietInput(string? From, string? To);

/// <summary>A channel as the console sends it. What is missing stays as it is; <c>"quiet": null</c> takes the quiet hours away.</summary>
[SchemaExample("""
    { "kind": "dingtalk", "name": "运营群", "url": "https://oapi.dingtalk.com/robot/send?access_token=…", "secret": "SEC…", "enabled": true,
      "kinds": ["code-exhausted", "slot-expired", "slot-expiring"], "quiet": { "from": "23:00", "to": "08:00" } }
    """)]
internal sealed record NoticeChannelRequest
{
    public NoticeChannelKind? Kind { get; init; }

    public string? Name { get; init; }

    /// <summary>Webhook address; secret, never shown again.</summary>
    public string? Url { get; init; }

    /// <summary>加签 secret of 钉钉 and 飞书, <c>whsec_…</c> of a webhook; an empty one takes it away.</summary>
    public string? Secret { get; init; }

    public SmtpInput? Smtp { get; init; }

    public bool? Enabled { get; init; }

    public IReadOnlyList<NoticeKind>? Kinds { get; init; }

    public QuietInput? Quiet
    {
        get;
        init
        {
            field = value;
            IsQuietGiven = true;
        }
    }

    internal bool IsQuietGiven { get; private init; }
}

/// <summary>Checks what was sent about a channel and puts it into the channel.</summary>
internal sealed class ChannelForm(SecretSeal seal, GuardedConnections connections, PublicUrl publicUrl)
{
    private const int UrlMaxLength = 1_000;
    private const int SecretMaxLength = 300;
    private const int MostRecipients = 10;

    /// <param name="known">What it leads to so far; null for a new one.</param>
    public FieldErrors Check(NoticeChannelRequest request, NoticeChannelKind kind, ChannelSettings? known)
    {
        var errors = new FieldErrors();
        if (known is null || request.Name is not null)
        {
            errors.Line("name", request.Name, NoticeChannel.NameMaxLength);
        }

        errors.OptionalLine("secret", request.Secret, SecretMaxLength);
        if (request.IsQuietGiven && request.Quiet is { } quiet && (MinuteOf(quiet.From) is null || MinuteOf(quiet.To) is null))
        {
            errors.Add("quiet", "请填写时间，例如 23:00");
        }

        if (kind == NoticeChannelKind.Email)
        {
            return known is null || request.Smtp is not null ? CheckMail(errors, request.Smtp, known?.Smtp) : errors;
        }

        if (known is null || request.Url is not null)
        {
            CheckUrl(errors, request.Url);
        }

        return kind == NoticeChannelKind.Webhook && (known is null || request.Secret is not null) ? CheckWebhookSecret(errors, request.Secret) : errors;
    }

    public Refusal? Fill(NoticeChannel channel, NoticeChannelRequest request, ChannelSettings? known)
    {
        channel.Rename(request.Name?.Trim() ?? channel.Name);
        channel.Turn(request.Enabled ?? channel.Enabled);
        if (SettingsOf(request, known) is var settings && !settings.IsSameAs(known))
        {
            // Sealing the same again would give another text, which would look like a change.
            channel.LeadsTo(settings.Close(seal));
        }

        var quiet = !request.IsQuietGiven ? channel.Quiet
            : request.Quiet is { } input ? new QuietHours(MinuteOf(input.From) ?? 0, MinuteOf(input.To) ?? 0) : null;
        return channel.Takes(request.Kinds ?? NoticeKinds.Of(channel.Kinds)) ?? channel.Rests(quiet);
    }

    private ChannelSettings SettingsOf(NoticeChannelRequest request, ChannelSettings? known)
    {
        var smtp = request.Smtp is { } input
            ? new SmtpSettings(
                input.Host?.Trim() ?? "", input.Port ?? 0, input.Security ?? SmtpSecurity.Ssl, input.User.OrNone(),
                input.Password is null ? known?.Smtp?.Password : input.Password.OrNone(), input.From?.Trim() ?? "", [.. (input.To ?? []).Select(to => to.Trim())])
            : known?.Smtp;
        return new ChannelSettings(
            request.Url?.Trim() ?? known?.Url, request.Secret is null ? known?.Secret : request.Secret.OrNone(), smtp, publicUrl.Of(""));
    }

    private void CheckUrl(FieldErrors errors, string? url)
    {
        errors.Line("url", url, UrlMaxLength);
        if (!Uri.TryCreate(url?.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Host.Length == 0)
        {
            errors.Add("url", "请填写完整的地址，以 https:// 开头");
        }
        else if (uri.Scheme == "http" && !connections.AllowsSome)
        {
            errors.Add("url", "地址须以 https:// 开头");
        }
    }

    private static FieldErrors CheckWebhookSecret(FieldErrors errors, string? secret) =>
        WebhookSecret.KeyOf(secret) is null ? errors.Add("secret", "密钥须为 whsec_ 加上 24 到 64 字节的 Base64，可点“生成”") : errors;

    private static FieldErrors CheckMail(FieldErrors errors, SmtpInput? smtp, SmtpSettings? known)
    {
        errors.Line("smtp.host", smtp?.Host, 200).Given("smtp.port", smtp?.Port).Range("smtp.port", smtp?.Port, 1, 65_535)
            .OptionalLine("smtp.user", smtp?.User, 200).OptionalLine("smtp.password", smtp?.Password, 200);
        if (!IsMail(smtp?.From))
        {
            errors.Add("smtp.from", "请填写发件人邮箱");
        }

        var to = smtp?.To ?? [];
        if (to.Count is 0 or > MostRecipients || !to.All(IsMail))
        {
            errors.Add("smtp.to", $"请填写 1 到 {MostRecipients} 个收件人邮箱");
        }

        // A password that is kept must not go to another server: whoever may edit the channel would learn it there.
        var keeps = smtp?.Password is null && known?.Password is not null;
        if (keeps && !string.Equals(known?.Host, smtp?.Host?.Trim(), StringComparison.OrdinalIgnoreCase))
        {
            errors.Add("smtp.password", "更换服务器时请重新填写密码或授权码");
        }

        return smtp?.User.OrNone() is not null && smtp.Password is null && !keeps ? errors.Add("smtp.password", "请填写密码或授权码") : errors;
    }

    private static bool IsMail(string? text) => text?.Trim() is { Length: > 0 and <= 200 } mail && !mail.Any(char.IsControl)
        && MailAddress.TryCreate(mail, out var address) && address.Address == mail;

    private static int? MinuteOf(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? (time.Hour * 60) + time.Minute : null;
}
