using System.Buffers.Binary;
using System.IO.Compression;

namespace Huoma.Bench.Hosting;

/// <summary>A picture as designers make posters: soft colours with some grain.</summary>
internal static class UprightPicture
{
    public static byte[] Png(int width, int height)
    {
        var grain = new Random(1);
        var rows = new byte[height * ((width * 3) + 1)];
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var at = (row * ((width * 3) + 1)) + 1 + (column * 3);
                var wave = 40 * Math.Sin((column / 90.0) + (row / 140.0));
                var noise = grain.Next(6);
                (rows[at], rows[at + 1], rows[at + 2]) = ((byte)(190 + wave + noise), (byte)(140 + wave + noise), (byte)(60 + (row * 80 / height) + wave + noise));
            }
        }

        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(rows);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] content)
    {
        byte[] body = [.. type, .. content];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc(body));
        return [.. length, .. body, .. crc];
    }

    private static uint Crc(byte[] body)
    {
        var crc = uint.MaxValue;
        foreach (var next in body)
        {
            crc ^= next;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
            }
        }

        return ~crc;
    }
}
