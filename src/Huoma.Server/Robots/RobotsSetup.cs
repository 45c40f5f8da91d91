using Huoma.Server.Audit;
using Huoma.Server.Robots.Desk;
using Huoma.Server.Robots.Gateway;
using Huoma.Server.Robots.Inbox;

namespace Huoma.Server.Robots;

internal static class RobotsSetup
{
    public static void AddRobots(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<RobotsOptions>().BindConfiguration(RobotsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RobotBells>();
        services.AddSingleton<RobotTokens>();
        services.AddSingleton<RobotScopes>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<GatewayIntake>();
        services.AddSingleton<CommandDispatch>();
        services.AddSingleton<GatewayConversation>();
        services.AddSingleton<InboxStore>();
        services.AddScoped<RobotOutbox>();
        services.AddScoped<RobotQueries>();
        services.AddScoped<RobotCountQueries>();
        services.AddScoped<IRobotListener, AccountListener>();
        services.AddAudited<RobotAudit>();
    }
}
