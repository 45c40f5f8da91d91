using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Huoma.E2E.Drills;

/// <summary>A PostgreSQL to be stopped and killed: it syncs, as in earnest.</summary>
internal sealed class DrillPostgres : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("huoma-drill-pg-").FullName;
    private readonly int port = FreePort();

    private DrillPostgres()
    {
    }

    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=huoma;Database=postgres;Maximum Pool Size=20");

    private string Data => Path.Combine(folder, "data");

    public static async Task<DrillPostgres> CreateAsync()
    {
        var postgres = new DrillPostgres();
        if (Environment.UserName == "root")
        {
            await PostgresServer.RunAsync(postgres.folder, "chown", "postgres", postgres.folder);
        }

        await PostgresServer.RunAsync(postgres.folder, "initdb", "-D", postgres.Data, "-U", "huoma", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await postgres.StartAsync();
        return postgres;
    }

    /// <summary>Starts it; the moment it took a connection.</summary>
    public async Task<long> StartAsync()
    {
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on");
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(1); await Task.Delay(10))
        {
            // Again as well, as systemd would: it refuses while the kernel still holds what a killed one left.
            if (!await IsRunningAsync())
            {
                await ControlAsync("-W", "-l", Path.Combine(folder, "log"), "-o", options, "start");
            }

            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await connection.OpenAsync();
                return Stopwatch.GetTimestamp();
            }
            catch (NpgsqlException)
            {
                // Not yet.
            }
        }

        throw new TimeoutException("PostgreSQL did not start within a minute.");
    }

    /// <summary>As an administrator restarts it: clients are cut off, the log is closed properly.</summary>
    public Task StopAsync() => ControlAsync("-w", "-m", "fast", "stop");

    /// <summary>kill -9 of every process of it.</summary>
    public async Task CrashAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"));
        var postmaster = int.Parse(lines[0], CultureInfo.InvariantCulture);

        // The postmaster first, for it would start again what ends without its doing.
        int[] all = [postmaster, .. ChildrenOf(postmaster)];
        foreach (var id in all)
        {
            using var process = Find(id);
            process?.Kill();
        }

        await Drill.WaitAsync(() => Array.TrueForAll(all, id => Stat(id) is [] or ["Z", ..]), "the end of PostgreSQL", seconds: 20);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await ControlAsync("-w", "-m", "immediate", "stop");
        }
        catch (InvalidOperationException)
        {
            // A drill that failed may have left it stopped.
        }

        Directory.Delete(folder, recursive: true);
    }

    private static List<int> ChildrenOf(int parent) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name ?? "", CultureInfo.InvariantCulture)).Where(id => Stat(id) is [_, var of, ..] && of == parent.ToString(CultureInfo.InvariantCulture)),
    ];

    private async Task<bool> IsRunningAsync()
    {
        try
        {
            await ControlAsync("status");
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>State, parent and more of a process; the name before them, in brackets, may hold anything.</summary>
    private static string[] Stat(int id)
    {
        try
        {
            var line = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private Task ControlAsync(params string[] arguments) => PostgresServer.RunAsync(folder, "pg_ctl", ["-D", Data, .. arguments]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
