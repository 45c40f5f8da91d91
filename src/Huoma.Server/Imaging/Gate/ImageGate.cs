using System.Buffers.Binary;

namespace Huoma.Server.Imaging.Gate;

/// <summary>
/// Looks at an uploaded file before any native code does: recognises the format by its content, walks the container, checks the
/// sizes in it and rebuilds it from the only parts a decoder needs. Names, extensions and content types are not asked.
/// </summary>
internal static class ImageGate
{
    public static GateResult Examine(ReadOnlyMemory<byte> file, int maxBytes)
    {
        var start = file.Span;
        if (file.Length > maxBytes)
        {
            return PictureRefusals.TooLarge(maxBytes);
        }

        if (file.IsEmpty)
        {
            return PictureRefusals.Empty;
        }

        if (start.StartsWith(JpegContainer.Signature))
        {
            return JpegContainer.Rebuild(file);
        }

        if (start.StartsWith(PngContainer.Signature))
        {
            return PngContainer.Rebuild(file);
        }

        if (start.StartsWith("RIFF"u8) && file.Length >= 12 && start.Slice(8, 4).SequenceEqual("WEBP"u8))
        {
            return WebpContainer.Rebuild(file);
        }

        return start.StartsWith("GIF87a"u8) || start.StartsWith("GIF89a"u8) ? GifContainer.Rebuild(file) : PictureRefusals.Unsupported;
    }
}

/// <summary>Reads a file from front to back and never beyond its end.</summary>
internal sealed class ByteCursor(ReadOnlyMemory<byte> bytes)
{
    public int At { get; private set; }

    public ReadOnlySpan<byte> Rest => bytes.Span[At..];

    public bool AtEnd => At >= bytes.Length;

    public bool TryTake(long count, out ReadOnlySpan<byte> taken)
    {
        if (count < 0 || count > bytes.Length - At)
        {
            taken = default;
            return false;
        }

        taken = bytes.Span.Slice(At, (int)count);
        At += (int)count;
        return true;
    }

    public bool TryByte(out byte value)
    {
        var read = TryTake(1, out var taken);
        value = read ? taken[0] : default;
        return read;
    }

    public bool TryBigEndian16(out int value)
    {
        var read = TryTake(2, out var taken);
        value = read ? BinaryPrimitives.ReadUInt16BigEndian(taken) : default;
        return read;
    }
}
