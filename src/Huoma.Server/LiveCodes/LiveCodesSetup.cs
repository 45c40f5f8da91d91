using Huoma.Server.Audit;
using Huoma.Server.LiveCodes.Bulk;
using Huoma.Server.LiveCodes.History;
using Huoma.Server.LiveCodes.Slots;

namespace Huoma.Server.LiveCodes;

internal static class LiveCodesSetup
{
    public static void AddLiveCodes(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<LiveCodePages>();
        services.AddScoped<LiveCodeQueries>();
        services.AddScoped<PromisedGroups>();
        services.AddScoped<SlotPictureQueries>();
        services.AddScoped<SlotPictures>();
        services.AddScoped<SlotQueries>();
        services.AddScoped<SlotStateQueries>();
        services.AddScoped<VisitCountQueries>();
        services.AddScoped<BulkEdit>();
        services.AddScoped<FormerPictures>();
        services.AddAudited<LiveCodeAudit>();
        services.AddAudited<SlotAudit>();
    }
}
