namespace Huoma.Domain.Robots;

/// <summary>
/// 限额: how often a robot may do what gets accounts limited or banned. No official figures exist; the defaults are for a new account.
/// </summary>
/// <param name="GroupsPerDay">Most new groups in any 24 hours; 0: none.</param>
/// <param name="CreateSpacingSeconds">Between two new groups.</param>
/// <param name="MessageSpacingSeconds">Between two messages.</param>
/// <param name="MessagesPerMinute">Most messages in any minute.</param>
/// <param name="KickSpacingSeconds">Between two members removed or added.</param>
public sealed record RobotLimits(int GroupsPerDay, int CreateSpacingSeconds, int MessageSpacingSeconds, int MessagesPerMinute, int KickSpacingSeconds)
{
    public static RobotLimits Default { get; } = new(GroupsPerDay: 5, CreateSpacingSeconds: 120, MessageSpacingSeconds: 3, MessagesPerMinute: 20, KickSpacingSeconds: 5);

    /// <summary>From the most careful that makes sense to the boldest a robot of this driver may be.</summary>
    public static RobotLimitRanges RangesOf(RobotDriver driver) => driver == RobotDriver.Simulator
        ? new RobotLimitRanges((0, 1_000), (0, 3_600), (0, 600), (1, 600), (0, 600))
        : new RobotLimitRanges((0, 50), (60, 3_600), (1, 600), (1, 60), (1, 600));
}

/// <summary>Least and most of each limit, both allowed.</summary>
public sealed record RobotLimitRanges(
    (int Min, int Max) GroupsPerDay,
    (int Min, int Max) CreateSpacingSeconds,
    (int Min, int Max) MessageSpacingSeconds,
    (int Min, int Max) MessagesPerMinute,
    (int Min, int Max) KickSpacingSeconds);
