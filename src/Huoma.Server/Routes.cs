using Huoma.Server.Accounts;
using Huoma.Server.Audit;
using Huoma.Server.Campaigns;
using Huoma.Server.Channels;
using Huoma.Server.Groups;
using Huoma.Server.Jobs;
using Huoma.Server.LiveCodes;
using Huoma.Server.Media;
using Huoma.Server.Notices;
using Huoma.Server.OfficialAccount;
using Huoma.Server.Platform.Http;
using Huoma.Server.Quota;
using Huoma.Server.Robots;
using Huoma.Server.Simulator;
using Huoma.Server.Statistics;
using Huoma.Server.Visits;
using Huoma.Server.WeCom;

namespace Huoma.Server;

/// <summary>Every route there is. What is not mapped as public here needs sign-in.</summary>
internal static class Routes
{
    public static void MapRoutes(this WebApplication app)
    {
        // Public.
        app.MapVisits();
        app.MapRenewals();
        app.MapParticipants();
        app.MapVerifyFiles();
        app.MapMedia();
        app.MapRobotGateway();
        app.MapWeComCallbacks();
        app.MapHealth();
        app.MapApiDescription();
        app.MapConsole();
        app.MapSimulator();

        var api = app.MapGroup("/api/v1");
        api.MapGroup("").AllowAnonymous().MapSignIn();
        api.MapGroup("").RequireAuthorization(Policies.Viewer).MapOwnAccount();
        api.MapGroup("").RequireAuthorization(Policies.Viewer).MapOwnNotices();
        var owners = api.MapGroup("").RequireAuthorization(Policies.Owner);
        owners.MapUsers();
        owners.MapAudit();
        owners.MapQuotaGrants();
        owners.MapRobots();
        owners.MapJobs();
        owners.MapOfficialAccount();

        // Viewers read, operators also write. Uploads need no antiforgery token: the console's header stands for it.
        var console = api.MapGroup("").RequireRoleByMethod().DisableAntiforgery();
        console.MapImages();
        console.MapLiveCodes();
        console.MapReplay();
        console.MapChannels();
        console.MapStatistics();
        console.MapNotices();
        console.MapQuota();
        console.MapGroups();
        console.MapCampaigns();
        console.MapRobotReads();
        console.MapCustomerGroups();
    }
}
