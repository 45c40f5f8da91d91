using System.Net;
using System.Text;
using Huoma.Domain.Notices;

namespace Huoma.Server.Notices.Sending;

/// <summary>Writes messages as the channels want them, within their limits. Of notices told together as many as fit; the console has them all.</summary>
internal static class MessageFormats
{
    private const string TestBody = "收到这条消息，说明通知渠道可以使用。之后活码快用完、群二维码快过期时，会在这里提醒。";
    private const string RenewHint = "免登录，72 小时内有效，只能用一次";

    /// <param name="lineEnd">What makes a new line: the platforms differ.</param>
    /// <param name="maxBytes">In UTF-8.</param>
    public static string Markdown(NoticeMessage message, string lineEnd, int maxBytes)
    {
        if (message.IsTest)
        {
            return $"**{NoticeMessage.Product}：{message.Title}**{lineEnd}{TestBody}";
        }

        return message.Items is [var only]
            ? string.Join(lineEnd, [$"**{message.Title}**", .. Facts(only, message.Zone).Select(fact => $"{fact.Name}：{fact.Text}"), .. MarkdownLinks(only)])
            : Together(message, lineEnd, maxBytes, item =>
                $"**{item.Text.Title}** {Where(item)} [控制台]({item.CodeUrl})" + (item.RenewUrl is { } url ? $" [{Renew(item)}]({url})" : ""),
                (left, url) => $"另有 {left} 条，[在控制台查看全部]({url})");
    }

    public static string Plain(NoticeMessage message)
    {
        if (message.IsTest)
        {
            return TestBody;
        }

        return message.Items is [var only]
            ? string.Join('\n', [message.Title, "", .. Facts(only, message.Zone).Select(fact => $"{fact.Name}：{fact.Text}"), "", .. PlainLinks(only)])
            : Together(message, "\n", 60_000, item =>
                $"{item.Text.Title}　{Where(item)}\n  控制台：{item.CodeUrl}" + (item.RenewUrl is { } url ? $"\n  {Renew(item)}：{url}" : ""),
                (left, url) => $"另有 {left} 条，在控制台查看全部：{url}");
    }

    public static string Html(NoticeMessage message)
    {
        var html = new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><body style=\"font:15px/1.7 sans-serif;color:#1f2329\">");
        html.Append("<h2 style=\"font-size:18px\">").Append(WebUtility.HtmlEncode(message.Title)).Append("</h2>");
        foreach (var line in Plain(message).Split('\n').Skip(message.IsTest ? 0 : 1))
        {
            html.Append("<div>").Append(Linked(line)).Append("</div>");
        }

        return html.Append("</body></html>").ToString();
    }

    /// <summary>What a notice says, line by line: which code and slot, when, and what follows.</summary>
    public static IEnumerable<(string Name, string Text)> Facts(MessageItem item, TimeZoneInfo zone)
    {
        if (item.Notice.About != NoticeAbout.Quota)
        {
            yield return (item.Notice.About == NoticeAbout.Robot ? "机器人" : "活码", item.Code);
        }

        if (item.Slot is { } slot)
        {
            yield return (item.Notice.About == NoticeAbout.Groups ? "群" : "群二维码", slot);
        }

        if (item.Notice.ExpiresAt is { } expiresAt && item.Notice.IsAboutPicture)
        {
            yield return ("有效期至", NoticeTexts.Time(expiresAt, zone));
        }

        yield return ("时间", NoticeTexts.Time(item.Notice.CreatedAt, zone));
        yield return ("影响", item.Text.Consequence);
    }

    private static string Together(NoticeMessage message, string lineEnd, int maxBytes, Func<MessageItem, string> line, Func<int, string, string> rest)
    {
        var text = new StringBuilder(message.Title);
        var told = 0;
        // The last line always finds room.
        var room = maxBytes - Encoding.UTF8.GetByteCount(lineEnd + rest(message.Items.Count, message.ListUrl));
        foreach (var next in message.Items.Select(item => lineEnd + line(item)))
        {
            if (Encoding.UTF8.GetByteCount(text.ToString()) + Encoding.UTF8.GetByteCount(next) > room)
            {
                break;
            }

            text.Append(next);
            told++;
        }

        return told == message.Items.Count ? text.ToString() : text.Append(lineEnd).Append(rest(message.Items.Count - told, message.ListUrl)).ToString();
    }

    private static string Where(MessageItem item) => item.Slot is { } slot ? $"{item.Code} / {slot}" : item.Code;

    private static string Renew(MessageItem item) => item.Notice.IsAboutPicture ? "续码" : "加群";

    private static IEnumerable<string> MarkdownLinks(MessageItem item)
    {
        if (item.RenewUrl is { } url)
        {
            yield return $"[{item.Text.Action}]({url})（{RenewHint}）";
        }

        yield return $"[在控制台查看]({item.CodeUrl})";
    }

    private static IEnumerable<string> PlainLinks(MessageItem item)
    {
        if (item.RenewUrl is { } url)
        {
            yield return $"{item.Text.Action}（{RenewHint}）：{url}";
        }

        yield return $"在控制台查看：{item.CodeUrl}";
    }

    private static string Linked(string line)
    {
        var start = line.IndexOf("http", StringComparison.Ordinal);
        if (start < 0)
        {
            return WebUtility.HtmlEncode(line);
        }

        var url = WebUtility.HtmlEncode(line[start..]);
        return $"{WebUtility.HtmlEncode(line[..start])}<a href=\"{url}\">{url}</a>";
    }
}
