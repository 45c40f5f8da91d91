using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Caching.Memory;

namespace Huoma.Server.Visits.Pages;

/// <summary>Renders the visitor pages once and keeps them: nothing in them depends on the visitor.</summary>
internal sealed class VisitPages(PageRenderer renderer, Seals seals) : IDisposable
{
    private const long CacheBytes = 64 * 1024 * 1024;

    // A page is made anew every hour, so that the press token in it is never older than that when it is sent.
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache pages = new(new MemoryCacheOptions { SizeLimit = CacheBytes });

    /// <param name="notice">The address of 隐私说明, for who came by an invitation.</param>
    public ValueTask<RenderedPage> SlotAsync(
        LiveCodeCard card, SlotCard slot, long channelId, string? notice, bool isReplacement, bool isWeChat, Moment moment) => GetAsync<SlotPage>(
        (card.Id, card.Version, slot.Id, slot.Round, channelId, notice, isReplacement, isWeChat, moment.Hour),
        () => new(StringComparer.Ordinal)
        {
            [nameof(SlotPage.Card)] = card,
            [nameof(SlotPage.Slot)] = slot,
            [nameof(SlotPage.PressToken)] = seals.ClosePress(new PressToken(card.Id, slot.Id, slot.Round, channelId, moment.Hour)),
            [nameof(SlotPage.Hour)] = moment.Hour,
            [nameof(SlotPage.NoticeAddress)] = notice,
            [nameof(SlotPage.IsReplacement)] = isReplacement,
            [nameof(SlotPage.IsWeChat)] = isWeChat,
        });

    /// <param name="entranceKey">Of the address that was opened, so that the tap on the button comes through the same entrance.</param>
    /// <param name="notice">As for <see cref="SlotAsync"/>.</param>
    public ValueTask<RenderedPage> WelcomeAsync(LiveCodeCard card, string entranceKey, string? notice) => GetAsync<WelcomePage>(
        (card.Id, card.Version, entranceKey),
        () => new(StringComparer.Ordinal)
        {
            [nameof(WelcomePage.Card)] = card,
            [nameof(WelcomePage.EntranceKey)] = entranceKey,
            [nameof(WelcomePage.NoticeAddress)] = notice,
        });

    public ValueTask<RenderedPage> OffDutyAsync(LiveCodeKind kind, OffDutyReason reason) => OffDutyAsync(PageTexts.Explain(kind, reason));

    public ValueTask<RenderedPage> UnknownAsync() => OffDutyAsync(PageTexts.Unknown);

    public ValueTask<RenderedPage> BlockedAsync() => GetAsync<BlockedPage>("blocked", () => new(StringComparer.Ordinal));

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
        var page = await renderer.RenderAsync<TPage>(parameters);
        pages.Set(key, page, new MemoryCacheEntryOptions { Size = page.Plain.Length + page.Gzip.Length, SlidingExpiration = Kept });
        return page;
    }
}
