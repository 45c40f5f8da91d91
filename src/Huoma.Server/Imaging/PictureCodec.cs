using System.Globalization;
using Huoma.Server.Imaging.Gate;
using Huoma.Server.Imaging.Native;

namespace Huoma.Server.Imaging;

/// <summary>Turns gated files into pixels and pixels into files. The one place that speaks to libvips.</summary>
internal static unsafe class PictureCodec
{
    private const int Rgb = 3;

    /// <summary>The picture upright, on white, in sRGB, and no larger than the box; smaller ones are not enlarged.</summary>
    /// <exception cref="VipsException">The file is damaged.</exception>
    public static Raster Decode(GateResult.Accepted picture, int maxWidth, int maxHeight)
    {
        fixed (byte* file = picture.Canonical)
        {
            // The box is for the upright picture; shrinking comes first because turning is cheaper on few pixels.
            var (boxWidth, boxHeight) = ExifOrientation.IsTransposed(picture.Orientation) ? (maxHeight, maxWidth) : (maxWidth, maxHeight);
            using var loaded = Load(picture, file, boxWidth, boxHeight);
            using var opaque = loaded.HasAlpha ? Flatten(loaded) : Apply("copy", loaded, "");
            using var shrunken = Apply("thumbnail_image", opaque, Text($"width={boxWidth},height={boxHeight},size=down,no-rotate=true"));
            using var coloured = Apply("colourspace", shrunken, "space=srgb");
            return Upright(new Raster(coloured.TakePixels(), coloured.Width, coloured.Height, coloured.Bands), picture.Orientation);
        }
    }

    /// <summary>The pixels of a JPEG <see cref="ToJpeg"/> made: nothing to check, to turn or to shrink.</summary>
    public static Raster OfOwnJpeg(byte[] jpeg)
    {
        fixed (byte* file = jpeg)
        {
            using var operation = new VipsOperation("jpegload_buffer");
            using var image = operation.With(file, jpeg.Length).With("access=sequential").RunToImage();
            return new Raster(image.TakePixels(), image.Width, image.Height, image.Bands);
        }
    }

    /// <summary>JPEG with halved colour resolution, no metadata.</summary>
    public static byte[] ToJpeg(Raster raster, int quality) =>
        Save(raster, "jpegsave_buffer", Text($"Q={quality},subsample-mode=on,optimize-coding=true,strip=true"));

    public static byte[] ToPng(Raster raster) => Save(raster, "pngsave_buffer", "compression=6,filter=none,strip=true");

    /// <summary>Exactly as large as told, larger or smaller.</summary>
    public static Raster Resize(Raster raster, int width, int height)
    {
        fixed (byte* pixels = raster.Pixels)
        {
            using var image = VipsImage.OfPixels(pixels, raster.Width, raster.Height, raster.Bands);
            using var resized = Apply("thumbnail_image", image, Text($"width={width},height={height},size=force"));
            return new Raster(resized.TakePixels(), resized.Width, resized.Height, resized.Bands);
        }
    }

    // Before shrinking: what is transparent would be shrunken in floating point, at twice the time and four times the memory.
    private static VipsImage Flatten(VipsImage image)
    {
        using var coloured = Apply("colourspace", image, "space=srgb");
        return Apply("flatten", coloured, "background=255 255 255");
    }

    private static VipsImage Load(GateResult.Accepted picture, byte* file, int boxWidth, int boxHeight)
    {
        var (loader, options) = picture.Format switch
        {
            // libjpeg only warns about damage inside a scan and would go on in grey.
            PictureFormat.Jpeg => ("jpegload_buffer", Text($"fail-on=warning,shrink={JpegShrink(picture, boxWidth, boxHeight)}")),
            PictureFormat.Png => ("pngload_buffer", "fail-on=error"),
            PictureFormat.Webp => ("webpload_buffer", "fail-on=error"),
            _ => ("gifload_buffer", "fail-on=error"),
        };
        using var operation = new VipsOperation(loader);
        return operation.With(file, picture.Canonical.Length).With("access=sequential," + options).RunToImage();
    }

    // A JPEG can be decoded at 1/2, 1/4 or 1/8 for far less work. It stays half as large again as needed, so that the fine shrinking has something to average.
    private static int JpegShrink(GateResult.Accepted picture, int boxWidth, int boxHeight)
    {
        var ratio = Math.Max(picture.Width / (double)boxWidth, picture.Height / (double)boxHeight) / 1.5;
        return ratio switch
        {
            >= 8 => 8,
            >= 4 => 4,
            >= 2 => 2,
            _ => 1,
        };
    }

    private static Raster Upright(Raster raster, int orientation)
    {
        var (angle, isMirrored) = orientation switch
        {
            2 => (0, true),
            3 => (180, false),
            4 => (180, true),
            5 => (90, true),
            6 => (90, false),
            7 => (270, true),
            8 => (270, false),
            _ => (0, false),
        };
        if (angle == 0 && !isMirrored)
        {
            return raster;
        }

        fixed (byte* pixels = raster.Pixels)
        {
            using var image = VipsImage.OfPixels(pixels, raster.Width, raster.Height, raster.Bands);
            using var turned = Apply("rot", image, Text($"angle=d{angle}"));
            using var upright = isMirrored ? Apply("flip", turned, "direction=horizontal") : Apply("copy", turned, "");
            return new Raster(upright.TakePixels(), upright.Width, upright.Height, upright.Bands);
        }
    }

    /// <param name="saver">A libvips operation that ends in <c>save_buffer</c>.</param>
    internal static byte[] Save(Raster raster, string saver, string options)
    {
        fixed (byte* pixels = raster.Pixels)
        {
            using var image = VipsImage.OfPixels(pixels, raster.Width, raster.Height, raster.Bands);
            using var coloured = Apply("copy", image, raster.Bands == Rgb ? "interpretation=srgb" : "interpretation=b-w");
            using var operation = new VipsOperation(saver);
            return operation.With(coloured).With(options).RunToFile();
        }
    }

    private static VipsImage Apply(string name, VipsImage image, string options)
    {
        using var operation = new VipsOperation(name).With(image);
        return (options.Length == 0 ? operation : operation.With(options)).RunToImage();
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
