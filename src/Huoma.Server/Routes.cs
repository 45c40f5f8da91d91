using Huoma.Server.Platform.Http;

namespace Huoma.Server;

/// <summary>Every route there is. What is not mapped as public here needs sign-in.</summary>
internal static class Routes
{
    public static void MapRoutes(this WebApplication app)
    {
        app.MapHealth();
        app.MapGet("/", () => TypedResults.Redirect("/console/")).ExcludeFromDescription().AllowAnonymous();
    }
}
