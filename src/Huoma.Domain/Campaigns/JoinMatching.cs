namespace Huoma.Domain.Campaigns;

/// <summary>Somebody joined a group of the code.</summary>
/// <param name="FirstInCodeAt">When he was in any group of the code for the first time.</param>
/// <param name="Entrance">The key of the invitation he joined by, where the platform tells it (企业微信: state).</param>
/// <param name="UnionId">What WeChat calls him in everything of one operator, where the platform tells it (企业微信).</param>
public sealed record Join(JoinedMember Member, DateTimeOffset FirstInCodeAt, string? Entrance = null, string? UnionId = null);

/// <summary>A friend who may be the one who joined.</summary>
/// <param name="InvitationKey">Of the one who invited him.</param>
/// <param name="KnownAs">The members he is known to be from before.</param>
/// <param name="WasShownGroup">The QR of this very group.</param>
/// <param name="TakenFor">The member he was taken for, which is only a guess; null: none.</param>
/// <param name="UnionId">What WeChat calls him, once he signed in; see <see cref="Join.UnionId"/>.</param>
public sealed record Candidate(
    InviteeId Id, string InvitationKey, DateTimeOffset ScannedAt, string? Nickname, IReadOnlyCollection<string> KnownAs, bool WasShownGroup, bool HasPressed,
    string? TakenFor = null, string? UnionId = null);

/// <summary>Who it is, and how that is known; certain or only likely.</summary>
public readonly record struct JoinMatch(InviteeId Id, JoinEvidence Evidence)
{
    public bool IsCertain => Evidence is JoinEvidence.UnionId or JoinEvidence.Identity or JoinEvidence.Entrance or JoinEvidence.Said;
}

/// <summary>
/// Finds the visitor who scanned behind the member who joined. Groups of 企业微信 tell who a member is, and that is he whenever he scanned. Personal groups
/// tell nothing that ties the two together, so what rests on group and time alone is only a guess, which somebody confirms.
/// </summary>
public static class JoinMatching
{
    /// <summary>Between the scan and the join.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>A 口令 said in the group reaches further back.</summary>
    public static readonly TimeSpan SaidWindow = TimeSpan.FromHours(72);

    /// <summary>Clocks of gateways differ: a join may seem to come before its scan.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>He was in a group of the code before he came through the invitation (D20).</summary>
    public static bool IsOldMember(DateTimeOffset firstInCodeAt, DateTimeOffset scannedAt) => firstInCodeAt < scannedAt - ClockTolerance;

    /// <summary>Null when nobody fits.</summary>
    /// <param name="friends">Friends who are pending. A guess does not replace another.</param>
    public static JoinMatch? Find(Join join, IReadOnlyCollection<Candidate> friends)
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(friends);
        if (join.UnionId is { } person && First(friends.Where(friend => friend.UnionId == person)) is { } himself)
        {
            return new JoinMatch(himself.Id, JoinEvidence.UnionId);
        }

        var candidates = friends.Where(friend => friend.TakenFor is null && MayBe(friend, join)).ToList();
        if (First(candidates.Where(friend => IsWithin(friend, join, Window) && friend.KnownAs.Contains(join.Member.MemberId, StringComparer.Ordinal))) is { } known)
        {
            return new JoinMatch(known.Id, JoinEvidence.Identity);
        }

        var inTime = candidates.Where(friend => IsWithin(friend, join, Window) && !IsOldMember(join.FirstInCodeAt, friend.ScannedAt) && friend.KnownAs.Count == 0).ToList();
        if (join.Entrance is { } key)
        {
            return First(inTime.Where(friend => friend.InvitationKey == key)) is { } through ? new JoinMatch(through.Id, JoinEvidence.Entrance) : null;
        }

        var shown = inTime.FindAll(friend => friend.WasShownGroup);
        if (First(shown.Where(friend => friend.Nickname is { Length: > 0 } name && name == join.Member.Name)) is { } named)
        {
            return new JoinMatch(named.Id, JoinEvidence.Nickname);
        }

        var nameless = shown.FindAll(friend => friend.Nickname is null);
        return First(nameless) is { } likely ? new JoinMatch(likely.Id, nameless.Count == 1 ? JoinEvidence.OnlyOne : JoinEvidence.OneOfSeveral) : null;
    }

    /// <summary>
    /// He said the 口令 of the one who invited these; null when none of them can be he. What was guessed of others gives way to what he said, but only when
    /// nobody else is left: else two who were taken for each other would keep each other out for ever.
    /// </summary>
    public static JoinMatch? FindBySaid(Join join, IReadOnlyCollection<Candidate> invited)
    {
        ArgumentNullException.ThrowIfNull(join);
        ArgumentNullException.ThrowIfNull(invited);
        var best = invited
            .Where(friend => IsWithin(friend, join, SaidWindow) && MayBe(friend, join) && (friend.KnownAs.Count == 0 || friend.KnownAs.Contains(join.Member.MemberId, StringComparer.Ordinal)))
            .OrderByDescending(friend => friend.Nickname == join.Member.Name)
            .ThenByDescending(friend => friend.TakenFor is null)
            .ThenByDescending(friend => friend.WasShownGroup)
            .ThenByDescending(friend => friend.HasPressed).ThenBy(friend => friend.ScannedAt).ThenBy(friend => friend.Id.Value)
            .FirstOrDefault();
        return best is null ? null : new JoinMatch(best.Id, JoinEvidence.Said);
    }

    private static bool MayBe(Candidate friend, Join join) => friend.UnionId is null || join.UnionId is null || friend.UnionId == join.UnionId;

    private static bool IsWithin(Candidate friend, Join join, TimeSpan window) =>
        friend.ScannedAt <= join.Member.At + ClockTolerance && friend.ScannedAt >= join.Member.At - window;

    // Who pressed the QR is likelier than who only saw it; then, who came first joins first.
    private static Candidate? First(IEnumerable<Candidate> friends) =>
        friends.OrderByDescending(friend => friend.HasPressed).ThenBy(friend => friend.ScannedAt).ThenBy(friend => friend.Id.Value).FirstOrDefault();
}
