namespace Huoma.Server.Imaging;

internal static class ImagingSetup
{
    public static void AddImaging(this WebApplicationBuilder builder)
    {
    }
}
