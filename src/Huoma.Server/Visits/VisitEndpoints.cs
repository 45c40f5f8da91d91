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
        visits.MapMethods("", GetAndHead, ScanLiveCode.Handle).WithName(nameof(ScanLiveCode));
        visits.MapMethods("/enter", GetAndHead, EnterLiveCode.Handle).WithName(nameof(EnterLiveCode));
        visits.MapPost("/press", PressSlot.Handle).WithName(nameof(PressSlot)).DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PressSlot.MaxBodyBytes));
    }
}
