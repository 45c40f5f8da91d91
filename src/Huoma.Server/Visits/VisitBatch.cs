using System.Runtime.InteropServices;
using Huoma.Domain.Visits;

namespace Huoma.Server.Visits;

/// <summary>A live code as the store loaded it for a batch.</summary>
/// <param name="StoredSeats">The seats taken as they are stored, slot by slot; null: not counted (U4).</param>
internal sealed record LoadedCode(TenantId TenantId, long Version, LiveCodeVisits Visits, IReadOnlyList<long?> StoredSeats)
{
    /// <summary>The version once this batch is stored: a new round is a new version to the pages.</summary>
    public long VersionNow => Version + (Visits.EndedRounds.Count > 0 ? 1 : 0);

    /// <summary>The seats taken as they are to be stored: nothing without a cap, for then nobody counts them.</summary>
    public IReadOnlyList<long?> SeatsToStore() => Visits.Slots.Any(slot => slot.SeatCap is not null) || StoredSeats.Any(seats => seats is not null)
        ? [.. Visits.Slots.Select(slot => slot.SeatCap is null ? (long?)null : slot.SeatsTaken)]
        : StoredSeats;

    /// <summary>The slots whose counts are to be stored: presses of any round, and seats of the present one.</summary>
    public IEnumerable<SlotChange> SlotChanges()
    {
        // Hours and entrances put together: a row may stand only once in one statement.
        var pressed = Visits.Counted.Where(row => row.Value.Presses > 0).GroupBy(row => (row.Key.SlotId, row.Key.Round))
            .ToDictionary(rows => rows.Key, rows => (Pressers: rows.Sum(row => row.Value.NewPressers), Presses: rows.Sum(row => row.Value.Presses)));
        var seats = SeatsToStore();
        for (var at = 0; at < Visits.Slots.Count; at++)
        {
            var slot = Visits.Slots[at];
            var stored = Visits.EndedRounds.ContainsKey(slot.Id) ? null : StoredSeats[at];
            if (pressed.Remove((slot.Id, slot.Round), out var added) || seats[at] != stored)
            {
                yield return new SlotChange(slot.Id, slot.Round, added.Pressers, added.Presses, seats[at]);
            }
        }

        // Of an earlier round: nobody is shown it any more, so its seats are of no interest.
        foreach (var ((slotId, round), added) in pressed)
        {
            yield return new SlotChange(slotId, round, added.Pressers, added.Presses, SeatsTaken: null);
        }
    }
}

/// <param name="SeatsTaken">What they are from now on; null: not counted.</param>
internal readonly record struct SlotChange(SlotId SlotId, int Round, int NewPressers, int NewPresses, long? SeatsTaken);

/// <summary>The visits of one transaction: what has to be loaded for them, and the decisions in the order of arrival.</summary>
/// <param name="number">Grows with every try to commit, so that the ledger can tell which one took place.</param>
/// <param name="isRetry">The first try failed: nothing is taken for granted any more.</param>
internal sealed class VisitBatch(IReadOnlyList<VisitCommand> commands, long number, bool isRetry = false)
{
    private const int SentTogether = 16;

    private readonly VisitAnswer[] answers = new VisitAnswer[commands.Count];

    public long Number { get; } = number;

    public bool IsRetry { get; } = isRetry;

    public int Count => commands.Count;

    public Dictionary<LiveCodeId, LoadedCode> Codes { get; } = [];

    /// <summary>Ascending, so that every process locks in the same order.</summary>
    public IReadOnlyList<LiveCodeId> CodeIds { get; } = Sorted(commands);

    /// <summary>Visitors whose earlier visits matter for the decision, ascending for the same reason.</summary>
    public IReadOnlyList<(long VisitorId, LiveCodeId LiveCodeId)> KnownVisitors { get; } =
        [.. commands.Where(command => !command.IsNewVisitor).SelectMany(command => CodesOf(command), (command, id) => (command.VisitorId, id)).Distinct().OrderBy(known => known.VisitorId)];

    public IReadOnlyList<VisitCommand> Presses { get; } = [.. commands.Where(command => command.Verb == VisitVerb.Press)];

    /// <summary>Scans and entries of people nobody has seen before, tried for the first time: they depend on the codes and on nothing else.</summary>
    public bool IsOfNewcomers => !IsRetry && KnownVisitors.Count == 0 && Presses.Count == 0;

    /// <summary>Decides everything on what was loaded, between loading and saving; once more when the codes were loaded anew.</summary>
    /// <exception cref="TimeoutException">Loading took so long that the visitors were told to come back; they are counted when they do.</exception>
    public void Decide(Moment moment)
    {
        if (commands.Any(command => command.Answer.IsCompleted))
        {
            throw new TimeoutException("The store answered after the visitors had been told to come back.");
        }

        for (var at = 0; at < commands.Count; at++)
        {
            var command = commands[at];
            var target = command.TargetId is { } targetId ? Codes.GetValueOrDefault(targetId) : null;
            answers[at] = Codes.TryGetValue(command.LiveCodeId, out var code) ? Decide(command, code, target, moment) : default;
        }
    }

    /// <summary>To be called after the commit. Pages are sent a handful a thread: a thread for each would cost more than the page.</summary>
    public void Complete()
    {
        for (var first = 0; first < commands.Count; first += SentTogether)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static part => part.Batch.Complete(part.First), (Batch: this, First: first), preferLocal: false);
        }
    }

    /// <summary>Most batches of a rush are about one code or about as many as there are visits.</summary>
    private static List<LiveCodeId> Sorted(IReadOnlyList<VisitCommand> commands)
    {
        var ids = new HashSet<LiveCodeId>();
        foreach (var command in commands)
        {
            ids.Add(command.LiveCodeId);
            if (command.TargetId is { } target)
            {
                ids.Add(target);
            }
        }

        List<LiveCodeId> sorted = [.. ids];
        CollectionsMarshal.AsSpan(sorted).Sort((one, other) => one.Value.CompareTo(other.Value));
        return sorted;
    }

    private static IEnumerable<LiveCodeId> CodesOf(VisitCommand command) => command.TargetId is { } target ? [command.LiveCodeId, target] : [command.LiveCodeId];

    private void Complete(int first)
    {
        for (var at = first; at < Math.Min(first + SentTogether, commands.Count); at++)
        {
            commands[at].Complete(answers[at]);
        }
    }

    private static VisitAnswer Decide(VisitCommand command, LoadedCode code, LoadedCode? target, Moment moment)
    {
        var visits = code.Visits;
        var outcome = command.Verb switch
        {
            VisitVerb.Scan => visits.Scan(command.VisitorId, command.ChannelId, command.Client, moment, target?.Visits),
            VisitVerb.Enter => visits.Enter(command.VisitorId, command.ChannelId, command.Client, moment, target?.Visits),
            VisitVerb.PeekScan => visits.Peek(entered: false, moment, target?.Visits),
            VisitVerb.PeekEnter => visits.Peek(entered: true, moment, target?.Visits),
            _ => null,
        };
        var press = command.Verb == VisitVerb.Press
            ? visits.Press(new Press(command.VisitorId, command.SlotId, command.Round, command.ChannelId, command.PressId, moment.Now), moment)
            : default;
        return new VisitAnswer(outcome, press, code.VersionNow, target?.VersionNow ?? 0);
    }
}
