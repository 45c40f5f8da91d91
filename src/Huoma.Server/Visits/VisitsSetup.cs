namespace Huoma.Server.Visits;

internal static class VisitsSetup
{
    public static void AddVisits(this WebApplicationBuilder builder)
    {
    }

    public static Task StartVisitsAsync(this WebApplication app) => Task.CompletedTask;
}
