using System.Globalization;
using System.Text;

namespace Huoma.Domain.Groups.Rules;

/// <summary>关键字踢人 (F106).</summary>
/// <param name="Keywords">As they were typed; see <see cref="Fold"/> for how they are compared.</param>
public sealed record KeywordKick(bool Enabled, IReadOnlyList<string> Keywords)
{
    public const int MaxKeywords = 200;
    public const int KeywordMaxLength = 30;

    public static readonly KeywordKick None = new(Enabled: false, []);

    /// <summary>
    /// As texts are compared: wide letters as narrow ones, capitals as small ones, and without white space and what can not be seen, for with those
    /// people write around a list of words.
    /// </summary>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);

        // Halves of characters can not be normalised; runes have none.
        var whole = string.Concat(text.EnumerateRunes());
        var folded = new StringBuilder(whole.Length);
        foreach (var letter in whole.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(letter) && Rune.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control) && letter.Value != 0xFE0F)
            {
                folded.Append(Rune.ToLowerInvariant(letter).ToString());
            }
        }

        return folded.ToString();
    }

    /// <summary>The first keyword in the text, as it was typed; null when there is none.</summary>
    public string? FindIn(string text)
    {
        var folded = Fold(text);
        return Keywords.FirstOrDefault(keyword => Fold(keyword) is { Length: > 0 } wanted && folded.Contains(wanted, StringComparison.Ordinal));
    }
}

/// <summary>Who in a group is nobody's to remove.</summary>
/// <param name="AdminIds">群管理员, as far as the platform tells.</param>
/// <param name="RobotIds">Accounts of the tenant's robots.</param>
/// <param name="StaffIds">工作人员: 种子好友 of the robots, and whom the code names.</param>
public sealed record GroupRoles(string? OwnerId, IReadOnlyCollection<string> AdminIds, IReadOnlyCollection<string> RobotIds, IReadOnlyCollection<string> StaffIds)
{
    public Exemption? ExemptionOf(string memberId) =>
        RobotIds.Contains(memberId, StringComparer.Ordinal) ? Exemption.Robot
        : memberId == OwnerId ? Exemption.Owner
        : AdminIds.Contains(memberId, StringComparer.Ordinal) ? Exemption.Admin
        : StaffIds.Contains(memberId, StringComparer.Ordinal) ? Exemption.Staff : null;
}

/// <summary>Why somebody is not removed.</summary>
public enum Exemption
{
    Robot = 1,
    Owner = 2,
    Admin = 3,
    Staff = 4,
}

/// <summary>What follows from what a member wrote.</summary>
public abstract record KickDecision
{
    private KickDecision()
    {
    }

    public sealed record Kick(string Keyword) : KickDecision;

    /// <summary>A keyword is in it, and yet he stays.</summary>
    public sealed record Spare(string Keyword, Exemption Exemption) : KickDecision;

    public sealed record None : KickDecision;

    public static KickDecision Of(KeywordKick rule, string senderId, string text, GroupRoles roles)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(roles);
        return rule.FindIn(text) is not { } keyword ? new None()
            : roles.ExemptionOf(senderId) is { } exemption ? new Spare(keyword, exemption)
            : new Kick(keyword);
    }
}
