using Huoma.Server.Audit;

namespace Huoma.Server.Quota;

internal static class QuotaSetup
{
    public static void AddQuota(this WebApplicationBuilder builder)
    {
        builder.Services.AddAudited<QuotaAudit>();
        builder.Services.AddScoped<QuotaLedger>();
        builder.Services.AddScoped<QuotaQueries>();
    }
}
