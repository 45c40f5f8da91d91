namespace Huoma.Server.Visits.Stores;

/// <summary>Inserts of many rows, from one array a column.</summary>
internal static class PostgresRows
{
    /// <summary>
    /// Unnested in the list of columns, the arrays go row by row into the table; as a table of their own (FROM unnest) each column would be stored in between.
    /// </summary>
    /// <param name="insert">The beginning, which names the table.</param>
    public static string Insert(string insert, string columns, string conflict = "") => $"{insert} ({columns}) SELECT {Unnest(VisitSql.Names(columns), 1)} {conflict}";

    /// <param name="first">The number of the first array among the statement's parameters.</param>
    public static string Unnest(IEnumerable<string> columns, int first) => string.Join(", ", columns.Select((_, at) => $"unnest(${first + at})"));
}
