using System.Buffers;
using System.Buffers.Binary;
using Huoma.Domain;

namespace Huoma.Server.Imaging.Gate;

/// <summary>JPEG: keeps tables, frame and scans; drops EXIF, profiles, comments, thumbnails and whatever follows the end.</summary>
internal static class JpegContainer
{
    // A progressive file of a camera or editor has about ten; each one costs the decoder a pass over the whole picture.
    private const int MaxScans = 32;

    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;

    public static ReadOnlySpan<byte> Signature => [0xFF, StartOfImage, 0xFF];

    public static GateResult Rebuild(ReadOnlyMemory<byte> file) => new Walk(file).Run();

    private sealed class Walk(ReadOnlyMemory<byte> file)
    {
        private readonly int length = file.Length;
        private readonly ArrayBufferWriter<byte> output = new(file.Length);
        private readonly ByteCursor cursor = new(file);
        private int width;
        private int height;
        private int scans;
        private int orientation = ExifOrientation.Upright;
        private bool isProgressive;

        public GateResult Run()
        {
            cursor.TryTake(2, out _);
            output.Write<byte>([0xFF, StartOfImage]);
            while (cursor.At < length)
            {
                if (!TryMarker(out var marker))
                {
                    return PictureRefusals.Unreadable;
                }

                if (marker == EndOfImage)
                {
                    output.Write<byte>([0xFF, EndOfImage]);
                    return scans == 0 ? PictureRefusals.Unreadable
                        : new GateResult.Accepted(output.WrittenSpan.ToArray(), PictureFormat.Jpeg, width, height, orientation);
                }

                if (!cursor.TryBigEndian16(out var size) || !cursor.TryTake(size - 2, out var content))
                {
                    return PictureRefusals.Unreadable;
                }

                if (Segment(marker, content) is { } refusal)
                {
                    return refusal;
                }
            }

            return PictureRefusals.Unreadable;
        }

        private bool TryMarker(out byte marker)
        {
            if (!cursor.TryByte(out marker) || marker != 0xFF)
            {
                return false;
            }

            // Any number of fill bytes may stand before a marker.
            while (marker == 0xFF)
            {
                if (!cursor.TryByte(out marker))
                {
                    return false;
                }
            }

            return marker > 0x01 && marker is < 0xD0 or > StartOfImage;
        }

        private Refusal? Segment(byte marker, ReadOnlySpan<byte> content)
        {
            switch (marker)
            {
                case 0xC0 or 0xC1 or 0xC2:
                    isProgressive = marker == 0xC2;
                    return Frame(marker, content);
                case 0xC4 or 0xDB or 0xDD: // Huffman tables, quantisation tables, restart interval
                    Copy(marker, content);
                    return null;
                case StartOfScan:
                    return Scan(content);
                case 0xE0 when content.StartsWith("JFIF\0"u8) && content.Length >= 14:
                    Copy(marker, [.. content[..12], 0, 0]); // without the thumbnail
                    return null;
                case 0xE1 when content.StartsWith("Exif\0\0"u8) && orientation == ExifOrientation.Upright:
                    orientation = ExifOrientation.Read(content[6..]);
                    return null;
                case 0xEE when content.StartsWith("Adobe"u8) && content.Length >= 12: // how colours are to be read
                    Copy(marker, content[..12]);
                    return null;
                case (>= 0xE0 and <= 0xEF) or 0xFE:
                    return null;
                default: // lossless, arithmetic, hierarchical
                    return PictureRefusals.UnusualEncoding;
            }
        }

        private Refusal? Frame(byte marker, ReadOnlySpan<byte> content)
        {
            if (width != 0 || content.Length < 9)
            {
                return PictureRefusals.Unreadable;
            }

            var components = content[5];
            if (content[0] != 8 || components is not (1 or 3 or 4))
            {
                return PictureRefusals.UnusualEncoding;
            }

            height = BinaryPrimitives.ReadUInt16BigEndian(content[1..]);
            width = BinaryPrimitives.ReadUInt16BigEndian(content[3..]);
            if (content.Length != 6 + (3 * components) || !HasSoundSampling(content[6..]))
            {
                return PictureRefusals.Unreadable;
            }

            Copy(marker, content);
            return PixelCaps.Check(width, height, isProgressive ? PixelCaps.MaxPixelsAtOnce : PixelCaps.MaxPixels);
        }

        private static bool HasSoundSampling(ReadOnlySpan<byte> components)
        {
            for (var at = 1; at < components.Length; at += 3)
            {
                if ((components[at] >> 4) is < 1 or > 4 || (components[at] & 15) is < 1 or > 4)
                {
                    return false;
                }
            }

            return true;
        }

        private Refusal? Scan(ReadOnlySpan<byte> content)
        {
            if (width == 0 || content.Length < 6)
            {
                return PictureRefusals.Unreadable;
            }

            if (++scans > MaxScans)
            {
                return PictureRefusals.UnusualEncoding;
            }

            Copy(StartOfScan, content);
            var rest = cursor.Rest;
            var end = EndOfEntropy(rest);
            if (end < 0)
            {
                return PictureRefusals.Unreadable;
            }

            output.Write(rest[..end]);
            cursor.TryTake(end, out _);
            return null;
        }

        // Compressed data runs up to the first marker that is neither a stuffed zero nor a restart; -1: it never ends.
        private static int EndOfEntropy(ReadOnlySpan<byte> rest)
        {
            var at = 0;
            while (true)
            {
                var next = rest[at..].IndexOf((byte)0xFF);
                if (next < 0 || at + next + 1 >= rest.Length)
                {
                    return -1;
                }

                at += next;
                if (rest[at + 1] is not (0x00 or (>= 0xD0 and <= 0xD7)))
                {
                    return at;
                }

                at += 2;
            }
        }

        private void Copy(byte marker, ReadOnlySpan<byte> content)
        {
            var size = content.Length + 2;
            output.Write<byte>([0xFF, marker, (byte)(size >> 8), (byte)size]);
            output.Write(content);
        }
    }
}
