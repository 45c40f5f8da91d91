using Huoma.Domain.Media;
using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Media;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: AssemblyFixture(typeof(Huoma.Server.Tests.Imaging.Workshop))]

namespace Huoma.Server.Tests.Imaging;

/// <summary>The workshop of the program, without the program.</summary>
public sealed class Workshop : IDisposable
{
    private readonly PictureWorkshop workshop = new(QrReader.Find(), NullLogger<PictureWorkshop>.Instance);

    internal QrReader Reader { get; } = QrReader.Find();

    public void Dispose() => workshop.Dispose();

    internal async Task<NewImage> AcceptAsync(byte[] file, ImagePurpose purpose = ImagePurpose.Slot) =>
        (await PrepareAsync(file, purpose)).ShouldBeOfType<PreparedPicture.Ready>().Image;

    internal async Task<string> RefuseAsync(byte[] file, ImagePurpose purpose = ImagePurpose.Slot) =>
        (await PrepareAsync(file, purpose)).ShouldBeOfType<PreparedPicture.Refused>().Refusal.Code;

    /// <summary>The pixels of a stored file.</summary>
    internal static Raster Open(byte[] file) =>
        PictureCodec.Decode(ImageGate.Examine(file, int.MaxValue).ShouldBeOfType<GateResult.Accepted>(), 8192, 8192);

    private async Task<PreparedPicture> PrepareAsync(byte[] file, ImagePurpose purpose)
    {
        using var upload = new MemoryStream(file);
        return await workshop.PrepareAsync(upload, purpose, TestContext.Current.CancellationToken);
    }
}
