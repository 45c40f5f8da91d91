using System.Globalization;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Huoma.Server.Statistics.Export;

/// <summary>Tables as sheets of one XLSX workbook. Texts are cells of text, which no program runs as a formula.</summary>
internal static class XlsxFile
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static byte[] Write(IEnumerable<Sheet> sheets)
    {
        using var stream = new MemoryStream();
        var pages = sheets.ToDictionary(sheet => sheet.Name, sheet => (object)Rows(sheet), StringComparer.Ordinal);
        stream.SaveAs(pages, printHeader: false, configuration: new OpenXmlConfiguration { Culture = CultureInfo.InvariantCulture, AutoFilter = false });
        return stream.ToArray();
    }

    // With the head as a row of its own: the library takes names of columns for keys, and two may be alike.
    private static List<Dictionary<string, object>> Rows(Sheet sheet) =>
        [Row([.. sheet.Head.Select(title => (Cell)title)]), .. sheet.Rows.Select(Row)];

    private static Dictionary<string, object> Row(IReadOnlyList<Cell> cells) => cells
        .Select((cell, at) => (Key: at.ToString("D3", CultureInfo.InvariantCulture), Value: cell.Text ?? (object)cell.Number))
        .ToDictionary(cell => cell.Key, cell => cell.Value, StringComparer.Ordinal);
}
