using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Architecture;

/// <summary>The documents name what exists.</summary>
public sealed class DocumentTests
{
    private static readonly List<Source> Documents = Sources.Below("", ".md");

    [Fact]
    public void Readmes_HaveTheSameHeadings()
    {
        Headings("README.md").ShouldBe(Headings("README.zh-CN.md"));
        Headings("README.md").Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public void Glossary_NamesWhatTheCodeNames()
    {
        var code = string.Join('\n', Sources.Below(Sources.Domain, ".cs").Concat(Sources.Below(Sources.Server, ".cs")).Select(source => source.Code));
        var known = Regex.Matches(code, @"\w+").Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        var words = Sources.Read("GLOSSARY.md").Split("## Planned")[0].Split('\n').Where(line => line.StartsWith('|'))
            .SelectMany(line => Regex.Matches(line.Split('|')[2], @"(?<=`)[\w.]+(?=`)").Select(match => match.Value))
            .SelectMany(word => word.Split('.', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        words.Where(word => !known.Contains(word)).ShouldBeEmpty();
        words.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Commands_AreInTheMakefile()
    {
        var makefile = Sources.Read("Makefile");
        var named = (from document in Documents
                     from Match match in Regex.Matches(WithoutPlans(document.Text), @"`make ([a-z][a-z0-9-]*)")
                     select (document.Path, Command: match.Groups[1].Value)).ToList();

        named.Where(name => !Regex.IsMatch(makefile, $"^{name.Command}:", RegexOptions.Multiline)).ShouldBeEmpty();
        named.ShouldContain(name => name.Command == "run");
    }

    [Fact]
    public void Links_LeadSomewhere()
    {
        var links = (from document in Documents
                     from Match match in Regex.Matches(Regex.Replace(document.Text, "<!--[^>]*-->", ""), @"\]\((?!https?:|#)([^)#]+)")
                     let target = Path.GetRelativePath(Sources.Root, Path.Combine(Sources.Root, Path.GetDirectoryName(document.Path)!, match.Groups[1].Value))
                     select (document.Path, Target: target)).ToList();

        links.Where(link => !Sources.Exists(link.Target)).ShouldBeEmpty();
        links.ShouldContain(link => link.Target == "LICENSE");
    }

    [Fact]
    public void Settings_AreReadByTheProgram()
    {
        var code = string.Join('\n', Sources.Below(Sources.Server, ".cs").Select(source => source.Text));
        var keys = Regex.Matches(Sources.Read("docs/operations.md"), @"(?:Huoma|ConnectionStrings)(?:__\w+?)+(?=[`=_ ]|$)").Select(match => match.Value.Split("__")[^1]).ToHashSet();

        keys.Where(key => !Regex.IsMatch(code, $@"\b{key}\b")).ShouldBeEmpty();
        keys.ShouldContain("DataDirectory");
    }

    [Fact]
    public void Architecture_NamesFilesThatExist()
    {
        var files = Sources.Below("", ".cs").Select(source => source.Path).ToList();
        var named = Regex.Matches(Sources.Read("ARCHITECTURE.md"), @"(?<=`)[\w/]+\.cs(?=`)").Select(match => match.Value).ToList();

        named.Where(name => !files.Exists(file => $"/{file}".EndsWith($"/{name.Replace("Domain/", "Huoma.Domain/")}", StringComparison.Ordinal))).ShouldBeEmpty();
        named.ShouldContain("Routes.cs");
    }

    // Two readmes, or none: 中文 and English say the same.
    private static List<int> Headings(string path) => [.. Regex.Matches(Sources.Read(path), "^#+(?= )", RegexOptions.Multiline).Select(match => match.Length)];

    // “Planned: …” up to the end of its sentence names what is not there yet.
    private static string WithoutPlans(string text) => Regex.Replace(text, @"\*?Planned\*?:[^.]*\.", "");
}
