using System.Globalization;

namespace Huoma.Domain.Media;

/// <summary>A point in a picture, counted from its top left.</summary>
public readonly record struct Pixel(int X, int Y)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{X},{Y}");
}

/// <summary>One QR code found in a picture: its text, and its corners beginning with the code's own top left.</summary>
public sealed record QrReading(string Payload, IReadOnlyList<Pixel> Corners)
{
    /// <summary>The corners as they are stored: <c>12,40 90,40 90,118 12,118</c>.</summary>
    public string Place => string.Join(' ', Corners);
}
