using Huoma.Server.Audit;
using Huoma.Server.Campaigns.Attribution;
using Huoma.Server.Campaigns.Desk;
using Huoma.Server.Campaigns.Identity;
using Huoma.Server.Campaigns.Invitations;
using Huoma.Server.Campaigns.Pages;
using Huoma.Server.Campaigns.Participants;
using Huoma.Server.Campaigns.Posters;
using Huoma.Server.Campaigns.Privacy;
using Huoma.Server.Campaigns.Rewards;
using Huoma.Server.Campaigns.Sharing;
using Huoma.Server.Campaigns.Tasks;
using Huoma.Server.Campaigns.Tree;
using Huoma.Server.Robots;
using Huoma.Server.Visits;
using Microsoft.Extensions.Options;

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
        services.AddScoped<CampaignNotices>();
        services.AddScoped<InviteeQueries>();
        services.AddScoped<ParticipantQueries>();
        services.AddSingleton<PosterBackgrounds>();
        services.AddSingleton<PosterCheck>();
        services.AddSingleton<InviteTreeQueries>();

        services.AddOptions<CampaignsOptions>().BindConfiguration(CampaignsOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CampaignsOptions>, CampaignsOptionsValidator>();
        services.AddSingleton<RemovedPeople>();
        services.AddSingleton<RemovalTickets>();
        services.AddScoped<RemovalStore>();
        services.AddScoped<PersonRemoval>();
        services.AddScoped<ShowPrivacy>();

        services.AddSingleton<PosterRenderer>();
        services.AddSingleton<PosterCache>();
        services.AddScoped<ParticipantPosters>();

        services.AddSingleton<InvitationCatalog>();
        services.AddSingleton<IInvitations>(provider => provider.GetRequiredService<InvitationCatalog>());
        services.AddSingleton<InvitationStore>();
        services.AddScoped<CandidateQueries>();
        services.AddScoped<JoinAttribution>();
        services.AddScoped<SayingStore>();
        services.AddScoped<SaidTokens>();
        services.AddScoped<VisitorBlocks>();
        services.AddScoped<IRobotListener, CampaignReactions>();

        services.AddSingleton<CampaignThrottle>();
        services.AddSingleton<CampaignPages>();
        services.AddScoped<CampaignVisits>();
        services.AddScoped<ParticipantStore>();
        services.AddScoped<TakePart>();
        services.AddScoped<ShowProgress>();
        services.AddScoped<WeChatSignIn>();
        services.AddScoped<ReturnFromWeChat>();
        services.AddScoped<MergeParticipations>();
        services.AddScoped<FindAmongMembers>();
        services.AddScoped<IntroduceParticipant>();
        services.AddScoped<ShareCards>();
        services.AddSingleton<ShareThumbs>();
        services.AddSingleton<GiftTickets>();
        services.AddSingleton<RewardStore>();
        services.AddScoped<ClaimReward>();
        services.AddAudited<CampaignAudit>();
    }
}
