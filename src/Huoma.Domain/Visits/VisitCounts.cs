namespace Huoma.Domain.Visits;

/// <summary>Under which hour, entrance and slot something is counted.</summary>
/// <param name="ChannelId">The entrance: 0 is the code's own QR, above 0 a channel, below 0 the code that handed over, with its sign changed.</param>
public readonly record struct CountKey(LiveCodeId LiveCodeId, DateTimeOffset Hour, long ChannelId, SlotId SlotId, int Round);

/// <summary>
/// What is added to one hour's totals. Sums over hours give every figure: “new” ones are counted only the first time ever,
/// “day” ones the first time on a local day, so that a day's sum is that day's distinct visitors (D1, D2). A clock that is set back over
/// midnight counts nobody of that evening a second time.
/// </summary>
public sealed class VisitCounts
{
    /// <summary>扫码次数: landings on the code.</summary>
    public int Scans { get; set; }

    /// <summary>扫码人数, ever: visitors who scanned this code for the first time.</summary>
    public int NewVisitors { get; set; }

    /// <summary>扫码人数 of a day.</summary>
    public int DayVisitors { get; set; }

    /// <summary>How often this slot's QR was shown.</summary>
    public int Shows { get; set; }

    /// <summary>Distinct visitors this slot was shown to, ever in this round.</summary>
    public int NewShown { get; set; }

    public int DayShown { get; set; }

    /// <summary>长按识别次数.</summary>
    public int Presses { get; set; }

    /// <summary>长按识别人数 of the slot and round, ever.</summary>
    public int NewPressers { get; set; }

    public int DayPressers { get; set; }

    /// <summary>长按识别人数 of the whole code, ever: never more than its 扫码人数 (D2).</summary>
    public int NewCodePressers { get; set; }

    public int DayCodePressers { get; set; }

    /// <summary>扫码人数 of this entrance, ever: visitors who scanned through it for the first time.</summary>
    public int EntranceNewVisitors { get; set; }

    public int EntranceDayVisitors { get; set; }

    /// <summary>长按识别人数 of this entrance, ever: never more than its 扫码人数.</summary>
    public int EntranceNewPressers { get; set; }

    public int EntranceDayPressers { get; set; }

    /// <summary>Scans by device; the rest came with something else.</summary>
    public int ScansIos { get; set; }

    /// <inheritdoc cref="ScansIos"/>
    public int ScansAndroid { get; set; }

    /// <inheritdoc cref="ScansIos"/>
    public int ScansWeCom { get; set; }

    public void CountScan(VisitClient client)
    {
        Scans++;
        switch (client)
        {
            case VisitClient.WeChatIos:
                ScansIos++;
                break;
            case VisitClient.WeChatAndroid:
                ScansAndroid++;
                break;
            case VisitClient.WeCom:
                ScansWeCom++;
                break;
            default:
                break;
        }
    }
}
