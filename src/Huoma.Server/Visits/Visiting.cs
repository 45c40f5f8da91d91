using System.Data.Common;
using Huoma.Domain.Visits;
using Huoma.Server.LiveCodes;

namespace Huoma.Server.Visits;

/// <summary>What opening and entering a code have in common: find the card, let the journal decide and store the visit, show the page.</summary>
internal sealed class Visiting(LiveCodeCatalog catalog, VisitorCookie cookie, VisitJournal journal, VisitAnswers answers, Calendar calendar, TimeProvider time, ILogger<Visiting> log)
{
    /// <summary>The entrance of a code's own QR; channels have numbers of their own.</summary>
    private const long OwnChannel = 0;

    public async Task AnswerAsync(string key, HttpContext context, VisitVerb verb, VisitVerb peek)
    {
        try
        {
            if (await catalog.FindAsync(key) is not { } card)
            {
                await answers.UnknownAsync(context);
                return;
            }

            var moment = calendar.At(time.GetUtcNow());
            var command = await CommandAsync(context, IsNobody(context.Request) ? peek : verb, card.Id, moment);
            await answers.AnswerAsync(context, card, OwnChannel, await journal.SubmitAsync(command), moment);
        }
        catch (DbException exception)
        {
            log.StoreUnreachable(exception);
            await answers.BusyAsync(context);
        }
    }

    private async ValueTask<VisitCommand> CommandAsync(HttpContext context, VisitVerb verb, LiveCodeId liveCodeId, Moment moment)
    {
        if (verb is VisitVerb.PeekScan or VisitVerb.PeekEnter)
        {
            return new VisitCommand(verb, liveCodeId, visitorId: 0, isNewVisitor: true, OwnChannel);
        }

        var (visitorId, isNew) = await cookie.ReadOrMakeAsync(context, moment);
        return new VisitCommand(verb, liveCodeId, visitorId, isNew, OwnChannel) { Client = VisitClients.Of(context.Request.Headers.UserAgent.ToString()) };
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
        purpose.Contains("prefetch", StringComparison.OrdinalIgnoreCase)
        || purpose.Contains("prerender", StringComparison.OrdinalIgnoreCase)
        || purpose.Contains("preview", StringComparison.OrdinalIgnoreCase);
}
