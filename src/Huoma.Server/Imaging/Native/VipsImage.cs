using System.Runtime.InteropServices;

namespace Huoma.Server.Imaging.Native;

/// <summary>A picture as libvips holds it: a recipe that is only cooked when its pixels are asked for.</summary>
internal sealed unsafe class VipsImage : SafeHandle
{
    public VipsImage(nint handle)
        : base(0, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == 0;

    public int Width => NativeCalls.GetWidth(handle);

    public int Height => NativeCalls.GetHeight(handle);

    /// <summary>How far below its origin a drawn text begins.</summary>
    public int Top => NativeCalls.GetYOffset(handle);

    public int Bands => NativeCalls.GetBands(handle);

    public bool HasAlpha => NativeCalls.HasAlpha(handle) != 0;

    /// <summary>A picture of bytes that stay where they are until it is disposed.</summary>
    public static VipsImage OfPixels(byte* pixels, int width, int height, int bands)
    {
        const int unsignedBytes = 0;
        var image = NativeCalls.NewImageFromMemory(pixels, (nuint)((long)width * height * bands), width, height, bands, unsignedBytes);
        return image == 0 ? throw VipsException.Of("new_from_memory") : new VipsImage(image);
    }

    public byte[] TakePixels()
    {
        nuint size;
        var pixels = NativeCalls.WriteImageToMemory(handle, &size);
        if (pixels == null)
        {
            throw VipsException.Of("write_to_memory");
        }

        try
        {
            return new ReadOnlySpan<byte>(pixels, checked((int)size)).ToArray();
        }
        finally
        {
            NativeCalls.Free((nint)pixels);
        }
    }

    protected override bool ReleaseHandle()
    {
        NativeCalls.Unref(handle);
        return true;
    }
}
