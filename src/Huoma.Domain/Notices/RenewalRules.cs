namespace Huoma.Domain.Notices;

/// <summary>续码链接: opens the page on which a new picture is uploaded without signing in, once.</summary>
public static class RenewalRules
{
    /// <summary>A link nobody used is over after so long.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromHours(72);

    /// <summary>Who changed it, for whoever reads the history.</summary>
    public const string Actor = "续码链接";
}

/// <summary>What a 续码链接 can still do.</summary>
public enum RenewalState
{
    Open = 1,
    Used = 2,
    Expired = 3,
}
