using Huoma.Domain.Notices;

namespace Huoma.Server.Notices.Sending;

/// <summary>One notice as a message tells it.</summary>
/// <param name="RenewUrl">续码链接; null in a message that only tries a channel.</param>
internal sealed record MessageItem(DeliveryId Id, Notice Notice, NoticeText Text, string CodeUrl, string? RenewUrl)
{
    /// <summary>Which code, and which slot of it. What operators typed is told as plain text: it can not mention anybody, link or format.</summary>
    public string Code => Plain(Notice.CodeName);

    public string? Slot => Notice.SlotName is { } name ? Plain(name) : null;

    private static string Plain(string name) => string.Concat(name.Where(letter => !char.IsControl(letter)).Select(letter => letter switch
    {
        '<' => '＜',
        '>' => '＞',
        '[' => '［',
        ']' => '］',
        '(' => '（',
        ')' => '）',
        '*' => '＊',
        '_' => '＿',
        '`' => '｀',
        '#' => '＃',
        '@' => '＠',
        '~' => '～',
        '\\' => '＼',
        '|' => '｜',
        '&' => '＆',
        _ => letter,
    }));
}

/// <summary>What goes out at once: one notice, or several told together (汇总).</summary>
/// <param name="ListUrl">Of all notices, in the console.</param>
/// <param name="IsTest">Somebody tries the channel.</param>
internal sealed record NoticeMessage(IReadOnlyList<MessageItem> Items, string ListUrl, TimeZoneInfo Zone, DateTimeOffset Now, bool IsTest = false)
{
    public const string Product = "活码";

    public string Title => IsTest ? "测试通知" : Items is [var only] ? only.Text.Title : $"{Items.Count} 条通知";

    /// <summary>The same for every try of the same notices, so that a receiver can tell that it has had them.</summary>
    public string Id => Items switch
    {
        [] => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"test_{Now.ToUnixTimeMilliseconds()}"),
        [var only] => $"msg_{only.Id}",
        _ => $"msg_{Items[0].Id}_{Items[^1].Id}_{Items.Count}",
    };
}
