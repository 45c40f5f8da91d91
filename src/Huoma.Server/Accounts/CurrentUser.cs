using Huoma.Domain.Accounts;

namespace Huoma.Server.Accounts;

/// <summary>Who is signed in with this request, as the store says at this moment.</summary>
internal sealed class CurrentUser
{
    public UserId Id { get; private set; }

    public Role Role { get; private set; }

    /// <summary>Which of his sessions this is.</summary>
    public string SessionHash { get; private set; } = "";

    public void Is(UserId id, Role role, string sessionHash)
    {
        Id = id;
        Role = role;
        SessionHash = sessionHash;
    }
}
