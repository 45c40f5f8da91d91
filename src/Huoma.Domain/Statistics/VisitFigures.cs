using System.Numerics;

namespace Huoma.Domain.Statistics;

/// <summary>
/// What was counted in some hours, of a code, an entrance or a whole tenant. All of it can be added up: people are distinct within a local
/// day (按天去重) and stand in the hour of their first scan or press of that day, so who comes on two days counts twice.
/// </summary>
/// <param name="Scans">扫码次数 (D1).</param>
/// <param name="Visitors">扫码人数: distinct within a day.</param>
/// <param name="NewVisitors">Of those, who had never scanned it before.</param>
/// <param name="Presses">长按识别次数 (D2).</param>
/// <param name="PressVisitors">长按识别人数: distinct within a day.</param>
public readonly record struct VisitFigures(
    long Scans, long Visitors, long NewVisitors, long Presses, long PressVisitors, DeviceScans Devices) : IAdditionOperators<VisitFigures, VisitFigures, VisitFigures>
{
    /// <summary>进群人数: who joined a group of the code for the first time. Known only of groups robots keep, and not by entrance.</summary>
    public long Joins { get; init; }

    /// <summary>Who had scanned it before that day.</summary>
    public long ReturningVisitors => Visitors - NewVisitors;

    public static VisitFigures operator +(VisitFigures one, VisitFigures other) => Add(one, other);

    public static VisitFigures Add(VisitFigures one, VisitFigures other) => new(
        one.Scans + other.Scans,
        one.Visitors + other.Visitors,
        one.NewVisitors + other.NewVisitors,
        one.Presses + other.Presses,
        one.PressVisitors + other.PressVisitors,
        DeviceScans.Add(one.Devices, other.Devices))
    { Joins = one.Joins + other.Joins };
}

/// <summary>扫码次数 by device. What is none of the three is the rest of the scans.</summary>
public readonly record struct DeviceScans(long Ios, long Android, long WeCom)
{
    public static DeviceScans operator +(DeviceScans one, DeviceScans other) => Add(one, other);

    public static DeviceScans Add(DeviceScans one, DeviceScans other) => new(one.Ios + other.Ios, one.Android + other.Android, one.WeCom + other.WeCom);

    public long OtherOf(long scans) => scans - Ios - Android - WeCom;
}

/// <summary>What a slot (one round of it) showed and saw, to be added up like <see cref="VisitFigures"/>.</summary>
/// <param name="Shows">How often it was shown.</param>
/// <param name="Shown">展示人数: distinct within a day.</param>
/// <param name="Presses">长按识别次数.</param>
/// <param name="PressVisitors">长按识别人数: distinct within a day.</param>
public readonly record struct SlotFigures(long Shows, long Shown, long Presses, long PressVisitors) : IAdditionOperators<SlotFigures, SlotFigures, SlotFigures>
{
    public static SlotFigures operator +(SlotFigures one, SlotFigures other) => Add(one, other);

    public static SlotFigures Add(SlotFigures one, SlotFigures other) =>
        new(one.Shows + other.Shows, one.Shown + other.Shown, one.Presses + other.Presses, one.PressVisitors + other.PressVisitors);
}
