namespace Huoma.Domain.Media;

/// <summary>A picture a tenant uploaded: re-encoded, stored once by the hash of its content, never changed.</summary>
public sealed class Image(ImageId id, TenantId tenantId, string hash, string extension, DateTimeOffset createdAt) : ITenantOwned
{
    /// <summary>More of a payload is not kept: WeChat's have about 90 characters.</summary>
    public const int QrPayloadMaxLength = 500;

    public ImageId Id { get; private set; } = id;

    public TenantId TenantId { get; private set; } = tenantId;

    /// <summary>Lower-case hex of SHA-256 over tenant and content: the same file of two tenants has two addresses.</summary>
    public string Hash { get; private set; } = hash;

    /// <summary><c>jpg</c> or <c>png</c>.</summary>
    public string Extension { get; private set; } = extension;

    /// <summary>In pixels.</summary>
    public int Width { get; private set; }

    /// <summary>In pixels.</summary>
    public int Height { get; private set; }

    /// <summary>Size of the stored file in bytes.</summary>
    public int ByteCount { get; private set; }

    /// <summary>What was read from the one QR code in it; null when none or several were found.</summary>
    public string? QrPayload { get; private set; }

    public QrKind? QrKind { get; private set; }

    /// <summary>How many different QR codes the reader found.</summary>
    public int QrCount { get; private set; }

    /// <summary>Where the one QR code is: its four corners in pixels, see <see cref="QrReading.Place"/>.</summary>
    public string? QrPlace { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public string Url => $"/m/{Hash}.{Extension}";

    public void Measures(int width, int height, int byteCount)
    {
        Width = width;
        Height = height;
        ByteCount = byteCount;
    }

    /// <summary>Takes what the reader found; the same code shown twice is one code.</summary>
    public void Reads(IReadOnlyList<QrReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        QrCount = readings.DistinctBy(reading => reading.Payload, StringComparer.Ordinal).Count();
        var only = QrCount == 1 ? readings[0] : null;
        QrPayload = only is null ? null : only.Payload[..Math.Min(only.Payload.Length, QrPayloadMaxLength)];
        QrKind = only is null ? null : QrPayloads.KindOf(only.Payload);
        QrPlace = only?.Place;
    }
}
