namespace Huoma.E2E.Drills;

/// <summary>Whether the slots were handed out in their turn, as far as visitors can tell from outside.</summary>
/// <param name="Slots">In their order, those that nobody edited: the rest of the code comes after them.</param>
internal sealed record Rotation(IReadOnlyList<string> Slots, IReadOnlyList<int> Thresholds)
{
    private readonly Dictionary<string, int> places = Slots.Index().ToDictionary(slot => slot.Item, slot => slot.Index);

    /// <summary>New visitors who got a slot before its turn, or one after it was known to be full.</summary>
    public int CountWrong(Ledger ledger)
    {
        var presses = ledger.Presses.GroupBy(press => press.Slot).ToDictionary(slot => slot.Key, slot => slot.ToList());
        var sentAt = MomentsOfThreshold(presses, press => press.SentAt);
        var knownAt = MomentsOfThreshold(presses.ToDictionary(slot => slot.Key, slot => slot.Value.FindAll(press => press.IsAcknowledged)), press => press.AnsweredAt);
        return ledger.Scans.Count(scan => scan is { IsFirst: true, IsAcknowledged: true } && IsWrong(scan, sentAt, knownAt));
    }

    private bool IsWrong(Entry scan, List<long> sentAt, List<long> knownAt)
    {
        if (scan.Slot.Length == 0 && scan.Reply.State != "off-duty")
        {
            return false;
        }

        var place = places.GetValueOrDefault(scan.Slot, -1);
        var before = place < 0 ? Slots.Count : place;
        var isEarly = sentAt.Take(before).Any(moment => scan.AnsweredAt < moment);
        return isEarly || (place >= 0 && scan.SentAt > knownAt[place]);
    }

    /// <summary>When the visitor who fills a slot pressed; the end of time while it is not full.</summary>
    private List<long> MomentsOfThreshold(Dictionary<string, List<Entry>> presses, Func<Entry, long> moment) =>
    [
        .. Slots.Zip(Thresholds, (slot, threshold) =>
            presses.GetValueOrDefault(slot, []).GroupBy(press => press.Visitor).Select(visitor => visitor.Min(moment)).Order().Skip(threshold - 1).FirstOrDefault(long.MaxValue)),
    ];
}
