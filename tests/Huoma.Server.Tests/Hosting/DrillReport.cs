namespace Huoma.Server.Tests.Hosting;

/// <summary>How a drill ended, in one line: into the test's output, and into <c>artifacts/drills.txt</c>, which <c>make drill</c> shows at its end.</summary>
internal static class DrillReport
{
    private static readonly Lock Writing = new();

    public static void Write(string line)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(line);
        var folder = Path.GetFullPath(Path.Combine(Pictures.Folder, "..", "..", "artifacts"));
        lock (Writing)
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(Path.Combine(folder, "drills.txt"), line + '\n');
        }
    }
}
