using System.ComponentModel.DataAnnotations;
using Huoma.Domain.Accounts;

namespace Huoma.Server.Accounts;

/// <summary>Section <c>Huoma:Accounts</c>: how long a session lasts and how sign-in slows down.</summary>
internal sealed class AccountsOptions
{
    public const string Section = "Huoma:Accounts";

    /// <summary>A session unused for so long is over.</summary>
    [Range(1, 168, ErrorMessage = "Huoma:Accounts:SessionIdleHours must be 1 to 168")]
    public int SessionIdleHours { get; init; } = 12;

    /// <summary>A session is over after so long, used or not.</summary>
    [Range(1, 365, ErrorMessage = "Huoma:Accounts:SessionDays must be 1 to 365")]
    public int SessionDays { get; init; } = 30;

    /// <summary>PBKDF2-SHA512 rounds of a password's hash; hashes with fewer are made anew at sign-in.</summary>
    [Range(100_000, 10_000_000, ErrorMessage = "Huoma:Accounts:HashIterations must be 100000 to 10000000")]
    public int HashIterations { get; init; } = 210_000;

    /// <summary>Wrong passwords of one account without a wait. With six and the doubling waits there are never more than ten in five minutes.</summary>
    [Range(1, 6, ErrorMessage = "Huoma:Accounts:FreeAttemptsPerAccount must be 1 to 6")]
    public int FreeAttemptsPerAccount { get; init; } = 5;

    /// <summary>Wrong passwords from one address, over all accounts, without a wait.</summary>
    [Range(1, 1000, ErrorMessage = "Huoma:Accounts:FreeAttemptsPerAddress must be 1 to 1000")]
    public int FreeAttemptsPerAddress { get; init; } = 15;

    [Range(10, 3600, ErrorMessage = "Huoma:Accounts:FirstWaitSeconds must be 10 to 3600")]
    public int FirstWaitSeconds { get; init; } = 10;

    [Range(300, 86_400, ErrorMessage = "Huoma:Accounts:LongestWaitSeconds must be 300 to 86400")]
    public int LongestWaitSeconds { get; init; } = 900;

    /// <summary>So long without a wrong password, and those before are forgotten.</summary>
    [Range(15, 10_080, ErrorMessage = "Huoma:Accounts:ForgetAfterMinutes must be 15 to 10080")]
    public int ForgetAfterMinutes { get; init; } = 60;

    public TimeSpan SessionIdle => TimeSpan.FromHours(SessionIdleHours);

    public TimeSpan SessionLifetime => TimeSpan.FromDays(SessionDays);

    public SignInLimits AccountLimits => Limits(FreeAttemptsPerAccount);

    public SignInLimits AddressLimits => Limits(FreeAttemptsPerAddress);

    private SignInLimits Limits(int freeAttempts) => new(
        freeAttempts, TimeSpan.FromSeconds(FirstWaitSeconds), TimeSpan.FromSeconds(LongestWaitSeconds), TimeSpan.FromMinutes(ForgetAfterMinutes));
}
