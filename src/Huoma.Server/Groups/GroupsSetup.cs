using Huoma.Server.Audit;
using Huoma.Server.Groups.Blacklists;
using Huoma.Server.Groups.Rules;
using Huoma.Server.Robots;

namespace Huoma.Server.Groups;

internal static class GroupsSetup
{
    public static void AddGroups(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<GroupsOptions>().BindConfiguration(GroupsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddAudited<GroupAudit>();
        services.AddAudited<BlacklistAudit>();
        services.AddScoped<GroupBalance>();
        services.AddScoped<GroupCommands>();
        services.AddScoped<BlacklistGuard>();
        services.AddScoped<GroupMembership>();
        services.AddScoped<GroupQueries>();
        services.AddScoped<GroupResults>();
        services.AddScoped<RobotChoice>();
        services.AddScoped<GroupPlaces>();
        services.AddScoped<IRobotListener, GroupReactions>();
        services.AddGroupRules();
    }
}
