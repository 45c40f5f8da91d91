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

    public async Task AnswerAsync(string key, HttpContext context, VisitVerb verb, VisitVerb peek)
    {
        try
        {
            if (await catalog.FindAsync(key) is not { } card)
            {
                await answers.UnknownAsync(context);
            }
            else if (IsNobody(context.Request))
            {
                await PeekAsync(context, card, peek);
            }
            else
            {
                await VisitAsync(context, card, verb);
            }
        }
        catch (DbException exception)
        {
            log.StoreUnreachable(exception);
            await answers.BusyAsync(context);
        }
    }

    private async Task PeekAsync(HttpContext context, LiveCodeCard card, VisitVerb peek)
    {
        var answer = await journal.SubmitAsync(new VisitCommand(peek, card.Id, visitorId: 0, isNewVisitor: true, OwnChannel));
        await answers.AnswerAsync(context, card, OwnChannel, VisitClient.Other, answer, calendar.At(time.GetUtcNow()));
    }

    private async Task VisitAsync(HttpContext context, LiveCodeCard card, VisitVerb verb)
    {
        var token = cookie.Read(context.Request);
        var visitorId = token?.VisitorId ?? await visitorIds.NextAsync(context.RequestAborted);
        var client = VisitClients.Of(context.Request.Headers.UserAgent.ToString());
        var answer = await journal.SubmitAsync(new VisitCommand(verb, card.Id, visitorId, isNewVisitor: token is null, OwnChannel) { Client = client });
        var moment = calendar.At(time.GetUtcNow());
        if (answer is null && token?.BindingOf(card.Id) is { } binding && VisitAnswers.CanShow(card, binding, moment))
        {
            // The store can not be asked, but he need not wait for the group he was shown before. Nothing is counted, and the header says so.
            context.Response.Headers[Uncounted] = "1";
            answer = new VisitAnswer(new VisitOutcome.Qr(binding.SlotId, binding.Round, IsReplacement: false), Press: default, card.Version);
        }
        else if (answer is not null)
        {
            var shown = answer.Value.Outcome is VisitOutcome.Qr qr ? new VisitorBinding(card.Id, qr.Slot, qr.Round) : (VisitorBinding?)null;
            cookie.Write(context, token, visitorId, shown, moment);
        }

        await answers.AnswerAsync(context, card, OwnChannel, client, answer, moment);
    }

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
