using Huoma.Server.LiveCodes.Slots;

namespace Huoma.Server.LiveCodes;

internal static class LiveCodesSetup
{
    public static void AddLiveCodes(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddScoped<LiveCodeQueries>();
        services.AddScoped<SlotPictureQueries>();
        services.AddScoped<SlotPictures>();
        services.AddScoped<SlotQueries>();
        services.AddScoped<VisitCountQueries>();
    }
}
