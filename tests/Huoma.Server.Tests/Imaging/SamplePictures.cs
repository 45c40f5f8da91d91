namespace Huoma.Server.Tests.Imaging;

/// <summary>The look-alikes of WeChat screenshots in <c>tests/pictures</c>, with what their QR codes say.</summary>
internal static class SamplePictures
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "pictures");

    public static IReadOnlyList<(string Name, string Payload)> All { get; } =
        [.. File.ReadAllLines(Path.Combine(Folder, "payloads.tsv")).Skip(1).Select(line => line.Split('\t')).Select(fields => (fields[0], fields[2]))];

    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));
}
