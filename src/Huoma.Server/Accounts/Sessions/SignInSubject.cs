using System.Net;

namespace Huoma.Server.Accounts.Sessions;

/// <summary>What wrong passwords are counted on. The prefixes keep what people type apart from what we name.</summary>
/// <param name="Address">Where they come from, counted as well; null when only the name counts.</param>
internal sealed record SignInSubject(string Name, IPAddress? Address)
{
    public static SignInSubject Account(string accountKey, HttpContext context) =>
        new($"account:{accountKey}", context.Connection.RemoteIpAddress ?? IPAddress.None);

    // Strangers who guess an account's password must not keep its owner out: the device he signed in with before counts by itself.
    public static SignInSubject Device(string hash) => new($"device:{hash}", Address: null);

    public static SignInSubject OwnPassword(UserId user) => new($"password:{user}", Address: null);
}
