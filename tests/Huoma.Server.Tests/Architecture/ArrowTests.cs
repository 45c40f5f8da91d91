using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Architecture;

/// <summary>Who may use whom (ARCHITECTURE.md, section 1), in server, domain and console.</summary>
public sealed class ArrowTests
{
    private sealed record Arrow(string File, string From, string To);

    [Fact]
    public void Table_NamesTheFoldersOfTheServer()
    {
        var folders = Sources.Below(Sources.Server, ".cs").Select(source => source.CapabilityIn(Sources.Server)).Where(name => name != "").Distinct();

        folders.Order().ShouldBe(Capability.All.Select(capability => capability.Name).Order());
    }

    [Fact]
    public void Table_NamesTheFoldersOfTheDomain()
    {
        var folders = Sources.Below(Sources.Domain, ".cs").Select(source => source.CapabilityIn(Sources.Domain)).Where(name => name != "").Distinct().ToList();

        folders.ShouldNotBeEmpty();
        folders.ShouldBeSubsetOf(Capability.All.Select(capability => capability.Name));
    }

    [Fact]
    public void Server_FollowsTheTable()
    {
        var arrows = ArrowsIn(Sources.Server, "Huoma.Server", ".cs", ".razor", ".cshtml").ToList();

        arrows.Where(arrow => !Allowed(arrow)).ShouldBeEmpty();
        arrows.ShouldContain(arrow => arrow.To == Capability.Platform);
        arrows.ShouldContain(arrow => arrow.From != "" && arrow.To != Capability.Platform);
    }

    [Fact]
    public void Domain_FollowsTheTable()
    {
        var arrows = ArrowsIn(Sources.Domain, "Huoma.Domain", ".cs").ToList();

        arrows.Where(arrow => !Allowed(arrow)).ShouldBeEmpty();
        arrows.ShouldContain(arrow => arrow.From == "Visits" && arrow.To == "LiveCodes");
    }

    [Fact]
    public void Domain_KnowsNoServer()
    {
        var sources = Sources.Below(Sources.Domain, ".cs", ".csproj");

        sources.Where(source => source.Code.Contains("Huoma.Server", StringComparison.Ordinal)).Select(source => source.Path).ShouldBeEmpty();
        sources.Where(source => source.Text.Contains("PackageReference", StringComparison.Ordinal)).Select(source => source.Path).ShouldBeEmpty();
        sources.ShouldContain(source => source.Path.EndsWith(".csproj", StringComparison.Ordinal));
    }

    [Fact]
    public void Namespace_IsTheFolder()
    {
        var sources = Sources.Below("src", ".cs");

        var wrong = from source in sources
                    let declared = Regex.Match(source.Code, @"(?<=^namespace )[\w.]+", RegexOptions.Multiline)
                    where declared.Success && declared.Value != FolderOf(source)
                    select source.Path;
        wrong.ShouldBeEmpty();
        sources.Count.ShouldBeGreaterThan(20);
    }

    // Features of the console import shared/ and api/, never each other.
    [Fact]
    public void Console_FeaturesKeepApart()
    {
        const string features = $"{Sources.Console}/features";
        var sources = Sources.Below(features, ".ts", ".vue");

        var wrong = from source in sources
                    from Match import in Regex.Matches(source.Text, """(?<=\b(?:from|import)\s*\(?\s*['"])[@.][^'"]+""")
                    let target = Resolve(source, import.Value)
                    where target.StartsWith(features, StringComparison.Ordinal)
                          && new Source(target, "").CapabilityIn(features) != source.CapabilityIn(features)
                    select $"{source.Path} imports {import.Value}";
        wrong.ShouldBeEmpty();
        sources.ShouldNotBeEmpty();
    }

    private static string Resolve(Source source, string import)
    {
        var path = import.StartsWith("@/", StringComparison.Ordinal)
            ? Path.Combine(Sources.Root, Sources.Console, import[2..])
            : Path.Combine(Sources.Root, Path.GetDirectoryName(source.Path)!, import);
        return Path.GetRelativePath(Sources.Root, path).Replace('\\', '/');
    }

    private static bool Allowed(Arrow arrow) => arrow.From == "" || Capability.Find(arrow.From) is { } from && from.Allows(arrow.To);

    private static IEnumerable<Arrow> ArrowsIn(string project, string prefix, params string[] endings)
    {
        var names = string.Join('|', Capability.All.Select(capability => capability.Name));
        // The full name, or the part of it that is enough inside the project: Media.ImageStore, but not this.Media.Url.
        var reference = new Regex($@"(?<![\w.])(?:global::)?(?:{Regex.Escape(prefix)}\.({names})\b|({names})\.(?=[A-Z]))");
        return from source in Sources.Below(project, endings)
               let own = source.CapabilityIn(project)
               from Match match in reference.Matches(source.Code)
               let other = match.Groups[1].Value + match.Groups[2].Value
               where other != own
               select new Arrow(source.Path, own, other);
    }

    private static string FolderOf(Source source) => Path.GetDirectoryName(source.Path)!["src/".Length..].Replace('/', '.');
}
