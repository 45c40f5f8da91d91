namespace Huoma.Server.Platform.Http;

/// <summary>Whose request this is. Set once, by the sign-in check; until then it is the tenant nobody has, who owns nothing.</summary>
internal sealed class CurrentTenant
{
    public TenantId Id { get; private set; }

    public void Is(TenantId id) => Id = id;
}
