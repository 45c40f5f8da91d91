using System.Diagnostics;
using System.Globalization;

namespace Huoma.E2E.Drills;

/// <summary>How a crowd behaves.</summary>
internal sealed record Habits
{
    /// <summary>Visitors at the same time.</summary>
    public int Together { get; init; } = 64;

    /// <summary>How long one waits for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>
/// Visitors who come one after the other on many lines: each scans, presses what he sees twice (with the same press id, as a page does that is
/// in doubt), and every fourth looks again. A lane whose server is gone goes to the next one, as with a load balancer.
/// </summary>
internal sealed class Crowd
{
    private const int PressTries = 3;

    /// <summary>After a 503 or a broken line; not Retry-After, for a drill wants to see the first moment.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly IReadOnlyList<Uri> addresses;
    private readonly string key;
    private readonly Ledger ledger;
    private readonly Habits habits;
    private readonly Task lanes;
    private int came;
    private volatile bool stopped;

    private Crowd(IReadOnlyList<Uri> addresses, string key, Ledger ledger, Habits habits)
    {
        this.addresses = addresses;
        this.key = key;
        this.ledger = ledger;
        this.habits = habits;
        lanes = Task.WhenAll(Enumerable.Range(0, habits.Together).Select(number => Task.Run(() => RunLaneAsync(number))));
    }

    public static Crowd Start(string key, Ledger ledger, Habits habits, params Uri[] addresses) => new(addresses, key, ledger, habits);

    public Task StopAsync()
    {
        stopped = true;
        return lanes;
    }

    private async Task RunLaneAsync(int number)
    {
        using var line = new Line(this, number);
        while (!stopped)
        {
            await VisitAsync(line, Interlocked.Increment(ref came));
        }
    }

    private async Task VisitAsync(Line line, int number)
    {
        var visitor = new Visitor();
        var seen = await ScanAsync(line, visitor, isFirst: true);
        if (seen is { Status: 200, Slot.Length: > 0 })
        {
            await PressAsync(line, visitor, seen);
            await PressAsync(line, visitor, seen);
            if (number % 4 == 0)
            {
                await ScanAsync(line, visitor, isFirst: false);
            }
        }
    }

    private async Task<Reply> ScanAsync(Line line, Visitor visitor, bool isFirst)
    {
        var cookie = visitor.Cookie.Length > 0 ? $"Cookie: huoma_visitor={visitor.Cookie}\r\n" : "";
        var (reply, sentAt) = await line.SendAsync($"GET /q/{key} HTTP/1.1\r\nHost: huoma\r\nUser-Agent: MicroMessenger\r\n{cookie}\r\n");
        if (reply.Status != Reply.NotSent)
        {
            visitor.Cookie = reply.Cookie.Length > 0 ? reply.Cookie : visitor.Cookie;
            ledger.Scanned(new Entry(visitor, reply, reply.Slot, sentAt, Stopwatch.GetTimestamp(), isFirst));
        }

        return reply;
    }

    private async Task PressAsync(Line line, Visitor visitor, Reply seen)
    {
        var body = $"{seen.PressToken}\nonly";
        var request = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /q/{key}/press HTTP/1.1\r\nHost: huoma\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\nCookie: huoma_visitor={visitor.Cookie}\r\n\r\n{body}");
        for (var attempt = 1; attempt <= PressTries; attempt++)
        {
            var (reply, sentAt) = await line.SendAsync(request);
            if (reply.Status != Reply.NotSent)
            {
                ledger.Pressed(new Entry(visitor, reply, seen.Slot, sentAt, Stopwatch.GetTimestamp()));
            }

            if (reply.Status > 0 && reply.Status != 503)
            {
                return;
            }
        }
    }

    /// <summary>A lane's connection, and which server it goes to.</summary>
    private sealed class Line(Crowd crowd, int number) : IDisposable
    {
        private readonly Wire wire = new();
        private int server = number;

        public async Task<(Reply Reply, long SentAt)> SendAsync(string request)
        {
            var sentAt = Stopwatch.GetTimestamp();
            var reply = await wire.SendAsync(crowd.addresses[server % crowd.addresses.Count], request, crowd.habits.Patience);
            if (reply.Status is Reply.NotSent or Reply.Unanswered)
            {
                server++;
            }

            if (reply.Status is Reply.NotSent or Reply.Unanswered or 503)
            {
                await Task.Delay(Pause);
            }

            return (reply, sentAt);
        }

        public void Dispose() => wire.Dispose();
    }
}
