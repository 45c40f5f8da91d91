using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Huoma.Server.Tests.Hosting;
using MiniExcelLibs;

namespace Huoma.Server.Tests.Statistics;

/// <summary>Reads the statistics' files, and the numbers of an answer in the order in which the files have them.</summary>
internal static class StatisticsFiles
{
    public static readonly IReadOnlyList<string> Figures = ["scans", "visitors", "newVisitors", "returningVisitors", "presses", "pressVisitors"];

    public static List<long> NumbersOf(JsonElement point) =>
        NumbersOf(point, withJoins: true);

    public static List<long> NumbersOf(JsonElement point, bool withJoins) =>
    [
        .. Figures.Select(figure => point.Number(figure)),
        .. withJoins ? [point.Number("joins")] : (long[])[],
        point.Number("devices.ios"), point.Number("devices.android"), point.Number("devices.weCom"), point.Number("devices.other"),
    ];

    public static async Task<byte[]> BytesAsync(Task<HttpResponseMessage> answering)
    {
        using var answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public static List<string> Lines(byte[] csv) => [.. Encoding.UTF8.GetString(csv)[1..].Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The numbers below the titles and right of <paramref name="titles"/> columns.</summary>
    public static IEnumerable<IEnumerable<long>> Numbers(byte[] csv, int titles = 1) =>
        Lines(csv).Skip(1).Select(line => line.Split(',').Skip(titles).Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)));

    public static List<List<object>> Read(byte[] xlsx, string sheet) =>
        [.. new MemoryStream(xlsx).Query(useHeaderRow: false, sheetName: sheet).Cast<IDictionary<string, object>>().Select(row => row.Values.ToList())];

    /// <inheritdoc cref="Numbers(byte[], int)"/>
    public static IEnumerable<IEnumerable<long>> Numbers(byte[] xlsx, string sheet, int titles = 1) =>
        Read(xlsx, sheet).Skip(1).Select(row => row.Skip(titles).Select(cell => Convert.ToInt64(cell, CultureInfo.InvariantCulture)));
}
