using Huoma.Domain.Media;

namespace Huoma.Domain.LiveCodes;

/// <summary>欢迎页: shown before the QR, which appears after 「点击入群」 (F016–F019, D9).</summary>
public sealed record WelcomePage(bool Enabled, ImageId? ImageId, string GroupIntro, string FounderIntro)
{
    /// <summary>Longest 群介绍 and 创始人介绍, in characters.</summary>
    public const int IntroMaxLength = 500;

    /// <summary>Its head picture has one size only, so that every page looks the same (F017).</summary>
    public static bool CanShow(Image image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return image is { Width: ImagePurposes.WelcomeWidth, Height: ImagePurposes.WelcomeHeight };
    }

    public static WelcomePage Hidden { get; } = new(false, null, "", "");
}
