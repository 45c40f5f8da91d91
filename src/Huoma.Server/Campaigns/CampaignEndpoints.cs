using Huoma.Server.Campaigns.Desk;
using Huoma.Server.Campaigns.Identity;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.Campaigns.Rewards;
using Huoma.Server.Campaigns.Sharing;
using Huoma.Server.Campaigns.Tasks;
using Huoma.Server.Campaigns.Tree;
using Microsoft.AspNetCore.Mvc;

namespace Huoma.Server.Campaigns;

internal static class CampaignEndpoints
{
    private const int MaxFormBytes = 4_096;

    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>The participants' pages (contract 3): public.</summary>
    public static void MapParticipants(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/t/{key}").AllowAnonymous().ExcludeFromDescription();
        pages.ShortCircuit();
        pages.MapMethods("", GetAndHead, TakePart.HandleAsync).WithName(nameof(TakePart));
        pages.MapMethods("/poster/{file}", GetAndHead, TakePart.HandlePosterAsync).WithName("ShowPoster");
        pages.MapMethods("/progress", GetAndHead, ShowProgress.HandleGetAsync).WithName(nameof(ShowProgress));
        pages.MapPost("/progress", ShowProgress.HandlePostAsync).WithName("LookUpProgress").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        pages.MapPost("/claim", ClaimReward.HandleAsync).WithName(nameof(ClaimReward)).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        pages.MapGet("/avatar", TakePart.HandleAvatarAsync).WithName("AskForAvatar");
        pages.MapMethods("/card-{version:long}.jpg", GetAndHead, ShareThumbs.HandleAsync).WithName("ShowShareThumb");
        routes.MapGet("/oauth/wechat/callback/{key}", ReturnFromWeChat.HandleAsync).WithName(nameof(ReturnFromWeChat)).AllowAnonymous().ExcludeFromDescription().ShortCircuit();
        pages.MapMethods("/privacy", GetAndHead, ShowPrivacy.HandleGetAsync).WithName(nameof(ShowPrivacy));
        pages.MapPost("/privacy", ShowPrivacy.HandlePostAsync).WithName("RemoveOwnData").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MaxFormBytes));
        pages.MapGet("/gift/{ticket}", ClaimReward.HandleGiftAsync).WithName("OpenGift");
    }

    /// <summary>任务宝, for the console.</summary>
    public static void MapCampaigns(this IEndpointRouteBuilder console)
    {
        var campaigns = console.MapGroup("/campaigns").WithTags("Campaigns");
        campaigns.MapPost("", CreateCampaign.Handle).WithName(nameof(CreateCampaign));
        campaigns.MapGet("", ListCampaigns.Handle).WithName(nameof(ListCampaigns));
        campaigns.MapGet("/{id}", ShowCampaign.Handle).WithName(nameof(ShowCampaign));
        campaigns.MapPatch("/{id}", EditCampaign.Handle).WithName(nameof(EditCampaign));
        campaigns.MapGet("/{id}/participants", ListParticipants.Handle).WithName(nameof(ListParticipants));
        campaigns.MapGet("/{id}/participants.csv", ExportParticipants.Handle).WithName(nameof(ExportParticipants)).Produces<byte[]>(StatusCodes.Status200OK, "text/csv");
        campaigns.MapGet("/{id}/invitees", ListInvitees.HandleOfCampaign).WithName("ListCampaignInvitees");
        campaigns.MapPost("/{id}/invitees/decisions", DecideInvitees.Handle).WithName(nameof(DecideInvitees));
        campaigns.MapGet("/{id}/tree", ShowInviteTree.Handle).WithName(nameof(ShowInviteTree));
        campaigns.MapPost("/{id}/reward-codes", StockRewardCodes.Handle).WithName(nameof(StockRewardCodes));
        campaigns.MapPost("/check-texts", CheckSharing.Handle).WithName(nameof(CheckSharing));
        campaigns.MapPost("/poster-preview", PreviewPoster.HandleNew).WithName("PreviewNewPoster").Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg");
        campaigns.MapPost("/{id}/poster-preview", PreviewPoster.Handle).WithName(nameof(PreviewPoster)).Produces<byte[]>(StatusCodes.Status200OK, "image/jpeg");

        console.MapGet("/participants/{id}/invitees", ListInvitees.HandleOfParticipant).WithTags("Campaigns").WithName(nameof(ListInvitees));
        console.MapGet("/participants/{id}/path", ShowInvitePath.Handle).WithTags("Campaigns").WithName(nameof(ShowInvitePath));
        console.MapDelete("/participants/{id}/personal-data", RemovePerson.HandleParticipant).WithTags("Campaigns").WithName("RemoveParticipantData");
        var invitees = console.MapGroup("/invitees/{id}").WithTags("Campaigns");
        invitees.MapPost("/confirm", DecideInvitee.HandleConfirm).WithName("ConfirmInvitee");
        invitees.MapDelete("/personal-data", RemovePerson.HandleInvitee).WithName("RemoveInviteeData");
        invitees.MapPost("/reject", DecideInvitee.HandleReject).WithName("RejectInvitee");
    }
}
