using System.Runtime.InteropServices;

namespace Huoma.Server.Imaging.Native;

/// <summary>libvips could not do what it was told: as a rule the file is damaged. The message is for the log only.</summary>
internal sealed class VipsException(string message) : Exception(message)
{
    public static VipsException Of(string operation)
    {
        // The buffer is one for the whole process: with two pictures at work it may hold the other one's words.
        var text = NativeCalls.CopyErrorBuffer();
        try
        {
            return new VipsException($"{operation}: {Marshal.PtrToStringUTF8(text)?.Trim()}");
        }
        finally
        {
            NativeCalls.Free(text);
        }
    }
}
