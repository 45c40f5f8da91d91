using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Huoma.Domain.Visits;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Visits;

/// <summary>A long press on the shown QR, reported by the page (spec C, E.2).</summary>
internal static class PressSlot
{
    /// <summary>A token and a press id are about 150 bytes.</summary>
    public const int MaxBodyBytes = 2_048;

    private const int MaxIdLength = 64;

    /// <summary><c>POST /q/{key}/press</c>: the token, and on the next line (or as form field or query <c>id</c>) the id that makes a repeat harmless.</summary>
    public static async Task<Results<NoContent, ProblemHttpResult>> Handle(
        string key, HttpContext context, Entrances entrances, VisitorCookie cookie, Seals seals, VisitJournal journal, TimeProvider time)
    {
        context.Response.Headers.CacheControl = "no-store";
        var (text, pressId) = await ReadAsync(context.Request, context.RequestAborted);
        if (pressId?.Length > MaxIdLength)
        {
            return Problems.Create(StatusCodes.Status400BadRequest, "press.bad-id", $"id 不能超过 {MaxIdLength} 个字符");
        }

        if (seals.OpenPress(text, time.GetUtcNow()) is not { } token || await entrances.FindAsync(key) is not { } entrance || !IsFrom(token, entrance))
        {
            return Problems.Create(StatusCodes.Status400BadRequest, "press.bad-token", "页面已失效，请重新扫码");
        }

        if (cookie.Read(context.Request) is not { VisitorId: var visitorId })
        {
            return Problems.Create(StatusCodes.Status400BadRequest, "press.no-visitor", "没有访客标识，请允许 Cookie 后重新扫码");
        }

        var command = new VisitCommand(VisitVerb.Press, token.LiveCodeId, visitorId, isNewVisitor: false, token.ChannelId)
        {
            SlotId = token.SlotId,
            Round = token.Round,
            PressId = pressId is null ? NewId.Of<Press>().Value : Number(pressId),
        };
        return Answer(await journal.SubmitAsync(command), context.Response);
    }

    /// <summary>The page was this code's, or another's in its place.</summary>
    private static bool IsFrom(PressToken token, Entrance entrance) =>
        token.LiveCodeId == entrance.Card.Id || token.ChannelId == -entrance.Card.Id.Value;

    private static Results<NoContent, ProblemHttpResult> Answer(VisitAnswer? answer, HttpResponse response)
    {
        switch (answer?.Press)
        {
            case PressOutcome.Counted or PressOutcome.Repeated:
                return TypedResults.NoContent();
            case PressOutcome.TooMany:
                response.Headers.RetryAfter = "3600";
                return TypedResults.Problem(Problems.OfStatus(StatusCodes.Status429TooManyRequests));
            case PressOutcome.NeverShown:
                return Problems.Create(StatusCodes.Status403Forbidden, "press.never-shown", "没有看到过这个二维码，请重新扫码");
            default:
                response.Headers.RetryAfter = "2";
                return TypedResults.Problem(Problems.OfStatus(StatusCodes.Status503ServiceUnavailable));
        }
    }

    private static async Task<(string Token, string? PressId)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var query = request.Query["id"].FirstOrDefault();
        if (request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true)
        {
            var form = await request.ReadFormAsync(ct);
            return (form["token"].ToString(), form["id"].FirstOrDefault() ?? query);
        }

        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var lines = (await reader.ReadToEndAsync(ct)).Split('\n', 2);
        return (lines[0].Trim(), lines.Length > 1 ? lines[1].Trim() : query);
    }

    /// <summary>Any text as a number, for the store: two presses of one visitor with the same 64 bits do not happen.</summary>
    private static long Number(string pressId) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(pressId)));
}
