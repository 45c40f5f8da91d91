using System.Data.Common;
using Huoma.Domain.LiveCodes;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;

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

    /// <param name="peek">What is done instead for who leaves no trace.</param>
    public async Task AnswerAsync(HttpContext context, string key, VisitVerb verb, VisitVerb peek)
    {
        SecurityHeaders.SetCommon(context.Response.Headers);
        try
        {
            if (await entrances.FindAsync(key) is not { } entrance)
            {
                await answers.UnknownAsync(context);
                return;
            }

            var client = VisitClients.Of(context.Request.Headers.UserAgent.ToString());
            var isNobody = IsNobody(context.Request);
            var token = isNobody ? null : cookie.Read(context.Request);
            var visitorId = isNobody ? 0 : token?.VisitorId ?? await visitorIds.NextAsync(context.RequestAborted);
            var wanted = isNobody ? peek : verb;
            var card = entrance.Card;
            var command = new VisitCommand(card.Blocks(visitorId) ? peek : wanted, card.Id, visitorId, isNewVisitor: token is null, entrance.ChannelId)
            {
                Client = client,
                TargetId = card.HandOver?.TargetId,
            };
            var answer = await journal.SubmitAsync(command);
            if (answer is { } first)
            {
                var newest = await catalog.NotOlderAsync(card, first.Version);
                (answer, card) = IsOutdated(command, card, first, newest) ? await AskAgainAsync(command, wanted, peek, newest) : (answer, newest);
            }

            if (card.Blocks(visitorId))
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
                if (entrance.Invitation is not null && verb == VisitVerb.Scan)
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
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // He has gone.
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            log.VisitFailed(exception);
            await answers.BusyAsync(context);
        }
    }

    /// <summary>The code turned out to be another than it was known to be. Null when the store could not answer in time.</summary>
    private async Task<(VisitAnswer? Answer, LiveCodeCard Card)> AskAgainAsync(VisitCommand command, VisitVerb verb, VisitVerb peek, LiveCodeCard card)
    {
        for (var tries = 1; tries < MaxTries; tries++)
        {
            var again = command.Again(card.Blocks(command.VisitorId) ? peek : verb, card.HandOver?.TargetId);
            if (await journal.SubmitAsync(again) is not { } answer)
            {
                break;
            }

            var newest = await catalog.NotOlderAsync(card, answer.Version);
            if (!IsOutdated(again, card, answer, newest))
            {
                return (answer, newest);
            }

            card = newest;
        }

        return (null, card);
    }

    /// <summary>It hands over to another code by now, or whom it kept away it lets in (F110).</summary>
    private static bool IsOutdated(VisitCommand asked, LiveCodeCard card, VisitAnswer answer, LiveCodeCard newest) =>
        answer.Outcome is VisitOutcome.AskAgain || (card.Blocks(asked.VisitorId) && !newest.Blocks(asked.VisitorId));

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
