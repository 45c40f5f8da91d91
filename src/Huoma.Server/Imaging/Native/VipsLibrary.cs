using System.Runtime.InteropServices;
using Huoma.Server.Platform;

namespace Huoma.Server.Imaging.Native;

/// <summary>Starts libvips once in a process, with only the loaders we use.</summary>
internal static class VipsLibrary
{
    // M_ARENA_MAX of malloc.h: without it every thread that decodes grows a heap of its own (388 MB measured instead of 130).
    private const int ArenaMax = -8;

    private static readonly Lock Gate = new();
    private static bool isStarted;

    public static void Start()
    {
        lock (Gate)
        {
            if (isStarted)
            {
                return;
            }

            foreach (var library in (string[])[NativeCalls.GLib, NativeCalls.GObject, NativeCalls.Vips])
            {
                if (!NativeLibrary.TryLoad(library, out _))
                {
                    throw new StartRefusedException($"{library} is missing, which reads and writes pictures. Install it: apt-get install libvips42");
                }
            }

            _ = NativeCalls.SetMallocOption(ArenaMax, 2);

            // No plug-ins: they bring ImageMagick and PDF readers, and they load Debian's SQLite for everybody to see, whose
            // functions our own SQLite would then call instead of its own, and crash.
            _ = NativeCalls.SetEnvironment("VIPSHOME", "/nonexistent", 1);
            _ = NativeCalls.SetEnvironment("VIPS_WARNING", "1", 0); // silences what it prints about damaged files
            if (NativeCalls.Init("huoma") != 0)
            {
                throw new StartRefusedException("libvips does not start: " + VipsException.Of("init").Message);
            }

            NativeCalls.SetConcurrency(1);
            NativeCalls.SetCacheMax(0);
            NativeCalls.BlockOperations("VipsForeignLoad", 1);
            foreach (var loader in (string[])["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"])
            {
                NativeCalls.BlockOperations(loader, 0);
            }

            isStarted = true;
        }
    }
}
