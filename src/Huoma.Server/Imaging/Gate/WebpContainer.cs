using System.Buffers;
using System.Buffers.Binary;

namespace Huoma.Server.Imaging.Gate;

/// <summary>WebP: keeps the picture and its transparency; drops EXIF, XMP and profiles; animations are refused.</summary>
internal static class WebpContainer
{
    private const int HeaderSize = 12;
    private const int ChunkHeaderSize = 8;
    private const int MaxChunks = 100;
    private const byte AlphaFlag = 0x10;

    public static GateResult Rebuild(ReadOnlyMemory<byte> file)
    {
        var cursor = new ByteCursor(file);
        cursor.TryTake(HeaderSize, out var header);
        // The declared length is what counts: whatever stands behind it is not part of the picture.
        if (!cursor.TryTake((long)BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) - 4, out var body))
        {
            return PictureRefusals.Unreadable;
        }

        ReadOnlySpan<byte> alpha = default;
        var orientation = ExifOrientation.Upright;
        Picture? picture = null;
        cursor = new ByteCursor(file.Slice(HeaderSize, body.Length));
        for (var chunks = 0; !cursor.AtEnd; chunks++)
        {
            if (chunks == MaxChunks || !TryChunk(cursor, out var type, out var content))
            {
                return PictureRefusals.Unreadable;
            }

            if (type.SequenceEqual("ANIM"u8) || type.SequenceEqual("ANMF"u8))
            {
                return PictureRefusals.Animated;
            }

            if (type.SequenceEqual("ALPH"u8))
            {
                alpha = content;
            }
            else if (type.SequenceEqual("EXIF"u8))
            {
                orientation = ExifOrientation.Read(content.StartsWith("Exif\0\0"u8) ? content[6..] : content);
            }
            else if (picture is null && (type.SequenceEqual("VP8 "u8) || type.SequenceEqual("VP8L"u8)))
            {
                picture = Picture.Of(type[3] == 'L', content);
                if (picture is null)
                {
                    return PictureRefusals.Unreadable;
                }
            }
        }

        if (picture is null)
        {
            return PictureRefusals.Unreadable;
        }

        return PixelCaps.Check(picture.Width, picture.Height, PixelCaps.MaxPixelsAtOnce) is { } refusal
            ? refusal
            : new GateResult.Accepted(Write(picture, alpha), PictureFormat.Webp, picture.Width, picture.Height, orientation);
    }

    private static byte[] Write(Picture picture, ReadOnlySpan<byte> alpha)
    {
        var output = new ArrayBufferWriter<byte>(picture.Content.Length + alpha.Length + 64);
        output.Write("RIFF\0\0\0\0WEBP"u8);
        if (!picture.IsLossless && !alpha.IsEmpty)
        {
            // Flags, three reserved bytes, then width and height less one in three bytes each.
            var (right, bottom) = (picture.Width - 1, picture.Height - 1);
            ReadOnlySpan<byte> canvas = [AlphaFlag, 0, 0, 0, (byte)right, (byte)(right >> 8), 0, (byte)bottom, (byte)(bottom >> 8), 0];
            WriteChunk(output, "VP8X"u8, canvas);
            WriteChunk(output, "ALPH"u8, alpha);
        }

        WriteChunk(output, picture.IsLossless ? "VP8L"u8 : "VP8 "u8, picture.Content);
        var file = output.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - ChunkHeaderSize);
        return file;
    }

    private static void WriteChunk(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        output.Write(type);
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(4), content.Length);
        output.Advance(4);
        output.Write(content);
        if (content.Length % 2 == 1)
        {
            output.Write<byte>([0]);
        }
    }

    private static bool TryChunk(ByteCursor cursor, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!cursor.TryTake(4, out type) || !cursor.TryTake(4, out var size))
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (!cursor.TryTake(length, out content))
        {
            return false;
        }

        // Chunks are padded to even lengths; some writers forget the last pad.
        return length % 2 == 0 || cursor.AtEnd || cursor.TryTake(1, out _);
    }

    private sealed record Picture(bool IsLossless, int Width, int Height, byte[] Content)
    {
        public static Picture? Of(bool isLossless, ReadOnlySpan<byte> content)
        {
            if (isLossless)
            {
                if (content.Length < 5 || content[0] != 0x2F)
                {
                    return null;
                }

                var sizes = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
                return new Picture(true, (int)(sizes & 0x3FFF) + 1, (int)((sizes >> 14) & 0x3FFF) + 1, content.ToArray());
            }

            // A key frame: bit 0 of the tag is clear, and the start code follows the tag.
            if (content.Length < 10 || (content[0] & 1) != 0 || !content.Slice(3, 3).SequenceEqual<byte>([0x9D, 0x01, 0x2A]))
            {
                return null;
            }

            var width = BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF;
            var height = BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF;
            return new Picture(false, width, height, content.ToArray());
        }
    }
}
