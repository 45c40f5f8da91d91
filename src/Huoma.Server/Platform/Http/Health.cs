using System.Data.Common;
using Huoma.Server.Platform.Data;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Huoma.Server.Platform.Http;

/// <summary>For load balancers: alive, and ready (store reachable, migrations applied).</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", () => TypedResults.Text("ok")).ExcludeFromDescription().AllowAnonymous();
        routes.MapGet("/healthz/ready", ReadyAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> ReadyAsync(Migrator migrator, CancellationToken ct)
    {
        try
        {
            if (await migrator.IsCurrentAsync(ct))
            {
                return TypedResults.Text("ok");
            }
        }
        catch (DbException)
        {
            // Said below: not ready, without the reason, which is nobody's business outside.
        }

        return TypedResults.Problem(Problems.OfStatus(StatusCodes.Status503ServiceUnavailable));
    }
}
