using System.Globalization;
using System.Text;

namespace Huoma.Server.Statistics.Export;

/// <summary>
/// A table as CSV (RFC 4180), in UTF-8 with the mark by which Excel and WPS know it. A text that they would run as a formula gets an
/// apostrophe in front.
/// </summary>
internal static class CsvFile
{
    public const string ContentType = "text/csv; charset=utf-8";

    public static byte[] Write(Sheet sheet)
    {
        var text = new StringBuilder("\uFEFF");
        AppendRow(text, sheet.Head.Select(title => (Cell)title));
        foreach (var row in sheet.Rows)
        {
            AppendRow(text, row);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void AppendRow(StringBuilder text, IEnumerable<Cell> cells) =>
        text.AppendJoin(',', cells.Select(Write)).Append("\r\n");

    private static string Write(Cell cell)
    {
        if (cell.Text is null)
        {
            return cell.Number.ToString(CultureInfo.InvariantCulture);
        }

        var harmless = Harmless(cell.Text);
        return harmless.AsSpan().IndexOfAny(",\"\r\n\t") < 0 ? harmless : $"\"{harmless.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    // Leading white space is skipped by some programs before they look for a formula; full-width signs are taken for the others.
    private static string Harmless(string text)
    {
        var start = text.AsSpan().TrimStart();
        var runs = start.Length > 0 && "=+-@＝＋－＠".Contains(start[0], StringComparison.Ordinal);
        return runs || (text.Length > 0 && text[0] is '\t' or '\r' or '\n') ? "'" + text : text;
    }
}
