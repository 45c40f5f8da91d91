using Huoma.Domain.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Huoma.Server.Accounts;

/// <summary>Hashes passwords and compares them, by ASP.NET Core Identity's hasher.</summary>
internal sealed class Passwords
{
    // The hasher asks for a user and makes no use of him.
    private static readonly object Anybody = new();

    private readonly PasswordHasher<object> hasher;
    private readonly string nobodysHash;

    public Passwords(IOptions<AccountsOptions> options)
    {
        hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.HashIterations }));
        nobodysHash = Hash("nobody");
    }

    public string Hash(string password) => hasher.HashPassword(Anybody, password);

    public bool Matches(User user, string password) => Verify(user, password) != PasswordVerificationResult.Failed;

    /// <summary>Like <see cref="Matches"/>, and brings an old hash up to date. For nobody it takes as long to be wrong as for anybody.</summary>
    public bool Opens(User? user, string password)
    {
        var result = Verify(user, password);
        if (user is null || result == PasswordVerificationResult.Failed)
        {
            return false;
        }

        if (result == PasswordVerificationResult.SuccessRehashNeeded)
        {
            user.SetPassword(Hash(password));
        }

        return true;
    }

    private PasswordVerificationResult Verify(User? user, string password) =>
        hasher.VerifyHashedPassword(Anybody, user?.PasswordHash ?? nobodysHash, password);
}
