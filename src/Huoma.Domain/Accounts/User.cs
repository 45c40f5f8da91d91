using System.Text.RegularExpressions;

namespace Huoma.Domain.Accounts;

/// <summary>Somebody who signs in to the console (后台用户); never a visitor.</summary>
public sealed partial class User(UserId id, TenantId tenantId, string account, string name, Role role, string passwordHash, DateTimeOffset createdAt) : ITenantOwned
{
    public const int AccountMinLength = 3;
    public const int AccountMaxLength = 64;
    public const int NameMaxLength = 30;

    public UserId Id { get; private set; } = id;

    public TenantId TenantId { get; private set; } = tenantId;

    /// <summary>What is typed to sign in, unique over all tenants.</summary>
    public string Account { get; private set; } = account;

    /// <summary>The account as it is compared: Boss and boss are one.</summary>
    public string AccountKey { get; private set; } = KeyOf(account);

    public string Name { get; private set; } = name;

    public Role Role { get; private set; } = role;

    public string PasswordHash { get; private set; } = passwordHash;

    public bool Disabled { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; } = createdAt;

    public DateTimeOffset? LastSignInAt { get; private set; }

    /// <summary>Whether he can manage users today.</summary>
    public bool IsActiveOwner => Role == Role.Owner && !Disabled;

    public static bool IsAccount(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.Length is >= AccountMinLength and <= AccountMaxLength && AccountLetters().IsMatch(account);
    }

    public static string KeyOf(string account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return account.ToLowerInvariant();
    }

    public void Rename(string name) => Name = name;

    /// <param name="otherActiveOwners">How many owners who can sign in the tenant has besides this user.</param>
    public Refusal? Become(Role role, bool disabled, int otherActiveOwners)
    {
        if (IsActiveOwner && (role != Role.Owner || disabled) && otherActiveOwners == 0)
        {
            return LastOwner();
        }

        Role = role;
        Disabled = disabled;
        return null;
    }

    /// <summary>Whether he may be removed.</summary>
    public Refusal? Leave(int otherActiveOwners) => IsActiveOwner && otherActiveOwners == 0 ? LastOwner() : null;

    public void SetPassword(string passwordHash) => PasswordHash = passwordHash;

    public void SignedIn(DateTimeOffset now) => LastSignInAt = now;

    // Without an owner nobody could ever make one again.
    private static Refusal LastOwner() => new("user.last-owner", "这是最后一个管理员，请先把另一位成员设为管理员");

    [GeneratedRegex(@"\A[A-Za-z0-9@._-]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex AccountLetters();
}
