namespace Huoma.Server.Visits.Stores;

/// <summary>Inserts of many rows, from one array a column.</summary>
internal static class PostgresRows
{
    /// <summary>
    /// Unnested in the list of columns, the arrays go row by row into the table; as a table of their own (FROM unnest) each column would be stored in between.
    /// </summary>
    /// <param name="first">The number of the first array among the statement's parameters.</param>
    /// <param name="source">FROM what has one row, or none: then nothing is inserted.</param>
    public static string Insert(string table, string columns, string conflict = "", int first = 1, string source = "") =>
        $"INSERT INTO {table} ({columns}) SELECT {string.Join(", ", Enumerable.Range(first, Count(columns)).Select(at => $"unnest(${at})"))} {source} {conflict}";

    public static int Count(string columns) => columns.Split(',').Length;
}
