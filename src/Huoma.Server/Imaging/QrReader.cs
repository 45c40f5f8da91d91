using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Huoma.Domain.Media;
using Huoma.Server.Platform;

namespace Huoma.Server.Imaging;

/// <summary>
/// Reads the QR codes of a picture with zxing-cpp in a process of its own, so that a fault or an endless search in it touches nothing else:
/// limited memory, limited time, limited output. It is given bare grey pixels, never a user's file, and no argument comes from a user.
/// </summary>
internal sealed partial class QrReader(string limiter, string reader)
{
    private const int OutputLimit = 64 * 1024;

    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Finds the programs, or refuses the start with the name of the package to install.</summary>
    public static QrReader Find() => new(PathOf("prlimit", "util-linux"), PathOf("ZXingReader", "zxing-cpp-tools"));

    /// <summary>Every code found. One that fails, crashes or takes too long has found none.</summary>
    public IReadOnlyList<QrReading> Read(Raster grey)
    {
        using var process = Start();
        using var deadline = new CancellationTokenSource(TimeLimit);
        using var end = deadline.Token.Register(() => process.Kill());
        var output = new byte[OutputLimit];
        var length = 0;
        try
        {
            Send(grey, process.StandardInput.BaseStream);
            length = process.StandardOutput.BaseStream.ReadAtLeast(output, output.Length, throwOnEndOfStream: false);
        }
        catch (IOException)
        {
            // It ended before it had read everything.
        }

        if (length == output.Length)
        {
            process.Kill();
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? Parse(Encoding.UTF8.GetString(output, 0, length)) : [];
    }

    /// <summary>Understands what ZXingReader prints: blocks of <c>Name: value</c> lines, one block a code. Control characters in texts are escaped.</summary>
    internal static IReadOnlyList<QrReading> Parse(string output)
    {
        var readings = new List<QrReading>();
        string? text = null;
        foreach (var line in output.Split('\n'))
        {
            if (line.StartsWith("Text:", StringComparison.Ordinal))
            {
                var value = line["Text:".Length..].Trim(' ');
                text = value.Length > 2 && value[0] == '"' && value[^1] == '"' ? Unescape(value[1..^1]) : null;
            }
            else if (text is not null && line.StartsWith("Position:", StringComparison.Ordinal) && CornersOf(line["Position:".Length..]) is { } corners)
            {
                readings.Add(new QrReading(text, corners));
                text = null;
            }
        }

        return readings;
    }

    // It prints whatever is not ASCII as <U+6D3B>. Control characters stay as they are printed, such as <LF>.
    private static string Unescape(string text) => EscapedRune().Replace(
        text, match => Rune.TryCreate(int.Parse(match.ValueSpan[3..^1], NumberStyles.HexNumber, CultureInfo.InvariantCulture), out var rune) && !Rune.IsControl(rune) ? rune.ToString() : match.Value);

    [GeneratedRegex("<U\\+[0-9A-F]{1,6}>", RegexOptions.NonBacktracking)]
    private static partial Regex EscapedRune();

    private static List<Pixel>? CornersOf(string text)
    {
        var corners = new List<Pixel>(4);
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = pair.IndexOf('x', StringComparison.Ordinal);
            if (cut < 0 || !int.TryParse(pair.AsSpan(0, cut), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var x)
                || !int.TryParse(pair.AsSpan(cut + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var y))
            {
                return null;
            }

            corners.Add(new Pixel(x, y));
        }

        return corners.Count == 4 ? corners : null;
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(limiter)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true, // and not read: at most a line
        };
        foreach (var argument in (string[])["--as=536870912", "--cpu=5", "--core=0", "--", reader, "-escape", "-format", "QRCode", "/dev/stdin"])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        start.Environment["LC_ALL"] = "C.UTF-8";
        return Process.Start(start) ?? throw new InvalidOperationException("The QR reader does not start.");
    }

    // PGM: a line with the sizes, then the pixels. Nothing to encode here, nothing to decode there.
    private static void Send(Raster grey, Stream input)
    {
        using (input)
        {
            input.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5 {grey.Width} {grey.Height} 255\n")));
            input.Write(grey.Pixels);
        }
    }

    private static string PathOf(string program, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return folders.Append("/usr/bin").Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
            ?? throw new StartRefusedException($"{program} is missing, which reads QR codes. Install it: apt-get install {package}");
    }
}
