namespace Huoma.Domain.Media;

/// <summary>A picture a tenant uploaded: re-encoded, stored once by the hash of its content, never changed.</summary>
public sealed class Image(ImageId id, TenantId tenantId, string hash, string extension, int width, int height, DateTimeOffset createdAt) : ITenantOwned
{
    public ImageId Id { get; private set; } = id;

    public TenantId TenantId { get; private set; } = tenantId;

    /// <summary>Lower-case hex of SHA-256 over tenant and content: the same file of two tenants has two addresses.</summary>
    public string Hash { get; private set; } = hash;

    /// <summary><c>jpg</c> or <c>png</c>.</summary>
    public string Extension { get; private set; } = extension;

    /// <summary>In pixels.</summary>
    public int Width { get; private set; } = width;

    /// <summary>In pixels.</summary>
    public int Height { get; private set; } = height;

    /// <summary>What was read from the one QR code in it; null when none or several were found.</summary>
    public string? QrPayload { get; private set; }

    public QrKind? QrKind { get; private set; }

    /// <summary>How many QR codes the reader found.</summary>
    public int QrCount { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public string Url => $"/m/{Hash}.{Extension}";

    public void Reads(int qrCount, string? payload)
    {
        QrCount = qrCount;
        QrPayload = payload;
        QrKind = payload is null ? null : QrPayloads.KindOf(payload);
    }
}
