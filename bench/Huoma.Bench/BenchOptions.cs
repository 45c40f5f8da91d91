using System.Globalization;

namespace Huoma.Bench;

/// <summary>The command line: <c>--rounds N --seconds S --only part-of-a-name</c>, and <c>--visits N</c> for the reports.</summary>
internal sealed record BenchOptions(int Rounds, int Seconds, string Only, int Visits)
{
    public static BenchOptions Parse(IReadOnlyList<string> arguments)
    {
        string Value(string name, string otherwise)
        {
            var at = arguments.ToList().IndexOf(name);
            return at < 0 ? otherwise : arguments.ElementAtOrDefault(at + 1) ?? throw new ArgumentException($"{name} wants a value.", nameof(arguments));
        }

        int Number(string name, string otherwise) => Math.Max(1, int.Parse(Value(name, otherwise), CultureInfo.InvariantCulture));
        return new BenchOptions(Number("--rounds", "7"), Number("--seconds", "1"), Value("--only", ""), Number("--visits", "10000000"));
    }

    public bool Wants(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
