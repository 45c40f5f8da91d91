using Huoma.Server.Visits.Pages;

namespace Huoma.Server.Campaigns.Pages;

/// <summary>Style and script of the participants' pages, besides what all visitor pages have.</summary>
internal static class CampaignAssets
{
    public static string Style { get; } = PageAssets.Read("campaign.css");

    public static string Script { get; } = PageAssets.Read("copy.js");

    /// <summary>The same, and what hands the share card to WeChat's script.</summary>
    public static string SharingScript { get; } = $"{Script}\n{PageAssets.Read("share.js")}";
}
