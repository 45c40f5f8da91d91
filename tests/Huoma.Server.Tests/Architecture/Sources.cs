using System.Text.RegularExpressions;

namespace Huoma.Server.Tests.Architecture;

/// <summary>A file of the repository, for the guards that read sources.</summary>
internal sealed record Source(string Path, string Text)
{
    // Raw, verbatim and plain strings, characters, comments.
    private static readonly Regex NotCode = new(
        """
        "{3}[\s\S]*?"{3}|@\$?"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'|//[^\n]*|/\*[\s\S]*?\*/
        """, RegexOptions.NonBacktracking);

    /// <summary>The text without comments and strings.</summary>
    public string Code => NotCode.Replace(Text, "");

    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>The first folder below the project: its capability; empty for the files at the project's root.</summary>
    public string CapabilityIn(string project)
    {
        var below = Path[(project.Length + 1)..];
        return below.Contains('/') ? below[..below.IndexOf('/')] : "";
    }
}

internal static class Sources
{
    public const string Domain = "src/Huoma.Domain";
    public const string Server = "src/Huoma.Server";
    public const string Console = "web/console/src";

    private static readonly string[] NotOurs = ["bin", "obj", "node_modules", "artifacts", "dist", ".git", ".vs", ".idea", "data", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Every source file below a folder with one of the endings, generated ones left out.</summary>
    public static List<Source> Below(string folder, params string[] endings)
    {
        var start = new DirectoryInfo(Path.Combine(Root, folder));
        return start.Exists ? [.. Files(start).Where(file => endings.Contains(file.Extension)).Select(Load).Where(source => !IsGenerated(source.Path))] : [];
    }

    private static IEnumerable<FileInfo> Files(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories().Where(sub => !NotOurs.Contains(sub.Name)).SelectMany(Files));

    private static Source Load(FileInfo file) => new(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));

    private static bool IsGenerated(string path) => path.StartsWith($"{Server}/wwwroot/console/", StringComparison.Ordinal)
        || path.EndsWith("/schema.d.ts", StringComparison.Ordinal)
        || path is "web/console/auto-imports.d.ts" or "web/console/components.d.ts";

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Huoma.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
