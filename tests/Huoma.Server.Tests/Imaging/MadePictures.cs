using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Tests.Imaging;

/// <summary>Files made for a test: sound ones, odd ones and malicious ones.</summary>
internal static class MadePictures
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(CrcOf)];

    public static byte[] PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Four quarters: red, green on top; blue, white below.</summary>
    public static Raster Quarters(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var at = 0; at < pixels.Length; at += 3)
        {
            var (x, y) = (at / 3 % width, at / 3 / width);
            byte[] colour = (x < width / 2, y < height / 2) switch
            {
                (true, true) => [255, 0, 0],
                (false, true) => [0, 255, 0],
                (true, false) => [0, 0, 255],
                _ => [255, 255, 255],
            };
            colour.CopyTo(pixels, at);
        }

        return new Raster(pixels, width, height, 3);
    }

    /// <summary>What compresses badly: noise, the same each time.</summary>
    public static Raster Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(1).NextBytes(pixels);
        return new Raster(pixels, width, height, 3);
    }

    public static byte[] Jpeg(Raster raster)
    {
        VipsLibrary.Start();
        return PictureCodec.ToJpeg(raster, 90);
    }

    public static byte[] ProgressiveJpeg(Raster raster) => Save("jpegsave_buffer", "interlace=true", raster);

    public static byte[] Webp(Raster raster) => Save("webpsave_buffer", "Q=80", raster);

    public static byte[] LosslessWebp(Raster raster) => Save("webpsave_buffer", "lossless=true", raster);

    /// <summary>The JPEG with further segments behind its start.</summary>
    public static byte[] WithSegments(byte[] jpeg, params (byte Marker, byte[] Content)[] segments)
    {
        var file = new List<byte>(jpeg[..2]);
        foreach (var (marker, content) in segments)
        {
            file.AddRange([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2)]);
            file.AddRange(content);
        }

        file.AddRange(jpeg[2..]);
        return [.. file];
    }

    /// <summary>EXIF with an orientation and a text where a GPS position would be.</summary>
    public static byte[] Exif(int orientation, string secret = "")
    {
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 1,
            0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0,
            0, 0, 0, 0,
        ];
        return [.. "Exif\0\0"u8, .. tiff, .. Encoding.ASCII.GetBytes(secret)];
    }

    public static byte[] Png(int width, int height, byte depth = 8, byte colour = 2, bool isInterlaced = false, Func<IEnumerable<byte[]>>? extra = null, byte[]? rows = null)
    {
        byte[] header = [.. BigEndian(width), .. BigEndian(height), depth, colour, 0, 0, (byte)(isInterlaced ? 1 : 0)];
        var file = new MemoryStream();
        file.Write(PngSignature);
        file.Write(Chunk("IHDR", header));
        foreach (var chunk in extra?.Invoke() ?? [])
        {
            file.Write(chunk);
        }

        file.Write(Chunk("IDAT", Deflate(rows ?? new byte[RowLength(width, depth, colour) * Math.Min(height, 20_000)])));
        file.Write(Chunk("IEND", []));
        return file.ToArray();
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. content];
        var crc = ~body.Aggregate(uint.MaxValue, (value, next) => CrcTable[(value ^ next) & 255] ^ (value >> 8));
        return [.. BigEndian(content.Length), .. body, .. BigEndian((int)crc)];
    }

    public static byte[] Deflate(byte[] content)
    {
        using var output = new MemoryStream();
        using (var deflate = new ZLibStream(output, CompressionLevel.Fastest))
        {
            deflate.Write(content);
        }

        return output.ToArray();
    }

    /// <summary>A GIF whose frames are all red.</summary>
    public static byte[] Gif(int width, int height, int frames = 1, int frameLeft = 0)
    {
        var file = new List<byte>([.. "GIF89a"u8, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0x80, 0, 0, 255, 0, 0, 0, 0, 0]);
        for (var frame = 0; frame < frames; frame++)
        {
            file.AddRange([0x21, 0xF9, 4, 0, 1, 0, 0, 0]);
            file.AddRange([0x2C, (byte)frameLeft, (byte)(frameLeft >> 8), 0, 0, (byte)width, (byte)(width >> 8), (byte)height, (byte)(height >> 8), 0, 2]);
            file.AddRange(Lzw(width * height));
        }

        file.Add(0x3B);
        return [.. file];
    }

    // Colour 0 only, without compression: a "clear" before each two pixels keeps every code three bits wide.
    private static List<byte> Lzw(int pixels)
    {
        var codes = new List<int>();
        for (var at = 0; at < pixels; at += 2)
        {
            codes.Add(4);
            codes.AddRange(Enumerable.Repeat(0, Math.Min(2, pixels - at)));
        }

        codes.Add(5);
        var bytes = new byte[((codes.Count * 3) + 7) / 8];
        for (var at = 0; at < codes.Count * 3; at++)
        {
            bytes[at / 8] |= (byte)(((codes[at / 3] >> (at % 3)) & 1) << (at % 8));
        }

        var blocks = new List<byte>();
        foreach (var block in bytes.Chunk(255))
        {
            blocks.Add((byte)block.Length);
            blocks.AddRange(block);
        }

        blocks.Add(0);
        return blocks;
    }

    private static byte[] Save(string saver, string options, Raster raster)
    {
        VipsLibrary.Start();
        return PictureCodec.Save(raster, saver, options);
    }

    private static int RowLength(int width, byte depth, byte colour)
    {
        var samples = colour switch
        {
            2 => 3,
            4 => 2,
            6 => 4,
            _ => 1,
        };
        return 1 + (((width * samples * depth) + 7) / 8);
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static uint CrcOf(int value)
    {
        var crc = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return crc;
    }
}
