namespace Huoma.Domain.Groups;

/// <summary>What news about the members of a group change.</summary>
/// <param name="Joined">Who was not in it, or had left it; also who left and came back between two looks.</param>
/// <param name="Changed">Who is in it under another name.</param>
public sealed record MemberNews(IReadOnlyList<MemberSeen> Joined, IReadOnlyList<MemberSeen> Changed, IReadOnlyList<string> Left)
{
    public static readonly MemberNews None = new([], [], []);

    public bool IsNone => Joined.Count + Changed.Count + Left.Count == 0;
}

/// <summary>
/// Works out what is new. Events come late, twice or not at all, and lists of members overtake them: so each row carries the time it was
/// true, what is older changes nothing, and in the end a list alone is enough.
/// </summary>
public static class MemberList
{
    /// <summary>These joined at <paramref name="at"/>.</summary>
    public static MemberNews Join(IReadOnlyDictionary<string, GroupMember> known, IReadOnlyCollection<MemberSeen> members, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(members);
        var distinct = members.DistinctBy(member => member.Id, StringComparer.Ordinal).ToList();
        return new(
            distinct.FindAll(member => !known.TryGetValue(member.Id, out var row) || (row.SeenAt < at && (!row.IsIn || member.JoinedAt > row.JoinedAt))),
            distinct.FindAll(member => known.TryGetValue(member.Id, out var row) && row.IsIn && row.SeenAt < at && !(member.JoinedAt > row.JoinedAt) && !row.IsCalledLike(member)),
            []);
    }

    /// <summary>These left at <paramref name="at"/>.</summary>
    public static MemberNews Leave(IReadOnlyDictionary<string, GroupMember> known, IReadOnlyCollection<string> ids, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(known);
        ArgumentNullException.ThrowIfNull(ids);
        return MemberNews.None with
        {
            Left = [.. ids.Distinct(StringComparer.Ordinal).Where(id => known.TryGetValue(id, out var row) && row.IsIn && row.SeenAt <= at)],
        };
    }

    /// <summary>These were all its members at <paramref name="at"/>.</summary>
    public static MemberNews Compare(IReadOnlyDictionary<string, GroupMember> known, IReadOnlyCollection<MemberSeen> members, DateTimeOffset at)
    {
        var news = Join(known, members, at);
        var present = members.Select(member => member.Id).ToHashSet(StringComparer.Ordinal);
        return news with { Left = [.. known.Values.Where(row => row.IsIn && row.SeenAt < at && !present.Contains(row.MemberId)).Select(row => row.MemberId)] };
    }
}
