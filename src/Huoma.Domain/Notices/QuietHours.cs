namespace Huoma.Domain.Notices;

/// <summary>免打扰时段: a time of day in the system's time zone in which only urgent notices are delivered; the others wait for its end.</summary>
/// <param name="From">Minutes after midnight.</param>
/// <param name="To">Minutes after midnight; before <paramref name="From"/> when it is the next day.</param>
public sealed record QuietHours(int From, int To)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>A notice given up after a day must have had its chance.</summary>
    public const int LongestMinutes = 16 * 60;

    public int Minutes => (To - From + MinutesOfDay) % MinutesOfDay;

    public Refusal? CanBeSet() => (From, To) switch
    {
        ( < 0 or >= MinutesOfDay, _) or (_, < 0 or >= MinutesOfDay) => new Refusal("notice-channel.quiet-invalid", "免打扰时段请填写 00:00 到 23:59 之间的时间", "quiet"),
        _ when From == To => new Refusal("notice-channel.quiet-invalid", "免打扰时段的开始和结束不能相同", "quiet"),
        _ when Minutes > LongestMinutes => new Refusal("notice-channel.quiet-too-long", "免打扰时段最长 16 小时", "quiet"),
        _ => null,
    };

    /// <param name="minute">Minutes after midnight, local.</param>
    public bool Contains(int minute) => (minute - From + MinutesOfDay) % MinutesOfDay < Minutes;
}
