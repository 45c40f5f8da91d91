using System.Buffers;
using System.Buffers.Binary;

namespace Huoma.Server.Imaging.Gate;

/// <summary>GIF: keeps the first frame with its colours and transparency; drops all later frames, comments and loops.</summary>
internal static class GifContainer
{
    private const int ScreenEnd = 13;
    private const byte Extension = 0x21;
    private const byte Frame = 0x2C;
    private const byte Trailer = 0x3B;
    private const byte GraphicControl = 0xF9;

    public static GateResult Rebuild(ReadOnlyMemory<byte> file)
    {
        var cursor = new ByteCursor(file);
        if (!cursor.TryTake(ScreenEnd, out var screen) || !cursor.TryTake(TableSize(screen[10]), out var colours))
        {
            return PictureRefusals.Unreadable;
        }

        var output = new ArrayBufferWriter<byte>(file.Length);
        output.Write("GIF89a"u8);
        output.Write(screen[6..]);
        output.Write(colours);
        ReadOnlySpan<byte> control = default;
        while (cursor.TryByte(out var block))
        {
            if (block == Frame)
            {
                output.Write(control);
                return CopyFrame(cursor, output, Short(screen[6..]), Short(screen[8..]));
            }

            if (block != Extension || !cursor.TryByte(out var label))
            {
                return PictureRefusals.Unreadable;
            }

            var start = cursor.At - 2;
            if (!TrySkipSubBlocks(cursor, out var size))
            {
                return PictureRefusals.Unreadable;
            }

            // Block size 4, flags, delay, transparent colour, end.
            if (label == GraphicControl && size == 6)
            {
                control = file.Span.Slice(start, 2 + size);
            }
        }

        return PictureRefusals.Unreadable;
    }

    private static GateResult CopyFrame(ByteCursor cursor, ArrayBufferWriter<byte> output, int width, int height)
    {
        if (!cursor.TryTake(9, out var frame) || !cursor.TryTake(TableSize(frame[8]), out var colours) || !cursor.TryTake(1, out var codeSize))
        {
            return PictureRefusals.Unreadable;
        }

        if (PixelCaps.Check(width, height, PixelCaps.MaxPixels) is { } refusal)
        {
            return refusal;
        }

        var isInside = Short(frame[4..]) > 0 && Short(frame[6..]) > 0 && Short(frame) + Short(frame[4..]) <= width && Short(frame[2..]) + Short(frame[6..]) <= height;
        var pixels = cursor.Rest;
        if (!isInside || codeSize[0] is < 2 or > 8 || !TrySkipSubBlocks(cursor, out var size) || size < 2)
        {
            return PictureRefusals.Unreadable;
        }

        output.Write<byte>([Frame]);
        output.Write(frame);
        output.Write(colours);
        output.Write(codeSize);
        output.Write(pixels[..size]);
        output.Write<byte>([Trailer]);
        return new GateResult.Accepted(output.WrittenSpan.ToArray(), PictureFormat.Gif, width, height, ExifOrientation.Upright);
    }

    private static int TableSize(byte flags) => (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);

    // Sub-blocks are a length and that many bytes, up to one of length zero.
    private static bool TrySkipSubBlocks(ByteCursor cursor, out int size)
    {
        var start = cursor.At;
        while (cursor.TryByte(out var length) && cursor.TryTake(length, out _))
        {
            if (length == 0)
            {
                size = cursor.At - start;
                return true;
            }
        }

        size = 0;
        return false;
    }

    private static int Short(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
