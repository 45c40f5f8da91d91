using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Visits.Pages;

namespace Huoma.Server.Visits;

/// <summary>Turns the outcome of a visit into its page. Every answer is <c>no-store</c>: the next look may be another group.</summary>
internal sealed class VisitAnswers(VisitPages pages, LiveCodeCatalog catalog)
{
    public async Task AnswerAsync(HttpContext context, LiveCodeCard card, long channelId, VisitClient client, VisitAnswer? answer, Moment moment)
    {
        if (answer is not { Outcome: { } outcome, Version: var version })
        {
            await BusyAsync(context);
            return;
        }

        var page = outcome switch
        {
            VisitOutcome.Qr qr => await SlotAsync(card, channelId, client, qr, version, moment),
            VisitOutcome.Welcome => await pages.WelcomeAsync(await catalog.NotOlderAsync(card, version)),
            VisitOutcome.OffDuty offDuty => await pages.OffDutyAsync(offDuty.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        await page.SendAsync(context, StatusCodes.Status200OK);
    }

    /// <summary>Whether a visitor may see the group he was shown before, as far as the last read of the code tells.</summary>
    public static bool CanShow(LiveCodeCard card, VisitorBinding binding, Moment moment) =>
        card.IsOpen && card.Slots.TryGetValue(binding.SlotId, out var slot) && slot.Enabled && slot.Round == binding.Round && moment.Now < slot.ExpiresAt;

    /// <summary>No code was ever at this address (D18).</summary>
    public async Task UnknownAsync(HttpContext context) => await (await pages.UnknownAsync()).SendAsync(context, StatusCodes.Status404NotFound);

    /// <summary>The store can not answer in time; nothing was counted.</summary>
    public async Task BusyAsync(HttpContext context)
    {
        // Not all at once again: 2 to 5 seconds.
        var seconds = Random.Shared.Next(2, 6);
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await (await pages.BusyAsync(seconds)).SendAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<RenderedPage> SlotAsync(LiveCodeCard card, long channelId, VisitClient client, VisitOutcome.Qr qr, long version, Moment moment)
    {
        var newest = await catalog.NotOlderAsync(card, version);

        // An edit after the decision may have taken the slot away or put a new group there; then the visitor had better ask again.
        return newest.Slots.TryGetValue(qr.Slot, out var slot) && slot.Round == qr.Round
            ? await pages.SlotAsync(newest, slot, channelId, qr.IsReplacement, client != VisitClient.Other, moment)
            : await pages.BusyAsync(refreshAfterSeconds: 1);
    }
}
