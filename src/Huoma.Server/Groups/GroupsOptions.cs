using System.ComponentModel.DataAnnotations;

namespace Huoma.Server.Groups;

/// <summary>Section <c>Huoma:Groups</c>.</summary>
internal sealed class GroupsOptions
{
    public const string Section = "Huoma:Groups";

    /// <summary>How often every code whose groups robots build is looked at.</summary>
    [Range(1, 600, ErrorMessage = "Huoma:Groups:LookSeconds must be 1 to 600")]
    public int LookSeconds { get; init; } = 5;

    /// <summary>Days after which the texts of members, kept for 试运行 of keywords, are deleted.</summary>
    [Range(1, 90, ErrorMessage = "Huoma:Groups:KeepMessagesDays must be 1 to 90")]
    public int KeepMessagesDays { get; init; } = 7;

    // A wrong setting stops the start a moment later; a timer must be made of it before.
    public TimeSpan LookEvery => TimeSpan.FromSeconds(Math.Max(1, LookSeconds));
}
