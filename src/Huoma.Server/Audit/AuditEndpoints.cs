namespace Huoma.Server.Audit;

internal static class AuditEndpoints
{
    /// <summary>The log of the whole tenant; a code's own part of it is among the routes of codes.</summary>
    public static void MapAudit(this RouteGroupBuilder owners) =>
        owners.MapGroup("/audit-log").WithTags("Audit").MapGet("", ShowAuditLog.Handle).WithName(nameof(ShowAuditLog));
}
