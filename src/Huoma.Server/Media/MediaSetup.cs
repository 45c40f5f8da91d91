namespace Huoma.Server.Media;

internal static class MediaSetup
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MediaFiles>();
        builder.Services.AddScoped<ImageStore>();
    }
}
