using Huoma.Domain.LiveCodes;
using Huoma.Domain.Media;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Microsoft.EntityFrameworkCore;

namespace Huoma.Server.LiveCodes;

/// <summary>欢迎页 as it is sent: what is missing stays as it is; <c>"imageId": null</c> takes the picture away.</summary>
internal sealed record WelcomeInput
{
    public bool? Enabled { get; init; }

    public ImageId? ImageId
    {
        get;
        init
        {
            field = value;
            IsImageGiven = true;
        }
    }

    public string? GroupIntro { get; init; }

    public string? FounderIntro { get; init; }

    internal bool IsImageGiven { get; private init; }

    public void Check(FieldErrors errors) => errors
        .OptionalText("welcome.groupIntro", GroupIntro, WelcomePage.IntroMaxLength)
        .OptionalText("welcome.founderIntro", FounderIntro, WelcomePage.IntroMaxLength);

    public WelcomePage Over(WelcomePage present) => new(
        Enabled ?? present.Enabled,
        IsImageGiven ? ImageId : present.ImageId,
        GroupIntro?.Trim() ?? present.GroupIntro,
        FounderIntro?.Trim() ?? present.FounderIntro);

    /// <summary>Adds an error when the picture is not there, not this tenant's, or not of the size it must have.</summary>
    public async Task CheckImageAsync(HuomaDb db, FieldErrors errors, CancellationToken ct)
    {
        if (ImageId is not { } id)
        {
            return;
        }

        if (await db.Images.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, ct) is not { } image)
        {
            errors.Add("welcome.imageId", "没有找到这张图片，请重新上传");
        }
        else if (!WelcomePage.CanShow(image))
        {
            errors.Add("welcome.imageId", $"海报尺寸须为 {ImagePurposes.WelcomeWidth}×{ImagePurposes.WelcomeHeight}，请裁剪后再上传");
        }
    }
}
