namespace Huoma.Domain.Robots;

/// <summary>How far what came in from a gateway has come.</summary>
public enum InboxState
{
    Waiting = 1,
    Done = 2,

    /// <summary>Tried so often that it is put aside, with its error, for people to see.</summary>
    Parked = 3,
}

/// <summary>What is done when somebody could not react to what came in: the robot's later events wait a minute for it, not for ever.</summary>
public static class InboxRules
{
    public const int MaxAttempts = 6;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>1 s, 2 s, 4 s … at most 30 s; null: it is parked.</summary>
    /// <param name="failures">In a row, this one included.</param>
    public static TimeSpan? WaitAfter(int failures)
    {
        if (failures >= MaxAttempts)
        {
            return null;
        }

        var wait = First * Math.Pow(2, Math.Max(0, failures - 1));
        return wait < Longest ? wait : Longest;
    }
}
