using Huoma.Server;
using Huoma.Server.Accounts;
using Huoma.Server.Audit;
using Huoma.Server.Campaigns;
using Huoma.Server.Channels;
using Huoma.Server.Groups;
using Huoma.Server.Imaging;
using Huoma.Server.LiveCodes;
using Huoma.Server.Media;
using Huoma.Server.Notices;
using Huoma.Server.OfficialAccount;
using Huoma.Server.Platform;
using Huoma.Server.Platform.Data;
using Huoma.Server.Platform.Http;
using Huoma.Server.Platform.Telemetry;
using Huoma.Server.Quota;
using Huoma.Server.Robots;
using Huoma.Server.Simulator;
using Huoma.Server.Statistics;
using Huoma.Server.Visits;
using Huoma.Server.WeCom;

try
{
    // Without the file watcher: it would wake on every write to a database beside the settings. And without asking the disk at every
    // request whether a file of the console is new.
    string[] settings = ["--hostBuilder:reloadConfigOnChange=false", "--ReloadStaticAssetsAtRuntime=false", .. args];
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
    builder.AddPlatform();
    builder.AddTelemetry();
    builder.AddAudit();
    builder.AddAccounts();
    builder.AddMedia();
    builder.AddImaging();
    builder.AddLiveCodes();
    builder.AddChannels();
    builder.AddVisits();
    builder.AddStatistics();
    builder.AddNotices();
    builder.AddQuota();
    builder.AddRobots();
    builder.AddWeCom();
    builder.AddGroups();
    builder.AddOfficialAccount();
    builder.AddCampaigns();
    builder.AddSimulator();
    builder.AddJobs();

    await using var app = builder.Build();
    app.UseTrustedProxies();
    app.UseVisits();
    app.UsePlatform();
    app.UseAccounts();
    app.MapRoutes();

    await app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
    app.StartTelemetry();
    app.StartImaging();
    await app.StartVisitsAsync();
    await app.StartAccountsAsync();
    await app.RunAsync();
    return 0;
}
catch (Exception exception) when (StartRefusedException.LineFor(exception) is not null)
{
    await Console.Error.WriteLineAsync($"Huoma does not start. {StartRefusedException.LineFor(exception)}");
    return 1;
}
