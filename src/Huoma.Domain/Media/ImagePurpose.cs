namespace Huoma.Domain.Media;

/// <summary>What a picture is uploaded for; it decides how large it may be and what is made of it.</summary>
public enum ImagePurpose
{
    /// <summary>群二维码: the screenshot in a slot.</summary>
    Slot = 1,

    /// <summary>欢迎页海报: the head picture of a welcome page.</summary>
    Welcome = 2,

    /// <summary>裂变海报: the background of a poster.</summary>
    Poster = 3,

    /// <summary>头像.</summary>
    Avatar = 4,
}

/// <summary>The limits of the purposes (F017, F031).</summary>
public static class ImagePurposes
{
    /// <summary>The size a welcome page's head picture must have, in pixels (F017).</summary>
    public const int WelcomeWidth = 750;
    public const int WelcomeHeight = 420;

    private const int Megabyte = 1024 * 1024;

    /// <summary>The most bytes any upload may have.</summary>
    public const int MaxBytes = 2 * Megabyte;

    public static int MaxBytesOf(ImagePurpose purpose) => purpose == ImagePurpose.Welcome ? Megabyte : MaxBytes;
}
