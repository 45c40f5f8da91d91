using System.Text.Json;
using System.Text.Json.Serialization;
using Huoma.Domain.Notices;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Notices.Channels;

/// <summary>How a connection to a mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>TLS from the first byte, usually on port 465.</summary>
    Ssl = 1,

    /// <summary>TLS after a greeting, usually on port 587; without it nothing is sent.</summary>
    StartTls = 2,

    /// <summary>None: only inside networks that are allowed by the settings.</summary>
    None = 3,
}

/// <summary>A mail server and who writes to whom.</summary>
internal sealed record SmtpSettings(string Host, int Port, SmtpSecurity Security, string? User, string? Password, string From, IReadOnlyList<string> To);

/// <summary>Where a channel leads, secrets included: sealed in the database, opened only to send.</summary>
/// <param name="Origin">Of the console in which it was saved: the base of links when <c>Huoma:PublicUrl</c> is unset.</param>
internal sealed record ChannelSettings(string? Url, string? Secret, SmtpSettings? Smtp, string Origin)
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public string Close(SecretSeal seal) => seal.Close(Text());

    public bool IsSameAs(ChannelSettings? other) => Text() == other?.Text();

    /// <summary>Null when they can not be opened: the data directory is another one than the one they were sealed with.</summary>
    public static ChannelSettings? Open(string sealedText, SecretSeal seal) =>
        seal.Open(sealedText) is { } json ? JsonSerializer.Deserialize<ChannelSettings>(json, Json) : null;

    /// <summary>What may be shown of where it leads: enough to tell two robots apart, not enough to use one.</summary>
    public string Target(NoticeChannelKind kind) => kind == NoticeChannelKind.Email
        ? string.Join("、", Smtp?.To ?? [])
        : Uri.TryCreate(Url, UriKind.Absolute, out var uri) ? $"{uri.Host} …{uri.OriginalString[^Math.Min(4, uri.OriginalString.Length)..]}" : "";

    private string Text() => JsonSerializer.Serialize(this, Json);
}
