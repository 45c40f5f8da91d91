using System.Buffers.Binary;

namespace Huoma.Server.Imaging.Gate;

/// <summary>Reads the one thing of EXIF that matters: which way up the camera was held.</summary>
internal static class ExifOrientation
{
    public const int Upright = 1;

    private const int OrientationTag = 0x0112;
    private const int ShortType = 3;
    private const int EntrySize = 12;

    /// <param name="tiff">EXIF without its <c>Exif\0\0</c> prefix. Anything odd in it counts as upright.</param>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
        {
            return Upright;
        }

        var isLittleEndian = tiff.StartsWith("II"u8);
        if (!isLittleEndian && !tiff.StartsWith("MM"u8))
        {
            return Upright;
        }

        var directory = isLittleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
        {
            return Upright;
        }

        var entries = tiff[(int)directory..];
        var count = Short(entries, isLittleEndian);
        entries = entries[2..];
        for (var entry = 0; entry < count && entries.Length >= EntrySize; entry++, entries = entries[EntrySize..])
        {
            if (Short(entries, isLittleEndian) == OrientationTag && Short(entries[2..], isLittleEndian) == ShortType)
            {
                var value = Short(entries[8..], isLittleEndian);
                return value is >= 1 and <= 8 ? value : Upright;
            }
        }

        return Upright;
    }

    /// <summary>Whether width and height change places when the picture is put upright.</summary>
    public static bool IsTransposed(int orientation) => orientation >= 5;

    private static int Short(ReadOnlySpan<byte> bytes, bool isLittleEndian) =>
        isLittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
