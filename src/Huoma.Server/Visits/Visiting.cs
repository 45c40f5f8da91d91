using System.Data.Common;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Visits;

/// <summary>What opening and entering a code have in common: find the card, let the journal decide and store the visit, show the page.</summary>
internal sealed class Visiting(
    Entrances entrances, LiveCodeCatalog catalog, VisitorCookie cookie, IdBlocks visitorIds, VisitJournal journal, VisitAnswers answers, IInvitations invitations, Calendar calendar, TimeProvider time,
    ILogger<Visiting> log)
{
    /// <summary>A header for whoever compares logs with counts: this page was shown while the store could not be asked.</summary>
    private const string Uncounted = "Huoma-Uncounted";

    /// <summary>How often a code may change what it hands over to while one visitor waits.</summary>
    private const int MaxTries = 3;

    public async Task AnswerAsync(HttpContext context, VisitVerb verb, VisitVerb peek)
    {
        try
        {
            if (context.GetRouteValue("key") is not string key || await entrances.FindAsync(key) is not { } entrance)
            {
                await answers.UnknownAsync(context);
                return;
            }

            var client = VisitClients.Of(context.Request.Headers.UserAgent.ToString());
            var isNobody = IsNobody(context.Request);
            var token = isNobody ? null : cookie.Read(context.Request);
            var visitorId = isNobody ? 0 : token?.VisitorId ?? await visitorIds.NextAsync(context.RequestAborted);
            var (answer, card) = await AskAsync(entrance, card => new VisitCommand(
                isNobody || Blocks(card, token) ? peek : verb, card.Id, visitorId, isNewVisitor: token is null, entrance.ChannelId)
            {
                Client = client,
                TargetId = card.HandOver?.TargetId,
            });
            if (Blocks(card, token))
            {
                await answers.BlockedAsync(context);
                return;
            }

            var moment = calendar.At(time.GetUtcNow());
            if (answer is null)
            {
                answer = ShownBefore(context, card, token, moment);
            }
            else if (!isNobody)
            {
                cookie.Write(context, token, visitorId, ShownNow(card.Id, answer.Value.Outcome), moment);
                if (entrance.IsInvitation && verb == VisitVerb.Scan)
                {
                    invitations.Scanned(entrance.ChannelId, visitorId, moment.Now);
                }
            }

            await answers.AnswerAsync(context, entrance with { Card = card }, client, answer, moment);
        }
        catch (DbException exception)
        {
            log.StoreUnreachable(exception);
            await answers.BusyAsync(context);
        }
    }

    /// <summary>Null when the store could not answer in time.</summary>
    private async ValueTask<(VisitAnswer? Answer, LiveCodeCard Card)> AskAsync(Entrance entrance, Func<LiveCodeCard, VisitCommand> command)
    {
        var card = entrance.Card;
        for (var tries = 1; ; tries++)
        {
            var asked = command(card);
            if (await journal.SubmitAsync(asked) is not { } answer)
            {
                return (null, card);
            }

            if (answer.Outcome is not VisitOutcome.AskAgain)
            {
                // Whom the blacklist keeps away goes by what the code says now: who was blocked may come in, and who was not may be by now.
                var newest = asked.VisitorId == 0 ? card : await catalog.NotOlderAsync(card, answer.Version);
                if (tries == MaxTries || newest.Blocks(asked.VisitorId) || !card.Blocks(asked.VisitorId))
                {
                    return (answer, newest);
                }
            }

            if (tries == MaxTries)
            {
                return (null, card);
            }

            card = await catalog.NotOlderAsync(card, answer.Version);
        }
    }

    /// <summary>The store can not be asked, but who was shown a group before need not wait for it. Nothing is counted, and a header says so.</summary>
    private VisitAnswer? ShownBefore(HttpContext context, LiveCodeCard card, VisitorToken? token, Moment moment)
    {
        var own = card.HandOver is { When: HandOverWhen.Immediately } ? null : BindingOf(card, token, moment);
        var target = own is null && card is { IsOpen: true, HandOver: { } handOver } ? catalog.Known(handOver.TargetKey) : null;
        if ((own ?? BindingOf(target, token, moment)) is not { } shown)
        {
            return null;
        }

        context.Response.Headers[Uncounted] = "1";
        var qr = new VisitOutcome.Qr(shown.SlotId, shown.Round, IsReplacement: false);
        return target is null
            ? new VisitAnswer(qr, Press: default, card.Version)
            : new VisitAnswer(new VisitOutcome.HandedOver(target.Id, qr), Press: default, card.Version, target.Version);
    }

    /// <summary>F110: a new visitor is nobody that anybody knows.</summary>
    private static bool Blocks(LiveCodeCard card, VisitorToken? token) => token is not null && card.Blocks(token.VisitorId);

    private static VisitorBinding? BindingOf(LiveCodeCard? card, VisitorToken? token, Moment moment) =>
        card is not null && token?.BindingOf(card.Id) is { } binding && VisitAnswers.CanShow(card, binding, moment) ? binding : null;

    private static VisitorBinding? ShownNow(LiveCodeId id, VisitOutcome? outcome) => outcome switch
    {
        VisitOutcome.Qr qr => new VisitorBinding(id, qr.Slot, qr.Round),
        VisitOutcome.HandedOver handedOver => ShownNow(handedOver.TargetId, handedOver.Outcome),
        _ => null,
    };

    /// <summary>HEAD, prefetch and preview robots see the page and leave no trace (D1).</summary>
    public static bool IsNobody(HttpRequest request) =>
        HttpMethods.IsHead(request.Method)
        || IsPrefetch(request.Headers["Sec-Purpose"].ToString())
        || IsPrefetch(request.Headers["Purpose"].ToString())
        || IsPrefetch(request.Headers["X-Purpose"].ToString())
        || IsPrefetch(request.Headers["X-Moz"].ToString())
        || VisitClients.IsRobot(request.Headers.UserAgent.ToString());

    private static bool IsPrefetch(string purpose) =>
        purpose.Length > 0
        && (purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase)
            || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase)
            || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase));
}
