namespace Huoma.Server.Platform.Http;

/// <summary>The console: static files under <c>/console/</c>; every address in it that is no file is the one page that routes by itself.</summary>
internal static class ConsoleFiles
{
    public static void MapConsole(this WebApplication app)
    {
        app.MapGet("/", () => TypedResults.Redirect("/console/")).ExcludeFromDescription().AllowAnonymous();
        app.MapStaticAssets().AllowAnonymous();
        app.MapFallbackToFile("/console/{*path:nonfile}", "console/index.html", new StaticFileOptions
        {
            OnPrepareResponse = static context => context.Context.Response.Headers.CacheControl = "no-cache",
        }).AllowAnonymous();
    }

    /// <summary>Names of built files carry a hash of their content, so a browser may keep them for ever.</summary>
    public static IApplicationBuilder UseConsoleCaching(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Path.StartsWithSegments("/console/assets", StringComparison.Ordinal))
        {
            context.Response.OnStarting(static state =>
            {
                var response = ((HttpContext)state).Response;
                if (response.StatusCode == StatusCodes.Status200OK)
                {
                    response.Headers.CacheControl = "public, max-age=31536000, immutable";
                }

                return Task.CompletedTask;
            }, context);
        }

        return next(context);
    });
}
