namespace Huoma.Server.Statistics.Export;

/// <summary>A table that leaves the console as a file: texts and whole numbers.</summary>
internal sealed record Sheet(string Name, IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<Cell>> Rows);

/// <summary>A text or a number.</summary>
internal readonly record struct Cell(string? Text, long Number)
{
    public static implicit operator Cell(string text) => new(text, 0);

    public static implicit operator Cell(long number) => new(null, number);
}
