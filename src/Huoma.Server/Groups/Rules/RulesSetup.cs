using Huoma.Server.Audit;
using Huoma.Server.Groups.Rules.Announcements;
using Huoma.Server.Robots;

namespace Huoma.Server.Groups.Rules;

internal static class RulesSetup
{
    public static void AddGroupRules(this IServiceCollection services)
    {
        services.AddScoped<AnnouncementQueries>();
        services.AddScoped<AnnouncementSending>();
        services.AddScoped<GreetNewcomers>();
        services.AddScoped<GroupStaff>();
        services.AddScoped<HearMessages>();
        services.AddScoped<HeardMessageStore>();
        services.AddScoped<PostWriter>();
        services.AddScoped<RobotAbilities>();
        services.AddScoped<RuleCommands>();
        services.AddScoped<IRobotListener, RuleReactions>();
        services.AddAudited<RulesAudit>();
    }
}
