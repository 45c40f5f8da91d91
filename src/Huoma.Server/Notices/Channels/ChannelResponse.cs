using System.Globalization;
using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.Notices.Channels;

/// <summary>A channel as the API shows it: never its address or its secrets.</summary>
/// <param name="Target">Where it leads, as far as it may be shown: a host and the last four letters, or the recipients.</param>
/// <param name="Smtp">Of a mail channel, without the password.</param>
/// <param name="IsReadable">False when its settings can not be opened any more and have to be typed in again.</param>
/// <param name="Waiting">Notices on their way.</param>
/// <param name="Failures">Tries in a row that went wrong.</param>
[SchemaExample("""
    { "id": "3Kd9Zx7Lm0B", "kind": "dingtalk", "name": "运营群", "enabled": true, "target": "oapi.dingtalk.com …9f2c", "hasSecret": true, "smtp": null,
      "kinds": ["code-exhausted", "slot-expired", "slot-expiring"], "quiet": { "from": "23:00", "to": "08:00" }, "isReadable": true,
      "waiting": 0, "failures": 0, "lastSentAt": "2026-11-22T04:00:00.000Z", "lastAnswer": "ok", "createdAt": "2026-11-22T03:00:00.000Z" }
    """)]
internal sealed record NoticeChannelResponse(
    NoticeChannelId Id,
    NoticeChannelKind Kind,
    string Name,
    bool Enabled,
    string Target,
    bool HasSecret,
    SmtpView? Smtp,
    IReadOnlyList<NoticeKind> Kinds,
    QuietView? Quiet,
    bool IsReadable,
    int Waiting,
    int Failures,
    DateTimeOffset? LastSentAt,
    string? LastAnswer,
    DateTimeOffset CreatedAt);

internal sealed record SmtpView(string Host, int Port, SmtpSecurity Security, string? User, bool HasPassword, string From, IReadOnlyList<string> To);

internal sealed record QuietView(string From, string To);

/// <summary>Turns channels into what the API shows of them.</summary>
internal sealed class ChannelQueries(HuomaDb db, SecretSeal seal, ChannelStateQueries states)
{
    public async Task<IReadOnlyList<NoticeChannelResponse>> DescribeAsync(CancellationToken ct)
    {
        var channels = await db.NoticeChannels.AsNoTracking().OrderBy(channel => channel.CreatedAt).ThenBy(channel => channel.Id).ToListAsync(ct);
        var known = await states.OfTenantAsync(ct);
        return channels.ConvertAll(channel => Describe(channel, known.GetValueOrDefault(channel.Id, ChannelState.Fresh)));
    }

    public async Task<NoticeChannelResponse> DescribeAsync(NoticeChannelId id, CancellationToken ct) => (await DescribeAsync(ct)).First(channel => channel.Id == id);

    private NoticeChannelResponse Describe(NoticeChannel channel, ChannelState state)
    {
        var settings = ChannelSettings.Open(channel.Settings, seal);
        var smtp = settings?.Smtp is { } mail
            ? new SmtpView(mail.Host, mail.Port, mail.Security, mail.User, mail.Password is not null, mail.From, mail.To)
            : null;
        return new NoticeChannelResponse(
            channel.Id, channel.Kind, channel.Name, channel.Enabled, settings?.Target(channel.Kind) ?? "", settings?.Secret is not null, smtp,
            NoticeKinds.Of(channel.Kinds), channel.Quiet is { } quiet ? new QuietView(Clock(quiet.From), Clock(quiet.To)) : null, settings is not null,
            state.Waiting, state.Failures, state.LastSentAt, state.LastAnswer, channel.CreatedAt);
    }

    private static string Clock(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
}
