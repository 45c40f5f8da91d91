using Huoma.Server.Audit;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Campaigns.Tasks;

namespace Huoma.Server.Campaigns;

internal static class CampaignsSetup
{
    public static void AddCampaigns(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<MemberStore>();
        services.AddScoped<ProgressStore>();
        services.AddScoped<CampaignCountQueries>();
        services.AddScoped<CampaignQueries>();
        services.AddSingleton<PosterRenderer>();
        services.AddAudited<CampaignAudit>();
    }
}
