using System.Globalization;
using Huoma.Domain.Statistics;
using Huoma.Server.Statistics.Reports;
using Calendar = Huoma.Domain.Visits.Calendar;

namespace Huoma.Server.Statistics.Export;

/// <summary>The statistics' tables, column for column as the console shows them, in local time.</summary>
internal sealed class StatisticsSheets(Calendar calendar)
{
    private const string Scans = "扫码次数";
    private const string Visitors = "扫码人数";
    private const string Presses = "长按识别次数";
    private const string PressVisitors = "长按识别人数";
    private const string Joins = "进群人数";

    private static readonly string[] Figures =
        [Scans, Visitors, "新访客", "老访客", Presses, PressVisitors, Joins, "iOS", "安卓", "企业微信", "其他设备"];

    /// <summary>How people call the zone: 北京时间, or its name.</summary>
    public string ZoneName => calendar.Zone.Id == "Asia/Shanghai" ? "北京时间" : calendar.Zone.Id;

    public Sheet Trend(StatisticsResponse statistics)
    {
        // Where clocks were changed within the range, an hour may come twice, and its distance from UTC tells which.
        var showsOffset = statistics.By == StatisticsBy.Hour && statistics.Series.Select(point => Local(point.At).Offset).Distinct().Skip(1).Any();
        var format = statistics.By == StatisticsBy.Day ? "yyyy-MM-dd" : showsOffset ? "yyyy-MM-dd HH:mm zzz" : "yyyy-MM-dd HH:mm";
        return new Sheet("趋势", [$"时间（{ZoneName}）", .. Figures], [.. statistics.Series.Select(point => Row(
            Local(point.At).ToString(format, CultureInfo.InvariantCulture),
            new StatisticsTotals(point.Scans, point.Visitors, point.NewVisitors, point.ReturningVisitors, point.Presses, point.PressVisitors, point.Joins, point.Devices)))]);
    }

    public static Sheet Channels(ChannelStatisticsResponse statistics) => new(
        // Nobody knows who joined through which.
        "渠道", ["渠道", .. Figures.Where(figure => figure != Joins)], [.. statistics.Items.Select(item => (IReadOnlyList<Cell>)[Label(item), .. Numbers(item.Totals, withJoins: false)])]);

    public static Sheet Slots(SlotStatisticsResponse statistics) => new(
        "二维码",
        ["群二维码", "第几轮", "展示次数", "展示人数", Presses, PressVisitors],
        [.. statistics.Items.Select(item => (IReadOnlyList<Cell>)
            [item.Name, item.Round, item.Totals.Shows, item.Totals.Visitors, item.Totals.Presses, item.Totals.PressVisitors])]);

    /// <summary>What the file is about, and the sums.</summary>
    /// <param name="name">Of the code; null: all codes.</param>
    public Sheet Summary(string? name, StatisticsResponse statistics) => new("概况", ["项目", "内容"],
    [
        ["活码", name ?? "全部活码"],
        ["开始", Minute(statistics.From)],
        ["结束（不含）", Minute(statistics.To)],
        ["时区", ZoneName],
        ["数据截至", Local(statistics.At).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)],
        .. Figures.Zip(Row("", statistics.Totals).Skip(1), (title, cell) => (IReadOnlyList<Cell>)[title, cell]),
        ["说明", "人数按天去重：同一位访客一天只算 1 人，来了两天算 2 人"],
    ]);

    /// <summary>The code's name, the table and its first and last local day.</summary>
    public string FileName(string name, string table, DateTimeOffset from, DateTimeOffset to, string extension)
    {
        // A name may hold what no file system takes. The framework writes the rest as RFC 5987 asks.
        var harmless = string.Concat(name.Select(letter => @"\/:*?""<>|".Contains(letter, StringComparison.Ordinal) ? '_' : letter));
        return string.Create(CultureInfo.InvariantCulture, $"{harmless}-{table}-{Local(from):yyyyMMdd}-{Local(to.AddTicks(-1)):yyyyMMdd}.{extension}");
    }

    private static IReadOnlyList<Cell> Row(string first, StatisticsTotals sum) =>
        [first, .. Numbers(sum, withJoins: true)];

    private static IEnumerable<Cell> Numbers(StatisticsTotals sum, bool withJoins) =>
    [
        sum.Scans, sum.Visitors, sum.NewVisitors, sum.ReturningVisitors, sum.Presses, sum.PressVisitors, .. withJoins ? (Cell[])[sum.Joins] : [],
        sum.Devices.Ios, sum.Devices.Android, sum.Devices.WeCom, sum.Devices.Other,
    ];

    private static string Label(EntranceStatistics item) => item.Kind switch
    {
        EntranceKind.Own => "活码自身的二维码",
        EntranceKind.HandOver => $"从「{item.Name}」切换而来",
        _ => item.Name ?? "",
    };

    private string Minute(DateTimeOffset at) => Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, calendar.Zone);
}
