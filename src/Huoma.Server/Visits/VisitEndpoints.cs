using Huoma.Domain.Visits;
using Huoma.Server.Visits.Replay;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Visits;

/// <summary>The visitor pages (contract 3).</summary>
internal static class VisitEndpoints
{
    private const string Prefix = "/q/";

    /// <summary>
    /// Answers <c>GET /q/{key}</c> and <c>GET /q/{key}/enter</c> before anything else: they come by the thousand a second and need neither routing nor what
    /// the console's requests pass.
    /// </summary>
    public static void UseVisits(this WebApplication app)
    {
        // Made with the first visit, for it needs the database to be ready.
        var made = new Lazy<Visiting>(app.Services.GetRequiredService<Visiting>);
        app.Use((context, next) => KindOf(context.Request, out var key) switch
        {
            VisitKind.Scan => made.Value.AnswerAsync(context, key, VisitVerb.Scan, VisitVerb.PeekScan),
            VisitKind.Entry => made.Value.AnswerAsync(context, key, VisitVerb.Enter, VisitVerb.PeekEnter),
            _ => next(context),
        });
    }

    public static void MapVisits(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Prefix + "{key}/press", PressSlot.Handle).WithName(nameof(PressSlot)).AllowAnonymous().ExcludeFromDescription().ShortCircuit().DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PressSlot.MaxBodyBytes));

    /// <summary>What happened and would happen to visitors, for the console.</summary>
    public static void MapReplay(this IEndpointRouteBuilder console)
    {
        var ofCode = console.MapGroup("/codes/{id}").WithTags("Visits");
        ofCode.MapGet("/visits", ListVisits.Handle).WithName(nameof(ListVisits));
        ofCode.MapGet("/preview", PreviewVisit.Handle).WithName(nameof(PreviewVisit));
        ofCode.MapPost("/rehearsal", RehearseVisits.Handle).WithName(nameof(RehearseVisits));
    }

    /// <summary>Null for what is no visitor's page.</summary>
    private static VisitKind? KindOf(HttpRequest request, out string key)
    {
        key = "";
        if (request.Path.Value is not { } path || !path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            return null;
        }

        var end = path.IndexOf('/', Prefix.Length);
        key = end < 0 ? path[Prefix.Length..] : path[Prefix.Length..end];
        var rest = end < 0 ? [] : path.AsSpan(end).TrimEnd('/');
        return key.Length == 0 ? null : rest switch
        {
            "" => VisitKind.Scan,
            _ when rest.Equals("/enter", StringComparison.OrdinalIgnoreCase) => VisitKind.Entry,
            _ => null,
        };
    }
}
