namespace Huoma.Server.Imaging;

internal static class ImagingSetup
{
    public static void AddImaging(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(_ => QrReader.Find());
        services.AddSingleton<PictureWorkshop>();
    }
}
