using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

[assembly: AssemblyFixture(typeof(Huoma.Server.Tests.Hosting.PostgresServer))]

namespace Huoma.Server.Tests.Hosting;

/// <summary>A real PostgreSQL for the tests: a cluster of its own in a temporary folder, started on first use, gone at the end.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Started = new(StartAsync);
    private static int databases;

    // Made with the cluster: the instance that the test runner makes, to have something to dispose of, needs none.
    private string folder = "";
    private readonly int port = FreePort();

    /// <summary>A fresh, empty database; returns its connection string.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var server = await Started.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"huoma_{Interlocked.Increment(ref databases)}");
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return server.ConnectionString(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (Started.IsValueCreated)
        {
            var server = await Started.Value;
            await RunAsync(server.folder, "pg_ctl", "-D", Path.Combine(server.folder, "data"), "-m", "immediate", "stop");
            Directory.Delete(server.folder, recursive: true);
        }
    }

    private static async Task<PostgresServer> StartAsync()
    {
        var server = new PostgresServer();
        await server.InitializeAsync();
        return server;
    }

    private async Task InitializeAsync()
    {
        folder = Directory.CreateTempSubdirectory("huoma-pg-").FullName;
        if (Environment.UserName == "root")
        {
            await RunAsync(folder, "chown", "postgres", folder);
        }

        var data = Path.Combine(folder, "data");
        await RunAsync(folder, "initdb", "-D", data, "-U", "huoma", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");

        // Not the machine but the process is what the tests kill, so the disk need not be waited for.
        var options = string.Create(
            CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=300");
        await RunAsync(folder, "pg_ctl", "-D", data, "-w", "-l", Path.Combine(folder, "log"), "-o", options, "start");
    }

    private string ConnectionString(string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=huoma;Database={database};Maximum Pool Size=20");

    /// <summary>One of its programs, as a user whom it does not refuse.</summary>
    internal static async Task RunAsync(string folder, string program, params string[] arguments)
    {
        var asRoot = Environment.UserName == "root" && program != "chown";
        var start = new ProcessStartInfo(asRoot ? "runuser" : PathOf(program))
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        string[] all = asRoot ? ["-u", "postgres", "--", PathOf(program), .. arguments] : arguments;
        Array.ForEach(all, start.ArgumentList.Add);
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start) ?? throw new InvalidOperationException(program);
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
        }
    }

    private static string PathOf(string program)
    {
        // Debian keeps the server's programs out of the PATH.
        const string debian = "/usr/lib/postgresql";
        var installed = Directory.Exists(debian) ? Directory.GetDirectories(debian).Select(version => Path.Combine(version, "bin", program)) : [];
        return installed.LastOrDefault(File.Exists) ?? program;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
