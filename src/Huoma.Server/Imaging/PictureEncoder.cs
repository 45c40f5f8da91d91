using Huoma.Domain;
using Huoma.Domain.Media;
using Huoma.Server.Imaging.Gate;

namespace Huoma.Server.Imaging;

/// <summary>A picture as it is stored and served.</summary>
/// <param name="Extension"><c>jpg</c> or <c>png</c>.</param>
internal sealed record EncodedPicture(byte[] File, string Extension, Raster Raster);

/// <summary>Makes of a gated file the picture that is stored: always encoded anew, sized for its purpose.</summary>
internal static class PictureEncoder
{
    public const int SlotMaxWidth = 1080;
    public const int SlotMaxHeight = 2400;

    private const int PosterMaxSide = 2400;
    private const int AvatarMaxSide = 640;
    private const int Quality = 85;

    // A welcome page is opened by thousands on mobile networks.
    private const int WelcomeMaxBytes = 150 * 1024;
    private const int LeastQuality = 55;

    // Trying PNG costs time by the pixel; screenshots and drawn codes are below this.
    private const int MaxPixelsForPng = SlotMaxWidth * SlotMaxHeight;
    private const int SmallFile = 64 * 1024;

    public static Refusal? CheckSize(GateResult.Accepted picture, ImagePurpose purpose)
    {
        if (purpose != ImagePurpose.Welcome)
        {
            return null;
        }

        var (width, height) = ExifOrientation.IsTransposed(picture.Orientation) ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        return (width, height) == (ImagePurposes.WelcomeWidth, ImagePurposes.WelcomeHeight)
            ? null
            : PictureRefusals.WrongSize(ImagePurposes.WelcomeWidth, ImagePurposes.WelcomeHeight, width, height);
    }

    public static EncodedPicture Encode(GateResult.Accepted picture, ImagePurpose purpose)
    {
        var (maxWidth, maxHeight) = purpose switch
        {
            ImagePurpose.Slot => (SlotMaxWidth, SlotMaxHeight),
            ImagePurpose.Avatar => (AvatarMaxSide, AvatarMaxSide),
            _ => (PosterMaxSide, PosterMaxSide),
        };
        var raster = PictureCodec.Decode(picture, maxWidth, maxHeight);
        return purpose == ImagePurpose.Welcome ? Light(raster) : Faithful(picture, raster);
    }

    private static EncodedPicture Light(Raster raster)
    {
        var quality = Quality;
        var jpeg = PictureCodec.ToJpeg(raster, quality);
        while (jpeg.Length > WelcomeMaxBytes && quality > LeastQuality)
        {
            quality -= 10;
            jpeg = PictureCodec.ToJpeg(raster, quality);
        }

        return new EncodedPicture(jpeg, "jpg", raster);
    }

    // What came without loss is kept without loss when that is smaller, or small anyway: codes and screenshots stay crisp.
    private static EncodedPicture Faithful(GateResult.Accepted picture, Raster raster)
    {
        var jpeg = PictureCodec.ToJpeg(raster, Quality);
        if (picture.Format is PictureFormat.Png or PictureFormat.Gif && raster.Width * raster.Height <= MaxPixelsForPng)
        {
            var png = PictureCodec.ToPng(raster);
            if (png.Length <= Math.Max(jpeg.Length, SmallFile))
            {
                return new EncodedPicture(png, "png", raster);
            }
        }

        return new EncodedPicture(jpeg, "jpg", raster);
    }
}
