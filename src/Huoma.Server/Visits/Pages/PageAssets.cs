namespace Huoma.Server.Visits.Pages;

/// <summary>The style and the script that stand inside the pages, so that a page is one request and its picture another.</summary>
internal static class PageAssets
{
    public static string Style { get; } = Read("page.css");

    public static string Script { get; } = Read("press.js");

    /// <summary>An embedded file without its comments and indentation.</summary>
    public static string Read(string name)
    {
        using var reader = new StreamReader(
            typeof(PageAssets).Assembly.GetManifestResourceStream($"Pages/{name}") ?? throw new InvalidOperationException($"Pages/{name} is not embedded."));
        return string.Join('\n', reader.ReadToEnd().Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));
    }
}
