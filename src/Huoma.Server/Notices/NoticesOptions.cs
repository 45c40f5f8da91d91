using System.ComponentModel.DataAnnotations;

namespace Huoma.Server.Notices;

/// <summary>Section <c>Huoma:Notices</c>: how often codes are looked at, and how often what was noticed is sent.</summary>
internal sealed class NoticesOptions
{
    public const string Section = "Huoma:Notices";

    /// <summary>Together with sending within a minute: what is noticed is on its way before sixty seconds are over.</summary>
    [Range(1, 3_600, ErrorMessage = "Huoma:Notices:WatchSeconds must be 1 to 3600")]
    public int WatchSeconds { get; init; } = 50;

    [Range(1, 600, ErrorMessage = "Huoma:Notices:SendSeconds must be 1 to 600")]
    public int SendSeconds { get; init; } = 5;

    /// <summary>A gateway comes back within half a minute after a restart, an account within a few: what is longer is told.</summary>
    [Range(1, 1_440, ErrorMessage = "Huoma:Notices:RobotOfflineMinutes must be 1 to 1440")]
    public int RobotOfflineMinutes { get; init; } = 5;

    public TimeSpan RobotPatience => TimeSpan.FromMinutes(RobotOfflineMinutes);

    // A wrong setting stops the start a moment later; a timer must be made of it before.
    public TimeSpan WatchEvery => TimeSpan.FromSeconds(Math.Max(1, WatchSeconds));

    public TimeSpan SendEvery => TimeSpan.FromSeconds(Math.Max(1, SendSeconds));
}
