using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Visits.Pages;

namespace Huoma.Server.Visits;

/// <summary>Turns the outcome of a visit into its page. Every answer is <c>no-store</c>: the next look may be another group.</summary>
internal sealed class VisitAnswers(VisitPages pages, LiveCodeCatalog catalog)
{
    public async Task AnswerAsync(HttpContext context, Entrance entrance, VisitClient client, VisitAnswer? answer, Moment moment)
    {
        if (answer is not { Outcome: { } outcome } given)
        {
            await BusyAsync(context);
            return;
        }

        var page = outcome is VisitOutcome.HandedOver handedOver
            ? await HandedOverAsync(entrance, client, handedOver, given, moment)
            : await PageAsync(entrance, client, outcome, given.Version, moment);
        await page.SendAsync(context, StatusCodes.Status200OK);
    }

    /// <summary>Whether a visitor may see the group he was shown before, as far as the last read of the code tells.</summary>
    public static bool CanShow(LiveCodeCard card, VisitorBinding binding, Moment moment) =>
        card.IsOpen && card.Slots.TryGetValue(binding.SlotId, out var slot) && slot.Enabled && slot.Round == binding.Round && moment.Now < slot.ExpiresAt;

    /// <summary>No code was ever at this address (D18).</summary>
    public async Task UnknownAsync(HttpContext context) => await (await pages.UnknownAsync()).SendAsync(context, StatusCodes.Status404NotFound);

    /// <summary>F110: he is on the blacklist of this code; the page does not say so.</summary>
    public async Task BlockedAsync(HttpContext context) => await (await pages.BlockedAsync()).SendAsync(context, StatusCodes.Status200OK);

    /// <summary>The store can not answer in time; nothing was counted.</summary>
    public async Task BusyAsync(HttpContext context)
    {
        // Not all at once again: 2 to 5 seconds.
        var seconds = Random.Shared.Next(2, 6);
        context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await (await pages.BusyAsync(seconds)).SendAsync(context, StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>The other code's page in place of this one's; its presses count as come from here (D29).</summary>
    private async Task<RenderedPage> HandedOverAsync(
        Entrance entrance, VisitClient client, VisitOutcome.HandedOver handedOver, VisitAnswer answer, Moment moment)
    {
        var card = await catalog.NotOlderAsync(entrance.Card, answer.Version);
        return card.HandOver is { } handOver && handOver.TargetId == handedOver.TargetId && await catalog.FindAsync(handOver.TargetKey) is { } target
            ? await PageAsync(entrance with { Card = target, ChannelId = -card.Id.Value }, client, handedOver.Outcome, answer.TargetVersion, moment)
            : await pages.BusyAsync(refreshAfterSeconds: 1);
    }

    private async Task<RenderedPage> PageAsync(Entrance entrance, VisitClient client, VisitOutcome outcome, long version, Moment moment) => outcome switch
    {
        VisitOutcome.Qr qr => await SlotAsync(entrance, client, qr, version, moment),
        VisitOutcome.Welcome => await pages.WelcomeAsync(await catalog.NotOlderAsync(entrance.Card, version), entrance.Key, entrance.Invitation?.NoticeAddress),
        VisitOutcome.OffDuty offDuty => await pages.OffDutyAsync(entrance.Card.Kind, offDuty.Reason),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<RenderedPage> SlotAsync(Entrance entrance, VisitClient client, VisitOutcome.Qr qr, long version, Moment moment)
    {
        var newest = await catalog.NotOlderAsync(entrance.Card, version);

        // An edit after the decision may have taken the slot away or put a new group there; then the visitor had better ask again.
        return newest.Slots.TryGetValue(qr.Slot, out var slot) && slot.Round == qr.Round
            ? await pages.SlotAsync(newest, slot, entrance.ChannelId, entrance.Invitation?.NoticeAddress, qr.IsReplacement, client != VisitClient.Other, moment)
            : await pages.BusyAsync(refreshAfterSeconds: 1);
    }
}
