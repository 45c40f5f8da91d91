using Huoma.Server.Audit;

namespace Huoma.Server.Channels;

internal static class ChannelsSetup
{
    public static void AddChannels(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ChannelCatalog>();
        services.AddScoped<ChannelCountQueries>();
        services.AddScoped<ChannelQueries>();
        services.AddAudited<ChannelAudit>();
    }
}
