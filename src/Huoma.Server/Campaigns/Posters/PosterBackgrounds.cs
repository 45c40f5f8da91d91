using Huoma.Server.Imaging;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Media;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Campaigns.Posters;

/// <summary>Keeps the unfolded pictures of the campaigns that are running: unfolding one takes twice as long as drawing a poster on it.</summary>
internal sealed class PosterBackgrounds(MediaFiles files) : IDisposable
{
    private const long CacheBytes = 48 * 1024 * 1024;
    private const int MaxSide = 2400;

    private readonly MemoryCache pictures = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <summary>In colour. Null when it is not on this machine's disk.</summary>
    public Raster? Find(MediaAddress address)
    {
        if (pictures.TryGetValue(address.FileName, out Raster? known))
        {
            return known;
        }

        if (files.Find(address) is not { } path)
        {
            return null;
        }

        // It is ours: nothing but damage on the disk can make it unreadable.
        var accepted = ImageGate.Examine(File.ReadAllBytes(path), int.MaxValue) as GateResult.Accepted ?? throw new InvalidDataException("A stored poster is damaged.");
        var picture = Coloured(PictureCodec.Decode(accepted, MaxSide, MaxSide));
        return pictures.Set(address.FileName, picture, new MemoryCacheEntryOptions { Size = picture.Pixels.Length, SlidingExpiration = TimeSpan.FromMinutes(30) });
    }

    public void Dispose() => pictures.Dispose();

    private static Raster Coloured(Raster picture)
    {
        if (picture.Bands == 3)
        {
            return picture;
        }

        var pixels = new byte[picture.Pixels.Length * 3];
        for (var at = 0; at < picture.Pixels.Length; at++)
        {
            pixels.AsSpan(at * 3, 3).Fill(picture.Pixels[at]);
        }

        return picture with { Pixels = pixels, Bands = 3 };
    }
}
