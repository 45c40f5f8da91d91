using Huoma.Domain.Media;

namespace Huoma.Domain.LiveCodes;

/// <summary>Something about a picture that its uploader should know before saving; he may overrule it with a reason.</summary>
public sealed record SlotWarning(string Code, string Message);

/// <summary>What may be wrong with a picture for a slot. A reading is a hint, never proof: every warning can be overruled.</summary>
public static class SlotWarnings
{
    public const string AlreadyUsed = "picture.already-used";

    /// <param name="usedIn">Names of the slots of the same tenant that already hold the same picture or payload, most telling first.</param>
    public static IReadOnlyList<SlotWarning> Check(LiveCodeKind kind, int qrCount, QrKind? qrKind, IReadOnlyList<string> usedIn)
    {
        ArgumentNullException.ThrowIfNull(usedIn);
        var warnings = new List<SlotWarning>();
        if (qrCount == 0)
        {
            warnings.Add(new("picture.no-qr", "没有识别到二维码，请换一张更清晰、完整的截图"));
        }
        else if (qrCount > 1)
        {
            warnings.Add(new("picture.several-qrs", "图中有多个二维码，微信长按时可能识别错，请裁剪到只剩一个"));
        }
        else if (qrKind is { } read && !Fits(kind, read))
        {
            warnings.Add(new("picture.wrong-kind", $"这是{NameOf(read)}，不是{(kind == LiveCodeKind.Group ? "微信群二维码" : "个人名片二维码")}"));
        }

        if (usedIn.Count > 0)
        {
            warnings.Add(new(AlreadyUsed, $"这个二维码已经用在「{usedIn[0]}」"));
        }

        return warnings;
    }

    /// <summary>What may be wrong with putting a former picture back, besides what <see cref="Check"/> finds; null when nothing is.</summary>
    public static SlotWarning? CheckFormer(FormerPicture former, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(former);
        return former.ExpiresAt > now ? null : new("picture.expired", "原来的图片已经过了有效期，微信可能已不让人扫码进群");
    }

    /// <summary>Whoever asked to be warned first has to say why he keeps a doubtful picture.</summary>
    public static Refusal? Doubts(IReadOnlyList<SlotWarning> warnings, string? overrideReason)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        return warnings.Count == 0 || overrideReason is not null
            ? null
            : new Refusal("slot.picture-doubtful", $"{warnings[0].Message}。如果确实要用，请填写原因", "overrideReason");
    }

    private static bool Fits(LiveCodeKind kind, QrKind read) => kind switch
    {
        LiveCodeKind.Group => read is QrKind.Group or QrKind.Wecom,
        _ => read is QrKind.Card or QrKind.Wecom,
    };

    private static string NameOf(QrKind kind) => kind switch
    {
        QrKind.Group => "微信群二维码",
        QrKind.Card => "个人名片二维码",
        QrKind.Wecom => "企业微信二维码",
        QrKind.Payment => "收款码",
        _ => "其他二维码",
    };
}
