namespace Huoma.Domain.OfficialAccount;

/// <summary>How much a visitor is asked for (the numbers are stored).</summary>
public enum SignInScope
{
    /// <summary>snsapi_base: silently, only who he is.</summary>
    Base = 1,

    /// <summary>snsapi_userinfo: nickname and avatar, after he tapped for it and agreed.</summary>
    UserInfo = 2,
}

/// <summary>What became of a way to WeChat and back (the numbers are stored).</summary>
public enum SignInOutcome
{
    /// <summary>He has not come back yet.</summary>
    Open = 0,

    Done = 1,

    /// <summary>WeChat or he said no; the page goes on without.</summary>
    Failed = 2,

    /// <summary>网页快照页: a virtual person, who is nobody.</summary>
    Snapshot = 3,
}

/// <summary>One way to WeChat and back, as it was begun.</summary>
/// <param name="VisitorId">Whose cookie began it; nobody else may end it.</param>
/// <param name="Key">Of the campaign to whose page he returns.</param>
/// <param name="Page">Which of its pages.</param>
public sealed record SignIn(long VisitorId, string Key, SignInPage Page, SignInScope Scope, DateTimeOffset ExpiresAt, SignInOutcome Outcome, bool IsUsed)
{
    /// <summary>People hesitate at the consent page.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Who could not be signed in silently is not sent away again for so long.</summary>
    public static readonly TimeSpan SilentEvery = TimeSpan.FromMinutes(10);

    /// <summary>Whether whoever came back may end it now.</summary>
    /// <param name="isHis">Whether his cookie, or another of the same person, began it.</param>
    public SignInVerdict Judge(string key, bool isHis, DateTimeOffset now) => this switch
    {
        { IsUsed: true, Outcome: SignInOutcome.Snapshot } => SignInVerdict.TryAgain,
        _ when Key != key || !isHis || IsUsed || now >= ExpiresAt => SignInVerdict.Refused,
        _ => SignInVerdict.Good,
    };
}

/// <summary>Where a sign-in began and ends (the numbers are stored).</summary>
public enum SignInPage
{
    Poster = 1,
    Progress = 2,
}

/// <summary>What is done with somebody who comes back from WeChat.</summary>
public enum SignInVerdict
{
    Good,

    /// <summary>Forged, replayed, too late, or somebody else's: the page is shown without.</summary>
    Refused,

    /// <summary>He was a virtual person before, and is real now perhaps.</summary>
    TryAgain,
}
