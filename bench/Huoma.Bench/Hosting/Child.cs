using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Huoma.Bench.Hosting;

/// <summary>A program that was started here, and what /proc tells about it.</summary>
internal sealed class Child : IAsyncDisposable
{
    private readonly Process process;

    private Child(Process process)
    {
        this.process = process;
    }

    public int Id => process.Id;

    public static Child Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[key] = value;
        }

        return new Child(Process.Start(start) ?? throw new InvalidOperationException(program));
    }

    /// <summary>Runs a program to its end and returns what it printed.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var ran = Process.Start(start) ?? throw new InvalidOperationException(program);
        var text = await ran.StandardOutput.ReadToEndAsync();
        await ran.WaitForExitAsync();
        return ran.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {ran.ExitCode}: {text}");
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async Task WaitUntilItAnswersAsync(Uri address)
    {
        using var http = new HttpClient();
        for (var deadline = Stopwatch.StartNew(); deadline.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            if (process.HasExited)
            {
                break;
            }

            try
            {
                using var answer = await http.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        throw new InvalidOperationException($"{address} did not answer.");
    }

    /// <summary>Clock ticks (10 ms) of a process so far; with those of the children it has buried when asked for.</summary>
    public static (long Ticks, int Parent) Cpu(int id, bool withBuried)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        long Number(int at) => long.Parse(fields[at], CultureInfo.InvariantCulture);
        return (Number(11) + Number(12) + (withBuried ? Number(13) + Number(14) : 0), (int)Number(1));
    }

    /// <summary>VmRSS or VmHWM, in MB.</summary>
    public double Memory(string name)
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/status")).First(text => text.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
