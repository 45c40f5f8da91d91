using System.ComponentModel.DataAnnotations;

namespace Huoma.Server.Platform;

/// <summary>Section <c>Huoma</c>: what holds for the whole program.</summary>
internal sealed class HuomaOptions
{
    public const string Section = "Huoma";

    /// <summary>Base of every link and QR code; null: the origin of the request that asks.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Where the SQLite file and the media are.</summary>
    [Required]
    public string DataDirectory { get; init; } = "data";

    /// <summary>Where a day begins: an IANA time zone.</summary>
    [Required]
    public string TimeZone { get; init; } = "Asia/Shanghai";

    public OwnerOptions Owner { get; init; } = new();
}

/// <summary>Section <c>Huoma:Owner</c>: the first owner, created on an empty store.</summary>
internal sealed class OwnerOptions
{
    public string? Account { get; init; }

    public string? Password { get; init; }
}
