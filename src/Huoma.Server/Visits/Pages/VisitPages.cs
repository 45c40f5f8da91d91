using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Visits.Pages;

/// <summary>A page ready to be sent.</summary>
/// <param name="Policy">Its Content-Security-Policy: only its own style and script may run, told by their hashes.</param>
internal sealed record RenderedPage(byte[] Plain, byte[] Gzip, string Policy);

/// <summary>Renders the visitor pages once and keeps them: nothing in them depends on the visitor.</summary>
internal sealed class VisitPages(IServiceProvider services, ILoggerFactory logs, Seals seals) : IDisposable
{
    private const long CacheBytes = 64 * 1024 * 1024;

    // A page is made anew every hour, so that the press token in it is never older than that when it is sent.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    public ValueTask<RenderedPage> SlotAsync(LiveCodeCard card, SlotCard slot, long channelId, bool isReplacement, bool isWeChat, Moment moment) => GetAsync<SlotPage>(
        (card.Id, card.Version, slot.Id, slot.Round, channelId, isReplacement, isWeChat, moment.Hour),
        () => new(StringComparer.Ordinal)
        {
            [nameof(SlotPage.Card)] = card,
            [nameof(SlotPage.Slot)] = slot,
            [nameof(SlotPage.PressToken)] = seals.ClosePress(new PressToken(card.Id, slot.Id, slot.Round, channelId, moment.Hour)),
            [nameof(SlotPage.Hour)] = moment.Hour,
            [nameof(SlotPage.IsReplacement)] = isReplacement,
            [nameof(SlotPage.IsWeChat)] = isWeChat,
        });

    /// <param name="entranceKey">Of the address that was opened, so that the tap on the button comes through the same entrance.</param>
    public ValueTask<RenderedPage> WelcomeAsync(LiveCodeCard card, string entranceKey) => GetAsync<WelcomePage>(
        (card.Id, card.Version, entranceKey),
        () => new(StringComparer.Ordinal) { [nameof(WelcomePage.Card)] = card, [nameof(WelcomePage.EntranceKey)] = entranceKey });

    public ValueTask<RenderedPage> OffDutyAsync(LiveCodeKind kind, OffDutyReason reason) => OffDutyAsync(PageTexts.Explain(kind, reason));

    public ValueTask<RenderedPage> UnknownAsync() => OffDutyAsync(PageTexts.Unknown);

    public ValueTask<RenderedPage> BusyAsync(int refreshAfterSeconds) =>
        GetAsync<BusyPage>(("busy", refreshAfterSeconds), () => new(StringComparer.Ordinal) { [nameof(BusyPage.RefreshAfterSeconds)] = refreshAfterSeconds });

    public void Dispose() => pages.Dispose();

    private ValueTask<RenderedPage> OffDutyAsync(string explanation) =>
        GetAsync<OffDutyPage>(explanation, () => new(StringComparer.Ordinal) { [nameof(OffDutyPage.Explanation)] = explanation });

    private ValueTask<RenderedPage> GetAsync<TPage>(object key, Func<Dictionary<string, object?>> parameters)
        where TPage : IComponent =>
        pages.TryGetValue(key, out RenderedPage? page) && page is not null ? new(page) : new(RenderAsync<TPage>(key, parameters()));

    private async Task<RenderedPage> RenderAsync<TPage>(object key, Dictionary<string, object?> parameters)
        where TPage : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters))).ToHtmlString());
        var plain = Encoding.UTF8.GetBytes(html);
        var page = new RenderedPage(plain, Compress(plain), PolicyOf(html));
        pages.Set(key, page, new MemoryCacheEntryOptions { Size = page.Plain.Length + page.Gzip.Length, SlidingExpiration = Kept });
        return page;
    }

    private static byte[] Compress(byte[] plain)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
        {
            gzip.Write(plain);
        }

        return target.ToArray();
    }

    private static string PolicyOf(string html) =>
        $"default-src 'none'; img-src 'self' data:; connect-src 'self'; style-src {HashOf(html, "style")}; script-src {HashOf(html, "script")}; "
        + "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static string HashOf(string html, string tag)
    {
        var start = html.IndexOf($"<{tag}>", StringComparison.Ordinal);
        if (start < 0)
        {
            return "'none'";
        }

        start += tag.Length + 2;
        var end = html.IndexOf($"</{tag}>", start, StringComparison.Ordinal);
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(html[start..end])))}'";
    }
}
