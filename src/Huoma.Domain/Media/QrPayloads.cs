namespace Huoma.Domain.Media;

/// <summary>What a QR code leads to, as far as its text tells.</summary>
public enum QrKind
{
    /// <summary>群二维码: invites into a WeChat group.</summary>
    Group = 1,

    /// <summary>个人名片: adds a person as a friend.</summary>
    Card = 2,

    /// <summary>企业微信 group, person or live code.</summary>
    Wecom = 3,

    /// <summary>收款码: WeChat Pay or Alipay.</summary>
    Payment = 4,

    Other = 5,
}

/// <summary>Tells the kinds of QR payloads apart by host and path.</summary>
public static class QrPayloads
{
    public static QrKind KindOf(string payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        if (payload.StartsWith("wxp://", StringComparison.OrdinalIgnoreCase))
        {
            return QrKind.Payment;
        }

        if (!Uri.TryCreate(payload, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            return QrKind.Other;
        }

        var path = uri.AbsolutePath;
        return uri.Host.ToLowerInvariant() switch
        {
            "weixin.qq.com" when path.StartsWith("/g/", StringComparison.Ordinal) => QrKind.Group,
            "weixin.qq.com" when path.StartsWith("/r/", StringComparison.Ordinal) => QrKind.Card,
            "u.wechat.com" => QrKind.Card,
            "work.weixin.qq.com" when path.StartsWith("/gm/", StringComparison.Ordinal)
                || path.StartsWith("/ca/", StringComparison.Ordinal)
                || path.StartsWith("/u/", StringComparison.Ordinal) => QrKind.Wecom,
            "wx.tenpay.com" or "payapp.weixin.qq.com" or "qr.alipay.com" => QrKind.Payment,
            _ => QrKind.Other,
        };
    }
}
