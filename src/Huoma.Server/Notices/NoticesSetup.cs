using Huoma.Server.Audit;
using Huoma.Server.Notices.Channels;
using Huoma.Server.Notices.Inbox;
using Huoma.Server.Notices.Renewals;
using Huoma.Server.Notices.Sending;
using Huoma.Server.Notices.Watch;

namespace Huoma.Server.Notices;

internal static class NoticesSetup
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NoticesOptions>().BindConfiguration(NoticesOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<WatchQueries>();
        services.AddSingleton<TroubleQueries>();
        services.AddSingleton<NoticeStore>();
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<OutgoingClient>();
        services.AddSingleton<ChatRobotClient>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<MailClient>();
        services.AddSingleton<NoticeSenders>();
        services.AddSingleton<MessageWriter>();
        services.AddSingleton<RenewalTokens>();
        services.AddSingleton<RenewalThrottle>();
        services.AddSingleton<RenewalPages>();
        services.AddAudited<NoticeChannelAudit>();
        services.AddScoped<ChannelForm>();
        services.AddScoped<ChannelQueries>();
        services.AddScoped<ChannelStateQueries>();
        services.AddScoped<NoticeQueries>();
        services.AddScoped<ReadStore>();
        services.AddScoped<RenewalStore>();
        services.AddScoped<RenewSlot>();
    }
}
