using System.Diagnostics;

namespace Huoma.Server.Platform.Http;

/// <summary>
/// Gives each request a trace id, which its problem details and its line in the log carry. The framework would do so for every request as soon as
/// it may log anything; a visitor's page needs none, and it costs a twentieth of it.
/// </summary>
internal static class Traces
{
    /// <summary>The logger whose level decides whether the framework begins a trace of its own.</summary>
    public const string OfTheFramework = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public static IApplicationBuilder UseTraces(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        using var trace = Activity.Current is null ? new Activity("request").Start() : null;
        await next(context);
    });
}
