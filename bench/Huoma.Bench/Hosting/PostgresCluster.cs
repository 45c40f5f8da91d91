using System.Globalization;
using Npgsql;

namespace Huoma.Bench.Hosting;

/// <summary>A PostgreSQL of its own in a temporary folder, which waits for the disk at every commit as one in production does.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("huoma-bench-pg-").FullName;
    private readonly int port = Child.FreePort();
    private int postmaster;
    private int databases;

    private string Files => Path.Combine(folder, "data");

    public static async Task<PostgresCluster> StartAsync(params string[] settings)
    {
        var cluster = new PostgresCluster();
        if (Environment.UserName == "root")
        {
            await Child.RunAsync("chown", "postgres", cluster.folder);
        }

        await RunAsync("initdb", "-D", cluster.Files, "-U", "huoma", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8");
        string[] all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=300", .. settings];
        var options = string.Create(CultureInfo.InvariantCulture, $"-p {cluster.port} {string.Join(' ', all.Select(setting => $"-c {setting}"))}");
        await RunAsync("pg_ctl", "-D", cluster.Files, "-w", "-l", Path.Combine(cluster.folder, "log"), "-o", options, "start");
        var first = File.ReadLines(Path.Combine(cluster.Files, "postmaster.pid")).First();
        cluster.postmaster = int.Parse(first, CultureInfo.InvariantCulture);
        return cluster;
    }

    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"huoma_{Interlocked.Increment(ref databases)}");
        await ExecuteAsync(ConnectionString("postgres"), $"CREATE DATABASE {name}");
        return ConnectionString(name);
    }

    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Clock ticks of the postmaster, of every process below it, and of those that have ended.</summary>
    public long Cpu()
    {
        var ticks = Child.Cpu(postmaster, withBuried: true).Ticks;
        foreach (var folderOfProcess in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folderOfProcess), CultureInfo.InvariantCulture, out var id))
            {
                continue;
            }

            try
            {
                var (own, parent) = Child.Cpu(id, withBuried: false);
                ticks += parent == postmaster ? own : 0;
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }

        return ticks;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "-D", Files, "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
    }

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=huoma;Database={database};Maximum Pool Size=40");

    private static Task<string> RunAsync(string program, params string[] arguments) =>
        Environment.UserName == "root"
            ? Child.RunAsync("runuser", ["-u", "postgres", "--", PathOf(program), .. arguments])
            : Child.RunAsync(PathOf(program), arguments);

    private static string PathOf(string program)
    {
        // Debian keeps the server's programs out of the PATH.
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin", program)) : [];
        return installed.LastOrDefault(File.Exists) ?? program;
    }
}
