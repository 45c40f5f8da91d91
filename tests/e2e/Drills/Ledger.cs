using System.Collections.Concurrent;
using System.Diagnostics;

namespace Huoma.E2E.Drills;

/// <summary>Somebody with a cookie of his own, who presses one picture, once or again with the same press id.</summary>
internal sealed class Visitor
{
    public string Cookie { get; set; } = "";

    public bool HasPressed { get; set; }
}

/// <summary>One request and what came of it, with the moments (of <see cref="Stopwatch"/>) it left and was answered.</summary>
/// <param name="Slot">What the page showed, or what was pressed.</param>
/// <param name="IsFirst">He never scanned before.</param>
internal sealed record Entry(Visitor Visitor, Reply Reply, string Slot, long SentAt, long AnsweredAt, bool IsFirst = false)
{
    public bool IsAcknowledged => Reply.Status is 200 or 204;

    /// <summary>Whether it counts, only the store knows.</summary>
    public bool IsUnknown => Reply.Status is 503 or Reply.Unanswered;
}

/// <summary>What the visitors sent and what they were told; written by all of them at once.</summary>
internal sealed class Ledger
{
    private int acknowledged;
    private int refused;
    private long lastAnswerAt;

    public ConcurrentQueue<Entry> Scans { get; } = new();

    public ConcurrentQueue<Entry> Presses { get; } = new();

    /// <summary>Scans and presses that were acknowledged; a press that was repeated counts once.</summary>
    public int Acknowledged => Volatile.Read(ref acknowledged);

    /// <summary>Answers with 503, and requests without an answer.</summary>
    public int Refused => Volatile.Read(ref refused);

    /// <summary>Answers that are neither the promised ones nor 503.</summary>
    public IEnumerable<int> Surprises => Scans.Concat(Presses).Select(entry => entry.Reply.Status).Where(status => status is not (200 or 204 or 503 or Reply.Unanswered)).Distinct();

    public void Scanned(Entry entry)
    {
        Scans.Enqueue(entry);
        Count(entry);
    }

    public void Pressed(Entry entry)
    {
        Presses.Enqueue(entry);
        Count(entry);
    }

    /// <summary>Waits until this many are acknowledged.</summary>
    public Task ReachesAsync(int count) => Drill.WaitAsync(() => Acknowledged >= count, $"{count} acknowledged visits");

    /// <summary>Waits until the visitors were turned away this many times more.</summary>
    public async Task RefusesAsync(int more)
    {
        var enough = Refused + more;
        await Drill.WaitAsync(() => Refused >= enough, $"{more} visits turned away");
    }

    /// <summary>Waits for the first scan that was sent and acknowledged after a moment; how long that took.</summary>
    public async Task<TimeSpan> RecoversAsync(long since)
    {
        await Drill.WaitAsync(() => Volatile.Read(ref lastAnswerAt) > since, "a visit that is answered again");
        return Stopwatch.GetElapsedTime(since, Scans.Where(scan => scan.IsAcknowledged && scan.SentAt > since).Min(scan => scan.AnsweredAt));
    }

    /// <summary>The longest time between two acknowledged scans from one moment to another.</summary>
    public TimeSpan LongestGap(long from, long to)
    {
        var moments = Scans.Where(scan => scan.IsAcknowledged && scan.AnsweredAt > from && scan.AnsweredAt < to).Select(scan => scan.AnsweredAt).Order().Prepend(from).Append(to).ToList();
        return moments.Zip(moments.Skip(1), Stopwatch.GetElapsedTime).Max();
    }

    private void Count(Entry entry)
    {
        switch (entry)
        {
            case { IsUnknown: true }:
                Interlocked.Increment(ref refused);
                break;
            case { Reply.Status: 200 }:
                Interlocked.Increment(ref acknowledged);

                // Later ones overtake each other here by microseconds; a drill waits for longer.
                Volatile.Write(ref lastAnswerAt, entry.SentAt);
                break;
            case { Reply.Status: 204, Visitor.HasPressed: false }:
                entry.Visitor.HasPressed = true;
                Interlocked.Increment(ref acknowledged);
                break;
        }
    }
}
