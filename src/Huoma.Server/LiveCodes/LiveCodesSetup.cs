namespace Huoma.Server.LiveCodes;

internal static class LiveCodesSetup
{
    public static void AddLiveCodes(this WebApplicationBuilder builder)
    {
    }
}
