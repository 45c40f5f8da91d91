using System.Diagnostics;

namespace Huoma.Domain.Robots;

/// <summary>How far a command has come.</summary>
public enum CommandState
{
    /// <summary>Waits for its turn, its time, or the robot.</summary>
    Queued = 1,

    /// <summary>A gateway has it; no result yet.</summary>
    Sent = 2,
    Done = 3,

    /// <summary>Refused or failed; see the code. Part of the work may be done when there is a result.</summary>
    Failed = 4,

    /// <summary>Could not be begun before its deadline: not done.</summary>
    Expired = 5,

    /// <summary>结果未知: perhaps it was done. Never repeated by itself.</summary>
    Unknown = 6,
}

/// <summary>One thing a robot is told to do, on its way in the outbox. Its id is what keeps it from being done twice.</summary>
public sealed class RobotCommand : ITenantOwned
{
    /// <summary>So long after its deadline a command without a result is given up.</summary>
    public static readonly TimeSpan ResultPatience = TimeSpan.FromHours(24);

    private RobotCommand()
    {
    }

    /// <param name="data">JSON, as the protocol wants it for the type.</param>
    /// <param name="purpose">Whose it is and what for, as <c>groups.create</c>.</param>
    /// <param name="subject">What it is about: the number inside an id of the capability that sent it.</param>
    public RobotCommand(RobotCommandId id, TenantId tenantId, RobotId robotId, string type, string data, string purpose, long subject)
    {
        Id = id;
        TenantId = tenantId;
        RobotId = robotId;
        Type = type;
        Data = data;
        Purpose = purpose;
        Subject = subject;
    }

    public RobotCommandId Id { get; private set; }

    public TenantId TenantId { get; private set; }

    public RobotId RobotId { get; private set; }

    /// <summary>See <see cref="CommandTypes"/>.</summary>
    public string Type { get; private set; } = "";

    public string Data { get; private set; } = "{}";

    public string Purpose { get; private set; } = "";

    public long Subject { get; private set; }

    /// <summary>As how many messages or members it counts, see <see cref="RobotPacing"/>.</summary>
    public int Weight { get; private set; } = 1;

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The order of commands of one instant.</summary>
    public int Place { get; private set; }

    public DateTimeOffset NotBefore { get; private set; }

    public DateTimeOffset Deadline { get; private set; }

    public CommandState State { get; private set; } = CommandState.Queued;

    /// <summary>When it was sent last, repetitions after a break not counted.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>JSON; of a failure only when part of the work was done.</summary>
    public string? Result { get; private set; }

    /// <summary>Of the last result that was no success; a command that waits after one keeps it too.</summary>
    public string? ErrorCode { get; private set; }

    public string? ErrorMessage { get; private set; }

    public bool IsFinished => State is not (CommandState.Queued or CommandState.Sent);

    /// <summary>The time that is set for it.</summary>
    public void Waits(DateTimeOffset createdAt, int place, int weight, DateTimeOffset notBefore, DateTimeOffset deadline)
    {
        (CreatedAt, Place, Weight, NotBefore, Deadline) = (createdAt, place, weight, notBefore, deadline);
    }

    /// <summary>False when it does not wait (any more).</summary>
    public bool Send(DateTimeOffset now)
    {
        if (State != CommandState.Queued || Deadline <= now)
        {
            return false;
        }

        State = CommandState.Sent;
        SentAt = now;
        Attempts++;
        return true;
    }

    /// <summary>Null when nobody waits for this result: it came before, or was given up.</summary>
    public CommandOutcome? Answer(CommandResult result, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (State != CommandState.Sent)
        {
            return null;
        }

        var outcome = CommandOutcome.Of(Type, result, now);
        switch (outcome)
        {
            case CommandOutcome.Again again:
                State = CommandState.Queued;
                NotBefore = again.NotBefore;
                (ErrorCode, ErrorMessage) = (again.Code, result.Message);
                break;
            case CommandOutcome.Done:
                (ErrorCode, ErrorMessage) = (null, null);
                Finish(CommandState.Done, result.Data, now);
                break;
            case CommandOutcome.Failed failed:
                (ErrorCode, ErrorMessage) = (failed.Code, result.Message);
                Finish(CommandState.Failed, result.Data, now);
                break;
            case CommandOutcome.Expired:
                (ErrorCode, ErrorMessage) = (ErrorCodes.Expired, result.Message);
                Finish(CommandState.Expired, result.Data, now);
                break;
            case CommandOutcome.Unknown unknown:
                (ErrorCode, ErrorMessage) = (unknown.Code, result.Message);
                Finish(CommandState.Unknown, result.Data, now);
                break;
            default:
                throw new UnreachableException();
        }

        return outcome;
    }

    /// <summary>Its time is over. True when that ended it.</summary>
    public bool RunOut(DateTimeOffset now)
    {
        switch (State)
        {
            // What it waited for stays to be read in its code.
            case CommandState.Queued when Deadline <= now:
                ErrorCode ??= ErrorCodes.Expired;
                Finish(CommandState.Expired, data: null, now);
                return true;
            case CommandState.Sent when Deadline + ResultPatience <= now:
                (ErrorCode, ErrorMessage) = (ErrorCodes.NoResult, null);
                Finish(CommandState.Unknown, data: null, now);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The robot is back: what waited for it waits no longer.</summary>
    public void StopWaitingForRobot(DateTimeOffset now)
    {
        if (State == CommandState.Queued && ErrorCode is ErrorCodes.RobotOffline or ErrorCodes.RobotNotStarted && NotBefore > now)
        {
            NotBefore = now;
        }
    }

    /// <summary>What was in the result stands elsewhere now.</summary>
    public void ForgetResult() => Result = null;

    private void Finish(CommandState state, string? data, DateTimeOffset now)
    {
        State = state;
        Result = data;
        DoneAt = now;
    }
}
