using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Tests.Imaging;

public sealed class VipsLibraryTests
{
    [Fact]
    public void Start_LoadsNoPlugIns_AndNoSecondSqlite()
    {
        VipsLibrary.Start();

        var loaded = File.ReadAllLines("/proc/self/maps").Where(line => line.Contains('/', StringComparison.Ordinal)).ToList();
        loaded.ShouldContain(line => line.Contains("libvips.so", StringComparison.Ordinal));
        loaded.ShouldNotContain(line => line.Contains("vips-modules", StringComparison.Ordinal));
        loaded.ShouldNotContain(line => line.Contains("libsqlite3.so", StringComparison.Ordinal));
        loaded.ShouldNotContain(line => line.Contains("libMagickCore", StringComparison.Ordinal));
    }
}
