namespace Huoma.Server.Tests.Hosting;

/// <summary>The test pictures in <c>tests/pictures</c>.</summary>
public static class Pictures
{
    public static string Folder { get; } = Find();

    /// <summary>Look-alikes of group-QR screenshots, each with a payload of its own.</summary>
    public static IReadOnlyList<string> Groups { get; } = [.. Directory.GetFiles(Folder, "group-*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>Look-alikes of pictures of personal cards, each with a payload of its own.</summary>
    public static IReadOnlyList<string> Cards { get; } = [.. Directory.GetFiles(Folder, "card-*.jpg").Order(StringComparer.Ordinal)];

    /// <summary>A welcome picture of the right size, 750×420.</summary>
    public static string Banner { get; } = Path.Combine(Folder, "banner.png");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Huoma.slnx")))
            {
                return Path.Combine(folder.FullName, "tests", "pictures");
            }
        }

        throw new DirectoryNotFoundException("The folder of the solution was not found above the tests.");
    }
}
