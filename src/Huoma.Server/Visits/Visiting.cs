using System.Data.Common;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;
using Huoma.Server.Platform.Data;

namespace Huoma.Server.Visits;

/// <summary>What opening and entering a code have in common: find the card, let the journal decide and store the visit, show the page.</summary>
internal sealed class Visiting(
    LiveCodeCatalog catalog, VisitorCookie cookie, IdBlocks visitorIds, VisitJournal journal, VisitAnswers answers, Calendar calendar, TimeProvider time, ILogger<Visiting> log)
{
    /// <summary>The entrance of a code's own QR; channels have numbers of their own.</summary>
    private const long OwnChannel = 0;

    /// <summary>A header for whoever compares logs with counts: this page was shown while the store could not be asked.</summary>
    private const string Uncounted = "Huoma-Uncounted";

    public async Task AnswerAsync(HttpContext context, VisitVerb verb, VisitVerb peek)
    {
        try
        {
            if (context.GetRouteValue("key") is not string key || await catalog.FindAsync(key) is not { } card)
            {
                await answers.UnknownAsync(context);
                return;
            }

            var client = VisitClients.Of(context.Request.Headers.UserAgent.ToString());
            var isNobody = IsNobody(context.Request);
            var token = isNobody ? null : cookie.Read(context.Request);
            var visitorId = isNobody ? 0 : token?.VisitorId ?? await visitorIds.NextAsync(context.RequestAborted);
            var command = new VisitCommand(isNobody ? peek : verb, card.Id, visitorId, isNewVisitor: token is null, OwnChannel) { Client = client };
            var answer = await journal.SubmitAsync(command);
            var moment = calendar.At(time.GetUtcNow());
            if (answer is null)
            {
                answer = ShownBefore(context, card, token, moment);
            }
            else if (!isNobody)
            {
                cookie.Write(context, token, visitorId, ShownNow(card, answer.Value), moment);
            }

            await answers.AnswerAsync(context, card, OwnChannel, client, answer, moment);
        }
        catch (DbException exception)
        {
            log.StoreUnreachable(exception);
            await answers.BusyAsync(context);
        }
    }

    /// <summary>The store can not be asked, but who was shown a group before need not wait for it. Nothing is counted, and a header says so.</summary>
    private static VisitAnswer? ShownBefore(HttpContext context, LiveCodeCard card, VisitorToken? token, Moment moment)
    {
        if (token?.BindingOf(card.Id) is not { } binding || !VisitAnswers.CanShow(card, binding, moment))
        {
            return null;
        }

        context.Response.Headers[Uncounted] = "1";
        return new VisitAnswer(new VisitOutcome.Qr(binding.SlotId, binding.Round, IsReplacement: false), Press: default, card.Version);
    }

    private static VisitorBinding? ShownNow(LiveCodeCard card, VisitAnswer answer) =>
        answer.Outcome is VisitOutcome.Qr qr ? new VisitorBinding(card.Id, qr.Slot, qr.Round) : null;

    /// <summary>HEAD, prefetch and preview robots see the page and leave no trace (D1).</summary>
    private static bool IsNobody(HttpRequest request) =>
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
