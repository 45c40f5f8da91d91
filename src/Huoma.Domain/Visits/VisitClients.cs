using System.Buffers;

namespace Huoma.Domain.Visits;

/// <summary>Tells from the User-Agent what opened a page.</summary>
public static class VisitClients
{
    // Fetchers that make link previews or indexes. A visit of theirs is nobody's scan (D1).
    private static readonly SearchValues<string> Robots = SearchValues.Create(
    [
        "bot", "spider", "crawler", "facebookexternalhit", "whatsapp", "slurp", "embedly", "quora link preview", "skypeuripreview",
        "bitlybot", "vkshare", "google-inspectiontool", "google favicon", "headlesschrome-preview", "dingtalk-link", "lark-preview", "feishu-preview",
    ],
    StringComparison.OrdinalIgnoreCase);

    public static VisitClient Of(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        if (Has(userAgent, "wxwork"))
        {
            return VisitClient.WeCom;
        }

        if (!Has(userAgent, "MicroMessenger"))
        {
            return VisitClient.Other;
        }

        if (Has(userAgent, "WindowsWechat") || Has(userAgent, "MacWechat"))
        {
            return VisitClient.WeChatDesktop;
        }

        return Has(userAgent, "iPhone") || Has(userAgent, "iPad") ? VisitClient.WeChatIos : VisitClient.WeChatAndroid;
    }

    public static bool IsRobot(string userAgent)
    {
        ArgumentNullException.ThrowIfNull(userAgent);
        return userAgent.AsSpan().ContainsAny(Robots);
    }

    private static bool Has(string userAgent, string part) => userAgent.Contains(part, StringComparison.OrdinalIgnoreCase);
}
