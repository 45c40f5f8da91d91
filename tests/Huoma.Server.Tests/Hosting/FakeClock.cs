namespace Huoma.Server.Tests.Hosting;

/// <summary>Time that passes only when the test says so. Timers and delays still run on the machine's clock; so does the stopwatch, unless it is put forward.</summary>
internal sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;
    private long ahead;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref ahead);

    /// <summary>Puts the stopwatch forward, for what asks how long something has lasted.</summary>
    public void PassOnStopwatch(TimeSpan by) => Interlocked.Add(ref ahead, (long)(by.TotalSeconds * TimestampFrequency));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void Set(DateTimeOffset now) => Interlocked.Exchange(ref ticks, now.UtcTicks);
}
