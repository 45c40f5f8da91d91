using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Architecture;

/// <summary>A row of the table in ARCHITECTURE.md, section 1: what a capability may use and which tables it owns.</summary>
internal sealed record Capability(string Name, IReadOnlyList<string> MayUse, IReadOnlyList<string> Tables)
{
    public const string Platform = "Platform";

    private const string Header = "| capability | may use ";

    public static IReadOnlyList<Capability> All { get; } = Read();

    /// <summary>Who owns a table, by the table's name.</summary>
    public static IReadOnlyDictionary<string, string> Owners { get; } = All
        .SelectMany(capability => capability.Tables.Select(table => (table, capability.Name)))
        .ToDictionary(owned => owned.table, owned => owned.Name);

    public static Capability? Find(string name) => All.FirstOrDefault(capability => capability.Name == name);

    public bool Allows(string other) => other == Name || other == Platform || MayUse.Contains(other);

    private static List<Capability> Read()
    {
        var rows = Sources.Read("ARCHITECTURE.md").Split('\n')
            .SkipWhile(line => !line.StartsWith(Header, StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        return [.. rows.Select(cells => new Capability(cells[1], Words(cells[2], @"[A-Z]\w+"), Words(cells[4], @"(?<=`)\w+(?=`)")))];
    }

    private static List<string> Words(string cell, string pattern) => [.. Regex.Matches(cell, pattern).Select(match => match.Value)];
}
