using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Campaigns.Tasks;

namespace Huoma.Server.Campaigns;

internal static class CampaignEndpoints
{
    /// <summary>任务宝, for the console.</summary>
    public static void MapCampaigns(this IEndpointRouteBuilder console)
    {
        var campaigns = console.MapGroup("/campaigns").WithTags("Campaigns");
        campaigns.MapPost("", CreateCampaign.Handle).WithName(nameof(CreateCampaign));
        campaigns.MapGet("", ListCampaigns.Handle).WithName(nameof(ListCampaigns));
        campaigns.MapGet("/{id}", ShowCampaign.Handle).WithName(nameof(ShowCampaign));
        campaigns.MapPatch("/{id}", EditCampaign.Handle).WithName(nameof(EditCampaign));
        campaigns.MapPost("/{id}/poster-preview", PreviewPoster.Handle).WithName(nameof(PreviewPoster)).Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg");
    }
}
