namespace Huoma.Domain.Visits;

/// <summary>
/// What a visitor did through each entrance of a code, so that an entrance's 扫码人数 counts him once (D1, F169). Who only ever used the
/// code's own QR has no such rows: what he did at the code is what he did there.
/// </summary>
internal static class EntranceRows
{
    /// <summary>Null when the figures of the code are those of the entrance. To be asked before anything of this visit is noted.</summary>
    public static SlotVisitor? For(List<SlotVisitor> rows, long visitorId, long channelId, HashSet<SlotVisitor> changed)
    {
        var knowsOthers = rows.Exists(row => row.IsEntrance);
        if (channelId == 0 && !knowsOthers)
        {
            return null;
        }

        if (!knowsOthers)
        {
            AddOwn(rows, visitorId, changed);
        }

        var entrance = new SlotId(channelId);
        if (rows.Find(row => row.IsAbout(entrance, SlotVisitor.EntranceRound)) is { } known)
        {
            return known;
        }

        var added = new SlotVisitor(visitorId, entrance, SlotVisitor.EntranceRound);
        rows.Add(added);
        changed.Add(added);
        return added;
    }

    public static void NoteScan(SlotVisitor? entrance, Moment moment, HashSet<SlotVisitor> changed)
    {
        if (entrance is not null && entrance.LastScanOn < moment.Day)
        {
            entrance.LastScanOn = moment.Day;
            changed.Add(entrance);
        }
    }

    public static void NotePress(SlotVisitor? entrance, Moment moment, HashSet<SlotVisitor> changed)
    {
        if (entrance is not null && (entrance.Presses == 0 || entrance.LastPressOn < moment.Day))
        {
            entrance.Presses++;
            entrance.LastPressOn = Math.Max(entrance.LastPressOn, moment.Day);
            changed.Add(entrance);
        }
    }

    // Until now he came through the code's own QR only.
    private static void AddOwn(List<SlotVisitor> rows, long visitorId, HashSet<SlotVisitor> changed)
    {
        if (rows.Exists(row => row.LastScanOn != 0))
        {
            var own = new SlotVisitor(visitorId, SlotVisitor.NoSlot, SlotVisitor.EntranceRound)
            {
                LastScanOn = rows.Max(row => row.LastScanOn),
                LastPressOn = rows.Max(row => row.LastPressOn),
                Presses = rows.Sum(row => row.Presses),
            };
            rows.Add(own);
            changed.Add(own);
        }
    }
}
