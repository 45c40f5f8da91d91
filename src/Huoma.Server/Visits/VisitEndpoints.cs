using Huoma.Server.Visits.Replay;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Visits;

/// <summary>The visitor pages (contract 3).</summary>
internal static class VisitEndpoints
{
    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void MapVisits(this IEndpointRouteBuilder routes)
    {
        var visits = routes.MapGroup("/q/{key}").AllowAnonymous().ExcludeFromDescription();
        visits.ShortCircuit();

        // Asked for once, not with every request: binding a handler's parameters makes and drops a scope of services each time.
        var visiting = new Lazy<Visiting>(routes.ServiceProvider.GetRequiredService<Visiting>);
        visits.MapMethods("", GetAndHead, context => ScanLiveCode.HandleAsync(context, visiting.Value)).WithName(nameof(ScanLiveCode));
        visits.MapMethods("/enter", GetAndHead, context => EnterLiveCode.HandleAsync(context, visiting.Value)).WithName(nameof(EnterLiveCode));
        visits.MapPost("/press", PressSlot.Handle).WithName(nameof(PressSlot)).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PressSlot.MaxBodyBytes));
    }

    /// <summary>What happened and would happen to visitors, for the console.</summary>
    public static void MapReplay(this IEndpointRouteBuilder console)
    {
        var ofCode = console.MapGroup("/codes/{id}").WithTags("Visits");
        ofCode.MapGet("/visits", ListVisits.Handle).WithName(nameof(ListVisits));
        ofCode.MapGet("/preview", PreviewVisit.Handle).WithName(nameof(PreviewVisit));
        ofCode.MapPost("/rehearsal", RehearseVisits.Handle).WithName(nameof(RehearseVisits));
    }
}
