using Microsoft.AspNetCore.Http.Features;

namespace Huoma.Server.Imaging;

internal static class ImagingSetup
{
    public static void AddImaging(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => QrReader.Find());
        services.AddSingleton<PictureWorkshop>();
        services.Configure<FormOptions>(PictureForm.Limit);
        services.AddScoped<StoreImage>();
    }

    /// <summary>Starts the workshop, or refuses the start with the name of the package that is missing.</summary>
    public static void StartImaging(this WebApplication app) => app.Services.GetRequiredService<PictureWorkshop>();
}
