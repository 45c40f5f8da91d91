namespace Huoma.Server.Quota;

internal static class QuotaSetup
{
    public static void AddQuota(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<QuotaLedger>();
        builder.Services.AddScoped<QuotaQueries>();
    }
}
