namespace Huoma.Server.Platform;

/// <summary>
/// Whoever keeps personal data of visitors besides the one who is asked to remove them: registered with <c>services.AddScoped&lt;IForgetsVisitors, …&gt;()</c>,
/// told in the transaction of the caller, when a tenant has nothing else of that visitor.
/// </summary>
internal interface IForgetsVisitors
{
    Task ForgetAsync(TenantId tenant, long visitorId, CancellationToken ct);
}
