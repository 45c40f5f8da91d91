namespace Huoma.Server.Tests.Architecture;

/// <summary>Files that can be read in one sitting (rule 1); the console's linter asks for shorter components (rule 20).</summary>
public sealed class SizeTests
{
    [Fact]
    public void Files_AreShorterThan400Lines()
    {
        var sources = Sources.Below("", ".cs", ".razor", ".cshtml", ".sql", ".ts", ".js", ".mjs", ".vue", ".css", ".sh");

        TooLong(sources, 400).ShouldBeEmpty();
        sources.ShouldContain(source => source.Path.EndsWith("/SlotRotation.cs", StringComparison.Ordinal));
        sources.ShouldContain(source => source.Path.EndsWith(".sql", StringComparison.Ordinal));
    }

    private static IEnumerable<string> TooLong(IEnumerable<Source> sources, int limit) =>
        from source in sources
        let lines = source.Text.Count(letter => letter == '\n')
        where lines >= limit
        select $"{source.Path}: {lines} lines";
}
