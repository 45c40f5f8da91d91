namespace Huoma.Domain.Robots;

/// <summary>What a gateway said became of a command.</summary>
/// <param name="Data">JSON; of a failure only when part of the work was done.</param>
/// <param name="Code">Null when it went well.</param>
/// <param name="RetryAfter">With <see cref="ErrorCodes.RateLimited"/>.</param>
public sealed record CommandResult(bool Ok, string? Data, string? Code = null, string? Message = null, TimeSpan? RetryAfter = null);

/// <summary>What such a result means for the command.</summary>
public abstract record CommandOutcome
{
    /// <summary>How long no group is made after the platform said 创建群聊的频率过快.</summary>
    public static readonly TimeSpan CreationRest = TimeSpan.FromHours(24);

    /// <summary>How long a command waits that came while nobody was logged in. A login ends the wait.</summary>
    public static readonly TimeSpan OfflineWait = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(7);

    private CommandOutcome()
    {
    }

    public sealed record Done : CommandOutcome;

    public sealed record Failed(string Code) : CommandOutcome;

    /// <summary>It had no effect and is sent once more, by the same id, unless its deadline comes first.</summary>
    public sealed record Again(DateTimeOffset NotBefore, string Code) : CommandOutcome;

    public sealed record Expired : CommandOutcome;

    /// <summary>Perhaps it was done. Never repeated by itself: somebody has to look.</summary>
    public sealed record Unknown(string Code) : CommandOutcome;

    public static CommandOutcome Of(string type, CommandResult result, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Ok)
        {
            return new Done();
        }

        // Half of it is done: whoever sent it decides about the rest, with a new command.
        var isPartly = result.Data is not null;
        return result.Code switch
        {
            ErrorCodes.UnknownOutcome => new Unknown(ErrorCodes.UnknownOutcome),
            ErrorCodes.Expired => new Expired(),
            ErrorCodes.RateLimited when !isPartly => new Again(now + RestAfter(type, result.RetryAfter), ErrorCodes.RateLimited),
            ErrorCodes.RobotOffline or ErrorCodes.RobotNotStarted when !isPartly && !CommandTypes.IsAboutAccount(type) => new Again(now + OfflineWait, result.Code),
            { } code => new Failed(code),
            null => new Failed(ErrorCodes.PuppetError),
        };
    }

    private static TimeSpan RestAfter(string type, TimeSpan? told)
    {
        var rest = TimeSpan.FromTicks(Math.Clamp((told ?? TimeSpan.FromMinutes(1)).Ticks, TimeSpan.TicksPerSecond, LongestRest.Ticks));
        return type == CommandTypes.CreateRoom && rest < CreationRest ? CreationRest : rest;
    }
}
