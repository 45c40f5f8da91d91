namespace Huoma.Domain.Accounts;

/// <summary>A company or team (租户): everything it makes is its own and unseen by the others.</summary>
public sealed class Tenant(TenantId id, string name, DateTimeOffset createdAt)
{
    public const int NameMaxLength = 50;

    public TenantId Id { get; private set; } = id;

    public string Name { get; private set; } = name;

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;
}
