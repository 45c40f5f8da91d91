using Huoma.Server.Media;
using Huoma.Server.Platform;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Tests.Media;

public sealed class MediaFilesTests : IDisposable
{
    private static readonly byte[] Content = [1, 2, 3];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("huoma-media-");
    private readonly MediaAddress address = MediaAddress.Of(new TenantId(7), Content, "jpg");

    private MediaFiles Files => new(Options.Create(new HuomaOptions { DataDirectory = folder.FullName }));

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Save_KeepsTheFile_UnderItsHash()
    {
        await Files.SaveAsync(address, Content, TestContext.Current.CancellationToken);

        var path = Path.Combine(folder.FullName, "media", address.Hash[..2], $"{address.Hash}.jpg");
        Files.Find(address).ShouldBe(path);
        (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(Content);
    }

    [Fact]
    public async Task Save_LeavesOneFile_WhenManySaveTheSameAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Files.SaveAsync(address, Content, CancellationToken.None))));

        folder.GetFiles("*", SearchOption.AllDirectories).ShouldHaveSingleItem().Name.ShouldBe($"{address.Hash}.jpg");
    }

    [Fact]
    public async Task Save_Repairs_WhenTheFileThereIsCut()
    {
        await Files.SaveAsync(address, Content, TestContext.Current.CancellationToken);
        var path = Files.Find(address).ShouldNotBeNull();
        await File.WriteAllBytesAsync(path, [1], TestContext.Current.CancellationToken);

        await Files.SaveAsync(address, Content, TestContext.Current.CancellationToken);

        (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(Content);
    }

    [Fact]
    public void Of_DiffersByTenant() => MediaAddress.Of(new TenantId(8), Content, "jpg").Hash.ShouldNotBe(address.Hash);

    [Fact]
    public void TryParse_UnderstandsWhatItWrote()
    {
        MediaAddress.TryParse(address.FileName, out var parsed).ShouldBeTrue();
        parsed.ShouldBe(address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x.jpg")]
    [InlineData("../../../../../../../../../../../../../../../../../etc/passwd.png")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000/0.jpg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.exe")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000.JPG")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000A.jpg")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000\0jpg")]
    public void TryParse_FindsNothing_WhenItIsNoAddress(string name) => MediaAddress.TryParse(name, out _).ShouldBeFalse();
}
