using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Huoma.Bench.Load;

/// <summary>Visitors who have been here before, and the lists of requests that wrk draws from.</summary>
internal static partial class Visitors
{
    /// <summary>Each scans one of the codes for the first time; returns their cookies, in the codes' order over and over.</summary>
    public static IReadOnlyList<string> Gather(int port, IReadOnlyList<string> keys, int count)
    {
        using var connections = new Connections(port, 64);
        var visitors = new int[connections.Count];
        var cookies = new string[count];
        var answers = 0;
        void Answered(int connection, ReadOnlySpan<byte> answer)
        {
            var cookie = Connections.Header(answer, "huoma_visitor="u8);
            cookies[visitors[connection]] = cookie.Length > 0 ? cookie : throw new InvalidOperationException("A new visitor got no cookie: " + System.Text.Encoding.ASCII.GetString(answer[..Math.Min(400, answer.Length)]));
            answers++;
        }

        for (var sent = 0; answers < count;)
        {
            while (sent < count && connections.Idle.TryDequeue(out var connection))
            {
                visitors[connection] = sent;
                connections.Send(connection, Requests.Get($"/q/{keys[sent % keys.Count]}"));
                sent++;
            }

            connections.Receive(Stopwatch.GetTimestamp() + Stopwatch.Frequency, Answered);
        }

        return cookies;
    }

    public static string WriteScans(string file, IReadOnlyList<string> paths)
    {
        File.WriteAllLines(file, paths.Select(path => $"GET\t{path}\t\t"));
        return file;
    }

    public static string WriteReturning(string file, IReadOnlyList<string> keys, IReadOnlyList<string> cookies)
    {
        File.WriteAllLines(file, cookies.Select((cookie, at) => $"GET\t/q/{keys[at % keys.Count]}\t{cookie}\t"));
        return file;
    }

    /// <summary>Presses by those who were shown the slot.</summary>
    public static async Task<string> WritePressesAsync(string file, int port, IReadOnlyList<string> keys, IReadOnlyList<string> cookies)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", Wrk.UserAgent);
        var tokens = new List<string>();
        foreach (var key in keys)
        {
            var html = await http.GetStringAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/q/{key}"));
            tokens.Add(PressToken().Match(html) is { Success: true } found ? found.Groups["token"].Value : throw new InvalidOperationException("The page shows no slot."));
        }

        await File.WriteAllLinesAsync(file, cookies.Select((cookie, at) => $"POST\t/q/{keys[at % keys.Count]}/press\t{cookie}\t{tokens[at % keys.Count]}"));
        return file;
    }

    [GeneratedRegex("data-press=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PressToken();
}
