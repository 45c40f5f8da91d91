using System.Diagnostics;
using Huoma.Domain.Visits;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Visits.Replay;

/// <summary>What somebody who scans now for the first time would see, without a trace.</summary>
internal static class PreviewVisit
{
    /// <summary>The states of a visitor's page that a code can be in.</summary>
    internal enum PageState
    {
        Qr = 1,
        Welcome = 2,
        OffDuty = 3,
    }

    /// <param name="SlotId">The slot that is shown, or comes after the welcome page.</param>
    /// <param name="HandedOverTo">The code that answers in place of this one (切换).</param>
    [SchemaExample("""{ "state": "qr", "slotId": "5Vd1Rt8Ys3K", "slotName": "一群", "handedOverTo": null, "reason": "first-usable" }""")]
    internal sealed record Response(PageState State, SlotId? SlotId, string? SlotName, CodeName? HandedOverTo, VisitReason Reason);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        LiveCodeId id, RehearsalQueries queries, TimeProvider time, Calendar calendar, CancellationToken ct)
    {
        if (await queries.LoadAsync(id, ct) is not { } loaded)
        {
            return Problems.NotFound();
        }

        var (code, target) = loaded;
        var moment = calendar.At(time.GetUtcNow());
        var first = code.Visits.Scan(visitorId: -1, channelId: 0, VisitClient.Other, moment, target?.Visits);
        var (shownBy, page) = Shown(first, code, target);
        var (_, qr) = page is VisitOutcome.Welcome ? Shown(code.Visits.Enter(visitorId: -1, channelId: 0, VisitClient.Other, moment, target?.Visits), code, target) : (shownBy, page);
        var slotId = (qr as VisitOutcome.Qr)?.Slot;
        return TypedResults.Ok(new Response(
            StateOf(page),
            slotId,
            slotId is { } slot ? shownBy.SlotNames[slot] : null,
            shownBy == code ? null : new CodeName(shownBy.LiveCode.Id, shownBy.LiveCode.Name, shownBy.LiveCode.Number),
            (VisitReason)shownBy.Visits.NewVisits[^1].Reason));
    }

    private static (RehearsedCode Code, VisitOutcome Page) Shown(VisitOutcome outcome, RehearsedCode code, RehearsedCode? target) =>
        outcome is VisitOutcome.HandedOver handedOver && target is not null ? (target, handedOver.Outcome) : (code, outcome);

    private static PageState StateOf(VisitOutcome page) => page switch
    {
        VisitOutcome.Qr => PageState.Qr,
        VisitOutcome.Welcome => PageState.Welcome,
        VisitOutcome.OffDuty or VisitOutcome.AskAgain => PageState.OffDuty,
        _ => throw new UnreachableException(),
    };
}
