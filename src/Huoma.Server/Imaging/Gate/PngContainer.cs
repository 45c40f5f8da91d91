using System.Buffers;
using System.Buffers.Binary;
using Huoma.Domain;

namespace Huoma.Server.Imaging.Gate;

/// <summary>PNG: keeps header, palette, transparency and pixels; drops every other chunk and whatever follows the end.</summary>
internal static class PngContainer
{
    // A picture of 2 MB written in pieces of 4 KB has 500.
    private const int MaxChunks = 10_000;
    private const int ChunkOverhead = 12;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static GateResult Rebuild(ReadOnlyMemory<byte> file)
    {
        var cursor = new ByteCursor(file);
        cursor.TryTake(Signature.Length, out _);
        if (!TryChunk(cursor, out var chunk) || !IsOf(chunk, "IHDR"u8) || chunk.Length != ChunkOverhead + 13)
        {
            return PictureRefusals.Unreadable;
        }

        var header = chunk[8..^4];
        if (CheckHeader(header) is { } refusal)
        {
            return refusal;
        }

        var output = new ArrayBufferWriter<byte>(file.Length);
        output.Write(Signature);
        output.Write(chunk);
        return CopyChunks(cursor, output, header);
    }

    private static GateResult CopyChunks(ByteCursor cursor, ArrayBufferWriter<byte> output, ReadOnlySpan<byte> header)
    {
        var orientation = ExifOrientation.Upright;
        var hasPixels = false;
        for (var chunks = 1; TryChunk(cursor, out var chunk); chunks++)
        {
            if (chunks > MaxChunks || IsOf(chunk, "IHDR"u8))
            {
                return PictureRefusals.Unreadable;
            }

            if (IsOf(chunk, "IEND"u8))
            {
                output.Write(chunk);
                return hasPixels && chunk.Length == ChunkOverhead
                    ? new GateResult.Accepted(output.WrittenSpan.ToArray(), PictureFormat.Png, Width(header), Height(header), orientation)
                    : PictureRefusals.Unreadable;
            }

            if (IsOf(chunk, "IDAT"u8) || IsOf(chunk, "PLTE"u8) || IsOf(chunk, "tRNS"u8))
            {
                hasPixels |= IsOf(chunk, "IDAT"u8);
                output.Write(chunk);
            }
            else if (IsOf(chunk, "eXIf"u8))
            {
                orientation = ExifOrientation.Read(chunk[8..^4]);
            }
        }

        return PictureRefusals.Unreadable;
    }

    private static Refusal? CheckHeader(ReadOnlySpan<byte> header)
    {
        if (header[10] != 0 || header[11] != 0 || header[12] > 1)
        {
            return PictureRefusals.UnusualEncoding;
        }

        if (header[8] is not (1 or 2 or 4 or 8 or 16) || header[9] is not (0 or 2 or 3 or 4 or 6))
        {
            return PictureRefusals.Unreadable;
        }

        var maxPixels = header[12] == 1 ? PixelCaps.MaxPixelsInterlaced : header[8] == 16 ? PixelCaps.MaxPixelsDeep : PixelCaps.MaxPixels;
        return PixelCaps.Check(Width(header), Height(header), maxPixels);
    }

    private static int Width(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header);

    private static int Height(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[4..]);

    // A chunk with its length before and its checksum behind; the decoder verifies the checksum.
    private static bool TryChunk(ByteCursor cursor, out ReadOnlySpan<byte> chunk)
    {
        chunk = default;
        return cursor.Rest.Length >= ChunkOverhead
            && cursor.TryTake((long)BinaryPrimitives.ReadUInt32BigEndian(cursor.Rest) + ChunkOverhead, out chunk);
    }

    private static bool IsOf(ReadOnlySpan<byte> chunk, ReadOnlySpan<byte> type) => chunk.Slice(4, 4).SequenceEqual(type);
}
