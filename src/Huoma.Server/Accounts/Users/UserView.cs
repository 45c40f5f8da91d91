using Huoma.Domain.Accounts;

namespace Huoma.Server.Accounts.Users;

/// <summary>A user as the owners see him: everything but what opens his account.</summary>
internal sealed record UserView(UserId Id, string Account, string Name, Role Role, bool Disabled, DateTimeOffset CreatedAt, DateTimeOffset? LastSignInAt)
{
    public static UserView Of(User user) => new(user.Id, user.Account, user.Name, user.Role, user.Disabled, user.CreatedAt, user.LastSignInAt);
}
