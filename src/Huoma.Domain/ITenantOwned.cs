namespace Huoma.Domain;

/// <summary>Belongs to one tenant; everybody else is told that it does not exist.</summary>
public interface ITenantOwned
{
    TenantId TenantId { get; }
}
