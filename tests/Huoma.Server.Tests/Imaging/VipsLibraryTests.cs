using Huoma.Server.Tests.Hosting;

namespace Huoma.Server.Tests.Imaging;

public sealed class VipsLibraryTests
{
    [Fact]
    public async Task Start_LoadsNoModules_SoThatNoSecondSqliteIsInTheProcess()
    {
        await using var app = await HuomaApp.StartAsync(Store.Sqlite);
        await new Operator(await app.SignInAsync()).UploadAsync(Pictures.Groups[0]);

        var loaded = await File.ReadAllTextAsync("/proc/self/maps", TestContext.Current.CancellationToken);

        loaded.ShouldContain("libvips");
        loaded.ShouldContain("libe_sqlite3");
        loaded.ShouldNotContain("vips-modules");
        loaded.ShouldNotContain("libsqlite3.so");
    }
}
