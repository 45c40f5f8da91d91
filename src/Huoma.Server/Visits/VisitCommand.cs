using System.Diagnostics;
using Huoma.Domain.Visits;

namespace Huoma.Server.Visits;

/// <summary>What a request wants of the batch it is put into.</summary>
internal enum VisitVerb
{
    Scan,
    Enter,

    /// <summary>A scan that leaves no trace.</summary>
    PeekScan,

    /// <summary>An entry that leaves no trace.</summary>
    PeekEnter,
    Press,
}

/// <param name="Outcome">Null when the code does not exist in the store.</param>
/// <param name="Version">The code's version when it was decided; a newer one than the cached makes the page reload.</param>
/// <param name="TargetVersion">The same of the code that was handed over to.</param>
internal readonly record struct VisitAnswer(VisitOutcome? Outcome, PressOutcome Press, long Version, long TargetVersion = 0);

/// <summary>One request on its way through the journal.</summary>
/// <param name="isNewVisitor">His id was made for this request, so the store knows nothing of him.</param>
internal sealed class VisitCommand(VisitVerb verb, LiveCodeId liveCodeId, long visitorId, bool isNewVisitor, long channelId)
{
    private readonly TaskCompletionSource<VisitAnswer?> answer = new();

    public VisitVerb Verb { get; } = verb;

    public LiveCodeId LiveCodeId { get; } = liveCodeId;

    public long VisitorId { get; } = visitorId;

    public bool IsNewVisitor { get; } = isNewVisitor;

    public long ChannelId { get; } = channelId;

    /// <summary>The code it hands over to, as far as is known; the store tells when that is no longer so.</summary>
    public LiveCodeId? TargetId { get; init; }

    public VisitClient Client { get; init; }

    public SlotId SlotId { get; init; }

    public int Round { get; init; }

    public long PressId { get; init; }

    /// <summary>A monotonic time stamp: a jump of the clock makes nobody wait longer.</summary>
    public long SubmittedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>Null: not stored in time.</summary>
    public Task<VisitAnswer?> Answer => answer.Task;

    /// <summary>The same request, now that the code is known better.</summary>
    public VisitCommand Again(VisitVerb verb, LiveCodeId? targetId) => new(verb, LiveCodeId, VisitorId, IsNewVisitor, ChannelId) { Client = Client, TargetId = targetId };

    /// <summary>The first answer stands; what the request does with it is done in this call.</summary>
    public void Complete(VisitAnswer? result) => answer.TrySetResult(result);

    /// <summary>Not stored in time; told by another thread, for the caller has visits to store.</summary>
    public void GiveUp() => ThreadPool.UnsafeQueueUserWorkItem(static command => command.Complete(result: null), this, preferLocal: false);
}
