namespace Huoma.Server.Quota;

internal static class QuotaEndpoints
{
    public static void MapQuota(this RouteGroupBuilder console) =>
        console.MapGroup("/quota").WithTags("Quota").MapGet("", ShowQuota.Handle).WithName(nameof(ShowQuota));

    /// <summary>Grants are given by owners of the platform's own tenant.</summary>
    public static void MapQuotaGrants(this RouteGroupBuilder owners) =>
        owners.MapGroup("/quota").WithTags("Quota").MapPost("/grants", GrantQuota.Handle).WithName(nameof(GrantQuota));
}
