using System.Diagnostics;
using Huoma.Domain;
using Huoma.Domain.Media;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Imaging.Native;
using Huoma.Server.Media;

namespace Huoma.Server.Imaging;

/// <summary>What became of an uploaded file.</summary>
internal abstract record PreparedPicture
{
    private PreparedPicture()
    {
    }

    public sealed record Ready(NewImage Image) : PreparedPicture;

    public sealed record Refused(Refusal Refusal) : PreparedPicture;
}

/// <summary>
/// Does the heavy work on uploads on threads of its own: visitors do not wait for them, and at most two pictures are unfolded in memory at a time.
/// </summary>
internal sealed class PictureWorkshop : IDisposable
{
    // A few files wait in memory; further uploads wait before they are read.
    private const int MostInside = 8;

    private readonly QrSearch qrSearch;
    private readonly ILogger<PictureWorkshop> log;
    private readonly SemaphoreSlim places = new(MostInside);
    private readonly PictureThreads threads;

    public PictureWorkshop(QrReader reader, ILogger<PictureWorkshop> log)
    {
        this.log = log;
        qrSearch = new QrSearch(reader);
        VipsLibrary.Start();
        threads = new PictureThreads("Pictures", MostInside);
    }

    public async Task<PreparedPicture> PrepareAsync(Stream upload, ImagePurpose purpose, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            var limit = ImagePurposes.MaxBytesOf(purpose);
            var file = await ReadAsync(upload, limit, ct);
            return ImageGate.Examine(file, limit) switch
            {
                GateResult.Refused refused => new PreparedPicture.Refused(refused.Refusal),
                GateResult.Accepted accepted when PictureEncoder.CheckSize(accepted, purpose) is { } refusal => new PreparedPicture.Refused(refusal),
                GateResult.Accepted accepted when threads.TryRun(() => Prepare(accepted, purpose), out var prepared, ct) => await prepared,
                _ => throw new UnreachableException(),
            };
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Work on pictures that are ours already, in turn with the uploads.</summary>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken ct)
    {
        await places.WaitAsync(ct);
        try
        {
            return threads.TryRun(work, out var done, ct) ? await done : throw new UnreachableException();
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose()
    {
        threads.Dispose();
        places.Dispose();
    }

    private PreparedPicture Prepare(GateResult.Accepted accepted, ImagePurpose purpose)
    {
        try
        {
            var picture = PictureEncoder.Encode(accepted, purpose);
            var readings = qrSearch.Find(accepted, picture.Raster);
            return new PreparedPicture.Ready(new NewImage(picture.File, picture.Extension, picture.Raster.Width, picture.Raster.Height, readings));
        }
        catch (VipsException exception)
        {
            log.PictureDamaged(exception.Message);
            return new PreparedPicture.Refused(PictureRefusals.Unreadable);
        }
    }

    // One byte more than allowed is enough to know.
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream upload, int limit, CancellationToken ct)
    {
        var buffer = new byte[limit + 1];
        var length = await upload.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return buffer.AsMemory(0, length);
    }
}
