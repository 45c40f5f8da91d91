using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>
/// Draws 裂变海报: the uploaded picture with the participant's QR, name and picture at their places, as a JPEG that can be sent on. On two threads of its own,
/// because each thread that ever sets text keeps fonts of its own; a bounded number waits, the others are told to come back.
/// </summary>
internal sealed class PosterRenderer : IDisposable
{
    /// <summary>A second or two of work.</summary>
    public const int MostWaiting = 128;

    private readonly PosterBackgrounds backgrounds;
    private readonly PosterCheck check;
    private readonly PictureThreads threads;

    public PosterRenderer(PosterBackgrounds backgrounds, PosterCheck check)
    {
        (this.backgrounds, this.check) = (backgrounds, check);
        VipsLibrary.Start();
        threads = new PictureThreads("Posters", MostWaiting);
    }

    public async Task<PosterResult> RenderAsync(PosterOrder order, CancellationToken ct) =>
        threads.TryRun(() => Render(order), out var drawing, ct) ? await drawing : new PosterResult.Busy();

    public void Dispose() => threads.Dispose();

    internal PosterResult Render(PosterOrder order)
    {
        if (backgrounds.Find(order.Picture) is not { } background)
        {
            return new PosterResult.Missing();
        }

        foreach (var isEasy in (bool[])[false, true])
        {
            using var sheet = PosterSheet.Draw(background, order, isEasy);
            if (sheet is not null && check.IsReadable(order, sheet))
            {
                return new PosterResult.Drawn(sheet.Jpeg);
            }
        }

        return new PosterResult.Unreadable();
    }
}
