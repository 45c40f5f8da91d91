namespace Huoma.Domain.Accounts;

/// <summary>Somebody who signs in to the console (后台用户); never a visitor.</summary>
public sealed class User(UserId id, TenantId tenantId, string account, string name, Role role, DateTimeOffset createdAt) : ITenantOwned
{
    public const int AccountMaxLength = 64;
    public const int NameMaxLength = 30;
    public const int PasswordMinLength = 8;
    public const int PasswordMaxLength = 128;

    public UserId Id { get; private set; } = id;

    public TenantId TenantId { get; private set; } = tenantId;

    public string Account { get; private set; } = account;

    public string Name { get; private set; } = name;

    public Role Role { get; private set; } = role;

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;
}
