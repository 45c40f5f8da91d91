using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Huoma.Server.Audit;

internal static class AuditSetup
{
    public static void AddAudit(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<CurrentChange>();
        services.AddScoped<IInterceptor, AuditTrail>();
        services.AddScoped<AuditQueries>();
    }

    /// <summary>Remembers the changes of a kind of entity from now on.</summary>
    public static void AddAudited<T>(this IServiceCollection services)
        where T : class, IAuditedKind => services.AddSingleton<IAuditedKind, T>();
}
